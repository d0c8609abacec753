import type { z } from 'zod'

/** What expires, what reminds of it, and what takes the dates out of the app. */
export const calendarCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
