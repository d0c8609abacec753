import type { IdentityDetail } from '../../shared/identity.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import type { PracticeState } from '../../shared/practice-state.ts'
import { shortName } from '../parts/chain-links.ts'

export type Dependent = { handle: string; name: string }

/** An authority that something here rests on. Without `facts` its certificate is missing. */
export type Authority = {
  key: string
  name: string
  facts?: Facts
  pem?: string
  /** Identities whose certificate it issued, itself or through others. */
  issued: Dependent[]
  /** Identities whose provider's servers it vouches for. */
  vouchesFor: Dependent[]
  /** It belongs to the practice provider and is worth nothing elsewhere. */
  practice: boolean
}

export type KnownCertificate = { pem: string; facts: Facts }

type Sources = {
  details: readonly IdentityDetail[]
  /** What each kept PEM of server CAs holds, by that PEM. */
  serverCas: ReadonlyMap<string, readonly KnownCertificate[]>
  practice: PracticeState['running']
}

/** The authorities that the identities depend on, those with a missing certificate first, then the next to expire. */
export function authoritiesOf({ details, serverCas, practice }: Sources): Authority[] {
  const found = new Map<string, Authority>()
  const at = (key: string, known: { name: string; facts?: Facts; pem?: string }): Authority => {
    const one = found.get(key) ?? { key, ...known, issued: [], vouchesFor: [], practice: false }
    found.set(key, one)
    return one
  }
  const of = ({ pem, facts }: KnownCertificate): Authority =>
    at(facts.sha256 ?? pem, { name: shortName(facts.subject ?? ''), facts, pem })
  const add = (list: Dependent[], { handle, name }: IdentityDetail) => {
    if (!list.some((one) => one.handle === handle)) list.push({ handle, name })
  }

  for (const detail of details) {
    const own = detail.certificateFacts
    for (const link of detail.chain) {
      const authority = of(link)
      add(authority.issued, detail)
      authority.practice ||= detail.practice
    }
    const top = detail.chain.at(-1)?.facts ?? own
    if (top?.issuer && top.issuer !== top.subject && detail.chain.length === 0) {
      const authority = at(`missing ${top.issuer}`, { name: shortName(top.issuer) })
      add(authority.issued, detail)
      authority.practice ||= detail.practice
    }
    for (const known of serverCas.get(detail.serverCaPem ?? '') ?? []) {
      const authority = of(known)
      add(authority.vouchesFor, detail)
      authority.practice ||= detail.practice
    }
  }
  for (const pem of practice ? [practice.clientCaPem, practice.serverCaPem] : []) {
    for (const known of serverCas.get(pem) ?? []) of(known).practice = true
  }

  const end = (authority: Authority) => (authority.facts?.notAfter ? Date.parse(authority.facts.notAfter) : 0)
  return [...found.values()].sort((a, b) => end(a) - end(b) || a.name.localeCompare(b.name))
}

const listed = (names: readonly string[]): string =>
  names.length <= 2 ? names.join(' and ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`

/** What it is for, in one line. */
export function roleWords({ issued, vouchesFor, practice }: Authority): string {
  const parts = [
    issued.length > 0 ? `issued ${listed(issued.map((one) => one.name))}` : '',
    vouchesFor.length > 0 ? `vouches for the server of ${listed(vouchesFor.map((one) => one.name))}` : '',
  ].filter(Boolean)
  if (parts.length === 0) return practice ? 'belongs to the practice provider' : ''
  return parts.join('; ')
}
