import { apacheServer, gnutlsServer, goServer, haproxyServer, has, javaServer, stunnelServer } from './bench-servers.ts'
import { hasNginx, nginxServer, nodeServer, opensslServer } from './test-servers.ts'
import type { ServerKind } from './verdict-matrix.ts'

const both = ['1.3', '1.2'] as const
const openssl = { ec: 'ECDSA+SHA256', rsa: 'RSA-PSS+SHA256:RSA+SHA256' }

/** What `npm test` has installed: OpenSSL, Node, nginx, GnuTLS. */
export function everydayServers(): { here: ServerKind[]; missing: string[] } {
  const found: [boolean, ServerKind][] = [
    [
      true,
      { name: 'openssl s_server', make: (files) => opensslServer(files), versions: both, letsIn: [], sigalgs: openssl },
    ],
    // Node's security level takes RSA 1024.
    [
      true,
      {
        name: 'Node',
        make: (files) => nodeServer('tls', files),
        versions: both,
        letsIn: ['RSA 1024'],
        sigalgs: openssl,
      },
    ],
    [hasNginx, { name: 'nginx', make: nginxServer, versions: both, letsIn: [], sigalgs: openssl }],
    [
      has('gnutls-serv'),
      {
        name: 'GnuTLS',
        make: gnutlsServer,
        versions: both,
        // It looks at no extended key usage here, and takes RSA 1024.
        letsIn: ['wrong purpose', 'RSA 1024'],
        sigalgs: {
          ec: ':-SIGN-ALL:+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-ECDSA-SHA256',
          rsa: ':-SIGN-ALL:+SIGN-RSA-SHA256:+SIGN-RSA-PSS-RSAE-SHA256',
        },
      },
    ],
  ]
  return parted(found)
}

/** The rest, which only the benchmark installs. `plainPort` is a plain HTTP server for stunnel to stand before. */
export function furtherServers(plainPort: number): { here: ServerKind[]; missing: string[] } {
  const java = { ec: 'ecdsa_secp256r1_sha256', rsa: 'rsa_pss_rsae_sha256,rsa_pkcs1_sha256' }
  const found: [boolean, ServerKind][] = [
    [
      has('apache2'),
      { name: 'Apache httpd', make: (files) => apacheServer(files), versions: both, letsIn: [], sigalgs: openssl },
    ],
    [has('haproxy'), { name: 'HAProxy', make: haproxyServer, versions: both, letsIn: [], sigalgs: openssl }],
    [
      has('stunnel'),
      {
        name: 'stunnel',
        make: (files) => stunnelServer(files, plainPort),
        versions: both,
        letsIn: [],
        sigalgs: openssl,
      },
    ],
    [
      has('go'),
      // Go looks at no key usage, no revocation list of this kind, and takes RSA 1024.
      { name: 'Go', make: goServer, versions: both, letsIn: ['key usage', 'revoked', 'RSA 1024'] },
    ],
    [
      has('javac'),
      {
        name: 'Java HttpsServer',
        make: (files) => javaServer('http', files),
        versions: both,
        letsIn: ['RSA 1024', 'SHA-1'],
        sigalgs: java,
      },
    ],
    [
      has('javac'),
      {
        name: 'Java SSLServerSocket',
        make: (files) => javaServer('socket', files),
        versions: both,
        letsIn: ['RSA 1024', 'SHA-1'],
        sigalgs: java,
      },
    ],
  ]
  return parted(found)
}

const parted = (found: readonly [boolean, ServerKind][]) => ({
  here: found.filter(([is]) => is).map(([, kind]) => kind),
  missing: found.filter(([is]) => !is).map(([, { name }]) => name),
})
