import type { Header } from './asn1-values.ts'
import { headerAt, isOneValue, tagName } from './asn1-values.ts'
import type { Bytes } from './der.ts'
import { Tag } from './der.ts'

/** Values looked at: a fault further on in a list of a million entries is not worth the time. */
const maxValues = 20_000
const maxDepth = 64
/** Strings within strings that are opened. */
const maxWraps = 3

/** The first way in which some BER is not DER (X.690 sections 10 and 11), and at which octet. */
export type DerBreach = { at: number; says: string }

type Open = { end: number; wraps: number; set?: { from: number; to: number } }

/**
 * Where the encoding first departs from DER; `null` when it does not, as far as that can be told without the types:
 * lengths, constructed strings, booleans, integers, unused bits, the order of sets, the form of times. Values within
 * OCTET STRINGs are looked at too. Linear; never throws.
 */
export function derBreach(bytes: Bytes): DerBreach | null {
  const open: Open[] = [{ end: bytes.length, wraps: 0 }]
  let at = 0
  for (let count = 0; open.length > 0 && count < maxValues; ) {
    const frame = open.at(-1)!
    if (at >= frame.end) {
      open.pop()
      continue
    }
    const header = headerAt(bytes, at, frame.end)
    // What is malformed altogether is told elsewhere.
    if (!header || header.cut !== undefined) return null
    count++
    const says = breachOf(bytes, header) ?? outOfOrder(bytes, frame, header)
    if (says !== null) return { at, says: `${tagName(header)}: ${says}` }
    if (header.constructed && open.length < maxDepth) {
      open.push({ end: header.to, wraps: frame.wraps, ...(header.id === Tag.set && { set: { from: -1, to: -1 } }) })
      at = header.from
    } else if (opens(bytes, header, frame.wraps)) {
      open.push({ end: header.to, wraps: frame.wraps + 1 })
      at = header.from
    } else at = header.to
  }
  return null
}

const opens = (bytes: Bytes, { id, from, to }: Header, wraps: number): boolean =>
  id === Tag.octetString && bytes[from] === Tag.sequence && wraps < maxWraps && isOneValue(bytes, from, to)

const isString = (tag: number): boolean =>
  tag === 3 || tag === 4 || tag === 12 || (tag >= 18 && tag <= 30 && tag !== 29)

function breachOf(bytes: Bytes, header: Header): string | null {
  const { id, tag, from, to, constructed } = header
  if (header.indefinite) return 'indefinite length'
  if (!shortestLength(bytes, header)) return 'length written longer than needed'
  if ((id & 0xc0) !== 0) return null
  if (constructed) return isString(tag) ? 'string in pieces' : null
  switch (id) {
    case Tag.boolean:
      return to - from === 1 && (bytes[from] === 0 || bytes[from] === 0xff) ? null : 'true not written as FF'
    case Tag.integer:
    case Tag.enumerated:
      return padded(bytes, from, to) ? 'integer with superfluous octets' : null
    case Tag.bitString: {
      const unused = bytes[from] ?? 0
      return to - from > 1 && (bytes[to - 1]! & ((1 << unused) - 1)) !== 0 ? 'unused bits that are not zero' : null
    }
    case Tag.utcTime:
    case Tag.generalizedTime: {
      const text = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 40)))
      const form = id === Tag.utcTime ? /^\d{12}Z$/ : /^\d{14}(?:\.\d*[1-9])?Z$/
      return form.test(text) ? null : 'time not in UTC with seconds'
    }
    default:
      return null
  }
}

function shortestLength(bytes: Bytes, { at, from, to }: Header): boolean {
  let first = at + 1
  if ((bytes[at]! & 0x1f) === 0x1f) while (bytes[first++]! > 0x7f) if (first >= from) return false
  const octet = bytes[first]!
  if (octet < 0x80) return true
  return to - from > 127 && bytes[first + 1] !== 0
}

const padded = (bytes: Bytes, from: number, to: number): boolean =>
  to - from > 1 && (bytes[from] === 0 ? bytes[from + 1]! < 0x80 : bytes[from] === 0xff && bytes[from + 1]! > 0x7f)

/** Elements of a SET OF stand in the order of their octets. */
function outOfOrder(bytes: Bytes, { set }: Open, { at, to }: Header): string | null {
  if (!set) return null
  const { from: before, to: beforeEnd } = set
  set.from = at
  set.to = to
  if (before < 0) return null
  for (let i = 0; before + i < beforeEnd && at + i < to; i++) {
    const difference = bytes[at + i]! - bytes[before + i]!
    if (difference !== 0) return difference < 0 ? 'set not in order' : null
  }
  return to - at < beforeEnd - before ? 'set not in order' : null
}
