import type { Bytes } from './der.ts'

/**
 * The odd primes up to 167. A key made by Infineon's faulty library (CVE-2017-15361, “ROCA”) has a modulus that is a
 * power of 65537 modulo each of them; of other keys about one in 10^27 looks so. Primes that 65537 generates wholly
 * tell nothing and are left out. The most telling ones come first, so that a sound key is let go after two or three.
 */
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167,
]

type Mark = { prime: number; powers: Set<number> }

function powersOf65537(prime: number): Set<number> {
  const powers = new Set<number>()
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power)
  return powers
}

let made: Mark[] | undefined

const marks = (): Mark[] => {
  made ??= primes
    .map((prime) => ({ prime, powers: powersOf65537(prime) }))
    .filter(({ prime, powers }) => powers.size < prime - 1)
    .sort((a, b) => a.powers.size / a.prime - b.powers.size / b.prime)
  return made
}

function remainder(number: Bytes, divisor: number): number {
  let rest = 0
  for (const octet of number) rest = (rest * 256 + octet) % divisor
  return rest
}

/** Longest modulus that is tested: the chips make 4096 bits at most. */
const maxOctets = 1025

/** Whether an RSA modulus (big-endian) bears the fingerprint. Microseconds for a sound key. */
export function hasRocaFingerprint(modulus: Bytes): boolean {
  if (modulus.length < 32 || modulus.length > maxOctets) return false
  return marks().every(({ prime, powers }) => powers.has(remainder(modulus, prime)))
}

/** A prime up to 67 that divides the modulus, as three of four damaged ones have; `null` for sound ones. */
export function smallFactor(modulus: Bytes): number | null {
  if (modulus.length < 32 || modulus.length > maxOctets) return null
  if (modulus.at(-1)! % 2 === 0) return 2
  // Many at once: the remainder by their product tells which of them divide.
  for (const { product, members } of groups) {
    const rest = remainder(modulus, product)
    const found = members.find((prime) => rest % prime === 0)
    if (found !== undefined) return found
  }
  return null
}

/** Products stay below 2^23, so that a remainder times 256 is a small integer, which is divided fast. */
const groups = primes
  .filter((prime) => prime < 70)
  .reduce<{ product: number; members: number[] }[]>((all, prime) => {
    const last = all.at(-1)
    if (last && last.product * prime < 2 ** 23) {
      last.product *= prime
      last.members.push(prime)
    } else all.push({ product: prime, members: [prime] })
    return all
  }, [])
