import { readCertificate } from '../../shared/pki/certificate.ts'
import { toPem } from '../../shared/pki/pem.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'

type ChainLink = Attempt['serverChain'][number]

/** Longer chains than this are an attack or a bundle sent by mistake. */
const longestChain = 20

/** Facts of the certificates a server sent, in its order; one that cannot be read is left out. */
export function chainLinks(certificates: readonly Uint8Array[]): ChainLink[] {
  return certificates.slice(0, longestChain).flatMap((der) => {
    const facts = readCertificate(der)?.facts
    if (!facts) return []
    return [
      {
        subject: facts.subject ?? '',
        issuer: facts.issuer ?? '',
        notBefore: facts.notBefore ?? '',
        notAfter: facts.notAfter ?? '',
        sha256: facts.sha256 ?? '',
        pem: toPem('CERTIFICATE', der),
      },
    ]
  })
}
