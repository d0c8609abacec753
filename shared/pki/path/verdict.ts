import type { PathVerdict } from '../inspect-calls.ts'
import type { Candidate } from './candidate.ts'
import type { PathProblem } from './problem.ts'
import { type Named, rankOf, reasonWords } from './reasons.ts'

/** A judged path in words, for people and for scripts. */
export function verdictOf({ links, problems }: { links: readonly Candidate[]; problems: PathProblem[] }): PathVerdict {
  const path = links.map(({ certificate: { facts } }, at) => {
    const own = gravest(problems.filter((problem) => problem.at === at))
    return {
      subject: facts.subject ?? '',
      issuer: facts.issuer ?? '',
      sha256: facts.sha256 ?? '',
      notAfter: facts.notAfter ?? '',
      ...(own && { problem: markOf(own, links) }),
    }
  })
  const worst = gravest(problems)
  if (!worst) return { trusted: true, reason: 'ok', says: trustedWords(links), path }
  const words = reasonWords(worst.reason)
  return { trusted: false, reason: worst.reason, says: words.says(named(worst, links)), next: words.next, path }
}

function gravest(problems: readonly PathProblem[]): PathProblem | undefined {
  return [...problems].sort((a, b) => rankOf(a.reason) - rankOf(b.reason) || a.at - b.at)[0]
}

function markOf(problem: PathProblem, links: readonly Candidate[]): string {
  const { mark } = reasonWords(problem.reason)
  return typeof mark === 'string' ? mark : mark(named(problem, links))
}

function trustedWords(links: readonly Candidate[]): string {
  const [leaf, root] = [nameOf(links[0]), nameOf(links.at(-1))]
  return links.length === 1 ? `“${leaf}” is trusted by itself.` : `“${leaf}” is trusted by “${root}”.`
}

function named({ at, detail = '', issuer = '', names = '' }: PathProblem, links: readonly Candidate[]): Named {
  const link = links[at]
  const name = nameOf(link)
  const isRoot = link?.selfIssued && at === links.length - 1
  const role = at === 0 ? 'the certificate' : isRoot ? 'the root' : 'the intermediate'
  return { who: `${role} “${name}”`, name, issuer: shortName(issuer), detail: cut(detail), names }
}

function nameOf(link: Candidate | undefined): string {
  const { subject = '', subjectParts = [], subjectAltNames = [] } = link?.certificate.facts ?? {}
  const common = subjectParts.findLast(({ type }) => type === 'CN')?.value
  return cut(common || shortName(subject) || subjectAltNames[0]?.replace(/^\w+:/, '') || 'without a name')
}

/** The common name of a name in RFC 2253, or all of it. */
const shortName = (name: string): string =>
  cut(/(?:^|,)CN=((?:[^,\\]|\\.)+)/.exec(name)?.[1]?.replace(/\\(.)/g, '$1') ?? name)

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
