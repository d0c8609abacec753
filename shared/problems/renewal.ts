import type { WordsOf } from '../words.ts'

export type RenewalProblem =
  | { code: 'renewal.none-under-way'; name: string }
  | { code: 'renewal.not-here-yet'; name: string }
  | { code: 'renewal.not-switched'; name: string }
  | { code: 'renewal.other-key'; name: string }
  | { code: 'bin.not-there' }
  | { code: 'bin.taken'; name: string }
  | { code: 'import.nothing-found'; files: number }
  | { code: 'import.xca-database'; name: string }
  | { code: 'import.sqlite'; name: string }
  | { code: 'import.names-nothing' }
  | { code: 'import.not-kept' }

export const renewalWords: WordsOf<RenewalProblem> = {
  'renewal.none-under-way': (p) => ({
    title: `No renewal of “${p.name}” is under way`,
    causes: ['It was not begun, or is done already.', 'The identity that it renewed was removed for good.'],
    next: 'Open the identity that is to be renewed and choose Renew there.',
  }),
  'renewal.not-here-yet': (p) => ({
    title: `“${p.name}” has no certificate yet, so nothing can be switched over to it`,
    causes: ['The provider has not answered, or its answer was not attached.'],
    next: 'Attach the certificate first, and test it.',
  }),
  'renewal.not-switched': (p) => ({
    title: `Nothing says yet that your service uses “${p.name}”`,
    causes: [
      'The old certificate may still be in use: once it is removed at the provider, calls made with it are refused.',
    ],
    next: 'Tick “Switched over” first.',
  }),
  'renewal.other-key': (p) => ({
    title: `The key of “${p.name}” is of another kind than the one asked for`,
    causes: ['A renewal with the same key cannot change its algorithm or length.'],
    next: 'Choose a new key, or the kind that the present one has.',
  }),
  'bin.not-there': () => ({
    title: 'This identity is not in the bin any more',
    causes: ['Thirty days have passed.', 'It was restored or removed for good in another window.'],
    next: 'Look at the list of identities, or restore a backup.',
  }),
  'bin.taken': (p) => ({
    title: `“${p.name}” is here already`,
    causes: ['A backup brought the same identity back in the meantime.'],
    next: 'Remove the one in the bin for good.',
  }),
  'import.nothing-found': (p) => ({
    title: p.files === 1 ? 'There is no private key in this file' : `There is no private key in these ${p.files} files`,
    causes: ['The key lies elsewhere: an identity needs one.', 'Only certificates were chosen.'],
    next: 'Choose the folder or bundle that holds the key. To attach a certificate, drop it on its identity.',
  }),
  'import.xca-database': (p) => ({
    title: `“${p.name}” is a database of XCA, which encrypts its keys in its own way`,
    causes: ['Only XCA itself opens them, with the password of the database.'],
    next: 'In XCA choose the tab Certificates, select what is to move, Export, and the format “PKCS #12 chain (*.pfx)”, one file each; or for a key without a certificate the tab Private Keys, Export, “PEM encrypted (*.pem)”. Bring these files here.',
  }),
  'import.sqlite': (p) => ({
    title: `“${p.name}” is a database, not a key or a certificate`,
    causes: ['Programs keep keys in databases of their own kind.'],
    next: 'Export key and certificate with the program it belongs to, as PEM or PKCS#12.',
  }),
  'import.names-nothing': () => ({
    title: 'This text names no files',
    causes: ['It is a key or certificate itself, or uses variables in place of names.'],
    next: 'Paste the lines that name them: curl --cert and --key, SSL_CERT_FILE=…, ssl_certificate …; or choose the files.',
  }),
  'import.not-kept': () => ({
    title: 'What was read is not kept any more',
    causes: ['Keys that wait to be imported are forgotten after fifteen minutes, and when the vault is locked.'],
    next: 'Choose the files again.',
  }),
}
