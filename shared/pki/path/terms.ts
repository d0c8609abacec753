import type { Bytes, DerNode } from '../der.ts'
import { childrenOf, content, DerFault, derOf, expect, hex, octets, orNull, Tag } from '../der.ts'
import { bitsOf, oidOf, smallInteger } from '../der-values.ts'
import { plainName } from '../oids.ts'
import type { AlternativeName } from './alternative-names.ts'
import { alternativeNames } from './alternative-names.ts'
import type { NameConstraints } from './constraint-form.ts'
import { nameConstraints } from './constraint-form.ts'
import type { DistributionPoint } from './distribution-point.ts'
import { distributionPoints } from './distribution-point.ts'
import { extensionsIn } from './raw-extensions.ts'

/** Bits of KeyUsage (RFC 5280 section 4.2.1.3). */
export const Usage = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export const anyPolicy = '2.5.29.32.0'

/** What a certificate says that decides over a path. What is absent was not said; purposes and policies are OIDs. */
export type Terms = {
  basicConstraints?: { isCa: boolean; pathLength?: number }
  /** Which bits are set. */
  keyUsage?: ReadonlySet<number>
  purposes?: string[]
  /** Netscape's certificate type, the same way as key usage. */
  netscapeType?: ReadonlySet<number>
  names?: AlternativeName[]
  constraints?: NameConstraints
  policies?: string[]
  mappings?: { issuer: string; subject: string }[]
  requireExplicitPolicy?: number
  inhibitPolicyMapping?: number
  inhibitAnyPolicy?: number
  points?: DistributionPoint[]
  /** Hex; `authorityKey` is `null` when the extension is there without a key identifier. */
  subjectKey?: string
  authorityKey?: string | null
  /** Every extension there is: is it critical. */
  extensions: ReadonlyMap<string, boolean>
  /** Names of extensions: critical ones that nothing here understands, malformed ones that matter, and doubles. */
  unknown: string[]
  malformed: string[]
  double: string[]
}

type Reader = (node: DerNode, terms: Terms) => void

const setBits = (node: DerNode): ReadonlySet<number> => {
  const { bytes, unused } = bitsOf(expect(node, Tag.bitString))
  const bits = new Set<number>()
  for (let bit = 0; bit < Math.min(bytes.length * 8 - unused, 16); bit++) {
    if ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) bits.add(bit)
  }
  return bits
}

/** A SEQUENCE SIZE (1..MAX). */
function some(node: DerNode): DerNode[] {
  const found = childrenOf(node, Tag.sequence)
  if (found.length === 0) throw new DerFault('empty')
  return found
}

function count(node: DerNode): number {
  const value = smallInteger(node)
  if (value < 0) throw new DerFault('negative')
  return value
}

const readers: Record<string, Reader> = {
  '2.5.29.14': (node, terms) => {
    terms.subjectKey = hex(octets(expect(node, Tag.octetString)))
  },
  '2.5.29.15': (node, terms) => {
    terms.keyUsage = setBits(node)
  },
  '2.5.29.17': (node, terms) => {
    terms.names = alternativeNames(node)
  },
  '2.5.29.19': (node, terms) => {
    const parts = childrenOf(node, Tag.sequence)
    const isCa = parts[0]?.id === Tag.boolean && content(parts.shift()!)[0] !== 0
    const length = parts.shift()
    if (parts.length > 0) throw new DerFault('another type')
    terms.basicConstraints = { isCa, ...(length && { pathLength: count(expect(length, Tag.integer)) }) }
  },
  '2.5.29.30': (node, terms) => {
    terms.constraints = nameConstraints(node)
  },
  '2.5.29.31': (node, terms) => {
    terms.points = distributionPoints(node)
  },
  '2.5.29.32': (node, terms) => {
    const policies = some(node).map((policy) => oidOf(expect(childrenOf(policy, Tag.sequence)[0], Tag.oid)))
    if (new Set(policies).size < policies.length) throw new DerFault('the same policy twice')
    terms.policies = policies
  },
  '2.5.29.33': (node, terms) => {
    terms.mappings = some(node).map((pair) => {
      const [issuer, subject] = childrenOf(pair, Tag.sequence).map((part) => oidOf(expect(part, Tag.oid)))
      if (!issuer || !subject || issuer === anyPolicy || subject === anyPolicy) throw new DerFault('mapping')
      return { issuer, subject }
    })
  },
  '2.5.29.35': (node, terms) => {
    const key = childrenOf(node, Tag.sequence).find((part) => part.id === 0x80)
    terms.authorityKey = key ? hex(content(key)) : null
  },
  '2.5.29.36': (node, terms) => {
    for (const part of some(node)) {
      const value = count(part)
      if (part.id === 0x80) terms.requireExplicitPolicy = value
      else if (part.id === 0x81) terms.inhibitPolicyMapping = value
      else throw new DerFault('another type')
    }
  },
  '2.5.29.37': (node, terms) => {
    terms.purposes = some(node).map((purpose) => oidOf(expect(purpose, Tag.oid)))
  },
  '2.5.29.54': (node, terms) => {
    terms.inhibitAnyPolicy = count(expect(node, Tag.integer))
  },
  '2.16.840.1.113730.1.1': (node, terms) => {
    terms.netscapeType = setBits(node)
  },
}

/** Microsoft's copy of the extended key usage says nothing new beside it. */
const applicationPolicies = '1.3.6.1.4.1.311.21.10'
const extendedKeyUsage = '2.5.29.37'

/** Reads what decides out of a TBSCertificate, of which one extension at most is each (RFC 5280 section 4.2). */
export function termsOf(tbs: Bytes): Terms {
  const extensions = new Map<string, boolean>()
  const terms: Terms = { extensions, unknown: [], malformed: [], double: [] }
  const raw = orNull(() => extensionsIn(tbs, 0xa3)) ?? []
  const hasPurposes = raw.some(({ oid }) => oid === extendedKeyUsage)
  for (const { oid, critical, value } of raw) {
    if (extensions.has(oid)) {
      terms.double.push(plainName(oid))
      continue
    }
    extensions.set(oid, critical)
    const read = readers[oid]
    if (read) {
      if (orNull(() => read(derOf(value), terms) ?? true) === null) terms.malformed.push(plainName(oid))
    } else if (critical && !(oid === applicationPolicies && hasPurposes)) terms.unknown.push(plainName(oid))
  }
  return terms
}
