import type { Candidate } from './candidate.ts'
import type { PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'

const poison = 'CT Precertificate Poison'

/** Can each certificate be understood at all (RFC 5280 sections 4.1 and 4.2)? */
export const shapeRule: Rule = (passage) =>
  passage.links.flatMap((link, at) => (isBareAnchor(passage, at) ? [] : shapeProblems(link, at, passage.links.length)))

function shapeProblems({ certificate, terms }: Candidate, at: number, length: number): PathProblem[] {
  const { facts, publicKey } = certificate
  const problems: PathProblem[] = []
  const version = facts.version ?? 1
  if (version < 1 || version > 3) problems.push({ reason: 'path.version-unknown', at, detail: `${version}` })
  for (const detail of terms.double.slice(0, 1)) problems.push({ reason: 'path.extension-twice', at, detail })
  for (const detail of terms.malformed.slice(0, 1)) problems.push({ reason: 'path.extension-malformed', at, detail })
  for (const detail of terms.unknown.slice(0, 1)) {
    problems.push(
      detail === poison ? { reason: 'path.precertificate', at } : { reason: 'path.extension-unknown', at, detail },
    )
  }
  // Nobody looks at the signature of what is trusted by itself.
  if (certificate.algorithmsDiffer && at < length - 1) problems.push({ reason: 'path.algorithms-differ', at })
  if (certificate.badDates) problems.push({ reason: 'path.dates-unreadable', at })
  if (!publicKey.readable) problems.push({ reason: 'path.key-unreadable', at })
  if (facts.curve === 'explicit parameters') problems.push({ reason: 'path.curve-explicit', at })
  return problems
}

/** Is the date within the validity of each, both ends included (RFC 5280 section 6.1.3 (a)(2))? */
export const validityRule: Rule = (passage) => {
  const at = passage.settings.at.toISOString().slice(0, 19)
  return passage.links.flatMap(({ certificate: { facts } }, i): PathProblem[] => {
    if (isBareAnchor(passage, i)) return []
    const [from, to] = [facts.notBefore?.slice(0, 19) ?? '', facts.notAfter?.slice(0, 19) ?? '9']
    if (at > to) return [{ reason: 'path.expired', at: i, detail: to.slice(0, 10) }]
    return at < from ? [{ reason: 'path.not-yet-valid', at: i, detail: from.slice(0, 10) }] : []
  })
}
