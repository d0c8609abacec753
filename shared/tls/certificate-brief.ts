import { childrenOf, DerFault, derOf, orNull, Tag } from '../pki/der.ts'
import { timeOf } from '../pki/der-values.ts'
import { nameOf } from '../pki/names.ts'

/** Names as RFC 2253, times as ISO 8601, empty when they cannot be read. */
export type CertificateBrief = { subject: string; issuer: string; notBefore: string; notAfter: string }

/** Read once and told in several places. */
const known = new WeakMap<Uint8Array, CertificateBrief | null>()

/**
 * Only what a line about a certificate shows; null for what is none. Reading every extension and digest, as the
 * inspector does, takes several times as long, and a test call should cost hardly more than the call.
 */
export function certificateBrief(der: Uint8Array): CertificateBrief | null {
  const before = known.get(der)
  if (before !== undefined) return before
  const brief = orNull(() => briefOf(der))
  known.set(der, brief)
  return brief
}

function briefOf(der: Uint8Array): CertificateBrief {
  const { subject, issuer, before, after } = fieldsOf(der)
  return {
    subject: nameOf(subject).text,
    issuer: nameOf(issuer).text,
    notBefore: orNull(() => timeOf(before)) ?? '',
    notAfter: orNull(() => timeOf(after)) ?? '',
  }
}

/** Name of the certificate's owner as RFC 2253, or null for what is no certificate. */
export const subjectOf = (der: Uint8Array): string | null => orNull(() => nameOf(fieldsOf(der).subject).text)

/** An authority's name in DER as RFC 2253, or null for what is no name. */
export const authorityName = (der: Uint8Array): string | null => orNull(() => nameOf(derOf(der)).text)

/** RFC 5280 section 4.1: version (absent in v1), serial number, algorithm, issuer, validity, subject. */
function fieldsOf(der: Uint8Array) {
  const fields = childrenOf(childrenOf(derOf(der), Tag.sequence)[0], Tag.sequence)
  const [, , issuer, validity, subject] = fields[0]?.id === 0xa0 ? fields.slice(1) : fields
  const [before, after] = childrenOf(validity, Tag.sequence)
  if (!issuer || !subject || !before || !after) throw new DerFault('cut off')
  return { issuer, subject, before, after }
}
