import type { Finding, Severity } from '../findings.ts'
import type { InspectedObject } from './facts.ts'
import type { ObjectRow, RowFacts } from './inspect-calls.ts'

/** A row is one line: a name of a megabyte is an attack on the screen. The opened object has more of it. */
const longestText = 300
const mostNames = 8

const ranks: Severity[] = ['notes', 'warns', 'refuses']

/** What a list shows of an object. */
export function rowOf(object: InspectedObject, repairable: boolean): ObjectRow {
  const { id, file, inside, kind, encoding, problem, findings } = object
  return {
    id,
    file,
    ...(inside !== undefined && { inside }),
    kind,
    ...(encoding && { encoding }),
    problem,
    facts: rowFacts(object.facts),
    worst: worstOf(findings),
    findings: findings.length,
    repairable,
  }
}

function rowFacts(facts: InspectedObject['facts']): RowFacts {
  const { subject, issuer, serialHex, notBefore, notAfter, nextUpdate, keyAlgorithm, keyBits, curve, isCa } = facts
  const { selfSigned, sha256, spkiSha256, encrypted, container, friendlyName, certificates, keys, crls } = facts
  const { keysLocked, revokedCount, extendedKeyUsage, subjectAltNames } = facts
  const row: RowFacts = {
    subject: cut(subject),
    issuer: cut(issuer),
    serialHex: cut(serialHex),
    notBefore,
    notAfter,
    nextUpdate,
    keyAlgorithm,
    keyBits,
    curve,
    isCa,
    selfSigned,
    sha256,
    spkiSha256,
    encrypted,
    container,
    friendlyName: cut(friendlyName),
    certificates,
    keys,
    keysLocked,
    crls,
    revokedCount,
    extendedKeyUsage: extendedKeyUsage?.slice(0, mostNames),
    subjectAltNames: subjectAltNames?.slice(0, mostNames).map((name) => cut(name)!),
  }
  // What does not apply to a kind is absent, which also makes thousands of rows smaller to send.
  for (const name of Object.keys(row) as (keyof RowFacts)[]) if (row[name] === undefined) delete row[name]
  return row
}

const cut = (text: string | undefined): string | undefined =>
  text !== undefined && text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text

function worstOf(findings: readonly Finding[]): Severity | null {
  let worst = -1
  for (const { severity } of findings) worst = Math.max(worst, ranks.indexOf(severity))
  return ranks[worst] ?? null
}
