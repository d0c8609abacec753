import type { Bytes } from './der.ts'
import { DerFault } from './der.ts'

/** Reads numbers and strings of octets one after the other, big-endian as Java and SSH write them. */
export type Cursor = {
  /** Offset of what is read next. */
  at: () => number
  left: () => number
  /** The next octets. Throws `DerFault` when there are not as many. */
  take: (length: number) => Bytes
  number: (octets: 1 | 2 | 4) => number
}

export function cursorOver(bytes: Bytes, from = 0): Cursor {
  let at = from
  const take = (length: number): Bytes => {
    if (length > bytes.length - at) throw new DerFault('cut off')
    at += length
    return bytes.subarray(at - length, at)
  }
  return {
    at: () => at,
    left: () => bytes.length - at,
    take,
    number: (octets) => take(octets).reduce((sum, octet) => sum * 256 + octet, 0),
  }
}
