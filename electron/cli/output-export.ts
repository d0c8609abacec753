import { z } from 'zod'
import { WhoOpens } from '../../shared/pki/inspect-calls.ts'
import { Refused } from './output.ts'

const ReceiverOut = z.strictObject({
  id: z.string(),
  name: z.string(),
  group: z.string(),
  says: z.string(),
  passphrase: z.enum(['required', 'optional', 'none']),
})

/** What `export --receivers --json` prints. */
export const ReceiversOut = z.array(ReceiverOut)

/** What `export --json` prints. No passphrase is ever in it. */
export const ExportOut = z
  .strictObject({
    for: z.string(),
    /** `secret`: holds the private key, protected or not; mode 0600. */
    files: z.array(z.strictObject({ file: z.string(), secret: z.boolean() })),
    /** A private key lies in them without a passphrase. */
    keyInTheClear: z.boolean(),
    /** Where the passphrase of the files comes from; `null` where they have none. */
    passphrase: z.enum(['given', 'made']).nullable(),
    /** Where a passphrase that was made is written, mode 0600. */
    passphraseFile: z.string().nullable(),
    subject: z.string(),
    notAfter: z.string(),
    /** Which programs open them. `measured` names those that were run to learn it; `null`: as makers and users say. */
    opens: z.array(z.strictObject({ holds: z.string(), rows: z.array(WhoOpens) })),
    steps: z.array(z.string()),
  })
  .or(Refused)
