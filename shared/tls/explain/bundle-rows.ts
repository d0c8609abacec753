import type { Row } from './row.ts'

const incorrect =
  'java.io.IOException: keystore password was incorrect <- java.security.UnrecoverableKeyException: failed to decrypt safe contents entry'
const couldNotParse = 'curl: (58) could not parse PKCS12 file, check password, OpenSSL error'
const wrongPassphrase = {
  'Node 20': ['Error: mac verify failure'],
  'Node 24': ['Error: mac verify failure'],
  Electron: ['Error: INCORRECT_PASSWORD', 'PFX MAC verification failed - is the passphrase correct?'],
  curl: [`${couldNotParse} error:11800071:PKCS12 routines::mac verify failure`],
  Java: [incorrect],
} as const

/** Bundles (PKCS#12): passphrases, protections that a program does not know, and what is not in them. */
export const bundleRows: readonly Row[] = [
  {
    id: 'F29',
    code: 'file.passphrase-wrong',
    cause: 'The bundle’s passphrase is wrong.',
    texts: wrongPassphrase,
  },
  {
    id: 'F30',
    code: 'file.passphrase-needed',
    cause: 'No passphrase was given for the bundle, or an empty one where there is none at all.',
    next: 'Give the passphrase; where the bundle has none, try the empty one.',
    texts: wrongPassphrase,
  },
  {
    id: 'F31',
    code: 'file.protection-unsupported',
    cause:
      'The bundle is protected with RC2, as old Windows, Java and OpenSSL wrote it: Electron and Java open it, OpenSSL 3 does not.',
    next: 'Export it again with AES-256.',
    texts: {
      'Node 20': ['ERR_CRYPTO_UNSUPPORTED_OPERATION: Unsupported PKCS12 PFX data'],
      'Node 24': ['ERR_CRYPTO_UNSUPPORTED_OPERATION: Unsupported PKCS12 PFX data'],
      curl: [`${couldNotParse} error:0308010C:digital envelope routines::unsupported`],
    },
  },
  {
    id: 'F32',
    code: 'file.no-mac',
    cause: 'The bundle has no integrity check (MAC): Node 24 and Java load it, others call the passphrase wrong.',
    texts: {
      'Node 20': ['Error: mac absent'],
      Electron: ['Error: MISSING_MAC', 'PFX MAC verification failed - is the passphrase correct?'],
      curl: [`${couldNotParse} error:1180006C:PKCS12 routines::mac absent`],
    },
  },
  {
    id: 'F33',
    code: 'file.no-key',
    cause: 'The bundle holds certificates only. Java shows a store without entries, and says nothing.',
    texts: {
      'Node 20': ['ERR_CRYPTO_OPERATION_FAILED: Unable to load private key from PFX data'],
      'Node 24': ['ERR_CRYPTO_OPERATION_FAILED: Unable to load private key from PFX data'],
      Electron: ['ERR_CRYPTO_OPERATION_FAILED: Unable to load private key from PFX data'],
      curl: [
        'curl: (58) could not load PKCS12 client certificate, OpenSSL error error:0A0C0102:SSL routines::passed a null parameter',
      ],
      Java: ['keystore has 0 entries', 'Your keystore contains 0 entries'],
    },
  },
  {
    id: 'F34',
    code: 'file.damaged',
    cause: 'The bundle is cut off: the download or the mail ended early.',
    texts: {
      'Node 20': ['Error: not enough data'],
      'Node 24': ['Error: not enough data'],
      Electron: ['Error: BAD_PKCS12_DATA', 'PFX MAC verification failed - is the passphrase correct?'],
      curl: ["curl: (58) error reading PKCS12 file 'client.p12'"],
      Java: ['java.io.EOFException'],
    },
  },
  {
    id: 'F35',
    code: 'file.is-text',
    cause: 'A PEM file was given in the place of a bundle.',
    texts: {
      'Node 20': ['Error: wrong tag'],
      'Node 24': ['Error: wrong tag'],
      Electron: ['Error: BAD_PKCS12_DATA', 'PFX MAC verification failed - is the passphrase correct?'],
      curl: ["curl: (58) error reading PKCS12 file 'client.crt'"],
      Java: ['java.io.IOException: toDerInputStream rejects tag type 45'],
    },
  },
]
