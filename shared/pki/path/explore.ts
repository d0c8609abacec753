import type { Candidate, Pool } from './candidate.ts'
import { isSame } from './candidate.ts'
import type { Ledger } from './ledger.ts'
import { inheritsParameters } from './ledger.ts'

/** Certificates to make paths of. */
export type Ground = { roots: Pool; pile: Pool }

/**
 * A way upwards from the leaf. `anchored` ends in what is trusted; the others are dead ends: nobody of the issuer's name
 * is there, a self-signed certificate is not trusted, or whoever has the name (`issuer`) did not sign.
 */
export type Way =
  | { end: 'anchored'; links: readonly Candidate[] }
  | { end: 'issuer-missing' | 'root-untrusted' | 'too-long'; links: readonly Candidate[] }
  | { end: 'signature-wrong' | 'issuer-other-key'; links: readonly Candidate[]; issuer: Candidate }

/** Chains in use have up to 5 links. */
const maxLinks = 16

/**
 * Every way upwards, the likeliest first (RFC 4158 section 3): depth first by names, over signatures that fit or cannot
 * be told. The same name and key is not passed twice, so cross-signed CAs make no circles.
 */
export async function* explore(
  links: readonly Candidate[],
  ground: Ground,
  ledger: Ledger,
  at: Date,
): AsyncGenerator<Way> {
  const last = links.at(-1)!
  const anchor = ground.roots.same(last)
  if (anchor) yield { end: 'anchored', links: [...links.slice(0, -1), anchor] }
  if (links.length >= maxLinks) {
    yield { end: 'too-long', links }
    return
  }
  let wrong: Candidate | null = null
  let climbed = false
  for (const issuer of issuersOf(links, ground, at)) {
    if (!ledger.spend('steps')) return
    const key = issuer.certificate.publicKey
    const fits = inheritsParameters(key) ? null : await ledger.fits(last.certificate, key)
    if (fits === false) {
      // Who has the name but another key identifier is a namesake, not the issuer.
      if (!wrong || keyAgreement(last, wrong) === 'other') wrong = issuer
      continue
    }
    climbed = true
    yield* explore([...links, issuer], ground, ledger, at)
  }
  if (climbed || anchor) return
  const isSelfSigned = last.selfIssued && (await ledger.fits(last.certificate, last.certificate.publicKey)) !== false
  if (isSelfSigned) yield { end: 'root-untrusted', links }
  else if (!wrong) yield { end: 'issuer-missing', links }
  else {
    const end = keyAgreement(last, wrong) === 'other' ? 'issuer-other-key' : 'signature-wrong'
    yield { end, links, issuer: wrong }
  }
}

function issuersOf(links: readonly Candidate[], { roots, pile }: Ground, at: Date): Candidate[] {
  const last = links.at(-1)!
  const trusted = roots.named(last.issuer)
  // Who says of a CA what it is trusted for means that CA, in whatever copy it comes along.
  const others = pile
    .named(last.issuer)
    .filter((one) => !trusted.some((root) => isSame(root, one) || (root.trust && isSameCa(root, one))))
  const isNew = (one: Candidate) => !links.some((link) => isSameCa(link, one))
  const rated = [
    ...trusted.map((one) => ({ one, rank: rank(last, one, at) })),
    ...others.map((one) => ({ one, rank: rank(last, one, at) + 2 })),
  ]
  return rated
    .filter(({ one }) => isNew(one))
    .sort((a, b) => a.rank - b.rank || later(a.one, b.one))
    .map(({ one }) => one)
}

const isSameCa = (a: Candidate, b: Candidate): boolean =>
  a.subject.key === b.subject.key && a.certificate.facts.spkiSha256 === b.certificate.facts.spkiSha256

/** Lower is likelier. Key identifiers are hints (RFC 5280 section 4.2.1.1), not conditions. */
function rank(child: Candidate, issuer: Candidate, at: Date): number {
  const keys = { same: 0, unsaid: 4, other: 32 }[keyAgreement(child, issuer)]
  const { notBefore = '', notAfter = '9' } = issuer.certificate.facts
  const now = at.toISOString().slice(0, 19)
  const valid = now >= notBefore.slice(0, 19) && now <= notAfter.slice(0, 19)
  return keys + (valid ? 0 : 16) + (issuer.terms.basicConstraints?.isCa ? 0 : 8)
}

function keyAgreement(child: Candidate, issuer: Candidate): 'same' | 'other' | 'unsaid' {
  const [asked, own] = [child.terms.authorityKey, issuer.terms.subjectKey]
  if (!asked || own === undefined) return 'unsaid'
  return asked === own ? 'same' : 'other'
}

/** Of equals the one that is valid longest; then in a fixed order, so that the order of files changes nothing. */
function later({ certificate: { facts: a } }: Candidate, { certificate: { facts: b } }: Candidate): number {
  return (b.notAfter ?? '').localeCompare(a.notAfter ?? '') || (a.sha256 ?? '').localeCompare(b.sha256 ?? '')
}
