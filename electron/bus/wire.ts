/**
 * Values as D-Bus lays them out (D-Bus specification, "Marshaling"): little-endian, each type at a multiple of its size.
 * Written are the types that our few calls need; read are all that fixed-size, string-like and container types there are,
 * so that a signal with more in it than we ask for can be stepped over.
 */
export type Value = number | bigint | string | boolean | Value[] | { signature: string; value: Value }

const alignments: Record<string, number> = {
  y: 1,
  g: 1,
  v: 1,
  n: 2,
  q: 2,
  b: 4,
  i: 4,
  u: 4,
  s: 4,
  o: 4,
  a: 4,
  h: 4,
  x: 8,
  t: 8,
  d: 8,
  '(': 8,
  '{': 8,
}

/** Deeper than this nothing may be (the specification allows 64 in all). */
const mostDepth = 64

/** The complete types of a signature, one by one: `sa{sv}u` → `s`, `a{sv}`, `u`. Throws on what is none. */
export function typesOf(signature: string): string[] {
  const types: string[] = []
  for (let at = 0; at < signature.length; ) {
    const end = endOfType(signature, at, 0)
    types.push(signature.slice(at, end))
    at = end
  }
  return types
}

function endOfType(signature: string, at: number, depth: number): number {
  const code = signature[at]
  if (code === undefined || depth > mostDepth) throw new Error('no type')
  if (code === 'a') return endOfType(signature, at + 1, depth + 1)
  const close = code === '(' ? ')' : code === '{' ? '}' : null
  if (close === null) {
    if (!(code in alignments)) throw new Error('no type')
    return at + 1
  }
  let next = at + 1
  while (signature[next] !== close) next = endOfType(signature, next, depth + 1)
  return next + 1
}

export class Writer {
  #bytes: number[] = []

  get length() {
    return this.#bytes.length
  }

  align(to: number) {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0)
  }

  uint32(value: number) {
    this.align(4)
    for (let shift = 0; shift < 32; shift += 8) this.#bytes.push((value >>> shift) & 0xff)
  }

  value(type: string, value: Value) {
    switch (type[0]) {
      case 'y':
        this.#bytes.push(Number(value) & 0xff)
        break
      case 'b':
        this.uint32(value ? 1 : 0)
        break
      case 'i':
      case 'u':
        this.uint32(Number(value))
        break
      case 's':
      case 'o':
        this.#text(String(value))
        break
      case 'g':
        this.#bytes.push(String(value).length, ...Buffer.from(String(value), 'latin1'), 0)
        break
      case 'v': {
        const variant = value as { signature: string; value: Value }
        this.value('g', variant.signature)
        this.value(variant.signature, variant.value)
        break
      }
      case 'a':
        this.#array(type.slice(1), value as Value[])
        break
      case '(':
      case '{': {
        this.align(8)
        const types = typesOf(type.slice(1, -1))
        for (const [i, part] of (value as Value[]).entries()) this.value(types[i] ?? '', part)
        break
      }
      default:
        throw new Error(`type ${type} is not written`)
    }
  }

  #text(text: string) {
    const bytes = Buffer.from(text.replaceAll('\0', ''), 'utf8')
    this.uint32(bytes.length)
    this.#bytes.push(...bytes, 0)
  }

  #array(type: string, values: Value[]) {
    this.uint32(0)
    const lengthAt = this.#bytes.length - 4
    this.align(alignments[type[0] ?? ''] ?? 1)
    const start = this.#bytes.length
    for (const value of values) this.value(type, value)
    const length = this.#bytes.length - start
    for (let i = 0; i < 4; i++) this.#bytes[lengthAt + i] = (length >>> (8 * i)) & 0xff
  }

  bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }
}

/** Reads from `bytes`, whose first octet counts as aligned. Throws on what is cut off or too deep. */
export class Reader {
  #at = 0
  readonly bytes: Buffer
  readonly little: boolean

  constructor(bytes: Buffer, little: boolean) {
    this.bytes = bytes
    this.little = little
  }

  align(to: number) {
    this.#at += (to - (this.#at % to)) % to
  }

  value(type: string, depth = 0): Value {
    if (depth > mostDepth) throw new Error('too deep')
    const code = type[0] ?? ''
    this.align(alignments[code] ?? 1)
    const take = (count: number) => {
      const from = this.#at
      if (from + count > this.bytes.length) throw new Error('cut off')
      this.#at += count
      return from
    }
    const uint32 = () => {
      const from = take(4)
      return this.little ? this.bytes.readUInt32LE(from) : this.bytes.readUInt32BE(from)
    }
    switch (code) {
      case 'y':
        return this.bytes.readUInt8(take(1))
      case 'n':
      case 'q': {
        const from = take(2)
        return this.little ? this.bytes.readUInt16LE(from) : this.bytes.readUInt16BE(from)
      }
      case 'b':
        return uint32() !== 0
      case 'i':
        return uint32() | 0
      case 'u':
      case 'h':
        return uint32()
      case 'x':
      case 't':
      case 'd': {
        const from = take(8)
        return this.little ? this.bytes.readBigUInt64LE(from) : this.bytes.readBigUInt64BE(from)
      }
      case 's':
      case 'o': {
        const length = uint32()
        return this.#text(take(length + 1), length)
      }
      case 'g': {
        const length = this.bytes.readUInt8(take(1))
        return this.#text(take(length + 1), length)
      }
      case 'v': {
        const signature = this.value('g') as string
        return { signature, value: this.value(signature, depth + 1) }
      }
      case 'a': {
        const length = uint32()
        const inner = type.slice(1)
        this.align(alignments[inner[0] ?? ''] ?? 1)
        const end = this.#at + length
        if (end > this.bytes.length) throw new Error('cut off')
        const values: Value[] = []
        while (this.#at < end) values.push(this.value(inner, depth + 1))
        return values
      }
      case '(':
      case '{': {
        return typesOf(type.slice(1, -1)).map((part) => this.value(part, depth + 1))
      }
      default:
        throw new Error('no type')
    }
  }

  #text(from: number, length: number): string {
    return this.bytes.toString('utf8', from, from + length)
  }
}
