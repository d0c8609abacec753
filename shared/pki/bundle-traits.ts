import { childrenOf, orNull, Tag } from './der.ts'
import type { Scheme } from './encryption-scheme.ts'
import { schemeOf } from './encryption-scheme.ts'
import type { Facts } from './facts.ts'
import type { Pkcs12Outline } from './pkcs12-outline.ts'
import { bagsOf } from './pkcs12-outline.ts'
import type { BundleTraits } from './who-opens-bundle.ts'

/** What of a PKCS#12 file decides who opens it. `passphrases`: those that open it. */
export function traitsOf(
  { mac, safes, indefinite, bytesAfter }: Pkcs12Outline,
  facts: Facts,
  passphrases: readonly string[],
): BundleTraits {
  const schemes: Scheme[] = []
  let plainKeys = false
  for (const safe of safes) {
    if (!('bags' in safe)) {
      if (safe.scheme) schemes.push(safe.scheme)
      continue
    }
    for (const bag of orNull(() => bagsOf(safe.bags)) ?? []) {
      if (bag.kind === 1) plainKeys = true
      const scheme = bag.kind === 2 && orNull(() => schemeOf(childrenOf(bag.value, Tag.sequence)[0]))
      if (scheme) schemes.push(scheme)
    }
  }
  const { keys, certificates } = facts
  return {
    schemes,
    mac,
    safes: safes.length,
    indefinite,
    bytesAfter,
    plainKeys,
    letters: lettersOf(passphrases),
    ...(keys !== undefined && { keys }),
    ...(certificates !== undefined && { certificates }),
  }
}

function lettersOf(passphrases: readonly string[]): BundleTraits['letters'] {
  if (passphrases.some((passphrase) => /[\u{10000}-\u{10ffff}]/u.test(passphrase))) return 'astral'
  return passphrases.some((passphrase) => /[^\x00-\x7f]/.test(passphrase)) ? 'accented' : 'ascii'
}
