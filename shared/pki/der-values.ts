import type { Bytes, DerNode } from './der.ts'
import { content, DerFault, hex, Tag, textOfCodes, whole } from './der.ts'

/** Longest object identifier and integer that are read as such; real ones stay far below. */
const maxOidOctets = 128
const maxNumberOctets = 8192

/** Dotted form of an OBJECT IDENTIFIER's content. Throws `DerFault`. */
export function oidOf(node: DerNode): string {
  if (node.id !== Tag.oid && node.id !== 0x88) throw new DerFault('another type')
  const bytes = node.source.bytes
  if (node.to === node.from || node.to - node.from > maxOidOctets) throw new DerFault('object identifier')
  if (bytes[node.to - 1]! > 0x7f) throw new DerFault('object identifier')
  let dotted = ''
  let arc = 0
  let wide: bigint | null = null
  for (let at = node.from; at < node.to; at++) {
    const octet = bytes[at]!
    if (wide === null && arc > 0x1ffffffffffff / 128) wide = BigInt(arc)
    if (wide === null) arc = arc * 128 + (octet & 0x7f)
    else wide = (wide << 7n) | BigInt(octet & 0x7f)
    if (octet > 0x7f) continue
    const value: number | bigint = wide ?? arc
    if (dotted === '') dotted = firstArcs(value)
    else dotted += `.${value}`
    arc = 0
    wide = null
  }
  return dotted
}

function firstArcs(value: number | bigint): string {
  if (value < 40) return `0.${value}`
  if (value < 80) return `1.${typeof value === 'bigint' ? value - 40n : value - 40}`
  return `2.${typeof value === 'bigint' ? value - 80n : value - 80}`
}

/** An INTEGER in OpenSSL's spelling: upper-case hex of whole octets, `-` before a negative number, `00` for zero. */
export function integerHex(node: DerNode): string {
  const value = integerOf(node)
  if (value === 0n) return '00'
  const digits = (value < 0n ? -value : value).toString(16).toUpperCase()
  return `${value < 0n ? '-' : ''}${digits.length % 2 === 1 ? '0' : ''}${digits}`
}

export function integerOf(node: DerNode): bigint {
  const bytes = content(node)
  if (node.constructed || bytes.length === 0 || bytes.length > maxNumberOctets) throw new DerFault('integer')
  // X.690 8.3.2: nine equal leading bits are one octet too many. OpenSSL and BoringSSL refuse it too.
  if (bytes.length > 1 && (bytes[0] === 0 ? bytes[1]! < 0x80 : bytes[0] === 0xff && bytes[1]! > 0x7f)) {
    throw new DerFault('integer')
  }
  const unsigned = BigInt(`0x${hex(bytes)}`)
  return bytes[0]! > 0x7f ? unsigned - (1n << BigInt(bytes.length * 8)) : unsigned
}

/** An INTEGER that must be small: versions, path lengths, counts. Throws `DerFault` past 2^31. */
export function smallInteger(node: DerNode): number {
  if (node.to - node.from > 5) throw new DerFault('integer')
  const value = integerOf(node)
  if (value > 0x7fffffffn || value < -0x80000000n) throw new DerFault('integer')
  return Number(value)
}

/** Length in bits of an unsigned number's octets. */
export function bitLength(bytes: Bytes): number {
  let at = 0
  while (at < bytes.length && bytes[at] === 0) at++
  if (at === bytes.length) return 0
  return (bytes.length - at) * 8 - Math.clz32(bytes[at]!) + 24
}

/** Octets of a BIT STRING and how many bits of the last one do not count. Throws `DerFault`. */
export function bitsOf(node: DerNode): { bytes: Bytes; unused: number } {
  if (node.constructed) throw new DerFault('bit string in pieces')
  const bytes = content(node)
  const unused = bytes[0]
  if (unused === undefined || unused > 7 || (unused > 0 && bytes.length === 1)) throw new DerFault('bit string')
  return { bytes: bytes.subarray(1), unused }
}

/** Names of the bits that are set, in order; a set bit without a name is `bit <n>`. */
export function namedBits(node: DerNode, names: readonly string[]): string[] {
  const { bytes, unused } = bitsOf(node)
  const set: string[] = []
  const count = Math.min(bytes.length * 8 - unused, 64)
  for (let bit = 0; bit < count; bit++) {
    if ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) set.push(names[bit] ?? `bit ${bit}`)
  }
  return set
}

/**
 * UTCTime or GeneralizedTime as ISO 8601 UTC with seconds. Years of UTCTime turn at 50 (RFC 5280 4.1.2.5.1). Missing
 * seconds, fractions and offsets, which RFC 5280 forbids but old files have, are understood. Throws `DerFault`.
 */
export function timeOf(node: DerNode): string {
  const text = latin1(content(node))
  const shape =
    node.id === Tag.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d{4})$/
      : node.id === Tag.generalizedTime
        ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?([.,]\d{1,9})?(Z|[+-]\d{4})$/
        : null
  const found = shape?.exec(text)
  if (!found) throw new DerFault('time')
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? 0))
  const fullYear = node.id === Tag.utcTime ? year! + (year! < 50 ? 2000 : 1900) : year!
  const date = new Date(0)
  date.setUTCFullYear(fullYear, month! - 1, day)
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day) throw new DerFault('time')
  if (hour! > 23 || minute! > 59 || second! > 59) throw new DerFault('time')
  date.setUTCHours(hour!, minute, second)
  const zone = found[8]!
  if (zone !== 'Z') {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
    date.setTime(date.getTime() - (zone[0] === '-' ? -1 : 1) * minutes * 60_000)
  }
  // Offsets can step past year 9999 or before year 0, where ISO 8601 takes a sign.
  if (date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0) throw new DerFault('time')
  return `${date.toISOString().slice(0, 19)}Z`
}

/** One character per octet. */
export const latin1 = (bytes: Bytes): string => textOfCodes(bytes)

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Text of a character string of any type, as its code points; `null` when the type is not a string or its octets do
 * not fit it. TeletexString is read as Latin-1, as every other reader does.
 */
export function textOf(node: DerNode): string | null {
  if (node.constructed) return null
  const bytes = content(node)
  switch (node.id) {
    case Tag.utf8String: {
      // Nearly every name is ASCII, where the decoder’s own cost would be most of the work.
      const text = latin1(bytes)
      return /^[\x00-\x7f]*$/.test(text) ? text : utf8.decode(bytes)
    }
    case Tag.numericString:
    case Tag.printableString:
    case Tag.t61String:
    case Tag.ia5String:
    case Tag.visibleString:
    case Tag.utcTime:
    case Tag.generalizedTime:
      return latin1(bytes)
    case Tag.bmpString:
      return bytes.length % 2 === 0 ? wide(bytes, 2) : null
    case Tag.universalString:
      return bytes.length % 4 === 0 ? wide(bytes, 4) : null
    default:
      return null
  }
}

function wide(bytes: Bytes, size: 2 | 4): string | null {
  let text = ''
  for (let at = 0; at < bytes.length; at += size) {
    const high = size === 4 ? bytes[at]! * 0x1000000 + bytes[at + 1]! * 0x10000 : 0
    const point = high + bytes[at + size - 2]! * 256 + bytes[at + size - 1]!
    if (point > 0x10ffff) return null
    text += size === 2 ? String.fromCharCode(point) : String.fromCodePoint(point)
  }
  return text
}

/**
 * Text made safe to show anywhere: control characters, line and direction marks, letters that leave no mark and lone
 * surrogates become `\u{…}`, so that a name in a certificate cannot move the cursor, forge a line, turn the reading
 * direction or look like another name.
 */
export function visible(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.replace(unseen, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
}

/** Beside controls and formats: joiners, fillers and blanks that are letters by their class but cannot be seen. */
const unseen =
  /[\x00-\x1f\x7f-\x9f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|\p{Cf}|\p{Cs}/gu

/** Hex of a value that is not understood, cut so that a report stays readable. */
export function shownHex(bytes: Bytes, limit = 512): string {
  return bytes.length <= limit ? hex(bytes) : `${hex(bytes.subarray(0, limit))}… (${bytes.length} bytes)`
}

export const valueHex = (node: DerNode): string => hex(whole(node)).toUpperCase()
