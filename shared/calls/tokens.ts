import type { z } from 'zod'

/** Keys that live in a PKCS#11 token. */
export const tokenCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
