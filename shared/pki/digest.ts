import type { Bytes } from './der.ts'
import { hex } from './der.ts'

/**
 * SHA-256 and SHA-1 at once and without a promise: a bundle of a thousand certificates needs three thousand digests, and
 * WebCrypto's way through a thread costs more than such a short digest itself. Single blocks are for derivations that
 * take a digest a hundred thousand times over.
 */

const k256 = new Uint32Array(64)
/** The state before the first block (FIPS 180-4 section 5.3). */
export const start256 = new Uint32Array(8)

/** First 32 bits of the fractional part of a root; FIPS 180-4 sections 4.2.2 and 5.3.3 define the constants so. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) >>> 0

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true
  for (let by = 2; by * by <= candidate && prime; by++) prime = candidate % by !== 0
  if (!prime) continue
  if (found < 8) start256[found] = fraction(Math.sqrt(candidate))
  k256[found++] = fraction(Math.cbrt(candidate))
}

const w256 = new Uint32Array(64)
const w1 = new Uint32Array(80)
const tail = new Uint8Array(128)

/** Feeds every 64-octet block of the padded message to `block`: the message itself, then its padded end. */
function eachBlock(bytes: Bytes, block: (from: Bytes, at: number) => void): void {
  const full = bytes.length & ~63
  for (let at = 0; at < full; at += 64) block(bytes, at)
  tail.fill(0)
  tail.set(bytes.subarray(full))
  tail[bytes.length - full] = 0x80
  const size = bytes.length - full < 56 ? 64 : 128
  const high = Math.floor(bytes.length / 0x20000000)
  const low = (bytes.length << 3) >>> 0
  for (let i = 0; i < 4; i++) {
    tail[size - 8 + i] = (high >>> (24 - i * 8)) & 0xff
    tail[size - 4 + i] = (low >>> (24 - i * 8)) & 0xff
  }
  for (let at = 0; at < size; at += 64) block(tail, at)
}

function hexOfWords(words: Uint32Array): string {
  const bytes = new Uint8Array(words.length * 4)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    bytes[i * 4] = word >>> 24
    bytes[i * 4 + 1] = (word >>> 16) & 0xff
    bytes[i * 4 + 2] = (word >>> 8) & 0xff
    bytes[i * 4 + 3] = word & 0xff
  }
  return hex(bytes)
}

/** SHA-256 in lower-case hex. */
export function sha256(bytes: Bytes): string {
  const state = start256.slice()
  eachBlock(bytes, (from, at) => block256(state, from, at))
  return hexOfWords(state)
}

/** Works one block of 64 octets into the state. */
export function block256(state: Uint32Array, from: Bytes, at: number): void {
  const w = w256
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    w[i] = (from[j]! << 24) | (from[j + 1]! << 16) | (from[j + 2]! << 8) | from[j + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  let e = state[4]! | 0
  let f = state[5]! | 0
  let g = state[6]! | 0
  let h = state[7]! | 0
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k256[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

export const start1 = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)

/** SHA-1 in lower-case hex: only to name a certificate the way older tools do. */
export function sha1(bytes: Bytes): string {
  const state = start1.slice()
  eachBlock(bytes, (from, at) => block1(state, from, at))
  return hexOfWords(state)
}

/** Works one block of 64 octets into the state. */
export function block1(state: Uint32Array, from: Bytes, at: number): void {
  const w = w1
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    w[i] = (from[j]! << 24) | (from[j + 1]! << 16) | (from[j + 2]! << 8) | from[j + 3]!
  }
  for (let i = 16; i < 80; i++) {
    const x = w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!
    w[i] = (x << 1) | (x >>> 31)
  }
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  let e = state[4]! | 0
  for (let i = 0; i < 80; i++) {
    const mix =
      i < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : i < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : i < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6
    const next = (((a << 5) | (a >>> 27)) + mix + e + w[i]!) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
}
