import type { Certificate } from '../certificate.ts'
import { childrenOf, derOf, orNull, Tag } from '../der.ts'
import { oidOf, textOf, visible } from '../der-values.ts'
import type { AlternativeName } from './alternative-names.ts'
import type { Candidate } from './candidate.ts'
import { standingOf } from './name-constraints.ts'
import type { PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'

/** Names times constraints that OpenSSL, BoringSSL and Go compare at most: more is made to keep them busy. */
export const maxComparisons = 2 ** 20

/** Are the names of each certificate within what every CA above it may issue for (RFC 5280 section 6.1.4 (g))? */
export const nameRule: Rule = (passage) => {
  const { links } = passage
  const problems: PathProblem[] = []
  let comparisons = 0
  for (const [above, { terms, certificate }] of links.entries()) {
    const { constraints } = terms
    if (!constraints || above === 0 || isBareAnchor(passage, above)) continue
    const size = constraints.permitted.length + constraints.excluded.length
    for (let at = 0; at < above; at++) {
      const link = links[at]!
      if (link.selfIssued && at > 0) continue
      const names = namesOf(link, at === 0)
      comparisons += names.length * size
      if (comparisons > maxComparisons) return [{ reason: 'path.constraints-too-many', at }]
      for (const name of names) {
        const standing = standingOf(name, constraints)
        if (standing === 'permitted') continue
        const issuer = nameOf(certificate)
        problems.push(
          standing === 'unknown'
            ? { reason: 'path.constraint-unknown', at, detail: name.kind, issuer }
            : { reason: 'path.name-not-permitted', at, detail: spelt(name, link), issuer },
        )
        break
      }
    }
  }
  return problems
}

/**
 * Names that constraints are applied to: the subject, the alternative names, e-mail addresses in the subject, and, as
 * OpenSSL does, a common name that looks like a host where the leaf has no DNS name.
 */
function namesOf({ subject, terms, certificate }: Candidate, isLeaf: boolean): AlternativeName[] {
  const names = [...(terms.names ?? [])]
  if (subject.parts.length > 0) names.push({ kind: 'directory', value: subject })
  const inSubject = attributesOf(certificate)
  for (const { type, value } of inSubject) if (type === emailAddress) names.push({ kind: 'email', value })
  if (isLeaf && !names.some(({ kind }) => kind === 'DNS')) {
    for (const { type, value } of inSubject) {
      if (type === commonName && hostLike.test(value)) names.push({ kind: 'DNS', value: value.toLowerCase() })
    }
  }
  return names
}

const emailAddress = '1.2.840.113549.1.9.1'
const commonName = '2.5.4.3'
const hostLike = /^(?:[a-z0-9_*](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i

function attributesOf({ subject }: Certificate): { type: string; value: string }[] {
  const sets = orNull(() => childrenOf(derOf(subject), Tag.sequence).flatMap((set) => childrenOf(set, Tag.set))) ?? []
  return sets.flatMap((pair) => {
    const found = orNull(() => {
      const [type, value] = childrenOf(pair, Tag.sequence)
      const text = type && value ? textOf(value) : null
      return text === null ? null : { type: oidOf(type!), value: text }
    })
    return found ?? []
  })
}

const nameOf = ({ facts }: Certificate): string => facts.subject ?? ''

function spelt(name: AlternativeName, { certificate }: Candidate): string {
  if (name.kind === 'DNS' || name.kind === 'email' || name.kind === 'URI') return visible(name.value)
  if (name.kind !== 'IP') return nameOf(certificate)
  return certificate.facts.subjectAltNames?.find((one) => one.startsWith('IP:'))?.slice(3) ?? 'an address'
}
