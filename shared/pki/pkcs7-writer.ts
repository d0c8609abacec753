import type { Bytes } from './der.ts'
import { der } from './der.ts'

/**
 * A collection of certificates and revocation lists: PKCS#7 signed data that nobody signed (RFC 2315 section 9.1, “the
 * degenerate case”). They stay in the order given, which DER's order of sets would take from them.
 */
export function writePkcs7(certificates: readonly Bytes[], crls: readonly Bytes[] = []): Bytes {
  const signedData = der.sequence(
    der.integer(1),
    der.set(),
    der.sequence(der.oid('1.2.840.113549.1.7.1')),
    ...(certificates.length > 0 ? [der.context(0, ...certificates)] : []),
    ...(crls.length > 0 ? [der.context(1, ...crls)] : []),
    der.set(),
  )
  return der.sequence(der.oid('1.2.840.113549.1.7.2'), der.context(0, signedData))
}
