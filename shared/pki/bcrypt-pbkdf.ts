import { encipher, expand, newBlowfish } from './blowfish.ts'
import type { Bytes } from './der.ts'
import { concat } from './der.ts'
import { digestOf } from './kdf.ts'

/** Estimated milliseconds, for the budget. */
export const bcryptCost = (rounds: number, length: number): number => rounds * Math.ceil(length / 32) * 12

/**
 * The derivation of OpenSSH's encrypted keys: PBKDF2 with bcrypt in place of a digest, whose octets are dealt out to the
 * key in turn (OpenBSD's bcrypt_pbkdf). At least one round.
 */
export async function bcryptPbkdf(passphrase: Bytes, salt: Bytes, rounds: number, length: number): Promise<Bytes> {
  const password = wordsOf(digestOf('SHA-512', passphrase))
  const key = new Uint8Array(length)
  const stride = Math.ceil(length / 32)
  for (let count = 1; count <= stride; count++) {
    let last = hash(password, digestOf('SHA-512', concat([salt, Uint8Array.of(0, 0, 0, count)])))
    const block = last.slice()
    for (let i = 1; i < rounds; i++) {
      last = hash(password, digestOf('SHA-512', last))
      for (let at = 0; at < 32; at++) block[at]! ^= last[at]!
      // The thread that derives may be the one that answers the window.
      await new Promise((resume) => setTimeout(resume, 0))
    }
    for (let at = 0; at < 32; at++) {
      const to = at * stride + count - 1
      if (to < length) key[to] = block[at]!
    }
  }
  return key
}

const plain = new TextEncoder().encode('OxychromaticBlowfishSwatDynamite')

function hash(password: Int32Array, digestOfSalt: Bytes): Bytes {
  const salt = wordsOf(digestOfSalt)
  const state = newBlowfish()
  expand(state, password, salt)
  for (let i = 0; i < 64; i++) {
    expand(state, salt)
    expand(state, password)
  }
  const text = wordsOf(plain)
  for (let i = 0; i < 64; i++) for (let at = 0; at < 8; at += 2) encipher(state, text, at)
  const octets = new Uint8Array(32)
  const view = new DataView(octets.buffer)
  for (const [at, word] of text.entries()) view.setInt32(at * 4, word, true)
  return octets
}

function wordsOf(octets: Bytes): Int32Array {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  return Int32Array.from({ length: octets.length / 4 }, (_, at) => view.getInt32(at * 4))
}
