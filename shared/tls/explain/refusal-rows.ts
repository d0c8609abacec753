import { alerts, all, printed, type Texts } from './alert-texts.ts'
import type { Row } from './row.ts'

/** What other servers than OpenSSL say to a certificate that they refuse, whatever is wrong with it. */
const anyRefusal: Texts = {
  nginx: ['400 The SSL certificate error'],
}
const silence: Texts = { 'Node 20': ['Error: socket hang up', 'read ECONNRESET'] }
const withheld: Texts = { Go: printed(alerts.required).Go, Java: printed(alerts.required).Java }
const logged = (line: string): Texts => ({ nginx: [`client SSL certificate verify error: ${line}`] })

/** The server refused the certificate, or missed one. */
export const refusalRows: readonly Row[] = [
  {
    id: 'H1',
    code: 'client.none-sent',
    cause:
      'No certificate reached the server: none is set for this host and port, a proxy took it, or the program kept it back (Go and Java do when its issuer is not on the server’s list).',
    next: 'See what was really sent before touching the files: test the same address here.',
    alerts: [116, 41, 40, 42],
    signs: ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'did not return a certificate'],
    texts: all(printed(alerts.required), printed(alerts.handshake), {
      nginx: ['400 No required SSL certificate was sent'],
      Chromium: ['net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED'],
      OpenSSL: ['error:0A0000C7:SSL routines:tls_process_client_certificate:peer did not return a certificate'],
      Java: [
        'javax.net.ssl.SSLHandshakeException: null cert chain',
        'javax.net.ssl.SSLHandshakeException: Empty client certificate chain',
      ],
    }),
  },
  {
    id: 'H2',
    code: 'client.untrusted-issuer',
    cause:
      'The certificate comes from an authority that the server does not trust: the other environment’s, or an old one.',
    alerts: [48, 42, 46, 49],
    texts: all(
      printed(alerts.unknownCa),
      withheld,
      anyRefusal,
      silence,
      logged('(21:unable to verify the first certificate)'),
      {
        Chromium: ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT'],
      },
    ),
  },
  {
    id: 'H3',
    code: 'client.self-signed',
    cause: 'A self-signed certificate was sent in place of the one that the provider signs.',
    alerts: [48, 42, 46, 49],
    texts: all(printed(alerts.unknownCa), withheld, anyRefusal, silence, logged('(18:self-signed certificate)')),
  },
  {
    id: 'H4',
    code: 'client.same-name-other-key',
    cause: 'The authority was made anew under its old name: the names fit, the signature does not.',
    alerts: [48, 42, 46, 49],
    texts: all(printed(alerts.unknownCa), anyRefusal, silence),
  },
  {
    id: 'H9',
    code: 'client.missing-intermediate',
    cause:
      'The certificate was sent alone, and the server knows only the root above its issuer. Go and Java then send none at all.',
    alerts: [48, 42, 46, 49],
    texts: all(
      printed(alerts.unknownCa),
      withheld,
      anyRefusal,
      silence,
      logged('(21:unable to verify the first certificate)'),
    ),
  },
  {
    id: 'H5',
    code: 'client.wrong-purpose',
    cause:
      'The certificate’s extended key usage lacks clientAuth, as a server’s certificate, or a public one issued since 2026.',
    alerts: [43, 42, 46],
    texts: all(printed(alerts.unsupported), anyRefusal, silence, logged('(26:unsuitable certificate purpose)')),
  },
  {
    id: 'H6',
    code: 'client.key-usage',
    cause: 'The certificate’s key usage lacks digitalSignature. Go servers take it, OpenSSL and nginx do not.',
    alerts: [43, 42, 46, 80],
    texts: all(printed(alerts.unsupported), anyRefusal, silence, logged('(26:unsuitable certificate purpose)')),
  },
  {
    id: 'H7',
    code: 'client.expired',
    cause: 'The certificate has expired. In TLS 1.2 curl words it as if the server’s were bad (exit code 60).',
    alerts: [45, 42, 46],
    texts: all(printed(alerts.expired), anyRefusal, silence, logged('(10:certificate has expired)'), {
      curl: ['curl: (60) SSL certificate verification failed'],
    }),
  },
  {
    id: 'H8',
    code: 'client.not-yet-valid',
    cause: 'The certificate is not valid yet, or one of the clocks is wrong.',
    alerts: [42, 46],
    texts: all(printed(alerts.bad), anyRefusal, silence, logged('(9:certificate is not yet valid)')),
  },
  {
    id: 'H10',
    code: 'client.too-weak',
    cause: 'The certificate’s RSA key is too short for the server.',
    alerts: [42, 46],
    texts: all(printed(alerts.bad), anyRefusal, silence, logged('(66:EE certificate key too weak)')),
  },
  {
    id: 'H11',
    code: 'client.too-weak',
    cause: 'The certificate was signed with SHA-1, which the server refuses.',
    alerts: [42, 46],
    texts: all(printed(alerts.bad), anyRefusal, silence, logged('(68:CA signature digest algorithm too weak)')),
  },
  {
    id: 'H12',
    code: 'client.revoked',
    cause: 'The certificate is on the server’s revocation list.',
    alerts: [44, 46],
    texts: all(printed(alerts.revoked), anyRefusal, logged('(23:certificate revoked)')),
  },
  {
    id: 'H13',
    code: 'client.no-common-signature',
    cause:
      'The server takes signatures of another kind of key (EC instead of RSA, or the reverse): most programs then send nothing, BoringSSL breaks off.',
    alerts: [116, 40],
    texts: all(printed(alerts.required), {
      Electron: [
        'ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS: error:100000fd:SSL routines:OPENSSL_internal:NO_COMMON_SIGNATURE_ALGORITHMS',
      ],
      Chromium: ['net::ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS'],
    }),
  },
  {
    id: 'H14',
    code: 'client.no-common-signature',
    cause: 'In TLS 1.2 the server asks for another kind of certificate (EC instead of RSA, or the reverse).',
    alerts: [40],
    texts: all(printed(alerts.handshake), {
      Electron: [
        'ERR_SSL_UNKNOWN_CERTIFICATE_TYPE: error:100000e4:SSL routines:OPENSSL_internal:UNKNOWN_CERTIFICATE_TYPE',
      ],
    }),
  },
  {
    id: 'H15',
    code: 'client.key-mismatch',
    cause:
      'A key of another kind was given with the certificate: Node takes the pair without a word and sends nothing.',
    alerts: [116],
    texts: {
      'Node 20': printed(alerts.required)['Node 20'] ?? [],
      'Node 24': printed(alerts.required)['Node 24'] ?? [],
      Electron: [
        'ERR_OSSL_X509_KEY_TYPE_MISMATCH: error:0b000073:X.509 certificate routines:OPENSSL_internal:KEY_TYPE_MISMATCH',
      ],
      curl: ['curl: (58) Private key does not match the certificate public key'],
      Go: ['tls: private key type does not match public key type'],
    },
  },
  {
    id: 'H16',
    code: 'server.asks-later',
    cause:
      'The server asks for the certificate only after the handshake, for a path: curl and Python can answer, most others cannot.',
    signs: ['Cannot perform Post-Handshake Authentication', 'no renegotiation'],
    texts: {
      'Node 20': ['HTTP 403', '403 Forbidden'],
      'Node 24': ['HTTP 403', '403 Forbidden'],
      Electron: ['HTTP 403', '403 Forbidden'],
      Go: ['403 Forbidden', 'local error: tls: no renegotiation'],
      Java: ['HTTP/1.1 403 Forbidden'],
    },
  },
  {
    id: 'H17',
    code: 'server.never-asked',
    cause: 'This host never asks for a certificate: providers often have a host of its own for mutual TLS.',
    texts: {
      'Node 20': ['HTTP 401', '401 Unauthorized'],
      'Node 24': ['HTTP 401', '401 Unauthorized'],
      Electron: ['HTTP 401', '401 Unauthorized'],
      curl: ['The requested URL returned error: 401', 'HTTP 401'],
      Go: ['401 Unauthorized'],
      Java: ['HTTP/1.1 401 Unauthorized', 'Server returned HTTP response code: 401'],
    },
  },
  {
    id: 'H17b',
    code: 'http.refused',
    cause: 'TLS is done; the application behind it misses credentials, or does not allow this.',
    texts: {
      'Node 20': ['HTTP 401', '401 Unauthorized', 'HTTP 403', '403 Forbidden'],
      curl: ['The requested URL returned error: 401', 'The requested URL returned error: 403'],
    },
  },
]
