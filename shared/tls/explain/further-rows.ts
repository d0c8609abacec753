import type { Row } from './row.ts'

/** Texts that others reported, with what they turned out to be. */
export const furtherRows: readonly Row[] = [
  {
    id: 'X1',
    code: 'client.wrong-environment',
    cause:
      'A test certificate was used at the live host; some payment servers then break off in the middle of a record.',
    texts: {
      curl: ['curl: (56) OpenSSL SSL_read: error:0A000119:SSL routines::decryption failed or bad record mac'],
    },
  },
  {
    id: 'X2',
    code: 'file.protection-unsupported',
    cause: 'The bundle’s integrity check is PBMAC1, which this Java does not know; JDK 26 reads it.',
    next: 'Export it again with a classic MAC.',
    texts: { Java: ['java.security.NoSuchAlgorithmException: Algorithm HmacPBE1.2.840.113549.1.5.14 not available'] },
  },
  {
    id: 'X3',
    code: 'file.protection-unsupported',
    cause: 'In FIPS mode OpenSSL does not take the classic integrity check of bundles.',
    next: 'Export it again with PBMAC1, or as PEM.',
    texts: { OpenSSL: ['Error verifying PKCS12 MAC; no PKCS12KDF support.'] },
  },
  {
    id: 'X4',
    code: 'file.protection-unsupported',
    cause: 'An older Keychain does not open bundles with AES and SHA-256, and calls the passphrase wrong.',
    next: 'Export it again for older systems (triple DES and SHA-1).',
    texts: { macOS: ['MAC verification failed during PKCS12 import (wrong password?) (-25264)'] },
  },
  {
    id: 'X5',
    code: 'file.not-usable',
    cause: 'Schannel takes no key that lives in memory only, as one read from PEM files does.',
    next: 'Load a PFX file instead: Countersign exports one.',
    signs: ['SEC_E_NO_CREDENTIALS', 'SEC_E_INTERNAL_ERROR'],
    texts: {
      Windows: [
        'No credentials are available in the security package (0x8009030E)',
        'The Local Security Authority cannot be contacted (0x80090304)',
      ],
    },
  },
  {
    id: 'X6',
    code: 'client.missing-intermediate',
    cause:
      'The server refused the certificate after the handshake; .NET sends the certificate alone where Windows does not have its issuers.',
    next: 'Import the intermediates into Windows’ store beside the certificate.',
    texts: { Windows: ['The message received was unexpected or badly formatted (0x80090326)'] },
  },
  {
    id: 'X6b',
    code: 'client.untrusted-issuer',
    cause: 'The server refused the certificate after the handshake.',
    texts: {
      Windows: ['The message received was unexpected or badly formatted (0x80090326)'],
      Chromium: ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT'],
    },
  },
  {
    id: 'X7',
    code: 'client.key-mismatch',
    cause: 'The key could not make the signature: another key, or a smart card that was pulled out.',
    texts: { Chromium: ['net::ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED'] },
  },
  {
    id: 'X8',
    code: 'server.wrong-purpose',
    cause: 'The server’s certificate does not allow the kind of key exchange that it uses.',
    texts: { Chromium: ['net::ERR_SSL_KEY_USAGE_INCOMPATIBLE'] },
  },
  {
    id: 'X9',
    code: 'client.none-sent',
    cause: 'A Java server got an empty list of certificates.',
    next: 'See what was really sent before touching the files: test the same address here.',
    texts: {
      Java: [
        'javax.net.ssl.SSLHandshakeException: null cert chain',
        'javax.net.ssl.SSLHandshakeException: Empty client certificate chain',
        'javax.net.ssl.SSLHandshakeException: Empty server certificate chain',
        'javax.net.ssl.SSLHandshakeException: (certificate_required) Received fatal alert: certificate_required',
      ],
    },
  },
  {
    id: 'X10',
    code: 'client.none-sent',
    cause: 'Node’s built-in fetch has no option for a client certificate, and ignores an agent: nothing was sent.',
    next: 'Use https.request, or undici with a dispatcher; Countersign writes both.',
    texts: { 'Node 20': ['TypeError: fetch failed', 'UND_ERR_SOCKET: other side closed'] },
  },
  {
    id: 'X11',
    code: 'client.untrusted-issuer',
    cause: 'The server’s own list of revoked certificates lacks one for the intermediate: a good chain is refused.',
    next: 'Ask the provider to give its server the lists of all authorities in the chain.',
    texts: { nginx: ['client SSL certificate verify error: (3:unable to get certificate CRL)'] },
  },
  {
    id: 'X12',
    code: 'client.none-sent',
    cause: 'A mbed TLS server says no_certificate where others say certificate_required.',
    next: 'See what was really sent before touching the files: test the same address here.',
    alerts: [41],
    texts: { OpenSSL: ['SSL routines:ssl3_read_bytes:sslv3 alert no certificate:SSL alert number 41'] },
  },
]
