import type { Facts } from './facts.ts'

/**
 * How long a key holds, in words: `strong: RSA 4096, about 152 bits of security (NIST SP 800-57)`. Sizes are compared by
 * NIST SP 800-57 part 1 revision 5, table 2, RSA sizes between its rows by SP 800-56B revision 2, table 4 and its
 * formula; 112 bits are acceptable until 2030 (table 4 there), less is not any more. `undefined` where the size or the
 * algorithm is not known.
 */
export function strengthOf(facts: Pick<Facts, 'keyAlgorithm' | 'keyBits' | 'curve'>): string | undefined {
  const { keyAlgorithm: algorithm, keyBits, curve } = facts
  if (algorithm === undefined) return undefined
  const quantum = postQuantum(algorithm)
  if (quantum) return `strong, also against quantum computers: ${algorithm}, ${quantum}`
  const bits = bitsOfSecurity(algorithm, keyBits)
  if (bits === undefined) return undefined
  const named = curve !== undefined && curve !== 'explicit parameters' ? ` ${curve}` : keyBits ? ` ${keyBits}` : ''
  const what = `${algorithm}${named}, about ${bits} bits of security (NIST SP 800-57)`
  if (bits >= 128) return `strong: ${what}`
  return bits >= 112 ? `fine until about 2030: ${what}` : `too weak: ${what}`
}

function bitsOfSecurity(algorithm: string, keyBits: number | undefined): number | undefined {
  if (algorithm === 'Ed25519' || algorithm === 'X25519') return 128
  if (algorithm === 'Ed448' || algorithm === 'X448') return 224
  if (keyBits === undefined) return undefined
  if (/^(RSA|DSA|DH)/.test(algorithm)) return factoring(keyBits)
  if (algorithm !== 'EC' && algorithm !== 'SM2') return undefined
  if (keyBits < 160) return Math.floor(keyBits / 2)
  const rows = [
    [512, 256],
    [384, 192],
    [256, 128],
    [224, 112],
  ] as const
  return rows.find(([least]) => keyBits >= least)?.[1] ?? 80
}

/** Integer factorisation and discrete logarithms in fields: the number field sieve takes them alike. */
const knownSizes: Record<number, number> = {
  1024: 80,
  2048: 112,
  3072: 128,
  4096: 152,
  6144: 176,
  7680: 192,
  8192: 200,
  15360: 256,
}

function factoring(keyBits: number): number {
  const known = knownSizes[keyBits]
  if (known !== undefined) return known
  if (keyBits < 256) return 0
  const natural = keyBits * Math.LN2
  const estimate = (1.923 * Math.cbrt(natural) * Math.cbrt(Math.log(natural) ** 2) - 4.69) / Math.LN2
  // The formula runs a little below the table's rows, between which it must stay.
  const rows = Object.entries(knownSizes).map(([size, bits]) => [Number(size), bits] as const)
  const below = rows.findLast(([size]) => size < keyBits)?.[1] ?? 0
  const above = rows.find(([size]) => size > keyBits)?.[1] ?? 256
  return Math.min(Math.max(Math.round(estimate), below), above)
}

/** Security categories of FIPS 203, 204 and 205; `null` for every other algorithm. */
function postQuantum(algorithm: string): string | null {
  const size = /^(?:ML-DSA|ML-KEM|SLH-DSA(?:-[A-Z0-9]+)?)-(\d+)/.exec(algorithm)?.[1]
  const category = size && { 44: 2, 65: 3, 87: 5, 512: 1, 768: 3, 1024: 5, 128: 1, 192: 3, 256: 5 }[size]
  return category ? `security category ${category} of 5 (NIST)` : null
}
