import type { Certificate } from '../certificate.ts'
import type { HashName } from '../signature-algorithms.ts'
import type { PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'
import type { Settings } from './settings.ts'

/** Security in bits of OpenSSL's levels. */
const levelBits = [0, 80, 112, 128, 192, 256]

/** Bits of a signature with this digest, as OpenSSL 3 counts them; half its length for what is not listed. */
const digestBits: Partial<Record<HashName, number>> = {
  MD2: 39,
  MD4: 39,
  MD5: 39,
  'RIPEMD-160': 80,
  'SHA-1': 63,
  'SHA-224': 112,
  'SHA-512/224': 112,
  'SHA3-224': 112,
  'SHA-256': 128,
  'SHA-512/256': 128,
  'SHA3-256': 128,
}

/**
 * What was agreed to be safe on a date. Keys of less than 112 bits were given up at the end of 2013 (NIST SP 800-131A,
 * CA/Browser Forum), SHA-1 at the end of 2016 (browsers and public CAs); MD5 had been broken in the open in 2008.
 */
function bounds({ at, level }: Settings): { key: number; digest: number } {
  if (level !== undefined) return { key: levelBits[level] ?? 256, digest: levelBits[level] ?? 256 }
  const year = at.getUTCFullYear()
  return { key: year < 2014 ? 80 : 112, digest: year < 2017 ? 63 : 80 }
}

/** Are the keys strong, and the signatures below the root made with digests that cannot be forged? */
export const strengthRule: Rule = (passage) => {
  const least = bounds(passage.settings)
  return passage.links.flatMap(({ certificate }, at) => {
    if (isBareAnchor(passage, at)) return []
    const problems: PathProblem[] = []
    if (keyBits(certificate) < least.key) problems.push({ reason: 'path.key-weak', at, detail: keyName(certificate) })
    const { hash } = certificate.algorithm
    const trustedByItself = at === passage.links.length - 1
    if (hash && !trustedByItself && (digestBits[hash] ?? 192) < least.digest) {
      problems.push({ reason: 'path.digest-weak', at, detail: hash })
    }
    return problems
  })
}

/** Comparable strength (NIST SP 800-57 part 1, table 2). Sizes that are not known are not held against a key. */
function keyBits({ publicKey: { facts } }: Certificate): number {
  const { keyAlgorithm = '', keyBits: bits } = facts
  if (bits === undefined) return Infinity
  if (keyAlgorithm === 'EC') return bits / 2
  if (!/^(RSA|DSA|DH)/.test(keyAlgorithm)) return Infinity
  const steps = [15360, 7680, 3072, 2048, 1024]
  const found = steps.findIndex((step) => bits >= step)
  return found < 0 ? 0 : [256, 192, 128, 112, 80][found]!
}

const keyName = ({ facts }: Certificate): string => `${facts.keyAlgorithm} ${facts.keyBits}`
