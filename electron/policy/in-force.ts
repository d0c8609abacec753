import { faultOf, isGoverned } from '../../shared/policy/policy-state.ts'
import { governRoots } from '../tls/governed-roots.ts'
import { type LoadedPolicy, ungoverned } from './load-policy.ts'

let inForce: LoadedPolicy = ungoverned()

/** What this process follows, from its start on. */
export const policyInForce = (): LoadedPolicy => inForce

/** Called once, before anything that a policy governs. Whom connections trust is set here, below everything that makes one. */
export function enforce(policy: LoadedPolicy): LoadedPolicy {
  inForce = policy
  const { trust } = policy.policy
  if (!isGoverned(policy, 'trust')) governRoots(null)
  // Nobody is trusted while it is not known who should be.
  else if (faultOf(policy, 'trust')) governRoots({ only: true, pems: [] })
  else governRoots({ only: trust?.roots === 'only', pems: policy.roots })
  return policy
}
