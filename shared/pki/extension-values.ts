import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, derOf, expect, hex, orNull, present, Tag } from './der.ts'
import { integerHex, integerOf, latin1, namedBits, oidOf, shownHex, textOf, timeOf, visible } from './der-values.ts'
import { describedName, generalNameOf, generalNamesOf } from './general-names.ts'
import { plainName, shortNameOrOid } from './oids.ts'

/** Bits of KeyUsage (RFC 5280 section 4.2.1.3), ReasonFlags (4.2.1.13) and Netscape's certificate type. */
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
const reasonNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
]
const netscapeTypes = [
  'SSL client',
  'SSL server',
  'S/MIME',
  'object signing',
  'reserved',
  'SSL CA',
  'S/MIME CA',
  'object signing CA',
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

const named = (oid: string): string => (plainName(oid) === oid ? oid : `${plainName(oid)} (${oid})`)
const text = (node: DerNode): string => visible(textOf(node) ?? shownHex(content(node)))

function basicConstraints(node: DerNode): string[] {
  const [first, second] = childrenOf(node, Tag.sequence)
  const isCa = first?.id === Tag.boolean && content(first)[0] !== 0
  const length = first?.id === Tag.integer ? first : second
  return [isCa ? 'CA: yes' : 'CA: no', ...(length ? [`Path length: ${integerOf(length)}`] : [])]
}

function authorityKey(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id === 0x80) return [`Key identifier: ${hex(content(part))}`]
    if (part.id === 0xa1) return children(part).map((name) => `Issuer: ${generalNameOf(name)}`)
    if (part.id === 0x82) return [`Serial: ${hex(content(part)).toUpperCase()}`]
    throw new DerFault('another type')
  })
}

function policies(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((policy) => {
    const [id, qualifiers] = childrenOf(policy, Tag.sequence)
    const lines = [named(oidOf(expect(id, Tag.oid)))]
    for (const qualifier of qualifiers ? childrenOf(qualifiers, Tag.sequence) : []) {
      const [kind, value] = childrenOf(qualifier, Tag.sequence)
      if (!kind || !value) continue
      if (shortNameOrOid(oidOf(kind)) === 'id-qt-cps') lines.push(`Practice statement: ${text(value)}`)
      else lines.push(`Notice: ${noticeText(value) ?? shownHex(content(value))}`)
    }
    return lines
  })
}

/** The explicit text of a UserNotice, and the organisation its reference names. */
function noticeText(node: DerNode): string | null {
  return orNull(() => {
    const parts = childrenOf(node, Tag.sequence).map((part) =>
      part.id === Tag.sequence ? text(present(children(part)[0])) : text(part),
    )
    return parts.join('; ')
  })
}

function nameConstraints(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id !== 0xa0 && part.id !== 0xa1) throw new DerFault('another type')
    const word = part.id === 0xa0 ? 'Permitted' : 'Excluded'
    return children(part).map((subtree) => `${word}: ${generalNameOf(present(childrenOf(subtree, Tag.sequence)[0]))}`)
  })
}

function distributionPoints(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((point) => childrenOf(point, Tag.sequence).flatMap(distributionPart))
}

function distributionPart(part: DerNode): string[] {
  if (part.id === 0xa0) return distributionName(present(children(part)[0]))
  if (part.id === 0x81) return [`Reasons: ${namedBits(part, reasonNames).join(', ')}`]
  if (part.id === 0xa2) return children(part).map((name) => `Issuer: ${generalNameOf(name)}`)
  throw new DerFault('another type')
}

function distributionName(name: DerNode): string[] {
  if (name.id === 0xa0) return children(name).map((full) => generalNameOf(full))
  return [`Relative to the issuer: ${children(name).length} attributes`]
}

function issuingDistributionPoint(node: DerNode): string[] {
  const flags: Record<number, string> = {
    129: 'Only user certificates',
    130: 'Only CA certificates',
    132: 'Indirect list',
    133: 'Only attribute certificates',
  }
  return childrenOf(node, Tag.sequence).flatMap((part) => {
    if (part.id === 0xa0) return distributionPart(part)
    if (part.id === 0x83) return [`Only reasons: ${namedBits(part, reasonNames).join(', ')}`]
    const flag = flags[part.id]
    if (!flag) throw new DerFault('another type')
    return content(part)[0] === 0 ? [] : [flag]
  })
}

function access(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((description) => {
    const [method, place] = childrenOf(description, Tag.sequence)
    if (!place) throw new DerFault('cut off')
    return `${plainName(oidOf(expect(method, Tag.oid)))}: ${generalNameOf(place)}`
  })
}

/** SignedCertificateTimestampList (RFC 6962 section 3.3): which log vouched, and when. */
function timestamps(node: DerNode): string[] {
  const list = content(expect(node, Tag.octetString))
  const lines: string[] = []
  const lengthAt = (at: number) => (list[at] ?? 0) * 256 + (list[at + 1] ?? 0)
  if (lengthAt(0) !== list.length - 2) throw new DerFault('length')
  for (let at = 2; at < list.length; ) {
    const length = lengthAt(at)
    if (length < 43 || at + 2 + length > list.length) throw new DerFault('length')
    const log = hex(list.subarray(at + 3, at + 35))
    const ms = Number.parseInt(hex(list.subarray(at + 35, at + 43)), 16)
    const when = ms < 253402300800000 ? `${new Date(ms).toISOString().slice(0, 19)}Z` : 'an impossible time'
    lines.push(`Log ${log} on ${when}`)
    at += 2 + length
  }
  return [`${lines.length} signed certificate timestamps`, ...lines]
}

function policyConstraints(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((part) => {
    const count = Number.parseInt(hex(content(part)) || '0', 16)
    if (part.id === 0x80) return `Explicit policy required after: ${count}`
    if (part.id === 0x81) return `Policy mapping inhibited after: ${count}`
    throw new DerFault('another type')
  })
}

function qualifiedStatements(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).flatMap((statement) => {
    const [id, info] = childrenOf(statement, Tag.sequence)
    const oid = oidOf(expect(id, Tag.oid))
    if (oid === '0.4.0.1862.1.6' && info) {
      return [
        `${plainName(oid)}: ${childrenOf(info, Tag.sequence)
          .map((type) => plainName(oidOf(type)))
          .join(', ')}`,
      ]
    }
    if (oid === '0.4.0.1862.1.5' && info) {
      return childrenOf(info, Tag.sequence).map(
        (place) => `${plainName(oid)}: ${text(present(childrenOf(place, Tag.sequence)[0]))}`,
      )
    }
    if (oid === '0.4.0.19495.2' && info) return [paymentRoles(info)]
    return [named(oid)]
  })
}

/** ETSI TS 119 495 section 5.1: roles, then the name and the id of the authority that licensed the provider. */
function paymentRoles(info: DerNode): string {
  const [roles, name, id] = childrenOf(info, Tag.sequence)
  const spelt = childrenOf(roles, Tag.sequence).map((role) => text(present(childrenOf(role, Tag.sequence)[1])))
  return `Payment roles: ${spelt.join(', ')}; licensed by ${text(present(name))} (${text(present(id))})`
}

function template(node: DerNode): string[] {
  const [id, major, minor] = childrenOf(node, Tag.sequence)
  const version = major ? ` version ${integerOf(major)}.${minor ? integerOf(minor) : 0}` : ''
  return [`Template ${oidOf(expect(id, Tag.oid))}${version}`]
}

function privateKeyPeriod(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((part) => {
    const time = derOf(Uint8Array.of(Tag.generalizedTime, part.to - part.from, ...content(part)))
    return `${part.id === 0x80 ? 'Not before' : 'Not after'}: ${timeOf(time)}`
  })
}

function policyMappings(node: DerNode): string[] {
  return childrenOf(node, Tag.sequence).map((pair) => {
    const [from, to] = childrenOf(pair, Tag.sequence)
    return `${oidOf(expect(from, Tag.oid))} stands for ${oidOf(expect(to, Tag.oid))}`
  })
}

const purposes = (node: DerNode): string[] =>
  childrenOf(node, Tag.sequence).map((purpose) => {
    const oid = oidOf(purpose)
    return plainName(oid) === oid ? oid : `${shortNameOrOid(oid)} (${plainName(oid)})`
  })

const number = (node: DerNode): string[] => [integerHex(expect(node, Tag.integer))]
const oneText = (node: DerNode): string[] => [text(node)]
const altNames = (node: DerNode): string[] => generalNamesOf(node, describedName)

const readers: Record<string, (node: DerNode) => string[]> = {
  '2.5.29.9': (node) => childrenOf(node, Tag.sequence).map((a) => named(oidOf(expect(children(a)[0], Tag.oid)))),
  '2.5.29.14': (node) => [hex(content(expect(node, Tag.octetString)))],
  '2.5.29.15': (node) => namedBits(expect(node, Tag.bitString), keyUsageNames),
  '2.5.29.16': privateKeyPeriod,
  '2.5.29.17': altNames,
  '2.5.29.18': altNames,
  '2.5.29.19': basicConstraints,
  '2.5.29.20': number,
  '2.5.29.21': (node) => [revocationReasons[Number(integerOf(expect(node, Tag.enumerated)))] ?? 'unknown reason'],
  '2.5.29.24': (node) => [timeOf(node)],
  '2.5.29.27': number,
  '2.5.29.28': issuingDistributionPoint,
  '2.5.29.29': (node) => generalNamesOf(node),
  '2.5.29.30': nameConstraints,
  '2.5.29.31': distributionPoints,
  '2.5.29.32': policies,
  '2.5.29.33': policyMappings,
  '2.5.29.35': authorityKey,
  '2.5.29.36': policyConstraints,
  '2.5.29.37': purposes,
  '2.5.29.46': distributionPoints,
  '2.5.29.54': (node) => [`After ${integerOf(expect(node, Tag.integer))} further certificates`],
  '1.3.6.1.5.5.7.1.1': access,
  '1.3.6.1.5.5.7.1.3': qualifiedStatements,
  '1.3.6.1.5.5.7.1.11': access,
  '1.3.6.1.5.5.7.1.24': (node) =>
    childrenOf(node, Tag.sequence).map((n) => (integerOf(n) === 5n ? 'status_request (5)' : `${integerOf(n)}`)),
  '1.3.6.1.5.5.7.48.1.5': () => ['Not to be checked for revocation'],
  '1.3.6.1.4.1.11129.2.4.2': timestamps,
  '1.3.6.1.4.1.11129.2.4.3': () => ['A precertificate: not for use'],
  '2.16.840.1.113730.1.1': (node) => namedBits(expect(node, Tag.bitString), netscapeTypes),
  '1.3.6.1.4.1.311.20.2': oneText,
  '1.3.6.1.4.1.311.21.1': (node) => [`${integerOf(expect(node, Tag.integer))}`],
  '1.3.6.1.4.1.311.21.7': template,
  '1.3.6.1.4.1.311.21.10': policies,
  '1.3.6.1.4.1.311.25.2': (node) => children(node).map((part) => describedSid(part)),
}
for (const netscapeText of [2, 3, 4, 7, 8, 12, 13]) readers[`2.16.840.1.113730.1.${netscapeText}`] = oneText

/** Windows' security identifier, an otherName whose value is text in an OCTET STRING. */
function describedSid(part: DerNode): string {
  const value = children(expect(children(part)[1], 0xa0))[0]
  return visible(latin1(content(expect(value, Tag.octetString))))
}

/**
 * The value of an extension in readable lines, one part each. `known` is false when nothing here reads that kind, then
 * the line is hex; `lines` is `null` when it is known but malformed.
 */
export function extensionLines(oid: string, value: Bytes): { known: boolean; lines: string[] | null } {
  const read = readers[oid]
  if (!read) return { known: false, lines: [shownHex(value)] }
  return { known: true, lines: orNull(() => read(derOf(value))) }
}
