import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, expect, orNull, present, readDer, Tag, whole } from './der.ts'
import { oidOf } from './der-values.ts'
import type { Facts } from './facts.ts'

/** What a PKCS#7 or CMS file holds that is of use here (RFC 2315, RFC 5652). */
export type Pkcs7 = {
  facts: Facts
  certificates: Bytes[]
  crls: Bytes[]
  /** It is a signature, of a message that lies within or elsewhere; without one it only carries certificates. */
  signed: boolean
}

const contentTypes: Record<string, { says: string; encrypted: boolean }> = {
  '1.2.840.113549.1.7.1': { says: 'PKCS#7 data', encrypted: false },
  '1.2.840.113549.1.7.2': { says: 'PKCS#7 signed data', encrypted: false },
  '1.2.840.113549.1.7.3': { says: 'PKCS#7 enveloped data', encrypted: true },
  '1.2.840.113549.1.7.4': { says: 'PKCS#7 signed and enveloped data', encrypted: true },
  '1.2.840.113549.1.7.5': { says: 'PKCS#7 digested data', encrypted: false },
  '1.2.840.113549.1.7.6': { says: 'PKCS#7 encrypted data', encrypted: true },
  '1.2.840.113549.1.9.16.1.2': { says: 'CMS authenticated data', encrypted: false },
  '1.2.840.113549.1.9.16.1.9': { says: 'CMS compressed data', encrypted: false },
  '1.2.840.113549.1.9.16.1.23': { says: 'CMS authenticated enveloped data', encrypted: true },
}

export const isPkcs7Type = (oid: string): boolean => oid in contentTypes

/** More certificates than any real file; each becomes an object of its own. */
export const maxContained = 10_000

/**
 * Reads a PKCS#7 or CMS structure; `null` when the bytes are none. Bytes after it are not looked at. Its signatures
 * are not checked: these files carry certificates here, not messages.
 */
export function readPkcs7(der: Bytes): Pkcs7 | null {
  return orNull(() => pkcs7Of(present(readDer(der) ?? undefined)))
}

function pkcs7Of(node: DerNode): Pkcs7 {
  const [type, wrapper] = childrenOf(node, Tag.sequence)
  const oid = oidOf(expect(type, Tag.oid))
  const kind = contentTypes[oid]
  const body = wrapper ? present(children(expect(wrapper, 0xa0))[0]) : undefined
  const facts: Facts = {
    container: kind?.says ?? 'PKCS#7',
    encrypted: kind?.encrypted ?? false,
    bytes: node.end - node.start,
  }
  const contained: Pkcs7 = { facts, certificates: [], crls: [], signed: false }
  const signed = oid === '1.2.840.113549.1.7.2' || oid === '1.2.840.113549.1.7.4'
  if (!signed || body?.id !== Tag.sequence) return contained
  for (const part of children(body)) {
    // [0] certificates and [1] revocation lists; other choices in them (attribute certificates) have other tags.
    if (part.id === 0xa0) contained.certificates = sequencesIn(part)
    if (part.id === 0xa1) contained.crls = sequencesIn(part)
  }
  const signers = children(body).at(-1)
  contained.signed = signers?.id === Tag.set && signers.to > signers.from
  facts.certificates = contained.certificates.length
  facts.crls = contained.crls.length
  return contained
}

const sequencesIn = (node: DerNode): Bytes[] =>
  children(node)
    .filter((child) => child.id === Tag.sequence)
    .slice(0, maxContained)
    .map((child) => whole(child))
