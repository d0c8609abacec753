import type { Program, Row } from './row.ts'

type Texts = Partial<Record<Program, readonly string[]>>

const noMatch = (curlFile: string): Texts => ({
  'Node 20': ['ERR_OSSL_X509_KEY_VALUES_MISMATCH: error:05800074:x509 certificate routines::key values mismatch'],
  'Node 24': ['ERR_OSSL_X509_KEY_VALUES_MISMATCH: error:05800074:x509 certificate routines::key values mismatch'],
  Electron: [
    'ERR_OSSL_X509_KEY_VALUES_MISMATCH: error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH',
  ],
  curl: [`curl: (58) unable to set private key file: '${curlFile}' type PEM`],
  Go: ['tls: private key does not match public key'],
  Python: ['ssl.SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:3895)'],
})

const sealed = (file: string): Texts => ({
  'Node 20': ['ERR_OSSL_BAD_DECRYPT: error:1C800064:Provider routines::bad decrypt'],
  'Node 24': ['ERR_OSSL_BAD_DECRYPT: error:1C800064:Provider routines::bad decrypt'],
  Electron: ['ERR_OSSL_BAD_DECRYPT: error:1e000065:Cipher functions:OPENSSL_internal:BAD_DECRYPT'],
  curl: [`curl: (58) unable to set private key file: '${file}' type PEM`],
  Go: ['tls: failed to parse private key'],
  Python: ['ssl.SSLError: [SSL] PEM lib (_ssl.c:3895)'],
})

/** Key and certificate that do not go together, or that a TLS library refuses as too weak. */
export const keyRows: readonly Row[] = [
  {
    id: 'F20',
    code: 'file.order-wrong',
    cause: 'The chain file begins with an authority: programs take its first certificate for yours.',
    texts: {
      ...noMatch('client.key'),
      Electron: [
        'ERR_SSL_KEY_USAGE_BIT_INCORRECT: error:1000012e:SSL routines:OPENSSL_internal:KEY_USAGE_BIT_INCORRECT',
        'ERR_OSSL_X509_KEY_VALUES_MISMATCH: error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH',
      ],
    },
  },
  {
    id: 'F21',
    code: 'client.key-mismatch',
    cause: 'The certificate belongs to another key: of an older request, or of the other environment.',
    texts: noMatch('client2.key'),
  },
  {
    id: 'F22',
    code: 'client.key-mismatch',
    cause: 'Key and certificate are of different kinds (RSA and EC). Node takes such a pair without a word.',
    texts: {
      Electron: [
        'ERR_OSSL_X509_KEY_TYPE_MISMATCH: error:0b000073:X.509 certificate routines:OPENSSL_internal:KEY_TYPE_MISMATCH',
      ],
      curl: ['curl: (58) Private key does not match the certificate public key'],
      Go: ['tls: private key type does not match public key type'],
      Python: ['ssl.SSLError: [SSL: NO_CERTIFICATE_ASSIGNED] no certificate assigned (_ssl.c:3903)'],
    },
  },
  {
    id: 'F23',
    code: 'file.passphrase-needed',
    cause: 'The key is encrypted and no passphrase was given. A wrong one reads just the same.',
    texts: sealed('client.enc.key'),
  },
  {
    id: 'F24',
    code: 'file.passphrase-wrong',
    cause: 'The passphrase of the key is wrong. None at all reads just the same.',
    texts: sealed('client.enc.key'),
  },
  {
    id: 'F25',
    code: 'file.passphrase-needed',
    cause: 'The key is encrypted in the way of old (Proc-Type, DEK-Info), and no passphrase was given.',
    texts: sealed('client.trad.enc.key'),
  },
  {
    id: 'F27',
    code: 'client.too-weak',
    cause: 'The RSA key is too short for OpenSSL’s security level; other programs load it, and servers refuse it.',
    texts: {
      'Node 24': ['ERR_SSL_EE_KEY_TOO_SMALL: error:0A00018F:SSL routines::ee key too small'],
      curl: [
        'curl: (58) could not load PEM client certificate from client.crt, OpenSSL error error:0A00018F:SSL routines::ee key too small',
      ],
      Python: ['ssl.SSLError: [SSL: EE_KEY_TOO_SMALL] ee key too small (_ssl.c:3874)'],
    },
  },
  {
    id: 'F28',
    code: 'client.too-weak',
    cause: 'The certificate was signed with SHA-1, which OpenSSL 3.0 refuses to load; other programs send it.',
    texts: {
      'Node 20': ['ERR_SSL_CA_MD_TOO_WEAK: error:0A00018E:SSL routines::ca md too weak'],
      curl: [
        'curl: (58) could not load PEM client certificate from client.crt, OpenSSL error error:0A00018E:SSL routines::ca md too weak',
      ],
      Python: ['ssl.SSLError: [SSL: CA_MD_TOO_WEAK] ca md too weak (_ssl.c:3874)'],
    },
  },
]
