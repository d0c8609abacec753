import type { z } from 'zod'
import { PolicyState } from '../policy/policy-state.ts'
import { Nothing } from './inputs.ts'

/** What an organisation decides on this computer. It is read once, when the app starts. */
export const policyCalls = {
  readPolicy: { input: Nothing, output: PolicyState },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
