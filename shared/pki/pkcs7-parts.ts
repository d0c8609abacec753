import { readCertificate } from './certificate.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, expect, hex, octets, orNull, present, readDer, Tag, whole } from './der.ts'
import { integerHex, integerOf, oidOf, timeOf } from './der-values.ts'
import { named } from './extension-words.ts'
import type { ContainerPart } from './inspect-calls.ts'
import { nameOf } from './names.ts'
import { longName } from './oids.ts'

/** Certificates named one by one; a large collection is a list of its own. */
const maxNamed = 500

/** The structure of a PKCS#7 or CMS file (RFC 2315, RFC 5652); empty when it cannot be read. */
export function pkcs7Parts(bytes: Bytes): ContainerPart[] {
  return orNull(() => partsOf(present(readDer(bytes) ?? undefined))) ?? []
}

function partsOf(node: DerNode): ContainerPart[] {
  const [type, wrapper] = childrenOf(node, Tag.sequence)
  const oid = oidOf(expect(type, Tag.oid))
  const size = (node.end - node.start).toLocaleString('en')
  const top: ContainerPart = { depth: 0, name: 'PKCS#7', says: `${longName(oid)}, ${size} octets` }
  if (!wrapper) return [top]
  const body = present(children(expect(wrapper, 0xa0))[0])
  if (body.id !== Tag.sequence) return [top, { depth: 1, name: 'Content', says: `${lengthOf(body)} octets` }]
  const fields = children(body)
  const isSigned = oid === '1.2.840.113549.1.7.2'
  const inner = isSigned ? signedParts(fields) : envelopeParts(fields)
  return [top, ...inner]
}

const lengthOf = (node: DerNode): string => (node.to - node.from).toLocaleString('en')

function signedParts(fields: readonly DerNode[]): ContainerPart[] {
  const parts: ContainerPart[] = []
  for (const [i, field] of fields.entries()) {
    if (field.id === Tag.integer) parts.push({ depth: 1, name: 'Version', says: `${integerOf(field)}` })
    else if (field.id === Tag.sequence) parts.push(contentPart(field))
    else if (field.id === 0xa0) parts.push(...certificateParts(field))
    else if (field.id === 0xa1) parts.push({ depth: 1, name: 'Revocation lists', says: `${children(field).length}` })
    else if (field.id === Tag.set && i < fields.length - 1) parts.push(...digestPart(field))
    else if (field.id === Tag.set) parts.push(...signerParts(field))
  }
  return parts
}

function digestPart(set: DerNode): ContainerPart[] {
  const names = children(set).map((one) => longName(oidOf(present(childrenOf(one, Tag.sequence)[0]))))
  return names.length === 0 ? [] : [{ depth: 1, name: 'Digests', says: names.join(', ') }]
}

function contentPart(info: DerNode): ContainerPart {
  const [type, explicit] = children(info)
  const name = longName(oidOf(present(type)))
  if (!explicit)
    return {
      depth: 1,
      name: 'Signed content',
      says: `none inside (${name}): a detached signature, or certificates alone`,
    }
  const inner = present(children(explicit)[0])
  const size = orNull(() => octets(inner).length) ?? inner.to - inner.from
  return { depth: 1, name: 'Signed content', says: `${name}, ${size.toLocaleString('en')} octets` }
}

function certificateParts(field: DerNode): ContainerPart[] {
  const all = children(field)
  const lines = all.slice(0, maxNamed).map((one): ContainerPart => {
    const certificate = one.id === Tag.sequence ? readCertificate(whole(one)) : null
    const says = certificate ? certificate.facts.subject || 'without a subject' : 'of another kind, or malformed'
    return { depth: 2, name: 'Certificate', says }
  })
  return [{ depth: 1, name: 'Certificates', says: `${all.length}` }, ...lines]
}

function signerParts(set: DerNode): ContainerPart[] {
  const signers = children(set)
  if (signers.length === 0) return [{ depth: 1, name: 'Signatures', says: 'none: it only carries certificates' }]
  return signers.flatMap(
    (signer) => orNull(() => signerPart(signer)) ?? [{ depth: 1, name: 'Signature', says: 'malformed' }],
  )
}

/** SignerInfo: version, who, digest, `[0]` signed attributes, signature algorithm, signature. */
function signerPart(signer: DerNode): ContainerPart[] {
  const [, who, digest, ...rest] = childrenOf(signer, Tag.sequence)
  const attributes = rest.find(({ id }) => id === 0xa0)
  const algorithm = rest.find(({ id }) => id === Tag.sequence)
  const how = [digest, algorithm].map((one) => longName(oidOf(present(childrenOf(one, Tag.sequence)[0]))))
  const time = attributes && signingTime(attributes)
  return [
    { depth: 1, name: 'Signature', says: `${how.join(', ')} (not checked here)` },
    { depth: 2, name: 'By', says: identifierOf(present(who)) },
    ...(time ? [{ depth: 2, name: 'At', says: `${time}, as the signer says` }] : []),
  ]
}

function signingTime(attributes: DerNode): string | null {
  for (const attribute of children(attributes)) {
    const [type, values] = childrenOf(attribute, Tag.sequence)
    if (oidOf(present(type)) !== '1.2.840.113549.1.9.5') continue
    return orNull(() => timeOf(present(childrenOf(values, Tag.set)[0])))
  }
  return null
}

/** IssuerAndSerialNumber, or a subject key identifier. */
function identifierOf(node: DerNode): string {
  if (node.id !== Tag.sequence) return `the key ${hex(orNull(() => octets(node)) ?? content(node))}`
  const [issuer, serial] = children(node)
  return `number ${integerHex(expect(serial, Tag.integer))} of ${nameOf(expect(issuer, Tag.sequence)).text || 'an issuer without a name'}`
}

/** Whom an encrypted message is for, and with what its content is encrypted. */
function envelopeParts(fields: readonly DerNode[]): ContainerPart[] {
  const parts: ContainerPart[] = []
  const recipients = fields.find(({ id }) => id === Tag.set)
  for (const recipient of recipients ? children(recipients) : []) {
    const says = orNull(() => recipientOf(recipient)) ?? 'of another kind'
    parts.push({ depth: 1, name: 'Recipient', says })
  }
  const content = fields.findLast(({ id }) => id === Tag.sequence)
  const algorithm = content && orNull(() => present(childrenOf(children(content)[1], Tag.sequence)[0]))
  if (algorithm?.id === Tag.oid) parts.push({ depth: 1, name: 'Encrypted content', says: named(oidOf(algorithm)) })
  return parts
}

function recipientOf(recipient: DerNode): string {
  const [, who, algorithm] = childrenOf(recipient, Tag.sequence)
  const how = longName(oidOf(present(childrenOf(algorithm, Tag.sequence)[0])))
  return `${identifierOf(present(who))}, with ${how}`
}
