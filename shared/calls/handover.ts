import { z } from 'zod'
import { snippetIds } from '../handover/snippet-ids.ts'
import { Handle } from '../identity.ts'

/** What is handed to whoever has to use a certificate. */
export const handoverCalls = {
  /** Writes the call for one program into a folder that the user chooses; empty when the dialog was closed. */
  saveSnippet: {
    input: z.strictObject({ identity: Handle, for: z.enum(snippetIds), locked: z.boolean() }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
