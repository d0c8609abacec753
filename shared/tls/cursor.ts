/**
 * Reads big-endian numbers and length-prefixed vectors (RFC 8446 section 3) out of foreign bytes. Past the end every
 * read answers zero or nothing and `failed` stays set, so a decoder checks once, at its end, and can never throw.
 */
export class Cursor {
  readonly bytes: Uint8Array
  failed = false
  private position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get left(): number {
    return this.failed ? 0 : this.bytes.length - this.position
  }

  /** An unsigned number of `size` bytes (1 to 4). */
  number(size: number): number {
    if (size > this.left) {
      this.failed = true
      return 0
    }
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[this.position++] ?? 0)
    return value
  }

  take(length: number): Uint8Array {
    if (length > this.left) {
      this.failed = true
      return new Uint8Array(0)
    }
    this.position += length
    return this.bytes.subarray(this.position - length, this.position)
  }

  /** A vector whose length is written before it in `lengthSize` bytes. */
  vector(lengthSize: number): Uint8Array {
    return this.take(this.number(lengthSize))
  }

  /** A vector of numbers of `size` bytes each; an odd remainder fails the cursor. */
  numbers(lengthSize: number, size: number): number[] {
    const inner = new Cursor(this.vector(lengthSize))
    const values: number[] = []
    while (inner.left > 0) values.push(inner.number(size))
    if (inner.failed) this.failed = true
    return inner.failed ? [] : values
  }
}
