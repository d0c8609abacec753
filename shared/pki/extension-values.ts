import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, derOf, expect, hex, orNull, present, Tag } from './der.ts'
import { integerHex, integerOf, latin1, namedBits, oidOf, shownHex, timeOf, visible } from './der-values.ts'
import { describedName, describedSubtree } from './described-names.ts'
import { distributionPoints, issuingDistributionPoint } from './distribution-points.ts'
import { anyValue, named } from './extension-words.ts'
import { generalNamesOf } from './general-names.ts'
import { plainName, shortNameOrOid } from './oids.ts'
import { policies, policyConstraints, policyMappings } from './policy-extensions.ts'
import { qualifiedStatements } from './qualified-statements.ts'
import { signedTimestamps } from './signed-timestamps.ts'
import { vendorReaders } from './vendor-extensions.ts'

/** Bits of KeyUsage (RFC 5280 section 4.2.1.3). */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

/** CRLReason (RFC 5280 section 5.3.1), by number. */
export const revocationReasons: Record<number, string> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}

function basicConstraints(node: DerNode): string[] {
  const [first, second] = childrenOf(node, Tag.sequence)
  const isCa = first?.id === Tag.boolean && content(first)[0] !== 0
  const length = first?.id === Tag.integer ? first : second
  return [isCa ? 'CA: yes' : 'CA: no', ...(length ? [`Path length: ${integerOf(length)}`] : [])]
}

function authorityKey(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id === 0x80) return [`Key identifier: ${hex(content(part))}`]
    if (part.id === 0xa1) return children(part).map((name) => `Issuer: ${describedName(name)}`)
    if (part.id === 0x82) return [`Serial: ${integerHex(part)}`]
    throw new DerFault('another type')
  })
}

function nameConstraints(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id !== 0xa0 && part.id !== 0xa1) throw new DerFault('another type')
    const word = part.id === 0xa0 ? 'Permitted' : 'Excluded'
    return children(part).map((subtree) => `${word}: ${describedSubtree(subtree)}`)
  })
}

function access(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((description) => {
    const [method, place] = childrenOf(description, Tag.sequence)
    return `${plainName(oidOf(expect(method, Tag.oid)))}: ${describedName(present(place))}`
  })
}

/** GeneralizedTimes under `[0]` and `[1]`. */
function privateKeyPeriod(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((part) => {
    const time = timeOf({ ...part, id: Tag.generalizedTime })
    return `${part.id === 0x80 ? 'Not before' : 'Not after'}: ${time}`
  })
}

const purposes = (node: DerNode): string[] =>
  childrenOf(node, Tag.sequence).map((purpose) => {
    const oid = oidOf(purpose)
    return plainName(oid) === oid ? oid : `${shortNameOrOid(oid)} (${plainName(oid)})`
  })

/** Attributes of a person (RFC 3739 section 3.3.2): each with all its values. */
export function attributeLines(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((attribute) => {
    const [type, values] = childrenOf(attribute, Tag.sequence)
    return `${named(oidOf(expect(type, Tag.oid)))}: ${childrenOf(values, Tag.set).map(anyValue).join(', ')}`
  })
}

/** RFC 7633; the numbers are those of TLS extensions. */
const tlsFeatures: Record<string, string> = {
  5: 'status_request (5): the server must staple its revocation status (must-staple)',
  17: 'status_request_v2 (17): the server must staple the status of its chain',
}

/** RFC 3820: whom a proxy certificate speaks for. */
function proxy(node: DerNode): string[] {
  const parts = childrenOf(node, Tag.sequence)
  const [language, policy] = childrenOf(parts.at(-1), Tag.sequence)
  return [
    ...(parts.length > 1 ? [`Path length: ${integerOf(present(parts[0]))}`] : []),
    `Policy language: ${named(oidOf(expect(language, Tag.oid)))}`,
    ...(policy ? [`Policy: ${visible(latin1(content(policy)))}`] : []),
  ]
}

const number = (node: DerNode): string[] => [integerHex(expect(node, Tag.integer))]
const altNames = (node: DerNode): string[] => generalNamesOf(node, describedName)
const says =
  (line: string) =>
  (node: DerNode): string[] => {
    expect(node, Tag.null)
    return [line]
  }

const readers: Record<string, (node: DerNode) => string[]> = {
  ...vendorReaders,
  '2.5.29.9': attributeLines,
  '2.5.29.14': (node) => [hex(content(expect(node, Tag.octetString)))],
  '2.5.29.15': (node) => namedBits(expect(node, Tag.bitString), keyUsageNames),
  '2.5.29.16': privateKeyPeriod,
  '2.5.29.17': altNames,
  '2.5.29.18': altNames,
  '2.5.29.19': basicConstraints,
  '2.5.29.20': number,
  '2.5.29.21': (node) => [revocationReasons[Number(integerOf(expect(node, Tag.enumerated)))] ?? 'unknown reason'],
  '2.5.29.23': (node) => [named(oidOf(expect(node, Tag.oid)))],
  '2.5.29.24': (node) => [timeOf(node)],
  '2.5.29.27': number,
  '2.5.29.28': issuingDistributionPoint,
  '2.5.29.29': altNames,
  '2.5.29.30': nameConstraints,
  '2.5.29.31': distributionPoints,
  '2.5.29.32': policies,
  '2.5.29.33': policyMappings,
  '2.5.29.35': authorityKey,
  '2.5.29.36': policyConstraints,
  '2.5.29.37': purposes,
  '2.5.29.46': distributionPoints,
  '2.5.29.54': (node) => [`After ${integerOf(expect(node, Tag.integer))} further certificates`],
  '2.5.29.56': says('Not to be checked for revocation'),
  '2.5.29.60': (node) => [`Lists certificates until ${timeOf(node)} and later`],
  '1.3.6.1.5.5.7.1.1': access,
  '1.3.6.1.5.5.7.1.3': qualifiedStatements,
  '1.3.6.1.5.5.7.1.11': access,
  '1.3.6.1.5.5.7.1.14': proxy,
  '1.3.6.1.5.5.7.1.24': (node) =>
    childrenOf(node, Tag.sequence).map((n) => tlsFeatures[`${integerOf(n)}`] ?? `${integerOf(n)}`),
  '1.3.6.1.5.5.7.48.1.5': says('Not to be checked for revocation'),
  '1.3.6.1.4.1.11129.2.4.2': signedTimestamps,
  '1.3.6.1.4.1.11129.2.4.3': says('A precertificate: not for use'),
  '1.3.6.1.4.1.11129.2.4.5': signedTimestamps,
}

/**
 * The value of an extension in readable lines, one part each. `known` is false when nothing here reads that kind, then
 * the line is hex; `lines` is `null` when it is known but malformed.
 */
export function extensionLines(oid: string, value: Bytes): { known: boolean; lines: string[] | null } {
  const read = readers[oid]
  if (read) return { known: true, lines: orNull(() => read(derOf(value))) }
  return { known: false, lines: [shownHex(value)] }
}
