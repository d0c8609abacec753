import type { z } from 'zod'

/** Renewals, and lists of hundreds: tags, notes, the bin. */
export const renewalCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
