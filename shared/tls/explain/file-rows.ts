import type { Program, Row } from './row.ts'

type Texts = Partial<Record<Program, readonly string[]>>

const openssl = 'ERR_OSSL_PEM_NO_START_LINE: error:0480006C:PEM routines::no start line'
const boring = 'ERR_OSSL_PEM_NO_START_LINE: error:0900006e:PEM routines:OPENSSL_internal:NO_START_LINE'
const pemLib = 'ssl.SSLError: [SSL] PEM lib (_ssl.c:3874)'
const noPem = 'tls: failed to find any PEM data in certificate input'
const otherBlock =
  'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types'
const switched =
  'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'

/** A file in the place of the certificate that OpenSSL finds no beginning in. */
const noStartLine = (file: string, goText: string): Texts => ({
  'Node 20': [openssl],
  'Node 24': [openssl],
  Electron: [boring],
  curl: [
    `curl: (58) could not load PEM client certificate from ${file}, OpenSSL error error:0480006C:PEM routines::no start line`,
  ],
  Go: [goText],
  Python: [pemLib],
})

const decoder = 'ERR_OSSL_UNSUPPORTED: error:1E08010C:DECODER routines::unsupported'

/** A file in the place of the key that holds no private key. */
const noKey = (file: string, goText: string): Texts => ({
  'Node 20': [decoder],
  'Node 24': [decoder],
  Electron: [boring],
  curl: [`curl: (58) unable to set private key file: '${file}' type PEM`],
  Go: [goText],
  Python: ['ssl.SSLError: [SSL] PEM lib (_ssl.c:3895)'],
})

/** The files before any connection: what stands in the place of certificate and key. */
export const fileRows: readonly Row[] = [
  {
    id: 'F1',
    code: 'file.is-request',
    cause: 'The signing request (CSR) was given in the place of the certificate.',
    texts: noStartLine('client.csr', `${otherBlock}: [CERTIFICATE REQUEST]`),
  },
  {
    id: 'F2',
    code: 'file.is-key',
    cause: 'A private key was given in the place of the certificate.',
    texts: noStartLine('client.key', switched),
  },
  {
    id: 'F6',
    code: 'file.swapped',
    cause: 'Certificate and key were given in each other’s place.',
    texts: noStartLine('client.key', switched),
  },
  {
    id: 'F3',
    code: 'file.is-certificate',
    cause: 'A certificate was given in the place of the private key.',
    texts: noKey('client.crt', 'tls: found a certificate rather than a key in the PEM for the private key'),
  },
  {
    id: 'F4',
    code: 'file.is-public-key',
    cause: 'The public key was exported, and given in the place of the private key.',
    texts: noKey(
      'client.pub',
      'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [PUBLIC KEY]',
    ),
  },
  {
    id: 'F5',
    code: 'file.is-request',
    cause: 'The signing request (CSR) was given in the place of the private key.',
    next: 'Choose the private key that was made together with the request.',
    texts: noKey(
      'client.csr',
      'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [CERTIFICATE REQUEST]',
    ),
  },
  {
    id: 'F26',
    code: 'file.key-format',
    cause: 'The private key is in OpenSSH’s format, which TLS libraries do not read.',
    texts: noKey('client.openssh', 'tls: failed to parse private key'),
  },
  {
    id: 'F7',
    code: 'file.is-binary',
    cause: 'The certificate is binary (DER, often .cer or .der), where PEM text is expected.',
    texts: noStartLine('client.der', noPem),
  },
  {
    id: 'F8',
    code: 'file.is-collection',
    cause: 'The certificate came as a collection (PKCS#7, .p7b), as Windows authorities return it.',
    texts: noStartLine('client.p7b', `${otherBlock}: [PKCS7]`),
  },
  {
    id: 'F9',
    code: 'file.is-bundle',
    cause: 'A bundle (.p12, .pfx) was given in the place of PEM files.',
    texts: noStartLine('client.p12', noPem),
  },
  {
    id: 'F10',
    code: 'file.empty',
    cause: 'The file is empty: a download or a copy that failed.',
    texts: noStartLine('empty.crt', noPem),
  },
  {
    id: 'F13',
    code: 'file.header-lines-missing',
    cause: 'Only the text between the BEGIN and END lines was copied.',
    texts: noStartLine('client.crt', noPem),
  },
  {
    id: 'F14',
    code: 'file.dashes-wrong',
    cause: 'A hyphen of the BEGIN or END line was lost, or a word processor changed it.',
    texts: noStartLine('client.crt', noPem),
  },
  {
    id: 'F15',
    code: 'file.label-wrong',
    cause: 'The BEGIN line names another kind of object, mostly because it was edited by hand.',
    texts: noStartLine('client.crt', `${otherBlock}: [CERTIFICATE REQUEST]`),
  },
  {
    id: 'F16',
    code: 'file.newlines-lost',
    cause: 'The line breaks were lost on the way through a variable, JSON or a form.',
    texts: noStartLine('client.crt', noPem),
  },
  {
    id: 'F17',
    code: 'file.escaped-newlines',
    cause: 'The line breaks are spelt “\\n”, as an .env file or a store of secrets holds them.',
    texts: noStartLine('client.crt', noPem),
  },
  {
    id: 'F19',
    code: 'file.utf-16',
    cause: 'The file is UTF-16, as Windows PowerShell writes it with “>”.',
    texts: noStartLine('client.crt', noPem),
  },
  {
    id: 'F18',
    code: 'file.byte-order-mark',
    cause: 'The file begins with a byte order mark, which Node, curl and Python skip, Electron and Go do not.',
    texts: { Electron: [boring], Go: [noPem] },
  },
  {
    id: 'F11',
    code: 'file.damaged',
    cause: 'The base64 of the certificate is damaged, as mail programs and editors leave it.',
    texts: {
      'Node 20': ['ERR_OSSL_PEM_BAD_BASE64_DECODE: error:04800064:PEM routines::bad base64 decode'],
      'Node 24': ['ERR_OSSL_PEM_BAD_BASE64_DECODE: error:04800064:PEM routines::bad base64 decode'],
      Electron: ['ERR_OSSL_PEM_BAD_BASE64_DECODE: error:09000064:PEM routines:OPENSSL_internal:BAD_BASE64_DECODE'],
      curl: [
        'curl: (58) could not load PEM client certificate from client.crt, OpenSSL error error:04800064:PEM routines::bad base64 decode',
      ],
      Go: [noPem],
      Python: [pemLib],
    },
  },
  {
    id: 'F12',
    code: 'file.end-line-missing',
    cause: 'The copy stopped early: the END line is missing.',
    texts: {
      'Node 20': ['ERR_OSSL_PEM_BAD_END_LINE: error:04800066:PEM routines::bad end line'],
      'Node 24': ['ERR_OSSL_PEM_BAD_END_LINE: error:04800066:PEM routines::bad end line'],
      Electron: ['ERR_OSSL_PEM_BAD_END_LINE: error:09000066:PEM routines:OPENSSL_internal:BAD_END_LINE'],
      curl: [
        'curl: (58) could not load PEM client certificate from client.crt, OpenSSL error error:04800066:PEM routines::bad end line',
      ],
      Go: [noPem],
      Python: [pemLib],
    },
  },
  {
    id: 'X14',
    code: 'file.blank-lines',
    cause: 'Empty lines within the block end it for OpenSSL and BoringSSL; Go reads on.',
    texts: {
      'Node 20': ['ERR_OSSL_PEM_NOT_PROC_TYPE: error:0480006B:PEM routines::not proc type'],
      'Node 24': ['ERR_OSSL_PEM_NOT_PROC_TYPE: error:0480006B:PEM routines::not proc type'],
      Electron: ['ERR_OSSL_PEM_NOT_PROC_TYPE: error:0900006d:PEM routines:OPENSSL_internal:NOT_PROC_TYPE'],
      curl: [
        'curl: (58) could not load PEM client certificate from client.crt, OpenSSL error error:0480006B:PEM routines::not proc type',
      ],
      Python: [pemLib],
    },
  },
]
