import { z } from 'zod'
import { AutomaticBackup, BackupChoice, BackupItem, BackupPreview } from '../vault/backup.ts'
import { JournalFault, JournalLine } from '../vault/journal.ts'
import { VaultState } from '../vault/state.ts'
import { Nothing, Passphrase } from './inputs.ts'

const RecordName = { kind: BackupItem.shape.kind, id: BackupItem.shape.id }

/** What is wrong with one record, and which automatic backups hold it, newest first. */
export const DamagedRecord = z.strictObject({
  ...RecordName,
  name: z.string(),
  /** Where it lies now. */
  file: z.string(),
  /** `damaged` was set aside; `older` is sound, but not what was written last; `foreign` is of another vault. */
  why: z.enum(['damaged', 'missing', 'older', 'foreign', 'newer', 'unreadable']),
  /** Something sound is in its place: the version before it, or the older one itself. */
  isThere: z.boolean(),
  backups: z.array(z.strictObject({ name: AutomaticBackup.shape.name, madeAt: z.iso.datetime() })).max(50),
})
export type DamagedRecord = z.infer<typeof DamagedRecord>

/** The vault beyond its first state: ways in, backups, the journal. */
export const vaultCalls = {
  setVaultPassphrase: { input: z.strictObject({ passphrase: Passphrase }), output: VaultState },
  unlockVault: { input: z.strictObject({ passphrase: Passphrase }), output: VaultState },
  lockVault: { input: Nothing, output: VaultState },
  /** The computer's keychain as another way in, or anew after it was reset. */
  addVaultKeychain: { input: Nothing, output: VaultState },
  /** Takes one way in away; the last one stays. */
  removeVaultWay: { input: z.strictObject({ way: z.enum(['keychain', 'passphrase']) }), output: VaultState },

  vaultDamage: { input: Nothing, output: z.strictObject({ records: z.array(DamagedRecord).max(10_000) }) },
  restoreRecord: { input: z.strictObject({ ...RecordName, backup: AutomaticBackup.shape.name }), output: Nothing },
  /** Tells of it no more; the file itself stays in the folder. */
  settleDamage: { input: z.strictObject(RecordName), output: Nothing },

  listBackups: { input: Nothing, output: z.strictObject({ backups: z.array(AutomaticBackup).max(1000) }) },
  /** An automatic backup at once; `null` when nothing has changed since the last one. */
  backupNow: { input: Nothing, output: z.strictObject({ made: z.string().nullable() }) },
  /** Everything into one file under a passphrase of its own; `null` when the dialog was closed. */
  saveBackup: {
    input: z.strictObject({ passphrase: Passphrase }),
    output: z.strictObject({ saved: z.string().nullable(), records: z.int() }),
  },
  /** `null` when the dialog was closed. `again` is the file chosen last, with another passphrase. */
  openBackup: {
    input: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('choose') }),
      z.strictObject({ from: z.literal('again'), passphrase: Passphrase }),
      z.strictObject({ from: z.literal('automatic'), name: AutomaticBackup.shape.name }),
    ]),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('cancelled') }),
      /** It is a backup, and wants its passphrase. */
      z.strictObject({
        outcome: z.literal('locked'),
        name: z.string(),
        madeAt: z.iso.datetime(),
        records: z.int(),
      }),
      z.strictObject({ outcome: z.literal('open'), preview: BackupPreview }),
    ]),
  },
  restoreBackup: {
    input: z.strictObject({ backup: BackupPreview.shape.backup, choices: z.array(BackupChoice).max(200_000) }),
    output: z.strictObject({ restored: z.int() }),
  },
  closeBackup: { input: z.strictObject({ backup: BackupPreview.shape.backup }), output: Nothing },

  /** Newest first, two hundred at most; `before` goes on from a line's number. */
  readJournal: {
    input: z.strictObject({ search: z.string().max(200), before: z.int().min(1).optional() }),
    output: z.strictObject({ lines: z.array(JournalLine).max(200), more: z.boolean() }),
  },
  verifyJournal: {
    input: Nothing,
    output: z.strictObject({ lines: z.int(), faults: z.array(JournalFault).max(100) }),
  },
  saveJournal: { input: Nothing, output: z.strictObject({ saved: z.string().nullable() }) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
