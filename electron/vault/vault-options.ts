import type { JournalLine } from '../../shared/vault/journal.ts'
import type { Stretch } from './key-wraps.ts'
import type { Watches } from './tries.ts'

export type VaultOptions = {
  /** Where the automatic backups lie; beside the vault's folder when absent. */
  backupFolder?: string
  /** Look, and change nothing. */
  readOnly?: boolean
  /** Who acts, for the journal. */
  by?: JournalLine['by']
  /** What the journal takes for the present moment. */
  now?: () => Date
  /** Tests of many wrong passphrases bring a quick one. */
  stretch?: Stretch
  watches?: Watches
  /** How long to wait for other processes before giving up. */
  patienceMs?: number
}
