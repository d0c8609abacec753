import { z } from 'zod'
import { Handle } from '../identity.ts'
import { PracticeState } from '../practice-state.ts'
import { Nothing } from './inputs.ts'

/** The practice provider. */
export const practiceCalls = {
  startPractice: {
    input: z.strictObject({ provider: z.string().max(40), environment: z.string().max(40) }),
    output: PracticeState,
  },
  stopPractice: { input: Nothing, output: PracticeState },
  /** Hands the request (or the self-signed certificate) to the practice provider; answers what it returns. */
  submitToPractice: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ certificatePem: z.string(), serverCaPem: z.string(), says: z.string() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
