import { createHash } from 'node:crypto'
import { childrenOf, DerFault, derOf, orNull, Tag } from '../../shared/pki/der.ts'
import { timeOf } from '../../shared/pki/der-values.ts'
import { nameOf } from '../../shared/pki/names.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'

type ChainLink = Attempt['serverChain'][number]

/** Longer chains than this are an attack or a bundle sent by mistake. */
const longestChain = 20

/** Facts of the certificates a server sent, in its order; one that cannot be read is left out. */
export function chainLinks(certificates: readonly Uint8Array[]): ChainLink[] {
  return certificates.slice(0, longestChain).flatMap((der) => orNull(() => linkOf(der)) ?? [])
}

/** Name of the certificate's owner as RFC 2253, or null for what is no certificate. */
export const subjectOf = (der: Uint8Array): string | null => orNull(() => nameOf(fieldsOf(der).subject).text)

/**
 * Only what a link shows: reading every extension and digest, as the inspector does, takes several times as long, and
 * a test call should cost hardly more than the call.
 */
function linkOf(der: Uint8Array): ChainLink {
  const { subject, issuer, before, after } = fieldsOf(der)
  return {
    subject: nameOf(subject).text,
    issuer: nameOf(issuer).text,
    notBefore: orNull(() => timeOf(before)) ?? '',
    notAfter: orNull(() => timeOf(after)) ?? '',
    sha256: createHash('sha256').update(der).digest('hex'),
    pem: pemOf(der),
  }
}

/** RFC 5280 section 4.1: version (absent in v1), serial number, algorithm, issuer, validity, subject. */
function fieldsOf(der: Uint8Array) {
  const fields = childrenOf(childrenOf(derOf(der), Tag.sequence)[0], Tag.sequence)
  const [, , issuer, validity, subject] = fields[0]?.id === 0xa0 ? fields.slice(1) : fields
  const [before, after] = childrenOf(validity, Tag.sequence)
  if (!issuer || !subject || !before || !after) throw new DerFault('cut off')
  return { issuer, subject, before, after }
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
