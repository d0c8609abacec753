import type { PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'
import { Usage } from './terms.ts'

/** May each certificate above the leaf issue certificates (RFC 5280 section 6.1.4 (k) to (n))? */
export const authorityRule: Rule = (passage) => {
  const { links, settings } = passage
  const problems: PathProblem[] = []
  /** CAs between the leaf and the one that is looked at, those of a CA for itself not counted. */
  let below = 0
  for (const [at, { terms, selfIssued }] of links.entries()) {
    if (at === 0) continue
    const isAnchor = at === links.length - 1
    if (!isBareAnchor(passage, at)) {
      const { basicConstraints: basic, keyUsage } = terms
      // Roots from before these extensions are still about: what is trusted by itself need not say that it is a CA.
      const mayLack = isAnchor && selfIssued
      if (!(basic?.isCa ?? mayLack)) problems.push({ reason: 'path.not-a-ca', at })
      if (keyUsage && !keyUsage.has(Usage.keyCertSign)) problems.push({ reason: 'path.may-not-sign', at })
      const most = basic?.pathLength
      if (most !== undefined && below > most) problems.push({ reason: 'path.too-long', at, detail: `${most}` })
    }
    if (!isAnchor && !selfIssued) below++
  }
  const most = settings.maxIntermediates
  if (most !== undefined && below > most)
    problems.push({ reason: 'path.too-long', at: links.length - 1, detail: `${most}` })
  return problems
}
