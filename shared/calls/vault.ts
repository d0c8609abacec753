import type { z } from 'zod'

/** The vault beyond its first state: ways in, backups, the journal, imports. */
export const vaultCalls = {} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
