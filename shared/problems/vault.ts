import type { WordsOf } from '../words.ts'

export type VaultProblem =
  | { code: 'vault.locked' }
  | { code: 'vault.not-set-up' }
  | { code: 'vault.passphrase-wrong' }
  | { code: 'vault.record-damaged'; name: string }
  | { code: 'vault.no-such-identity' }
  | { code: 'vault.keychain-lost' }
  | { code: 'vault.file-lost' }
  | { code: 'vault.no-passphrase' }
  | { code: 'vault.keychain-elsewhere' }
  | { code: 'vault.none-here'; folder: string }
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

export const vaultWords: WordsOf<VaultProblem> = {
  'vault.locked': () => ({
    title: 'The vault is locked',
    causes: [
      'It locks when you lock it, after a while without use, with the screen, and when the app starts without a keychain.',
    ],
    next: 'Enter the vault passphrase.',
  }),
  'vault.not-set-up': () => ({
    title: 'The vault needs a passphrase first',
    causes: ['This computer offers no keychain that Countersign could use, and keys are never stored in the clear.'],
    next: 'Choose a vault passphrase.',
  }),
  'vault.passphrase-wrong': () => ({
    title: 'This passphrase does not open the vault',
    causes: ['A typing slip, capital letters, another keyboard layout, or the passphrase of another vault.'],
    next: 'Try again. After three wrong ones each further try has to wait a little; nothing is deleted.',
  }),
  'vault.record-damaged': (p) => ({
    title: `The stored record “${p.name}” is not as it was written`,
    causes: ['The disk had a fault, or another program changed the file or put an older one back.'],
    next: 'Nothing was thrown away. The settings say what is there, and restore it from an automatic backup.',
  }),
  'vault.no-such-identity': () => ({
    title: 'This identity is not in the vault',
    causes: ['It was removed, in this window or another.'],
    next: 'Look in the bin, where it stays for thirty days, or choose another one from the list.',
  }),
  'vault.keychain-lost': () => ({
    title: 'The computer’s keychain no longer opens the vault',
    causes: [
      'The keyring is locked, or does not run in this session.',
      'Another user account, a reset keychain, or a vault folder copied from another computer.',
    ],
    next: 'Unlock the keyring and start Countersign again, or sign in as the user who made the vault. If the keychain was reset for good, move the folders “vault” and “backups” away, start anew, and restore a backup that has a passphrase.',
  }),
  'vault.file-lost': () => ({
    title: 'The vault’s own file, vault.json, is missing or damaged',
    causes: ['The disk had a fault, or the data folder was copied or restored in part.'],
    next: 'Put vault.json back: a copy lies in the folder “backups” beside the vault. To start anew instead, move the folders “vault” and “backups” away.',
  }),
  'vault.no-passphrase': () => ({
    title: 'The vault has no passphrase to lock it with',
    causes: ['It is opened by this computer’s keychain, which is open while you are signed in.'],
    next: 'Choose a vault passphrase first, or lock the computer.',
  }),
  'vault.keychain-elsewhere': () => ({
    title: 'Only the keychain of your desktop session opens this vault, and it cannot be reached from here',
    causes: [
      'The command runs outside that session, such as in cron or over SSH.',
      'The app itself could not be started.',
    ],
    next: 'Set a vault passphrase in the app’s settings and give it with --passphrase-file, or run the command in your session.',
  }),
  'vault.none-here': (p) => ({
    title: `There is no vault in ${p.folder}`,
    causes: ['The app was not used by this user yet.', 'The app keeps its things in another folder.'],
    next: 'Start the app and create an identity, or name its folder: --data DIR.',
  }),
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
    next: 'Close that window or stop that command, there too, then do it again. Nothing was changed.',
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
