import type { Candidate } from './candidate.ts'
import type { PathProblem, Rule } from './problem.ts'
import { isBareAnchor } from './problem.ts'
import type { Settings, Use } from './settings.ts'
import { anyPurpose, purposeOids } from './settings.ts'
import type { Terms } from './terms.ts'
import { Usage } from './terms.ts'

/** What a use asks of the leaf beyond its extended key usage. */
type Demands = {
  words: string
  /** Of these bits of key usage one is needed, where any are given; the bits of `never` spoil it. */
  usages: readonly number[]
  never?: readonly number[]
  /** The bit of Netscape's certificate type, which OpenSSL and Java still heed. */
  netscape?: number
  more?: (terms: Terms) => boolean
}

const signing = [Usage.keyCertSign, Usage.cRLSign]

/** As OpenSSL has them: for TLS; for code by the CA/Browser Forum, for time stamps by RFC 3161 section 2.3. */
const demands: Record<Exclude<Use, 'any'>, Demands> = {
  client: { words: 'client authentication', usages: [Usage.digitalSignature, Usage.keyAgreement], netscape: 0 },
  server: {
    words: 'server authentication',
    usages: [Usage.digitalSignature, Usage.keyEncipherment, Usage.keyAgreement],
    netscape: 1,
  },
  'code-signing': {
    words: 'code signing',
    usages: [Usage.digitalSignature],
    never: signing,
    more: ({ keyUsage, purposes, extensions }) =>
      keyUsage !== undefined &&
      extensions.get('2.5.29.15') === true &&
      purposes !== undefined &&
      !purposes.includes(purposeOids.server) &&
      !purposes.includes(anyPurpose),
  },
  'time-stamping': {
    words: 'time stamping',
    usages: [Usage.digitalSignature, Usage.nonRepudiation],
    never: [...signing, Usage.keyEncipherment, Usage.keyAgreement],
    more: ({ purposes, extensions }) => purposes?.length === 1 && extensions.get('2.5.29.37') === true,
  },
}

/**
 * Is the leaf for this use, and may each CA above it issue for it? RFC 5280 section 4.2.1.12 speaks of the leaf only;
 * that CAs pass on no more than they have is what every TLS library asks.
 */
export const purposeRule: Rule = (passage) => {
  const { links, settings } = passage
  const { purpose } = settings
  if (purpose === 'any') return []
  const { words: detail } = demands[purpose]
  const allows = ({ terms: { purposes } }: Candidate) =>
    !purposes || purposes.includes(purposeOids[purpose]) || purposes.includes(anyPurpose)
  return links.flatMap((link, at): PathProblem[] => {
    const anchored = at === links.length - 1
    if (isBareAnchor(passage, at) || (anchored && trustOf(link, settings) === 'trusted')) return []
    if (at > 0) return allows(link) ? [] : [{ reason: 'path.purpose-not-passed-on', at, detail }]
    if (!allows(link) || !suits(link.terms, demands[purpose])) return [{ reason: 'path.purpose-wrong', at, detail }]
    return usable(link.terms, demands[purpose]) ? [] : [{ reason: 'path.key-usage-wrong', at, detail }]
  })
}

const suits = (terms: Terms, { netscape, more }: Demands): boolean =>
  (netscape === undefined || terms.netscapeType?.has(netscape) !== false) && (!more || more(terms))

const usable = ({ keyUsage }: Terms, { usages, never = [] }: Demands): boolean =>
  !keyUsage || (usages.some((bit) => keyUsage.has(bit)) && !never.some((bit) => keyUsage.has(bit)))

/** What the owner of a file of trusted certificates said of this one for this use; `silent` when nothing. */
export function trustOf({ trust }: Candidate, { purpose }: Settings): 'trusted' | 'rejected' | 'silent' {
  if (!trust) return 'silent'
  const names = (uses: readonly string[]) =>
    uses.includes(anyPurpose) || (purpose !== 'any' && uses.includes(purposeOids[purpose]))
  if (names(trust.rejected)) return 'rejected'
  if (trust.trusted.length === 0) return 'silent'
  return purpose === 'any' || names(trust.trusted) ? 'trusted' : 'rejected'
}

/** Whoever is marked as distrusted spoils every path through it, whatever stands above. */
export const distrustRule: Rule = ({ links, settings }) =>
  links.flatMap((link, at): PathProblem[] =>
    trustOf(link, settings) === 'rejected' ? [{ reason: 'path.distrusted', at }] : [],
  )
