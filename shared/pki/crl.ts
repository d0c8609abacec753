import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, DerFault, derOf, eachChild, expect, orNull, present, Tag, whole } from './der.ts'
import { bitsOf, smallInteger, timeOf } from './der-values.ts'
import { sha1, sha256 } from './digest.ts'
import type { Extensions } from './extensions.ts'
import { extensionsOf } from './extensions.ts'
import type { Facts } from './facts.ts'
import { nameOf } from './names.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'
import { signatureAlgorithmOf } from './signature-algorithms.ts'

/** A certificate revocation list taken apart (RFC 5280 section 5). Byte fields are views into `der`. */
export type RevocationList = {
  facts: Facts
  der: Bytes
  tbs: Bytes
  signature: Bytes
  algorithm: SignatureAlgorithm
  issuer: Bytes
  extensions: Extensions
}

/** Reads a revocation list; `null` when the bytes are none. */
export const readCrl = (der: Bytes): RevocationList | null => orNull(() => crlOf(derOf(der)))

const isTime = (node: DerNode | undefined): boolean => node?.id === Tag.utcTime || node?.id === Tag.generalizedTime

/** Reads a revocation list within a reader. Throws `DerFault`. */
export function crlOf(node: DerNode): RevocationList {
  const [tbs, algorithm, signature] = childrenOf(node, Tag.sequence)
  const fields = childrenOf(tbs, Tag.sequence)
  const version = fields[0]?.id === Tag.integer ? smallInteger(fields.shift()!) + 1 : 1
  const [inner, issuer, thisUpdate] = fields.splice(0, 3)
  signatureAlgorithmOf(inner)
  const issuerName = nameOf(expect(issuer, Tag.sequence))
  const issued = timeOf(present(thisUpdate))
  const next = isTime(fields[0]) ? timeOf(fields.shift()!) : undefined
  const revokedCount = fields[0]?.id === Tag.sequence ? countRevoked(fields.shift()!) : 0
  const extensions = fields[0]?.id === 0xa0 ? listExtensions(fields.shift()!) : none()
  if (fields.length > 0) throw new DerFault('another type')
  const signedWith = signatureAlgorithmOf(algorithm)
  const der = whole(node)
  const number = extensions.facts.extensions?.find((extension) => extension.oid === '2.5.29.20')?.value[0]
  return {
    facts: {
      version,
      issuer: issuerName.text,
      issuerParts: issuerName.parts,
      thisUpdate: issued,
      ...(next !== undefined && { nextUpdate: next }),
      ...(number !== undefined && { crlNumber: `0x${number}` }),
      revokedCount,
      signatureAlgorithm: signedWith.name,
      ...extensions.facts,
      sha256: sha256(der),
      sha1: sha1(der),
      bytes: der.length,
    },
    der,
    tbs: whole(tbs!),
    signature: bitsOf(expect(signature, Tag.bitString)).bytes,
    algorithm: signedWith,
    issuer: whole(issuer!),
    extensions,
  }
}

const none = (): Extensions => ({ facts: {}, duplicate: [], malformed: [] })

const listExtensions = (node: DerNode): Extensions => extensionsOf(expect(children(node)[0], Tag.sequence))

/** Counts the entries, each of which must be well formed: a list that hides a revocation behind garbage is damaged. */
function countRevoked(node: DerNode): number {
  let count = 0
  eachChild(node, (entry) => {
    count++
    const [serial, date, extensions, more] = childrenOf(entry, Tag.sequence)
    expect(serial, Tag.integer)
    if (!isTime(date) || more || (extensions && extensions.id !== Tag.sequence)) throw new DerFault('entry')
    for (const extension of extensions ? children(extensions) : []) expect(extension, Tag.sequence)
  })
  return count
}
