import { checkPrimeSync, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hasRocaFingerprint, smallFactor } from '../../../shared/pki/roca.ts'

const octetsOf = (value: bigint): Uint8Array => {
  const hex = value.toString(16)
  return new Uint8Array(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'))
}
const modulusOf = (bits: number): Uint8Array => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  return new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url'))
}

function firstPrimes(count: number): bigint[] {
  const found: bigint[] = []
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n)
  return found
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus)
    if (e & 1n) result = (result * b) % modulus
  return result
}

/** A prime as the faulty library made them for 512-bit keys: k·M + (65537^a mod M), M the product of 39 primes. */
function faultyPrime(bits: number): bigint {
  const product = firstPrimes(39).reduce((all, prime) => all * prime, 1n)
  const random = (size: number) => BigInt(`0x${randomBytes(Math.ceil(size / 8)).toString('hex')}`)
  const room = bits - product.toString(2).length
  while (true) {
    const candidate =
      ((random(room) | (1n << BigInt(room - 1))) % (1n << BigInt(room))) * product + power(65537n, random(64), product)
    if (checkPrimeSync(candidate)) return candidate
  }
}

describe('the ROCA fingerprint', () => {
  it('is found in keys made the faulty way', () => {
    for (const bits of [256, 512]) {
      expect(hasRocaFingerprint(octetsOf(faultyPrime(bits) * faultyPrime(bits)))).toBe(true)
    }
  })

  it('is not found in sound keys', () => {
    for (const bits of [1024, 2048, 2048, 3072]) expect(hasRocaFingerprint(modulusOf(bits))).toBe(false)
    for (let i = 0; i < 2000; i++) expect(hasRocaFingerprint(new Uint8Array(randomBytes(256)))).toBe(false)
  })

  it('is looked for in microseconds', () => {
    const sound = Array.from({ length: 20 }, () => new Uint8Array(randomBytes(512)))
    hasRocaFingerprint(sound[0]!)
    const start = performance.now()
    for (let i = 0; i < 2000; i++) hasRocaFingerprint(sound[i % 20]!)
    expect((performance.now() - start) / 2000).toBeLessThan(0.2)
  })
})

describe('a small factor of a modulus', () => {
  it('is found where there is one', () => {
    const large = 2n ** 2047n + 1n
    for (const factor of [2n, 3n, 7n, 67n]) expect(smallFactor(octetsOf((large / factor) * factor))).not.toBeNull()
    expect(smallFactor(octetsOf(67n * 173n ** 270n))).toBe(67)
    expect(smallFactor(octetsOf(173n ** 280n))).toBeNull()
  })

  it('is in no key that was made well', () => {
    expect(smallFactor(modulusOf(2048))).toBeNull()
  })
})
