import type { Policy, PolicySection } from '../../shared/policy/policy.ts'
import { faultOf, type PolicyState } from '../../shared/policy/policy-state.ts'
import type { Problem } from '../../shared/problems.ts'

/** Why nothing can be done that one of these sections governs: that part of the policy is broken. */
export function brokenPolicy(state: PolicyState, ...sections: readonly PolicySection[]): Problem | null {
  const fault = sections.map((section) => faultOf(state, section)).find((one) => one !== undefined)
  if (!fault) return null
  const place = fault.line === undefined ? '' : `line ${fault.line}, column ${fault.column}`
  const cut = (text: string) => text.slice(0, 1000)
  return { code: 'policy.broken', file: cut(fault.file), place, field: cut(fault.field), why: cut(fault.why) }
}

/** New passphrases: `null` is none, for a private key that would then lie in the clear. */
export function passphraseRefusal(state: PolicyState, passphrase: string | null, forKey: boolean): Problem | null {
  const broken = brokenPolicy(state, 'passphrase', ...(forKey ? (['export'] as const) : []))
  if (broken) return broken
  if (passphrase === null) {
    return forKey && state.policy.export?.unprotectedKeys === false ? { code: 'policy.key-unprotected' } : null
  }
  const least = state.policy.passphrase?.minimum ?? 0
  return [...passphrase].length < least ? { code: 'policy.passphrase-short', least } : null
}

export const isAllowed = ({ providers }: Policy, id: string): boolean => providers?.allow?.includes(id) ?? true

export function providerRefusal(state: PolicyState, id: string): Problem | null {
  return (
    brokenPolicy(state, 'providers') ??
    (isAllowed(state.policy, id) ? null : { code: 'policy.provider-not-allowed', provider: id })
  )
}

/** A connection that trusts somebody else than the policy's roots. */
export function otherTrustRefusal(state: PolicyState): Problem | null {
  return brokenPolicy(state, 'trust') ?? (state.policy.trust?.roots === 'only' ? { code: 'policy.trust-fixed' } : null)
}
