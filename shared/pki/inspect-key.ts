import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import type { Draft, InspectHow } from './drafts.ts'
import { privateKeyFindings } from './key-findings.ts'
import { describePrivateKey, openPrivateKey } from './pkcs8.ts'

/** More passphrases than anybody tries; each costs up to the whole derivation. */
export const maxPassphrases = 20

/**
 * A private key as an object: public facts only. An encrypted key without a passphrase is a key that was recognised,
 * so it has no problem but the finding `key.encrypted`, and `facts.spkiSha256` is absent. A passphrase that was given
 * and does not fit is a problem.
 */
export async function readPrivateKey(source: Bytes, name: string, how: InspectHow): Promise<Draft> {
  let opened = await openPrivateKey(source, undefined, name)
  const passphrases = how.passphrases.slice(0, maxPassphrases)
  for (const passphrase of passphrases) {
    if (opened.ok || !canRetry(opened.problem)) break
    opened = await openPrivateKey(source, passphrase, name)
  }
  const facts = opened.ok ? opened.value.facts : (describePrivateKey(source) ?? {})
  const draft: Draft = {
    kind: 'private-key',
    facts,
    findings: opened.ok || facts.encrypted ? privateKeyFindings(facts, opened.ok ? opened.value.spki : null) : [],
  }
  if (opened.ok || opened.problem.code === 'key.passphrase-needed') return draft
  return { ...draft, problem: opened.problem.code === 'file.unknown-kind' ? lost(name) : opened.problem }
}

const lost = (name: string): Problem => ({ code: 'file.damaged', name, what: 'private key' })

const canRetry = ({ code }: Problem): boolean => code === 'key.passphrase-needed' || code === 'key.passphrase-wrong'
