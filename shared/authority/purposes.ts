import type { Bytes } from '../pki/der.ts'
import { childrenOf, derOf, expect, orNull, Tag } from '../pki/der.ts'
import { oidOf } from '../pki/der-values.ts'
import { shortNameOrOid } from '../pki/oids.ts'
import type { AskedExtension } from './asked.ts'
import { issue } from './plan-issues.ts'
import type { Choice, PlanIssue } from './plan-row.ts'

const byName: Record<string, string> = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' }

export const purposeOid = (name: string): string => byName[name]!

/** What can be chosen; every other use is issued only where the request asks for it and it is taken. */
export const purposesToSet = (names: readonly string[]): string[] =>
  Object.keys(byName).filter((one) => names.includes(one))

/**
 * Never issued: `anyExtendedKeyUsage` makes a certificate good for everything, `OCSPSigning` for vouching that
 * certificates of this authority are not revoked (RFC 6960 section 4.2.2.2).
 */
export const leftOutPurposes: ReadonlySet<string> = new Set(['2.5.29.37.0', '1.3.6.1.5.5.7.3.9'])

const oidsIn = (value: Bytes): string[] =>
  orNull(() => childrenOf(derOf(value), Tag.sequence).map((one) => oidOf(expect(one, Tag.oid)))) ?? []

/** The uses asked for, by OID, each once. */
export const purposesAsked = ({ raw }: AskedExtension): string[] => [...new Set(oidsIn(raw))].slice(0, 50)

/** The uses in the value of the extension, by their short names. */
export const purposesIn = (value: Bytes): string[] => oidsIn(value).map(shortNameOrOid)

type Wanted = { wanted: readonly string[]; expected: readonly string[]; asked: readonly string[]; choice: Choice }

export function purposeIssues({ wanted, expected, asked, choice }: Wanted): PlanIssue[] {
  const found: PlanIssue[] = []
  const known = new Set(expected.map(purposeOid))
  const foreign = wanted.filter((oid) => !known.has(oid))
  if (foreign.length > 0) found.push(issue('sign.foreign-use', foreign.map(shortNameOrOid).join(', ')))
  if (choice === 'drop') found.push(issue('sign.any-use', ''))
  const never = asked.filter((oid) => leftOutPurposes.has(oid))
  if (never.length > 0) found.push(issue('sign.use-left-out', never.map(shortNameOrOid).join(', ')))
  const unmet = asked.filter((oid) => !known.has(oid) && !leftOutPurposes.has(oid) && !wanted.includes(oid))
  if (unmet.length > 0 && choice === 'set')
    found.push(issue('sign.asks-foreign-use', unmet.map(shortNameOrOid).join(', ')))
  return found
}
