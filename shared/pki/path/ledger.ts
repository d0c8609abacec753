import type { Certificate } from '../certificate.ts'
import { childrenOf, der, derOf, expect, orNull, Tag, whole } from '../der.ts'
import { bitsOf } from '../der-values.ts'
import type { PublicKey } from '../spki.ts'
import { readPublicKey } from '../spki.ts'
import type { Signed } from '../verify.ts'
import { signatureFits } from '../verify.ts'
import type { Candidate } from './candidate.ts'

/**
 * How much one question may cost: certificates looked at as issuers, signatures checked, and paths judged. Real chains
 * need a handful of each; a pile made to be explored for ever (RFC 4158 section 2.4) meets these ends within a second.
 */
const limits = { steps: 1000, signatures: 200, routes: 40 }

/** Counts what a question costs, and checks no signature twice. */
export type Ledger = {
  /** `null` when nobody can check it, or when there have been too many. */
  fits(signed: Signed & { facts: { sha256?: string } }, key: PublicKey): Promise<boolean | null>
  /** Answers whether there may be one more. */
  spend(what: 'steps' | 'routes'): boolean
  /** Something was left undone for its cost. */
  readonly overdrawn: boolean
}

export function openLedger(): Ledger {
  const left = { ...limits }
  const known = new Map<string, Promise<boolean | null>>()
  let overdrawn = false
  const spend = (what: keyof typeof limits): boolean => {
    if (left[what]-- > 0) return true
    overdrawn = true
    return false
  }
  return {
    fits(signed, key) {
      const name = `${signed.facts.sha256} ${key.facts.spkiSha256}`
      const before = known.get(name)
      if (before) return before
      const found = spend('signatures') ? signatureFits(signed, key) : Promise.resolve(null)
      known.set(name, found)
      return found
    },
    spend,
    get overdrawn() {
      return overdrawn
    },
  }
}

/** A DSA key that takes its parameters from the issuer's key (RFC 3279 section 2.3.2). */
export const inheritsParameters = ({ facts }: PublicKey): boolean =>
  facts.keyAlgorithm === 'DSA' && facts.keyBits === undefined

/** The key of `child` with the parameters of its issuer's, where it has none of its own. */
export function workingKey(child: Certificate, above: PublicKey): PublicKey {
  const key = child.publicKey
  if (!inheritsParameters(key) || above.facts.keyAlgorithm !== 'DSA') return key
  const whole = orNull(() => withParameters(key, above))
  return (whole && readPublicKey(whole)) ?? key
}

function withParameters(key: PublicKey, above: PublicKey): Uint8Array {
  const [algorithm] = childrenOf(derOf(above.der), Tag.sequence)
  const bits = bitsOf(expect(childrenOf(derOf(key.der), Tag.sequence)[1], Tag.bitString)).bytes
  return der.sequence(whole(expect(algorithm, Tag.sequence)), der.bitString(bits))
}

/** The keys of a path as they work, each completed from above: the leaf's first. */
export function workingKeys(links: readonly Candidate[]): PublicKey[] {
  const keys: PublicKey[] = []
  for (const { certificate } of [...links].reverse()) {
    const above = keys[0]
    keys.unshift(above ? workingKey(certificate, above) : certificate.publicKey)
  }
  return keys
}
