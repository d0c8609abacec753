import type { Facts } from '../pki/facts.ts'
import type { ProbeResult } from './attempt.ts'

/** Parts of a name spelt as RFC 2253, still escaped: good for comparing, not for showing. */
export const organisationOf = (name: string | undefined): string | undefined =>
  /(?:^|[,+])O=((?:\\.|[^,+\\])*)/.exec(name ?? '')?.[1]

export const commonNameOf = (name: string | undefined): string | undefined =>
  /(?:^|[,+])CN=((?:\\.|[^,+\\])*)/.exec(name ?? '')?.[1]

/**
 * How the issuers of two certificates relate: the same key, the same name with another key, or another name. Where a
 * certificate does not say which key issued it (RFC 5280 section 4.2.1.1), the same name is taken for the same key.
 */
export function authorityKin(mine: Facts, other: Facts): NonNullable<ProbeResult['authority']> {
  if (mine.issuer === undefined || mine.issuer !== other.issuer) return 'other'
  const [a, b] = [mine.authorityKeyIdentifier, other.authorityKeyIdentifier]
  return a !== undefined && b !== undefined && a !== b ? 'same-name' : 'same-key'
}
