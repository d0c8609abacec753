import type { Row } from './row.ts'

const goUnknown = 'x509: certificate signed by unknown authority'
const javaPath =
  'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target'
const pythonFailed = 'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed:'
const localIssuer = {
  'Node 20': ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unable to get local issuer certificate'],
  Electron: ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unable to get local issuer certificate'],
  curl: ['curl: (60) SSL certificate problem: unable to get local issuer certificate'],
  Go: [goUnknown],
  Java: [javaPath],
  Python: [`${pythonFailed} unable to get local issuer certificate (_ssl.c:1006)`],
} as const

/** The client does not trust the server. */
export const serverRows: readonly Row[] = [
  {
    id: 'S1',
    code: 'server.self-signed',
    cause: 'The server’s certificate is self-signed, and nobody told the program to trust it.',
    texts: {
      'Node 20': ['DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate'],
      Electron: ['DEPTH_ZERO_SELF_SIGNED_CERT: self signed certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      curl: ['curl: (60) SSL certificate problem: self-signed certificate'],
      Go: [goUnknown],
      Java: [javaPath],
      Python: [`${pythonFailed} self-signed certificate (_ssl.c:1006)`],
    },
  },
  {
    id: 'S2',
    code: 'server.incomplete-chain',
    cause: 'The server leaves out its intermediate certificate. This is about the server’s chain, not about yours.',
    texts: {
      'Node 20': ['UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate'],
      Electron: ['UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate'],
      curl: ['curl: (60) SSL certificate problem: unable to get local issuer certificate'],
      Go: [goUnknown],
      Java: [javaPath],
      Python: [`${pythonFailed} unable to get local issuer certificate (_ssl.c:1006)`],
    },
  },
  {
    id: 'S3',
    code: 'server.untrusted',
    cause: 'The provider has a root of its own, which the program was not told to trust.',
    texts: localIssuer,
  },
  {
    id: 'S4',
    code: 'server.untrusted',
    cause: 'Only the intermediate is trusted: curl, Go and Java take that, Node, Electron and Python want the root.',
    next: 'Add the root to the CA file; Node from 22.9 on also takes `allowPartialTrustChain`.',
    texts: {
      'Node 20': ['UNABLE_TO_GET_ISSUER_CERT: unable to get issuer certificate'],
      Electron: ['UNABLE_TO_GET_ISSUER_CERT: unable to get issuer certificate'],
      Python: [`${pythonFailed} unable to get issuer certificate (_ssl.c:1006)`],
    },
  },
  {
    id: 'S5',
    code: 'server.untrusted',
    cause: 'The CA file holds the authority of the client certificates; the server’s own is another.',
    next: 'Use the CA file for the server, as the provider gives it.',
    texts: localIssuer,
  },
  {
    id: 'S6',
    code: 'server.expired',
    cause: 'The server’s certificate has expired, or the clock of this computer is wrong.',
    texts: {
      'Node 20': ['CERT_HAS_EXPIRED: certificate has expired'],
      Electron: ['CERT_HAS_EXPIRED: certificate has expired'],
      curl: ['curl: (60) SSL certificate problem: certificate has expired'],
      Go: [
        'x509: certificate has expired or is not yet valid: current time 2026-11-22T01:24:49Z is after 2024-01-01T00:00:00Z',
      ],
      Java: [
        'javax.net.ssl.SSLHandshakeException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
      ],
      Python: [`${pythonFailed} certificate has expired (_ssl.c:1006)`],
    },
  },
  {
    id: 'S7',
    code: 'server.wrong-name',
    cause: 'The server’s certificate is for another host: wrong address, sandbox and live mixed up, or no SNI.',
    texts: {
      'Node 20': ["ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: Host: localhost."],
      Electron: ["ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: Host: localhost."],
      curl: ["curl: (60) SSL: no alternative certificate subject name matches target host name 'localhost'"],
      Go: ['x509: certificate is valid for api.other.example, not localhost'],
      Java: ['javax.net.ssl.SSLHandshakeException: No subject alternative DNS name matching localhost found.'],
      Python: [`${pythonFailed} Hostname mismatch, certificate is not valid for 'localhost'. (_ssl.c:1006)`],
    },
  },
  {
    id: 'S8',
    code: 'server.no-san',
    cause: 'The server’s certificate names its host in the common name only, which Go and browsers do not read.',
    texts: { Go: ['x509: certificate relies on legacy Common Name field, use SANs instead'] },
  },
  {
    id: 'S9',
    code: 'server.wrong-name',
    cause: 'The server was called by its address, which its certificate does not name.',
    next: 'Call it by its name.',
    texts: {
      'Node 20': [
        "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list",
      ],
      Electron: [
        "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list",
      ],
      curl: ["curl: (60) SSL: no alternative certificate subject name matches target host name '127.0.0.1'"],
      Go: ["x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"],
      Java: ['javax.net.ssl.SSLHandshakeException: No subject alternative names matching IP address 127.0.0.1 found'],
      Python: [`${pythonFailed} IP address mismatch, certificate is not valid for '127.0.0.1'. (_ssl.c:1006)`],
    },
  },
  {
    id: 'S17',
    code: 'server.untrusted',
    cause:
      'The server sends a root of its own that is not trusted: the provider’s, or that of a program that opens TLS on the way.',
    texts: {
      'Node 20': ['SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain'],
      Electron: ['SELF_SIGNED_CERT_IN_CHAIN: self signed certificate in certificate chain'],
      curl: ['curl: (60) SSL certificate problem: self-signed certificate in certificate chain'],
      Go: [goUnknown],
      Java: [javaPath],
      Python: [`${pythonFailed} self-signed certificate in certificate chain (_ssl.c:1006)`],
    },
  },
]
