import type { Bytes } from './der.ts'
import { hex } from './der.ts'

/**
 * SHA-256 and SHA-1 at once and without a promise: a bundle of a thousand certificates needs three thousand digests, and
 * WebCrypto's way through a thread costs more than such a short digest itself. Single blocks are for derivations that
 * take a digest a hundred thousand times over.
 */

// Signed throughout: the engine keeps those in registers, and unsigned ones above 2^31 as floating point numbers.
const k256 = new Int32Array(64)
/** The state before the first block (FIPS 180-4 section 5.3). */
export const start256 = new Int32Array(8)

/** First 32 bits of the fractional part of a root; FIPS 180-4 sections 4.2.2 and 5.3.3 define the constants so. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) >>> 0

for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true
  for (let by = 2; by * by <= candidate && prime; by++) prime = candidate % by !== 0
  if (!prime) continue
  if (found < 8) start256[found] = fraction(Math.sqrt(candidate))
  k256[found++] = fraction(Math.cbrt(candidate))
}

const w256 = new Int32Array(64)
const w1 = new Int32Array(80)
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

function hexOfWords(words: Int32Array): string {
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
export function block256(state: Int32Array, from: Bytes, at: number): void {
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    w256[i] = (from[j]! << 24) | (from[j + 1]! << 16) | (from[j + 2]! << 8) | from[j + 3]!
  }
  rounds256(state)
}

/** Takes the digest of the digest in `words`, and of that again, `times` over: one block each, with the same end. */
export function again256(words: Int32Array, times: number): void {
  w256.fill(0, 8, 16)
  w256[8] = 0x80000000
  w256[15] = 256
  for (let n = 0; n < times; n++) {
    for (let i = 0; i < 8; i++) {
      w256[i] = words[i]!
      words[i] = start256[i]!
    }
    rounds256(words)
  }
}

const choice = (x: number, y: number, z: number) => z ^ (x & (y ^ z))
const majority = (x: number, y: number, z: number) => (x & y) | (z & (x | y))

/** The two sums of a round. As one function each they stay within what the engine takes into a loop. */
const upper = (x: number, y: number, z: number) =>
  ((((x >>> 6) | (x << 26)) ^ ((x >>> 11) | (x << 21)) ^ ((x >>> 25) | (x << 7))) + (z ^ (x & (y ^ z)))) | 0
const lower = (x: number, y: number, z: number) =>
  ((((x >>> 2) | (x << 30)) ^ ((x >>> 13) | (x << 19)) ^ ((x >>> 22) | (x << 10))) + ((x & y) | (z & (x | y)))) | 0

/**
 * Works the sixteen words that lie ready into the state. Four rounds are written out, so that less changes places
 * between them: a third of the time.
 */
function rounds256(state: Int32Array): void {
  const w = w256
  const k = k256
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i += 4) {
    h = (h + upper(e, f, g) + k[i]! + w[i]!) | 0
    d = (d + h) | 0
    h = (h + lower(a, b, c)) | 0
    g = (g + upper(d, e, f) + k[i + 1]! + w[i + 1]!) | 0
    c = (c + g) | 0
    g = (g + lower(h, a, b)) | 0
    f = (f + upper(c, d, e) + k[i + 2]! + w[i + 2]!) | 0
    b = (b + f) | 0
    f = (f + lower(g, h, a)) | 0
    const sum = (e + upper(b, c, d) + k[i + 3]! + w[i + 3]!) | 0
    e = (a + sum) | 0
    a = (sum + lower(f, g, h)) | 0
    const x = b
    const y = c
    const z = d
    b = f
    c = g
    d = h
    f = x
    g = y
    h = z
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

export const start1 = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)

/** SHA-1 in lower-case hex: only to name a certificate the way older tools do. */
export function sha1(bytes: Bytes): string {
  const state = start1.slice()
  eachBlock(bytes, (from, at) => block1(state, from, at))
  return hexOfWords(state)
}

/** Works one block of 64 octets into the state. */
export function block1(state: Int32Array, from: Bytes, at: number): void {
  for (let i = 0, j = at; i < 16; i++, j += 4) {
    w1[i] = (from[j]! << 24) | (from[j + 1]! << 16) | (from[j + 2]! << 8) | from[j + 3]!
  }
  rounds1(state)
}

/** As `again256`, with SHA-1. */
export function again1(words: Int32Array, times: number): void {
  w1.fill(0, 5, 16)
  w1[5] = 0x80000000
  w1[15] = 160
  for (let n = 0; n < times; n++) {
    for (let i = 0; i < 5; i++) {
      w1[i] = words[i]!
      words[i] = start1[i]!
    }
    rounds1(words)
  }
}

const left5 = (x: number) => (x << 5) | (x >>> 27)
const left30 = (x: number) => (x << 30) | (x >>> 2)

/** Four kinds of twenty rounds, five of each written out for the same reason. */
function rounds1(state: Int32Array): void {
  const w = w1
  for (let i = 16; i < 80; i++) {
    const x = w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!
    w[i] = (x << 1) | (x >>> 31)
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  for (let i = 0; i < 20; i += 5) {
    e = (e + left5(a) + choice(b, c, d) + 0x5a827999 + w[i]!) | 0
    b = left30(b)
    d = (d + left5(e) + choice(a, b, c) + 0x5a827999 + w[i + 1]!) | 0
    a = left30(a)
    c = (c + left5(d) + choice(e, a, b) + 0x5a827999 + w[i + 2]!) | 0
    e = left30(e)
    b = (b + left5(c) + choice(d, e, a) + 0x5a827999 + w[i + 3]!) | 0
    d = left30(d)
    a = (a + left5(b) + choice(c, d, e) + 0x5a827999 + w[i + 4]!) | 0
    c = left30(c)
  }
  for (let i = 20; i < 40; i += 5) {
    e = (e + left5(a) + (b ^ c ^ d) + 0x6ed9eba1 + w[i]!) | 0
    b = left30(b)
    d = (d + left5(e) + (a ^ b ^ c) + 0x6ed9eba1 + w[i + 1]!) | 0
    a = left30(a)
    c = (c + left5(d) + (e ^ a ^ b) + 0x6ed9eba1 + w[i + 2]!) | 0
    e = left30(e)
    b = (b + left5(c) + (d ^ e ^ a) + 0x6ed9eba1 + w[i + 3]!) | 0
    d = left30(d)
    a = (a + left5(b) + (c ^ d ^ e) + 0x6ed9eba1 + w[i + 4]!) | 0
    c = left30(c)
  }
  for (let i = 40; i < 60; i += 5) {
    e = (e + left5(a) + majority(b, c, d) - 0x70e44324 + w[i]!) | 0
    b = left30(b)
    d = (d + left5(e) + majority(a, b, c) - 0x70e44324 + w[i + 1]!) | 0
    a = left30(a)
    c = (c + left5(d) + majority(e, a, b) - 0x70e44324 + w[i + 2]!) | 0
    e = left30(e)
    b = (b + left5(c) + majority(d, e, a) - 0x70e44324 + w[i + 3]!) | 0
    d = left30(d)
    a = (a + left5(b) + majority(c, d, e) - 0x70e44324 + w[i + 4]!) | 0
    c = left30(c)
  }
  for (let i = 60; i < 80; i += 5) {
    e = (e + left5(a) + (b ^ c ^ d) - 0x359d3e2a + w[i]!) | 0
    b = left30(b)
    d = (d + left5(e) + (a ^ b ^ c) - 0x359d3e2a + w[i + 1]!) | 0
    a = left30(a)
    c = (c + left5(d) + (e ^ a ^ b) - 0x359d3e2a + w[i + 2]!) | 0
    e = left30(e)
    b = (b + left5(c) + (d ^ e ^ a) - 0x359d3e2a + w[i + 3]!) | 0
    d = left30(d)
    a = (a + left5(b) + (c ^ d ^ e) - 0x359d3e2a + w[i + 4]!) | 0
    c = left30(c)
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
}
