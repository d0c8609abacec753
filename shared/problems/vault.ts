import type { WordsOf } from '../words.ts'

export type KeepingProblem =
  | { code: 'vault.wait'; seconds: number }
  | { code: 'vault.no-keychain' }
  | { code: 'vault.last-way-in' }
  | { code: 'vault.busy' }
  | { code: 'vault.disk-full' }
  | { code: 'vault.not-writable' }
  | { code: 'backup.not-one'; name: string }
  | { code: 'backup.passphrase-wrong'; name: string }
  | { code: 'backup.newer'; name: string }
  | { code: 'backup.automatic'; name: string }
  | { code: 'backup.none-of-record'; name: string }
  | { code: 'backup.not-open' }

export const vaultWords: WordsOf<KeepingProblem> = {
  'vault.wait': (p) => ({
    title: `Wait ${p.seconds === 1 ? 'a second' : `${p.seconds} seconds`} before the next passphrase`,
    causes: ['After three wrong passphrases each further one has to wait, up to a minute.'],
    next: 'Try again then. No passphrase was looked at now.',
  }),
  'vault.no-keychain': () => ({
    title: 'This computer offers no keychain that Countersign could use',
    causes: ['No keyring runs in this session, or its collection is locked.'],
    next: 'Unlock or install a keyring (GNOME keyring, KWallet), then start Countersign again.',
  }),
  'vault.last-way-in': () => ({
    title: 'This is the last way into the vault',
    causes: ['Without it nobody could open the vault again, you included.'],
    next: 'Add the other way in first.',
  }),
  'vault.busy': () => ({
    title: 'Another process is writing to the vault and does not end',
    causes: ['A Countersign window or command line that hangs, perhaps on another computer that shares the folder.'],
    next: 'End it, then do it again. Nothing was changed.',
  }),
  'vault.disk-full': () => ({
    title: 'The disk is full: the vault could not be written',
    causes: ['No space is left where the app keeps its data, or a quota is used up.'],
    next: 'Make room, then do it again. Everything is as it was before.',
  }),
  'vault.not-writable': () => ({
    title: 'The vault’s folder cannot be written to',
    causes: ['It is read-only, belongs to another user, or is on a disk that is gone.'],
    next: 'Give yourself the right to write there, then do it again. Everything is as it was before.',
  }),
  'backup.not-one': (p) => ({
    title: `${p.name} is not a backup of Countersign, or it is damaged`,
    causes: ['Another file, a copy that was cut off, or one that was altered.'],
    next: 'Choose a file that Countersign wrote as a backup.',
  }),
  'backup.passphrase-wrong': (p) => ({
    title: `${p.name} does not open with this passphrase`,
    causes: ['Another passphrase, or a file that was altered: the two cannot be told apart.'],
    next: 'Enter the passphrase that this backup was made with.',
  }),
  'backup.newer': (p) => ({
    title: `${p.name} was made by a newer Countersign`,
    causes: ['It holds records in a form that this version does not know.'],
    next: 'Update Countersign, then restore.',
  }),
  'backup.automatic': (p) => ({
    title: `${p.name} is an automatic backup: only its own vault opens it`,
    causes: ['Automatic backups have no passphrase of their own.'],
    next: 'Put it into the folder “backups” of the vault it was made by, and choose it in the list of backups there.',
  }),
  'backup.none-of-record': (p) => ({
    title: `No automatic backup holds “${p.name}”`,
    causes: ['It was made after the last backup, or the backups were removed.'],
    next: 'Restore from a backup file of your own, if there is one.',
  }),
  'backup.not-open': () => ({
    title: 'This backup is no longer open',
    causes: ['It was closed, or the vault was locked in the meantime.'],
    next: 'Choose the file again.',
  }),
}
