import type { DerNode } from './der.ts'
import { childrenOf, content, Tag } from './der.ts'
import { oidOf, textOf, valueHex, visible } from './der-values.ts'
import type { NamePart } from './facts.ts'
import { shortName } from './oids.ts'

export type Name = { text: string; parts: NamePart[] }

/**
 * Reads a Name (RFC 5280 section 4.1.2.4). `text` is byte for byte what `openssl -nameopt RFC2253` prints: last
 * attribute first, `+` inside a multi-valued part, octets outside ASCII as `\XX`, unknown types as `oid=#hex`. `parts`
 * keeps the order of the encoding and readable values. Throws `DerFault`.
 */
export function nameOf(node: DerNode): Name {
  const parts: NamePart[] = []
  let text = ''
  for (const set of childrenOf(node, Tag.sequence)) {
    let joined = ''
    for (const pair of childrenOf(set, Tag.set)) {
      const [type, value] = childrenOf(pair, Tag.sequence)
      if (!type || !value) continue
      const oid = oidOf(type)
      const short = shortName(oid)
      const spelt = `${short ?? oid}=${short === undefined ? `#${valueHex(value)}` : rfc2253Value(value)}`
      joined = joined === '' ? spelt : `${spelt}+${joined}`
      parts.push({ type: short ?? oid, value: visible(textOf(value) ?? `#${valueHex(value)}`) })
    }
    // An RDN without attributes is not allowed, occurs, and is passed over by OpenSSL.
    if (joined !== '') text = text === '' ? joined : `${joined},${text}`
  }
  return { text, parts }
}

const plain = /^[A-Za-z0-9 '()*\-./:=?@_!$%&[\]^`{|}~]*$/

function rfc2253Value(value: DerNode): string {
  if (value.id === Tag.utf8String) return escaped(content(value))
  const text = textOf(value)
  if (text === null) return `#${valueHex(value)}`
  // OpenSSL takes each half of a surrogate pair for a character of its own, and drops it.
  return escaped(value.id === Tag.bmpString ? text.replace(/[\ud800-\udfff]/g, '') : text)
}

const encoder = new TextEncoder()

function escaped(value: Uint8Array | string): string {
  if (typeof value === 'string' && plain.test(value) && !value.startsWith(' ') && !value.endsWith(' ')) return value
  const bytes = typeof value === 'string' ? encoder.encode(value) : value
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const octet = bytes[i]!
    const char = String.fromCharCode(octet)
    const last = i === bytes.length - 1
    // A lone `#` is the last character too, and OpenSSL then forgets that it is the first.
    const atEdge = (char === ' ' && (i === 0 || last)) || (char === '#' && i === 0 && !last)
    if (octet < 0x20 || octet > 0x7e) text += `\\${octet.toString(16).toUpperCase().padStart(2, '0')}`
    else if (atEdge || ',+"\\<>;'.includes(char)) text += `\\${char}`
    else text += char
  }
  return text
}

/** Spells name parts as RFC 2253, for names that are built here rather than read: last part first. */
export function spellName(parts: readonly NamePart[]): string {
  return parts
    .map((part) => `${part.type}=${escaped(part.value)}`)
    .reverse()
    .join(',')
}

/** The value of the last attribute of this type (`CN`): the most specific one. */
export function partOf(parts: readonly NamePart[] | undefined, type: string): string | undefined {
  return parts?.findLast((part) => part.type === type)?.value
}

/** As people read a subject: the name first, the country last. */
const reading = ['CN', 'GN', 'SN', 'emailAddress', 'serialNumber', 'OU', 'O', 'organizationIdentifier', 'L', 'ST', 'C']

/** Attribute types, each once, in the order that people read them in; types without a place in it come last. */
export function attributeOrder(types: readonly string[]): string[] {
  const place = (type: string) => {
    const at = reading.indexOf(type)
    return at < 0 ? reading.length : at
  }
  return [...new Set(types)].sort((a, b) => place(a) - place(b))
}
