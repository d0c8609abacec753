import { z } from 'zod'
import { targets } from '../pki/convert-how.ts'
import { InspectionToken } from '../pki/inspect-calls.ts'
import { Passphrase, Work } from './inputs.ts'

/** What everything that was dropped is to become. */
export const ConversionWish = z.strictObject({
  to: z.enum(targets),
  /** Of bundles and truststores. */
  readers: z.enum(['modern', 'older', 'fips']),
  /** `protect`: under a new passphrase; `leave-out`: private keys stay where they are; `open`: in the clear. */
  keys: z.enum(['protect', 'leave-out', 'open']),
  /** One file out of all of them, where the form holds many objects. */
  together: z.boolean(),
})
export type ConversionWish = z.infer<typeof ConversionWish>

/** What becomes of one file. `locked`: a passphrase would open it. */
export const ConversionRow = z.strictObject({
  file: z.string(),
  state: z.enum(['ready', 'locked', 'refused']),
  /** The name that will be written; empty where nothing is. */
  becomes: z.string(),
  /** `a private key, 2 certificates`. */
  holds: z.string(),
  /** A private key is in what will be written. */
  secret: z.boolean(),
  /** Why not, in words. */
  code: z.string().optional(),
  title: z.string().optional(),
  next: z.string().optional(),
})
export type ConversionRow = z.infer<typeof ConversionRow>

/** Converting all that was dropped. */
export const conversionCalls = {
  /** Tries each file and writes nothing. Passphrases that opened something in the inspection are used. */
  previewConversion: {
    input: z.strictObject({ work: Work, inspection: InspectionToken, wish: ConversionWish }),
    output: z.strictObject({ rows: z.array(ConversionRow) }),
  },
  /**
   * Writes the files that can be, into a folder that the user chooses; `folder` is null when the dialog was closed. What
   * is there already is replaced only with consent. A protected key and no passphrase is `convert.key-exposed`. Cancelling ends it after the file at hand: `stopped`.
   */
  convertFiles: {
    input: z.strictObject({
      work: Work,
      inspection: InspectionToken,
      wish: ConversionWish,
      passphrase: Passphrase.nullable(),
    }),
    output: z.strictObject({
      folder: z.string().nullable(),
      written: z.array(z.string()),
      refused: z.number().int(),
      stopped: z.boolean(),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
