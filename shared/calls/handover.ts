import { z } from 'zod'
import { receiverIds } from '../handover/receiver-ids.ts'
import { snippetIds } from '../handover/snippet-ids.ts'
import { Handle } from '../identity.ts'

/** What is handed to whoever has to use a certificate. */
export const handoverCalls = {
  /** Writes the call for one program into a folder that the user chooses; empty when the dialog was closed. */
  saveSnippet: {
    input: z.strictObject({ identity: Handle, for: z.enum(snippetIds), locked: z.boolean() }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
  /**
   * Writes what one receiver takes into a folder that the user chooses; `saved` is empty when the dialog was closed. A
   * `null` passphrase leaves a key in the clear, where the receiver's form allows that: the page has warned.
   */
  exportFor: {
    input: z.strictObject({
      identity: Handle,
      receiver: z.enum(receiverIds),
      passphrase: z.string().min(1).max(1024).nullable(),
    }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
