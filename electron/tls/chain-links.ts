import { createHash } from 'node:crypto'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { certificateBrief } from '../../shared/tls/certificate-brief.ts'

type ChainLink = Attempt['serverChain'][number]

/** Longer chains than this are an attack or a bundle sent by mistake. */
const longestChain = 20

/** Facts of the certificates a server sent, in its order; one that cannot be read is left out. */
export function chainLinks(certificates: readonly Uint8Array[]): ChainLink[] {
  return certificates.slice(0, longestChain).flatMap(linkOf)
}

function linkOf(der: Uint8Array): ChainLink[] {
  const brief = certificateBrief(der)
  return brief ? [{ ...brief, sha256: fingerprint(der), pem: pemOf(der) }] : []
}

/** SHA-256 in lower-case hex. */
export const fingerprint = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
