import type { z } from 'zod'

/** The listener, its arrivals, playing the provider, the check of a door, server configurations. */
export const webhookCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
