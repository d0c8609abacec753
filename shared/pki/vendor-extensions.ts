import type { DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, expect, hex, octets, present, Tag } from './der.ts'
import { integerOf, latin1, namedBits, oidOf, timeOf, visible } from './der-values.ts'
import { describedName } from './described-names.ts'
import { distributionPoints } from './distribution-points.ts'
import { text } from './extension-words.ts'
import { generalNamesOf } from './general-names.ts'
import { longName } from './oids.ts'
import { policies, policyConstraints, policyMappings } from './policy-extensions.ts'

/** Bits of Netscape's certificate type. */
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

function template(node: DerNode): string[] {
  const [id, major, minor] = childrenOf(node, Tag.sequence)
  const version = major ? ` version ${integerOf(major)}.${minor ? integerOf(minor) : 0}` : ''
  return [`Template ${oidOf(expect(id, Tag.oid))}${version}`]
}

/** The CA's certificate in the low half, its key in the high one: `V2.1` is the third certificate, of the second key. */
function caVersion(node: DerNode): string[] {
  const number = integerOf(expect(node, Tag.integer))
  if (number < 0n || number > 0xffffffffn) return [`${number}`]
  const [certificate, key] = [number & 0xffffn, number >> 16n]
  return [`V${certificate}.${key} (certificate ${certificate} of the CA, key ${key})`]
}

/** Entrust: version text and flags (of its old certificate manager). */
function entrustVersion(node: DerNode): string[] {
  const [version, flags] = childrenOf(node, Tag.sequence)
  const bits = ['key update allowed', 'extensions allowed', 'PKIX compliant', 'enterprise category', 'web category']
  bits.push('SET category')
  const set = flags ? namedBits(expect(flags, Tag.bitString), bits) : []
  return [`Entrust ${visible(latin1(content(present(version))))}`, ...set]
}

/** CA/Browser Forum EV guidelines, section 9.8.2: where and under which number an organisation is registered. */
function organizationIdentifier(node: DerNode): string[] {
  const [scheme, country, third, fourth] = childrenOf(node, Tag.sequence)
  const state = third?.id === 0x80 ? [`State: ${visible(latin1(content(third)))}`] : []
  const reference = present(state.length > 0 ? fourth : third)
  return [
    `Scheme: ${text(present(scheme))}`,
    `Country: ${text(present(country))}`,
    ...state,
    `Number: ${text(reference)}`,
  ]
}

/** Logotypes (RFC 3709): pictures are named by the addresses they lie at, never fetched. */
function logotypes(node: DerNode): string[] {
  const found: string[] = []
  const look = (one: DerNode) => {
    if (one.id === Tag.ia5String && /^[a-z]+:/i.test(latin1(content(one)))) found.push(text(one))
    if (one.constructed && found.length < 100) for (const child of children(one)) look(child)
  }
  look(node)
  return ['Pictures that stand for the issuer or the subject', ...found]
}

/** Texts in any depth. */
function textsIn(node: DerNode): string[] {
  if (!node.constructed) return [text(node)]
  return children(node).flatMap(textsIn)
}

const capabilities = (node: DerNode): string[] =>
  childrenOf(node, Tag.sequence).map((capability) => {
    const [oid, parameter] = childrenOf(capability, Tag.sequence)
    const bits = parameter?.id === Tag.integer ? ` (${integerOf(parameter)} bits)` : ''
    return `${longName(oidOf(expect(oid, Tag.oid)))}${bits}`
  })

const oneText = (node: DerNode): string[] => {
  if (node.constructed) throw new DerFault('another type')
  return [text(node)]
}

/** Extensions of programs and countries, by OID: Netscape, Microsoft, Entrust, VeriSign, CA/Browser Forum, Russia. */
export const vendorReaders: Record<string, (node: DerNode) => string[]> = {
  '2.16.840.1.113730.1.1': (node) => namedBits(expect(node, Tag.bitString), netscapeTypes),
  ...Object.fromEntries([2, 3, 4, 7, 8, 12, 13].map((n) => [`2.16.840.1.113730.1.${n}`, oneText])),
  '1.3.6.1.4.1.311.20.2': oneText,
  '1.3.6.1.4.1.311.21.1': caVersion,
  '1.3.6.1.4.1.311.21.2': (node) => [hex(octets(expect(node, Tag.octetString)))],
  '1.3.6.1.4.1.311.21.3': (node) => [`${integerOf(expect(node, Tag.integer))}`],
  '1.3.6.1.4.1.311.21.4': (node) => [timeOf(node)],
  '1.3.6.1.4.1.311.21.7': template,
  '1.3.6.1.4.1.311.21.10': policies,
  '1.3.6.1.4.1.311.21.11': policyMappings,
  '1.3.6.1.4.1.311.21.12': policyConstraints,
  '1.3.6.1.4.1.311.21.14': distributionPoints,
  '1.3.6.1.4.1.311.25.2': (node) => generalNamesOf(node, describedName),
  '1.2.840.113533.7.65.0': entrustVersion,
  '1.2.840.113549.1.9.15': capabilities,
  '1.3.6.1.5.5.7.1.12': logotypes,
  '2.16.840.1.113733.1.6.15': oneText,
  '2.23.140.3.1': organizationIdentifier,
  '1.2.643.100.111': oneText,
  '1.2.643.100.112': (node) => textsIn(expect(node, Tag.sequence)),
}
