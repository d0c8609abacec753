import type { Bytes } from './der.ts'
import { again1, again256, block1, block256, start1, start256 } from './digest.ts'

/**
 * A digest taken of a digest, over and over, as derivations of keys do by the hundred thousand. Each is one block: the
 * general function would spend more on making ready than on the digest itself.
 */
export type Repeated = 'MD5' | 'SHA-1' | 'SHA-256'

/** A block holds this much beside its length and the octet that ends the message. */
const mostInOneBlock = 55

/** Can `repeat` do it: is each message one block? */
export const isOneBlock = (length: number): boolean => length <= mostInOneBlock

const shapes = {
  MD5: { words: 4, littleEndian: true },
  'SHA-1': { words: 5, littleEndian: false },
  'SHA-256': { words: 8, littleEndian: false },
} as const

/**
 * The digest of `first` with `suffix` behind it, then that of the digest with `suffix` behind it, and so on: `times` in
 * all, at least once. `first` may be of another length than a digest.
 */
export function repeat(digest: Repeated, first: Bytes, suffix: Bytes, times: number): Bytes {
  const { words, littleEndian } = shapes[digest]
  const block = new Uint8Array(64)
  const lay = (length: number) => {
    block.fill(0, length)
    block.set(suffix, length)
    const bits = (length + suffix.length) * 8
    block[length + suffix.length] = 0x80
    block[littleEndian ? 56 : 63] = bits & 0xff
    block[littleEndian ? 57 : 62] = bits >> 8
  }
  block.set(first)
  lay(first.length)
  const state = new Int32Array(words)
  const write = () => {
    for (let i = 0; i < words; i++) {
      const word = state[i]!
      const at = i * 4
      block[at] = littleEndian ? word : word >>> 24
      block[at + 1] = littleEndian ? word >>> 8 : word >>> 16
      block[at + 2] = littleEndian ? word >>> 16 : word >>> 8
      block[at + 3] = littleEndian ? word >>> 24 : word
    }
  }
  const one = () => {
    if (digest === 'SHA-256') {
      state.set(start256)
      block256(state, block, 0)
    } else if (digest === 'SHA-1') {
      state.set(start1)
      block1(state, block, 0)
    } else {
      state.set(startMd5)
      blockMd5(state, block)
    }
    write()
  }
  one()
  if (first.length !== words * 4) lay(words * 4)
  // What follows is words into words, where nothing is put behind the digest.
  if (suffix.length === 0 && digest !== 'MD5') {
    ;(digest === 'SHA-256' ? again256 : again1)(state, times - 1)
    write()
  } else for (let i = 1; i < times; i++) one()
  return block.slice(0, words * 4)
}

const startMd5 = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
/** RFC 1321 section 3.4 takes its constants from the sine. */
const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 0x100000000))
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const turnAt = Uint8Array.from({ length: 64 }, (_, i) => turns[(i >> 4) * 4 + (i & 3)]!)
const wordAt = Uint8Array.from(
  { length: 64 },
  (_, i) => (i < 16 ? i : i < 32 ? 5 * i + 1 : i < 48 ? 3 * i + 5 : 7 * i) & 15,
)
const message = new Int32Array(16)

function blockMd5(state: Int32Array, from: Bytes): void {
  for (let i = 0, j = 0; i < 16; i++, j += 4) {
    message[i] = from[j]! | (from[j + 1]! << 8) | (from[j + 2]! << 16) | (from[j + 3]! << 24)
  }
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  for (let i = 0; i < 64; i++) {
    const mixed = i < 16 ? (b & c) | (~b & d) : i < 32 ? (d & b) | (~d & c) : i < 48 ? b ^ c ^ d : c ^ (b | ~d)
    const sum = (a + mixed + sines[i]! + message[wordAt[i]!]!) | 0
    a = d
    d = c
    c = b
    const turn = turnAt[i]!
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}
