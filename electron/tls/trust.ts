import { readFileSync } from 'node:fs'
import * as tls from 'node:tls'
import { subjectOf } from '../../shared/tls/certificate-brief.ts'
import { governedRoots } from './governed-roots.ts'

/** `onceSha256` trusts one certificate by its digest alone (lower-case hex), because its user has looked at it. */
export type Trust = { system: true } | { caPem: string } | { onceSha256: string }

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/** The certificates of a PEM text; what cannot be read as one is left out, as a TLS library would ignore it. */
export function trustedCertificates(caPem: string): { pem: string; subject: string; der: Buffer }[] {
  return (caPem.match(block) ?? []).flatMap((pem) => {
    const der = Buffer.from(plain(pem), 'base64')
    const subject = subjectOf(der)
    return subject === null ? [] : [{ pem, subject, der }]
  })
}

/** Where Linux distributions and BSDs keep the bundle that their administrators extend. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

function readBundle(path: string | undefined): string[] {
  if (!path) return []
  try {
    return readFileSync(path, 'utf8').match(block) ?? []
  } catch {
    return []
  }
}

type StoreReader = { getCACertificates?: (kind: 'system' | 'extra') => string[] }

function fromSystem(): string[] {
  const { getCACertificates } = tls as StoreReader
  const extra = readBundle(process.env.NODE_EXTRA_CA_CERTS)
  if (getCACertificates) return [...getCACertificates('system'), ...extra]
  for (const path of [process.env.SSL_CERT_FILE, ...bundles]) {
    const found = readBundle(path)
    if (found.length > 0) return [...found, ...extra]
  }
  return extra
}

const plain = (pem: string) => pem.replace(/-----[^-]*-----|\s/g, '')

let cached: string[] | undefined

/**
 * Roots of this computer that the runtime's own list lacks: a company's inspection proxy or internal CA. On Windows and
 * macOS they are found where the runtime can read the store (Node 22.15, Electron 36 and later).
 */
export function extraRoots(): string[] {
  if (!cached) {
    const known = new Set(tls.rootCertificates.map(plain))
    cached = [...new Set(fromSystem())].filter((pem) => !known.has(plain(pem)))
  }
  return cached
}

/** What goes into a TLS context. Without extra roots nothing is given, which is much the fastest. */
export function trustOptions(
  trust: Trust,
): Pick<tls.SecureContextOptions, 'ca'> & { allowPartialTrustChain?: boolean } {
  // Who trusts an intermediate means it: curl, Go and Java accept that, Node only when asked to (22.9 and later).
  if ('onceSha256' in trust) return {}
  if ('caPem' in trust) {
    return { ca: trustedCertificates(trust.caPem).map(({ pem }) => pem), allowPartialTrustChain: true }
  }
  const governed = governedRoots()
  // An empty list trusts nobody, which is what a broken policy means.
  if (governed?.only) return { ca: [...governed.pems], allowPartialTrustChain: true }
  const extra = [...extraRoots(), ...(governed?.pems ?? [])]
  return extra.length > 0 ? { ca: [...tls.rootCertificates, ...extra] } : {}
}

const pinnable = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

/**
 * BoringSSL refuses a server certificate that is itself the trusted one when its key usage lacks keyCertSign; OpenSSL
 * takes it. Here both do: byte for byte the trusted certificate, in its validity, with the right name. Answers the
 * error that remains, as Node words it, or null when the server is to be trusted.
 */
export function judgeServer(socket: tls.TLSSocket, trust: Trust, host: string, now: number): string | null {
  if ('onceSha256' in trust) return isPinned(socket, trust.onceSha256) ? null : 'CERT_UNTRUSTED'
  if (socket.authorized) return null
  const error = socket.authorizationError
  const code = typeof error === 'string' ? error : ((error as NodeJS.ErrnoException | null)?.code ?? 'UNKNOWN')
  const leaf = socket.getPeerX509Certificate()
  if (!('caPem' in trust) || !leaf || !pinnable.has(code)) return code
  if (!trustedCertificates(trust.caPem).some(({ der }) => der.equals(leaf.raw))) return code
  if (now > Date.parse(leaf.validTo)) return 'CERT_HAS_EXPIRED'
  if (now < Date.parse(leaf.validFrom)) return 'CERT_NOT_YET_VALID'
  const wrongName = tls.checkServerIdentity(host, leaf.toLegacyObject())
  return wrongName ? 'ERR_TLS_CERT_ALTNAME_INVALID' : null
}

const isPinned = (socket: tls.TLSSocket, sha256: string) =>
  socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase() === sha256
