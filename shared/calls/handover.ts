import { z } from 'zod'
import { receiverIds } from '../handover/receiver-ids.ts'
import { snippetIds } from '../handover/snippet-ids.ts'
import { Handle, IdentityDetail } from '../identity.ts'

/** A file beside the snippet, never a path. */
const FileName = z.string().regex(/^[^/\\\u0000-\u001f]{1,120}$/)

/** A call as it is shown in the Test room: its secrets are blanks already. */
const SnippetCallGiven = z.strictObject({
  url: z.string().min(1).max(8192),
  method: z.string().regex(/^[A-Z]{1,20}$/),
  headers: z.array(z.strictObject({ name: z.string().min(1).max(200), value: z.string().max(8192) })).max(100),
  body: z
    .string()
    .max(1024 * 1024)
    .optional(),
  blanks: z.array(z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/)).max(200),
  files: z.strictObject({ certificate: FileName, key: FileName, bundle: FileName, serverCa: FileName.optional() }),
})

/** PDF by its paper. */
export const sheetForms = ['pdf-a4', 'pdf-letter', 'html', 'markdown'] as const
export type SheetForm = (typeof sheetForms)[number]

/** What is handed to whoever has to use a certificate. */
export const handoverCalls = {
  /** Writes the call for one program into a folder that the user chooses; empty when the dialog was closed. */
  saveSnippet: {
    input: z.strictObject({
      identity: Handle,
      for: z.enum(snippetIds),
      locked: z.boolean(),
      /** The call to write; the provider’s first one without it. */
      call: SnippetCallGiven.optional(),
    }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
  /**
   * Writes what one receiver takes into a folder that the user chooses; `saved` is empty when the dialog was closed. A
   * `null` passphrase leaves a key in the clear, where the receiver's form allows that: the page has warned. `bundle`: the
   * encrypted one among them, which may be dragged from the window.
   */
  exportFor: {
    input: z.strictObject({
      identity: Handle,
      receiver: z.enum(receiverIds),
      passphrase: z.string().min(1).max(1024).nullable(),
    }),
    output: z.strictObject({ saved: z.array(z.string()), bundle: z.string().nullable() }),
  },
  /** What the app has seen that speaks for steps of the hand-over, beside what the identity itself tells. */
  readHandover: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({
      webhook: z.strictObject({ at: z.iso.datetime(), from: z.string() }).optional(),
      signed: z.strictObject({ at: z.iso.datetime(), name: z.string(), here: z.boolean() }).optional(),
    }),
  },
  /** Ticks steps of the hand-over: done or not needed since that day; null takes the ticks back. */
  tickHandover: {
    input: z.strictObject({
      identity: Handle,
      steps: z.array(z.string().max(40)).min(1).max(40),
      tick: z
        .strictObject({
          on: z.iso.date(),
          skipped: z.literal(true).optional(),
          /** To whom it was sent, for steps that send something. */
          to: z.string().trim().max(120).optional(),
        })
        .nullable(),
    }),
    output: IdentityDetail,
  },
  /** Writes the onboarding sheet where the user says; null when the dialog was closed. */
  saveSheet: {
    input: z.strictObject({ identity: Handle, form: z.enum(sheetForms) }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
