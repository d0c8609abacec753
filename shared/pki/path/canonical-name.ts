import type { Bytes, DerNode } from '../der.ts'
import { childrenOf, derOf, expect, hex, Tag, whole } from '../der.ts'
import { oidOf, textOf } from '../der-values.ts'

/** A Name as it is compared: `key` is equal for equal names; `parts` has one text for each RDN, in order. */
export type CanonicalName = { key: string; parts: string[] }

/**
 * Brings a Name into the form in which RFC 5280 section 7.1 compares: whatever the string type, letters without case,
 * Unicode in its compatibility form, white space folded; the attributes of one RDN in a fixed order. Throws `DerFault`.
 */
export function canonicalName(der: Bytes): CanonicalName {
  return canonicalRdns(childrenOf(derOf(der), Tag.sequence))
}

export function canonicalRdns(sets: readonly DerNode[]): CanonicalName {
  const parts = sets.map((set) => childrenOf(set, Tag.set).map(attribute).sort().join('\u0001'))
  return { key: parts.join('\u0000'), parts }
}

function attribute(pair: DerNode): string {
  const [type, value] = childrenOf(pair, Tag.sequence)
  const text = value === undefined ? null : textOf(value)
  // What is no string is compared by its octets.
  const spelt = text === null ? `#${value === undefined ? '' : hex(whole(value))}` : `=${folded(text)}`
  return oidOf(expect(type, Tag.oid)) + spelt
}

const plain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

function folded(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\u0000\u0001]/g, '\ufffd')
}
