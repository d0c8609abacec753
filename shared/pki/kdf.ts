import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import type { Bytes } from './der.ts'
import { concat } from './der.ts'
import type { Repeated } from './repeated-digest.ts'
import { repeat } from './repeated-digest.ts'

/**
 * Keys from passphrases. WebCrypto does PBKDF2 where it knows the digest; the rest is computed here, because WebCrypto
 * has no MD5, SHA-224, scrypt or PKCS#12 derivation, and awaiting it for each of 100,000 digests costs ten times more.
 */
const hashes = {
  MD5: md5,
  'SHA-1': sha1,
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  'SHA-512/224': sha512_224,
  'SHA-512/256': sha512_256,
} as const

export type Digest = keyof typeof hashes

export const digestOf = (digest: Digest, bytes: Bytes): Bytes => hashes[digest](bytes)

export const digestLength = (digest: Digest): number => hashes[digest].outputLen

export const hmacOf = (digest: Digest, key: Bytes, bytes: Bytes): Bytes => hmac(hashes[digest], key, bytes)

const inWebCrypto: readonly Digest[] = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']

/** Estimated milliseconds, for the budget. */
export function pbkdf2Cost(digest: Digest, iterations: number, length: number): number {
  const rounds = iterations * Math.ceil(length / digestLength(digest))
  return rounds / (inWebCrypto.includes(digest) ? 1000 : 120)
}

/** PBKDF2 (RFC 8018 section 5.2) with HMAC. */
export async function pbkdf2(
  digest: Digest,
  password: Bytes,
  salt: Bytes,
  iterations: number,
  length: number,
): Promise<Bytes> {
  if (!inWebCrypto.includes(digest))
    return pbkdf2Async(hashes[digest], password, salt, { c: iterations, dkLen: length, asyncTick: 10 })
  const key = await crypto.subtle.importKey('raw', password as BufferSource, 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: digest, salt: salt as BufferSource, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8))
}

export const scryptMemory = (n: number, r: number): number => 128 * n * r

export const scryptCost = (n: number, r: number, p: number): number => (n * r * p) / 1000

/** scrypt (RFC 7914). The caller has checked the memory it takes. */
export function scrypt(password: Bytes, salt: Bytes, n: number, r: number, p: number, length: number): Promise<Bytes> {
  return scryptAsync(password, salt, { N: n, r, p, dkLen: length, asyncTick: 10, maxmem: 2 ** 30 })
}

/** PBKDF1 (RFC 8018 section 5.1): one digest's length at most. */
export function pbkdf1(digest: Digest, password: Bytes, salt: Bytes, iterations: number, length: number): Bytes {
  return digestsOf(digest, digestOf(digest, concat([password, salt])), iterations - 1).subarray(0, length)
}

/** The digest of a digest, `times` over. */
function digestsOf(digest: Digest, first: Bytes, times: number): Bytes {
  if (times > 0 && isRepeated(digest)) return repeat(digest, first, nothing, times)
  let last = first
  for (let i = 0; i < times; i++) last = digestOf(digest, last)
  return last
}

const nothing = new Uint8Array(0)

const isRepeated = (digest: Digest): digest is Repeated =>
  digest === 'MD5' || digest === 'SHA-1' || digest === 'SHA-256'

export const pkcs12Cost = (digest: Digest, iterations: number, length: number): number =>
  pbkdf1Cost(digest, iterations) * Math.ceil(length / digestLength(digest))

export const pbkdf1Cost = (digest: Digest, iterations: number): number =>
  iterations / (isRepeated(digest) ? 700 : hashes[digest].blockLen === 128 ? 120 : 300)

/** What the derived octets are for (RFC 7292 appendix B.3). */
export type Pkcs12Purpose = 'key' | 'iv' | 'mac'
const purposeOctet: Record<Pkcs12Purpose, number> = { key: 1, iv: 2, mac: 3 }

/** Digests between two pauses, 5 to 20 ms: the thread that derives may be the one that answers the window. */
const untilPauseOf = (digest: Digest): number => (isRepeated(digest) ? 20_000 : 10_000)

/** The derivation of RFC 7292 appendix B.2. `password` is the BMP form. */
export async function pkcs12Kdf(
  digest: Digest,
  password: Bytes,
  salt: Bytes,
  purpose: Pkcs12Purpose,
  iterations: number,
  length: number,
): Promise<Bytes> {
  const hash = hashes[digest]
  const block = hash.blockLen
  const diversifier = new Uint8Array(block).fill(purposeOctet[purpose])
  const input = concat([stretched(salt, block), stretched(password, block)])
  const derived: Bytes[] = []
  const untilPause = untilPauseOf(digest)
  let sincePause = 0
  for (let have = 0; have < length; have += hash.outputLen) {
    let a: Bytes = hash(concat([diversifier, input]))
    for (let left = iterations - 1; left > 0; ) {
      const now = Math.min(left, untilPause - sincePause)
      a = digestsOf(digest, a, now)
      left -= now
      sincePause += now
      if (sincePause === untilPause) {
        sincePause = 0
        await new Promise((resume) => setTimeout(resume, 0))
      }
    }
    derived.push(a)
    addToEach(input, stretched(a, block).subarray(0, block))
  }
  return concat(derived).subarray(0, length)
}

/** Repeated up to the next multiple of the digest's block; nothing stays nothing. */
function stretched(bytes: Bytes, block: number): Bytes {
  const long = new Uint8Array(Math.ceil(bytes.length / block) * block)
  for (let i = 0; i < long.length; i++) long[i] = bytes[i % bytes.length]!
  return long
}

/** Adds `b` + 1 to every block of `input`, as big-endian numbers without the last carry. */
function addToEach(input: Bytes, b: Bytes): void {
  for (let start = 0; start < input.length; start += b.length) {
    let carry = 1
    for (let i = b.length - 1; i >= 0; i--) {
      carry += input[start + i]! + b[i]!
      input[start + i] = carry & 0xff
      carry >>= 8
    }
  }
}
