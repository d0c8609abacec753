import { z } from 'zod'
import { JournalFault, JournalLine } from '../../shared/vault/journal.ts'
import { Refused } from './output.ts'

const Item = z.strictObject({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  hasKey: z.boolean(),
  /** Beside the app's vault; absent with `--list`, which opens none. */
  is: z.enum(['new', 'same', 'different']).optional(),
})

/** What `backup --json` prints. */
export const BackupOut = z
  .strictObject({
    file: z.string(),
    madeAt: z.iso.datetime(),
    records: z.int(),
    /** With `--list` and `--restore`. */
    items: z.array(Item).optional(),
    /** With `--restore`: how many were put into the vault. */
    restored: z.int().optional(),
  })
  .or(Refused)

/** What `journal --json` prints: newest first. */
export const JournalOut = z
  .strictObject({
    lines: z.array(JournalLine),
    /** With `--verify`; empty when every line is as it was written and none is missing. */
    faults: z.array(JournalFault).optional(),
  })
  .or(Refused)
