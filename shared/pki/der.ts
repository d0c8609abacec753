/**
 * Reads DER, and the BER that PKCS#7 and PKCS#12 files are really written in (X.690: indefinite lengths, strings in
 * pieces, lengths longer than need be). Writes DER. Offsets are kept, so that a place in the file can be shown.
 *
 * Within a reader a malformed byte throws `DerFault`; every reader lets it out as `null` by `orNull`, and nothing
 * else catches it. Cost: a node's children are read when asked for, and the ends of indefinite lengths are remembered,
 * so no input makes the work grow faster than its size. Depth is limited, so none overflows the stack.
 */
export type Bytes = Uint8Array

export class DerFault extends Error {}

/** Deepest nesting that real files reach is about 20 (PKCS#12 in pieces); past this it is an attack. */
const maxDepth = 48
/** Kept at once; longer lists are read by `eachChild`. */
const maxChildren = 1_000_000

type Source = { bytes: Bytes; ends: Map<number, number> }

/** One value: `start` (identifier octet) ≤ `from` (content) ≤ `to` ≤ `end` (next value), offsets into the input. */
export type DerNode = {
  readonly source: Source
  readonly start: number
  readonly from: number
  readonly to: number
  readonly end: number
  /** The identifier octet (`Tag.sequence`, `0xa0` …); for tag numbers above 30 the octet with all tag bits set. */
  readonly id: number
  readonly tag: number
  readonly constructed: boolean
  readonly depth: number
}

export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The value of `read`, or `null` when the bytes were malformed. Other errors are bugs and pass through. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerFault) return null
    throw error
  }
}

/** The value that begins at `at`, or `null` when it is malformed or cut off. What follows it is not looked at. */
export function readDer(bytes: Bytes, at = 0): DerNode | null {
  return orNull(() => nodeAt({ bytes, ends: new Map() }, at, bytes.length, 0))
}

/** Like `readDer` for use inside a reader: throws `DerFault`, also when bytes follow the value. */
export function derOf(bytes: Bytes): DerNode {
  const node = nodeAt({ bytes, ends: new Map() }, 0, bytes.length, 0)
  if (node.end !== bytes.length) throw new DerFault('bytes after the value')
  return node
}

function nodeAt(source: Source, start: number, limit: number, depth: number): DerNode {
  const { bytes } = source
  if (depth > maxDepth) throw new DerFault('nested too deeply')
  let at = start
  if (at + 2 > limit) throw new DerFault('cut off')
  const id = bytes[at++]!
  let tag = id & 0x1f
  if (tag === 0x1f) {
    tag = 0
    for (let more = true; more; ) {
      if (at >= limit || tag > 0xffffff) throw new DerFault('tag number')
      const octet = bytes[at++]!
      tag = tag * 128 + (octet & 0x7f)
      more = octet > 0x7f
    }
  }
  if (at >= limit) throw new DerFault('cut off')
  let length = bytes[at++]!
  const constructed = (id & 0x20) !== 0
  if (length === 0x80) {
    if (!constructed) throw new DerFault('indefinite length of a primitive value')
    const to = source.ends.get(at) ?? endOfContents(source, at, limit, depth)
    return { source, start, from: at, to, end: to + 2, id, tag, constructed, depth }
  }
  if (length > 0x80) {
    let octets = length & 0x7f
    if (at + octets > limit) throw new DerFault('cut off')
    length = 0
    for (; octets > 0; octets--) {
      length = length * 256 + bytes[at++]!
      if (length > 0xffffffff) throw new DerFault('length')
    }
  }
  const to = at + length
  if (to > limit) throw new DerFault('cut off')
  return { source, start, from: at, to, end: to, id, tag, constructed, depth }
}

/** Offset of the end-of-contents octets that close an indefinite length; remembered, or nesting would be quadratic. */
function endOfContents(source: Source, from: number, limit: number, depth: number): number {
  let at = from
  while (true) {
    if (at + 2 > limit) throw new DerFault('cut off')
    if (source.bytes[at] === 0 && source.bytes[at + 1] === 0) break
    at = nodeAt(source, at, limit, depth + 1).end
  }
  source.ends.set(from, at)
  return at
}

/** The values inside a constructed value, in order. Throws `DerFault`. */
export function children(node: DerNode): DerNode[] {
  if (!node.constructed) throw new DerFault('not constructed')
  const found: DerNode[] = []
  for (let at = node.from; at < node.to; ) {
    if (found.length === maxChildren) throw new DerFault('too many values')
    const child = nodeAt(node.source, at, node.to, node.depth + 1)
    found.push(child)
    at = child.end
  }
  return found
}

/** Visits the values inside one, without keeping them: for lists of a million. Throws `DerFault`. */
export function eachChild(node: DerNode, visit: (child: DerNode) => void): void {
  if (!node.constructed) throw new DerFault('not constructed')
  for (let at = node.from; at < node.to; ) {
    const child = nodeAt(node.source, at, node.to, node.depth + 1)
    visit(child)
    at = child.end
  }
}

/** The children of a value that must have this identifier octet. Throws `DerFault`. */
export function childrenOf(node: DerNode | undefined, id: number): DerNode[] {
  return children(expect(node, id))
}

export function expect(node: DerNode | undefined, id: number): DerNode {
  if (node?.id !== id) throw new DerFault('another type')
  return node
}

/** The node, which must be there. */
export function present(node: DerNode | undefined): DerNode {
  if (!node) throw new DerFault('cut off')
  return node
}

export const content = (node: DerNode): Bytes => node.source.bytes.subarray(node.from, node.to)

export const whole = (node: DerNode): Bytes => node.source.bytes.subarray(node.start, node.end)

/** Content of an OCTET STRING (or an implicitly tagged one), joined when BER wrote it in pieces. Throws `DerFault`. */
export function octets(node: DerNode): Bytes {
  if (!node.constructed) return content(node)
  const pieces = children(node).map((child) => {
    if (child.id !== Tag.octetString && child.id !== 0x24) throw new DerFault('another type')
    return octets(child)
  })
  return concat(pieces)
}

export function concat(parts: readonly Bytes[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export function sameBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * Text of character codes below 256. Made in one go: strings grown letter by letter stay ropes, which take ten times
 * the memory and have to be kept alive.
 */
export function textOfCodes(codes: Bytes): string {
  if (codes.length <= 8192) return String.fromCharCode.apply(null, codes as unknown as number[])
  const parts: string[] = []
  for (let at = 0; at < codes.length; at += 8192) parts.push(textOfCodes(codes.subarray(at, at + 8192)))
  return parts.join('')
}

const hexDigits = Uint8Array.from('0123456789abcdef', (c) => c.charCodeAt(0))

/** Lower-case hex without separators. */
export function hex(bytes: Bytes): string {
  const codes = new Uint8Array(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    codes[i * 2] = hexDigits[bytes[i]! >> 4]!
    codes[i * 2 + 1] = hexDigits[bytes[i]! & 15]!
  }
  return textOfCodes(codes)
}

function tlv(id: number, parts: readonly Bytes[]): Bytes {
  const body = parts.length === 1 ? parts[0]! : concat(parts)
  const lengthOctets: number[] = []
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) lengthOctets.unshift(rest % 256)
  const header = body.length < 128 ? [id, body.length] : [id, 0x80 | lengthOctets.length, ...lengthOctets]
  return concat([Uint8Array.from(header), body])
}

/** Two's complement, shortest form. */
function integerOctets(value: number | bigint): Bytes {
  let rest = BigInt(value)
  const found: number[] = []
  do {
    found.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!((rest === 0n && found[0]! < 0x80) || (rest === -1n && found[0]! >= 0x80)))
  return Uint8Array.from(found)
}

function oidOctets(dotted: string): Bytes {
  const arcs = dotted.split('.').map((arc) => BigInt(arc))
  const found: number[] = []
  for (const arc of [arcs[0]! * 40n + arcs[1]!, ...arcs.slice(2)]) {
    const septets = [Number(arc & 0x7fn)]
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) septets.unshift(Number(rest & 0x7fn) | 0x80)
    found.push(...septets)
  }
  return Uint8Array.from(found)
}

const latin1 = (text: string): Bytes => Uint8Array.from(text, (c) => c.charCodeAt(0))

function bmpOctets(text: string): Bytes {
  const found = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    found[i * 2] = text.charCodeAt(i) >> 8
    found[i * 2 + 1] = text.charCodeAt(i) & 0xff
  }
  return found
}

const digits = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

/** Order of SET OF in DER (X.690 11.6): by octets, the shorter first when one begins the other. */
function byOctets(a: Bytes, b: Bytes): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** DER values. Strings are trusted to fit their type; dates are UTC with seconds. */
export const der = {
  /** Any identifier octet with its content. */
  value: (id: number, ...parts: Bytes[]): Bytes => tlv(id, parts),
  sequence: (...parts: Bytes[]): Bytes => tlv(Tag.sequence, parts),
  /** SET OF, sorted. */
  set: (...parts: Bytes[]): Bytes => tlv(Tag.set, [...parts].sort(byOctets)),
  oid: (dotted: string): Bytes => tlv(Tag.oid, [oidOctets(dotted)]),
  /** A number, or the octets of an unsigned number. */
  integer: (value: number | bigint | Bytes): Bytes => {
    if (!(value instanceof Uint8Array)) return tlv(Tag.integer, [integerOctets(value)])
    const first = value.findIndex((octet) => octet !== 0)
    const shortest = first < 0 ? Uint8Array.of(0) : value.subarray(first)
    return tlv(Tag.integer, shortest[0]! > 0x7f ? [Uint8Array.of(0), shortest] : [shortest])
  },
  enumerated: (value: number): Bytes => tlv(Tag.enumerated, [integerOctets(value)]),
  boolean: (value: boolean): Bytes => Uint8Array.of(Tag.boolean, 1, value ? 0xff : 0),
  null: (): Bytes => Uint8Array.of(Tag.null, 0),
  octetString: (bytes: Bytes): Bytes => tlv(Tag.octetString, [bytes]),
  bitString: (bytes: Bytes, unusedBits = 0): Bytes => tlv(Tag.bitString, [Uint8Array.of(unusedBits), bytes]),
  utf8String: (text: string): Bytes => tlv(Tag.utf8String, [new TextEncoder().encode(text)]),
  printableString: (text: string): Bytes => tlv(Tag.printableString, [latin1(text)]),
  ia5String: (text: string): Bytes => tlv(Tag.ia5String, [latin1(text)]),
  bmpString: (text: string): Bytes => tlv(Tag.bmpString, [bmpOctets(text)]),
  /** UTCTime up to 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
  time: (date: Date): Bytes =>
    date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050
      ? tlv(Tag.utcTime, [latin1(digits(date).slice(2))])
      : tlv(Tag.generalizedTime, [latin1(digits(date))]),
  generalizedTime: (date: Date): Bytes => tlv(Tag.generalizedTime, [latin1(digits(date))]),
  /** `[n]` around whole values (EXPLICIT, or IMPLICIT of a constructed type given its parts). */
  context: (n: number, ...parts: Bytes[]): Bytes => tlv(0xa0 | n, parts),
  /** `[n] IMPLICIT` of a primitive type, given its content. */
  contextPrimitive: (n: number, body: Bytes): Bytes => tlv(0x80 | n, [body]),
}
