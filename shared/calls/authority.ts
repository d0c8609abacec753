import type { z } from 'zod'

/** Authorities of your own: creating them, signing requests, the book of issued certificates, revocation lists. */
export const authorityCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
