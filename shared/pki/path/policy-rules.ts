import type { Candidate } from './candidate.ts'
import type { Passage, Rule } from './problem.ts'
import { anyPolicy } from './terms.ts'

/** A policy that is valid at one depth, the ones at the depth above that it comes from, and what it is called below. */
type Node = { parents: string[]; expected: string[] }
type Level = Map<string, Node>

type Counters = { explicit: number; mapping: number; any: number }

/**
 * Is there a policy that holds along the whole path, where one is demanded? RFC 5280 section 6.1 with the graph of
 * RFC 9618, in which each policy is one node a depth: the work grows with the size of the extensions, where a tree
 * would grow by powers.
 */
export const policyRule: Rule = (passage) => (policiesHold(passage) ? [] : [{ reason: 'path.policy-missing', at: 0 }])

function policiesHold({ links, settings }: Passage): boolean {
  const chain = (settings.anchors === 'policies' ? [...links] : links.slice(0, -1)).reverse()
  const start = chain.length + 1
  const counters: Counters = {
    explicit: settings.requireExplicitPolicy ? 0 : start,
    mapping: settings.inhibitPolicyMapping ? 0 : start,
    any: settings.inhibitAnyPolicy ? 0 : start,
  }
  let levels: Level[] | null = [new Map([[anyPolicy, { parents: [], expected: [anyPolicy] }]])]
  for (const [i, link] of chain.entries()) {
    const isLeaf = i === chain.length - 1
    // A root without policies limits nobody to any (RFC 5937 section 3).
    if (i === 0 && settings.anchors === 'policies' && !link.terms.policies) {
      count(link, counters)
      continue
    }
    const next = levels && nextLevel(link, levels.at(-1)!, counters.any > 0 || (!isLeaf && link.selfIssued))
    if (levels && next) levels.push(next)
    else levels = null
    if (counters.explicit === 0 && !levels) return false
    if (isLeaf) {
      if (counters.explicit > 0) counters.explicit--
      if (link.terms.requireExplicitPolicy === 0) counters.explicit = 0
    } else {
      if (next) applyMappings(link, next, counters.mapping > 0, levels!.at(-2)!)
      count(link, counters)
    }
  }
  return counters.explicit > 0 || chain.length === 0 || (levels !== null && meets(levels, settings.policies))
}

/** Policies of this certificate that some policy above it leads to; `null` when there are none. */
function nextLevel({ terms }: Candidate, above: Level, anyAllowed: boolean): Level | null {
  if (!terms.policies) return null
  const expecting = new Map<string, string[]>()
  for (const [policy, { expected }] of above) {
    for (const one of expected) {
      const parents = expecting.get(one)
      if (parents) parents.push(policy)
      else expecting.set(one, [policy])
    }
  }
  const level: Level = new Map()
  for (const policy of terms.policies) {
    if (policy === anyPolicy) continue
    const parents = expecting.get(policy) ?? (above.has(anyPolicy) ? [anyPolicy] : [])
    if (parents.length > 0) level.set(policy, { parents, expected: [policy] })
  }
  if (anyAllowed && terms.policies.includes(anyPolicy)) {
    for (const [policy, parents] of expecting) {
      if (!level.has(policy)) level.set(policy, { parents, expected: [policy] })
    }
  }
  return level.size > 0 ? level : null
}

function applyMappings({ terms: { mappings = [] } }: Candidate, level: Level, allowed: boolean, above: Level): void {
  const mapped = new Map<string, string[]>()
  for (const { issuer, subject } of mappings) {
    const subjects = mapped.get(issuer)
    if (subjects) subjects.push(subject)
    else mapped.set(issuer, [subject])
  }
  for (const [issuer, subjects] of mapped) {
    const node = level.get(issuer)
    if (!allowed) level.delete(issuer)
    else if (node) node.expected = [...new Set(subjects)]
    else if (level.has(anyPolicy) && above.has(anyPolicy)) {
      level.set(issuer, { parents: [anyPolicy], expected: [...new Set(subjects)] })
    }
  }
}

/** RFC 5280 section 6.1.4 (h) to (j). */
function count({ terms, selfIssued }: Candidate, counters: Counters): void {
  if (!selfIssued) {
    for (const key of ['explicit', 'mapping', 'any'] as const) if (counters[key] > 0) counters[key]--
  }
  counters.explicit = Math.min(counters.explicit, terms.requireExplicitPolicy ?? counters.explicit)
  counters.mapping = Math.min(counters.mapping, terms.inhibitPolicyMapping ?? counters.mapping)
  counters.any = Math.min(counters.any, terms.inhibitAnyPolicy ?? counters.any)
}

/**
 * Does a policy of the leaf come from one that is wanted? Wanted policies are named as the root's domain names them,
 * which is what a policy right below `anyPolicy` is called.
 */
function meets(levels: readonly Level[], wanted: readonly string[] | undefined): boolean {
  const last = levels.at(-1)!
  if (!wanted || wanted.includes(anyPolicy)) return last.size > 0
  if (last.has(anyPolicy) && wanted.length > 0) return true
  let good = new Set<string>()
  for (const level of levels.slice(1)) {
    const here = new Set<string>()
    for (const [policy, { parents }] of level) {
      const rooted = policy !== anyPolicy && parents.includes(anyPolicy) && wanted.includes(policy)
      if (rooted || parents.some((parent) => good.has(parent))) here.add(policy)
    }
    good = here
  }
  return good.size > 0
}
