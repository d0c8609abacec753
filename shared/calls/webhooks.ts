import type { z } from 'zod'
import { doorCalls } from './door.ts'
import { listenerCalls } from './listener.ts'

/** The listener, its arrivals, playing the provider, the check of a door, server configurations. */
export const webhookCalls = { ...listenerCalls, ...doorCalls } as const satisfies Record<
  string,
  { input: z.ZodType; output: z.ZodType }
>
