import { X509Certificate } from 'node:crypto'
import type { Attempt } from '../../shared/tls/attempt.ts'

type ChainLink = Attempt['serverChain'][number]

const iso = (date: string) => new Date(date).toISOString().replace(/\.\d+Z$/, 'Z')

/** Facts of the certificates a server sent, in its order; one that no library can read is left out. */
export function chainLinks(certificates: readonly Uint8Array[]): ChainLink[] {
  return certificates.slice(0, 20).flatMap((der) => {
    try {
      const x = new X509Certificate(der)
      return [
        {
          subject: x.subject,
          issuer: x.issuer,
          notBefore: iso(x.validFrom),
          notAfter: iso(x.validTo),
          sha256: x.fingerprint256.replaceAll(':', '').toLowerCase(),
          pem: x.toString(),
        },
      ]
    } catch {
      return []
    }
  })
}
