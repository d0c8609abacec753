import { authorityRule } from './authority-rules.ts'
import type { Candidate } from './candidate.ts'
import { isSame } from './candidate.ts'
import { explore, type Ground, type Way } from './explore.ts'
import { hostRule } from './host.ts'
import { type Ledger, workingKeys } from './ledger.ts'
import type { List } from './list.ts'
import { nameRule } from './name-rules.ts'
import { policyRule } from './policy-rules.ts'
import type { Passage, PathProblem, Rule } from './problem.ts'
import { distrustRule, purposeRule } from './purpose-rules.ts'
import { rankOf } from './reasons.ts'
import { revocationOf, type SignerOf } from './revocation.ts'
import type { Settings } from './settings.ts'
import { shapeRule, validityRule } from './shape-rules.ts'
import { strengthRule } from './strength-rules.ts'
import { strictRule } from './strict-rules.ts'
import { Usage } from './terms.ts'

/** A path as far as it leads, leaf first, and what is wrong with it: nothing when it is trusted. */
export type Outcome = { links: readonly Candidate[]; problems: PathProblem[] }

export type Search = { ground: Ground; settings: Settings; ledger: Ledger; lists: readonly List[] }

const rules: Rule[] = [
  shapeRule,
  validityRule,
  authorityRule,
  purposeRule,
  distrustRule,
  nameRule,
  policyRule,
  strengthRule,
  hostRule,
  strictRule,
]

/**
 * The first path without a problem, or the one that comes nearest. `asking` are the certificates whose revocation is
 * being found out: who vouches for a list may not be vouched for by that list alone.
 */
export async function search(leaf: Candidate, means: Search, asking: readonly Candidate[] = []): Promise<Outcome> {
  const { ground, settings, ledger } = means
  let best: Outcome | null = null
  let deadEnd: Outcome | null = null
  for await (const way of explore([leaf], ground, ledger, settings.at)) {
    if (way.end !== 'anchored') {
      if (!deadEnd || way.links.length > deadEnd.links.length)
        deadEnd = { links: way.links, problems: [deadEndOf(way)] }
      continue
    }
    if (!ledger.spend('routes')) break
    const outcome = { links: way.links, problems: await problemsOf({ links: way.links, settings }, means, asking) }
    if (outcome.problems.length === 0) return outcome
    if (!best || nearer(outcome, best)) best = outcome
  }
  const found = best ?? deadEnd ?? { links: [leaf], problems: [] }
  return ledger.overdrawn || found.problems.length === 0
    ? { ...found, problems: [{ reason: 'path.too-complex', at: 0 }, ...found.problems] }
    : found
}

/** Fewer problems are nearer; of as many, milder ones. */
function nearer(a: Outcome, b: Outcome): boolean {
  const gravest = ({ problems }: Outcome) => Math.min(...problems.map(({ reason }) => rankOf(reason)))
  return a.problems.length !== b.problems.length ? a.problems.length < b.problems.length : gravest(a) > gravest(b)
}

function deadEndOf(way: Exclude<Way, { end: 'anchored' }>): PathProblem {
  const at = way.links.length - 1
  const { facts } = way.links[at]!.certificate
  if (way.end === 'signature-wrong' || way.end === 'issuer-other-key') {
    return { reason: `path.${way.end}`, at, issuer: way.issuer.certificate.facts.subject ?? '' }
  }
  if (way.end === 'too-long') return { reason: 'path.too-complex', at: 0 }
  if (way.end === 'issuer-missing') return { reason: 'path.issuer-missing', at, issuer: facts.issuer ?? '' }
  return { reason: at === 0 ? 'path.self-signed' : 'path.root-untrusted', at }
}

async function problemsOf(passage: Passage, means: Search, asking: readonly Candidate[]): Promise<PathProblem[]> {
  const problems = [...(await signatureProblems(passage, means.ledger)), ...rules.flatMap((rule) => rule(passage))]
  // Lists are asked only of a path that would be good: that is when their word decides.
  return problems.length > 0 ? problems : revocationProblems(passage, means, asking)
}

async function signatureProblems({ links }: Passage, ledger: Ledger): Promise<PathProblem[]> {
  const keys = workingKeys(links)
  const problems: PathProblem[] = []
  for (const [at, { certificate }] of links.slice(0, -1).entries()) {
    const fits = await ledger.fits(certificate, keys[at + 1]!)
    const issuer = links[at + 1]!.certificate.facts.subject ?? ''
    if (fits === false) problems.push({ reason: 'path.signature-wrong', at, issuer })
    if (fits === null) problems.push({ reason: 'path.signature-unknown', at, detail: certificate.algorithm.name })
  }
  return problems
}

async function revocationProblems(
  passage: Passage,
  means: Search,
  asking: readonly Candidate[],
): Promise<PathProblem[]> {
  const { links, settings } = passage
  if (means.lists.length === 0 && settings.revocation === 'known') return []
  const problems: PathProblem[] = []
  const keys = workingKeys(links)
  for (const [at, subject] of links.slice(0, -1).entries()) {
    if (settings.revocation === 'leaf' && at > 0) break
    if (asking.some((one) => isSame(one, subject))) return [{ reason: 'path.revocation-unknown', at }]
    const signerOf = signersFor({ links: links.slice(at + 1), keys: keys.slice(at + 1) }, means, [...asking, subject])
    const standing = await revocationOf(subject, means.lists, settings.at, signerOf)
    if (standing.is === 'revoked') problems.push({ ...standing.problem, at })
    else if (standing.is === 'unknown' && settings.revocation !== 'known') problems.push({ ...standing.problem, at })
  }
  return problems
}

/** Who vouches for whom vouches for a list: further than this nobody delegates. */
const maxDelegation = 4

/**
 * Finds the key that signed a list: of a certificate with the list's issuer as its name that may sign lists, on the path
 * itself or trusted by the same root (RFC 5280 section 6.3.3 (f) and (g)).
 */
function signersFor(
  above: { links: readonly Candidate[]; keys: readonly Candidate['certificate']['publicKey'][] },
  means: Search,
  asking: readonly Candidate[],
): SignerOf {
  const anchor = above.links.at(-1)!
  const sameRoot = (other: Candidate | undefined) =>
    other?.subject.key === anchor.subject.key &&
    other.certificate.facts.spkiSha256 === anchor.certificate.facts.spkiSha256
  const maySign = ({ terms: { keyUsage } }: Candidate) => !keyUsage || keyUsage.has(Usage.cRLSign)
  return async ({ crl, issuer }) => {
    for (const [i, link] of above.links.entries()) {
      const key = above.keys[i]!
      if (link.subject.key !== issuer.key || !maySign(link)) continue
      if (await means.ledger.fits(crl, key)) return key
    }
    if (asking.length > maxDelegation) return null
    const { roots, pile } = means.ground
    for (const other of [...roots.named(issuer), ...pile.named(issuer)]) {
      const key = other.certificate.publicKey
      if (!maySign(other) || !(await means.ledger.fits(crl, key))) continue
      const settings: Settings = { ...means.settings, purpose: 'any', host: undefined, maxIntermediates: undefined }
      const { links, problems } = await search(other, { ...means, settings }, asking)
      if (problems.length === 0 && sameRoot(links.at(-1))) return key
    }
    return null
  }
}
