import { z } from 'zod'
import { Refused } from './output.ts'

/** What `import --json` prints. */
export const ImportOut = z
  .strictObject({
    /** With `--dry-run`, what would be. */
    imported: z.array(
      z.strictObject({
        name: z.string(),
        provider: z.string(),
        environment: z.string(),
        subject: z.string(),
        notAfter: z.string().nullable(),
        files: z.array(z.string()),
        /** Its key lies in its file without a passphrase, and still does. */
        unprotected: z.boolean(),
      }),
    ),
    known: z.array(z.strictObject({ name: z.string(), as: z.string(), binned: z.boolean() })),
    authorities: z.array(z.string()),
    locked: z.array(z.string()),
    withoutKey: z.array(
      z.strictObject({ file: z.string(), what: z.enum(['certificate', 'request']), subject: z.string() }),
    ),
    leftOut: z.array(z.strictObject({ file: z.string(), problem: Refused.shape.problem })),
  })
  .or(Refused)
