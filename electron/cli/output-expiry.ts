import { z } from 'zod'
import { ItemKind } from '../../shared/expiry/items.ts'
import { ProblemOut } from './output.ts'

/** What `expiring --json` prints. */
export const ExpiringOut = z.strictObject({
  /** The moment that was asked about, and how many days ahead. */
  at: z.iso.datetime(),
  withinDays: z.number(),
  /** How many end within that time, or have ended. */
  count: z.number().int(),
  /** Nearest end first. */
  items: z.array(
    z.strictObject({
      id: z.string(),
      kind: ItemKind,
      name: z.string(),
      provider: z.string().nullable(),
      environment: z.string().nullable(),
      state: z.enum(['waiting', 'valid', 'renew', 'expired', 'replaced', 'revoked']),
      notBefore: z.string().nullable(),
      notAfter: z.string().nullable(),
      renewFrom: z.string().nullable(),
      daysLeft: z.number().int().nullable(),
      practice: z.boolean(),
      usedBy: z.array(z.string()),
    }),
  ),
  /** Written by `--ics`, `--csv` and `--prometheus`. */
  files: z.array(z.string()),
  /** Records of the vault that could not be read. */
  damaged: z.array(z.string()),
  /** Files that brought nothing. */
  problems: z.array(ProblemOut.extend({ file: z.string() })),
})
