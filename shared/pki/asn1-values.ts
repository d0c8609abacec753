import type { Bytes, DerNode } from './der.ts'
import { hex, orNull, Tag } from './der.ts'
import { bitsOf, integerOf, oidOf, textOf, timeOf, visible } from './der-values.ts'
import { plainName } from './oids.ts'

/** One value's place. `to` never lies past its surroundings: `cut` says how long it claims to be when it does. */
export type Header = {
  at: number
  from: number
  to: number
  id: number
  tag: number
  constructed: boolean
  indefinite?: true
  cut?: number
}

/** Reads identifier and length octets alone; `null` when there are none. Never throws. */
export function headerAt(bytes: Bytes, at: number, limit: number): Header | null {
  let next = at
  if (next + 2 > limit) return null
  const id = bytes[next++]!
  let tag = id & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let more = true; more; ) {
      if (next >= limit || tag > 0xffffff) return null
      const octet = bytes[next++]!
      tag = tag * 128 + (octet & 0x7f)
      more = octet > 0x7f
    }
  }
  if (next >= limit) return null
  let length = bytes[next++]!
  const constructed = (id & 0x20) !== 0
  if (length === 0x80) return constructed ? { at, id, tag, constructed, from: next, to: limit, indefinite: true } : null
  if (length > 0x80) {
    const octets = length & 0x7f
    if (next + octets > limit) return null
    length = 0
    for (let i = 0; i < octets; i++) {
      length = length * 256 + bytes[next++]!
      if (length > 0xffffffff) return null
    }
  }
  if (next + length > limit) return { at, id, tag, constructed, from: next, to: limit, cut: length }
  return { at, id, tag, constructed, from: next, to: next + length }
}

/** Deepest nesting of a wrapped value. */
const maxDepth = 64

/** Whether the octets are exactly one well-formed value of definite length. Linear, without recursion. */
export function isOneValue(bytes: Bytes, from: number, to: number): boolean {
  const outer = headerAt(bytes, from, to)
  if (!outer || outer.to !== to || outer.cut !== undefined || outer.indefinite || !isKnown(outer)) return false
  const ends: number[] = []
  for (let at = outer.constructed ? outer.from : to; at < to; ) {
    const limit = ends.at(-1) ?? to
    if (at === limit) {
      ends.pop()
      continue
    }
    const header = headerAt(bytes, at, limit)
    if (!header || header.cut !== undefined || header.indefinite || !isKnown(header)) return false
    if (header.constructed && header.to > header.from) {
      if (ends.length === maxDepth) return false
      ends.push(header.to)
      at = header.from
    } else at = header.to
  }
  return true
}

/** Universal tags that exist, and all tagged ones. */
const isKnown = ({ id, tag }: Header): boolean => (id & 0xc0) !== 0 || (tag > 0 && tag <= 36 && tag !== 15)

const universal: Record<number, string> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  7: 'ObjectDescriptor',
  8: 'EXTERNAL',
  9: 'REAL',
  10: 'ENUMERATED',
  11: 'EMBEDDED PDV',
  12: 'UTF8String',
  13: 'RELATIVE-OID',
  14: 'TIME',
  16: 'SEQUENCE',
  17: 'SET',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  21: 'VideotexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  25: 'GraphicString',
  26: 'VisibleString',
  27: 'GeneralString',
  28: 'UniversalString',
  29: 'CHARACTER STRING',
  30: 'BMPString',
}

/** `SEQUENCE`, `[0]`, `[APPLICATION 1]`, `[PRIVATE 5]`, `[UNIVERSAL 99]`. */
export function tagName({ id, tag }: Header): string {
  switch (id & 0xc0) {
    case 0:
      return universal[tag] ?? `[UNIVERSAL ${tag}]`
    case 0x40:
      return `[APPLICATION ${tag}]`
    case 0x80:
      return `[${tag}]`
    default:
      return `[PRIVATE ${tag}]`
  }
}

/** Longest value in words. */
const maxLetters = 200

/** A value for people, 200 characters at most; `undefined` where there is nothing to say beyond its tag. */
export function valueInWords(bytes: Bytes, header: Header): string | undefined {
  const remark =
    header.cut === undefined
      ? undefined
      : `cut off: ${header.cut} octets announced, ${header.to - header.from} are there`
  if (header.constructed) return remark ?? (header.indefinite ? 'indefinite length' : undefined)
  const value = orNull(() => words(bytes, header)) ?? hexOf(bytes, header.from, header.to)
  const all = remark === undefined ? value : `${remark}: ${value}`
  return all === '' ? undefined : shortened(all)
}

/** Cut between characters, not within one. */
function shortened(text: string): string {
  if (text.length <= maxLetters) return text
  return `${text.slice(0, maxLetters - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Octets of a string that are decoded at all: the rest would be cut away again. */
const maxOctets = 1024

/** Throws `DerFault` where the octets do not fit their type. */
function words(bytes: Bytes, header: Header): string {
  const { at, from, id, tag } = header
  const isText = tag === Tag.utf8String || (tag >= 18 && tag <= 30)
  // A multiple of four, so that no wide character is cut.
  const to = isText ? Math.min(header.to, from + maxOctets) : header.to
  const source = { bytes, ends: new Map() }
  const node: DerNode = { source, start: at, from, to, end: to, id, tag, constructed: false, depth: 0 }
  switch (id) {
    case Tag.boolean:
      return to - from !== 1 ? hexOf(bytes, from, to) : bytes[from] === 0 ? 'false' : 'true'
    case Tag.integer:
    case Tag.enumerated:
      return to - from > 16 ? hexOf(bytes, from, to) : `${integerOf(node)}`
    case Tag.null:
      return to === from ? '' : hexOf(bytes, from, to)
    case Tag.oid: {
      const oid = oidOf(node)
      const name = plainName(oid)
      return name === oid ? oid : `${oid} (${name})`
    }
    case Tag.utcTime:
    case Tag.generalizedTime:
      return timeOf(node)
    case Tag.bitString: {
      const { bytes: octets, unused } = bitsOf(node)
      return `${octets.length * 8 - unused} bits: ${hexOf(octets, 0, octets.length)}`
    }
    default: {
      const text = textOf(node)
      if (text !== null) return visible(text)
      return (id & 0xc0) === 0x80 ? taggedInWords(bytes, from, to) : hexOf(bytes, from, to)
    }
  }
}

/** What an implicitly tagged value is, its tag does not say: text when all of it is printable. */
function taggedInWords(bytes: Bytes, from: number, to: number): string {
  const start = bytes.subarray(from, Math.min(to, from + maxOctets))
  const printable = start.length > 2 && start.every((octet) => octet > 0x1f && octet < 0x7f)
  return printable ? String.fromCharCode(...start) : hexOf(bytes, from, to)
}

const hexOf = (bytes: Bytes, from: number, to: number): string =>
  hex(bytes.subarray(from, Math.min(to, from + maxOctets / 8)))
