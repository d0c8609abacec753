import { readCertificate } from '../pki/certificate.ts'
import { pemBlocks } from '../pki/pem.ts'
import type { Attempt, Verdict } from './attempt.ts'
import { type CauseCode, catalogue, distrust } from './failures.ts'
import { organisationOf } from './name-kinship.ts'

type Cause = Verdict['causes'][number]

const cause = (code: CauseCode, because: string, next: string = catalogue[code].next): Cause => ({
  code,
  because,
  next,
})

/** OpenSSL reports the one or the other, depending on the version and on how strictly it was asked to check. */
const missingIssuer = new Set(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])

/** Why we did not trust the server, likeliest first. Called when the attempt failed at `server-trust`. */
export function serverCauses(attempt: Attempt, code: string, now: Date): Cause[] {
  const [leaf] = attempt.serverChain
  if (attempt.serverChain.length === 1 && missingIssuer.has(code)) return lonelyLeaf(attempt)
  const known = distrust[code] ?? 'server.untrusted'
  if (known === 'server.expired') return [cause(known, staleLink(attempt, now, 'notAfter'))]
  if (known === 'server.not-yet-valid') return [cause(known, staleLink(attempt, now, 'notBefore'))]
  if (known === 'server.wrong-name') {
    const names = (leaf && factsOf(leaf)?.subjectAltNames) ?? []
    const wrong = cause(known, `We called ${hostOf(attempt)}; ${namesOn(names)}.`)
    // The common name alone is read by some clients only, and it did not fit either.
    const none = cause('server.no-san', `${leaf?.subject ?? 'It'} has no subject alternative names.`)
    return names.length > 0 ? [wrong] : [none, wrong]
  }
  if (known === 'server.self-signed') {
    return [cause(known, `${leaf?.subject ?? 'The certificate'} signed itself; ${trustedHere(attempt)}.`)]
  }
  if (code === 'UNABLE_TO_GET_ISSUER_CERT') {
    const next =
      'Add the root certificate above it to the CA file; curl, Go and Java would take the intermediate alone.'
    return [cause(known, 'The CA file holds an intermediate certificate but not its root.', next)]
  }
  const top = attempt.serverChain.at(-1)
  return [cause(known, `Its chain ends at ${top?.issuer ?? 'an unknown authority'}; ${trustedHere(attempt)}.`)]
}

/** One certificate alone, issued by an unknown authority: either the chain is short, or the authority is foreign. */
function lonelyLeaf(attempt: Attempt): Cause[] {
  const [leaf] = attempt.serverChain
  const issuer = leaf?.issuer ?? 'an unknown authority'
  if (leaf && leaf.issuer === leaf.subject) {
    return [cause('server.self-signed', `${leaf.subject} signed itself; ${trustedHere(attempt)}.`)]
  }
  const incomplete = cause(
    'server.incomplete-chain',
    `The server sent one certificate only, and its issuer, ${issuer}, is not among those trusted here.`,
  )
  const untrusted = cause('server.untrusted', `The issuer is ${issuer}; ${trustedHere(attempt)}.`)
  return looksIntermediate(attempt) ? [incomplete, untrusted] : [untrusted, incomplete]
}

/**
 * A hint, not a proof: the certificate tells where to fetch its issuer (roots are never fetched), or the issuer bears
 * the organisation of an authority that is trusted here.
 */
function looksIntermediate(attempt: Attempt): boolean {
  const [leaf] = attempt.serverChain
  if (!leaf) return false
  const organisation = organisationOf(leaf.issuer)
  if (organisation && attempt.trustedAuthorities?.some((name) => organisationOf(name) === organisation)) return true
  const access = factsOf(leaf)?.extensions?.find(({ oid }) => oid === '1.3.6.1.5.5.7.1.1')
  return !attempt.trustedAuthorities && access?.value.some((line) => /CA Issuers/i.test(line)) === true
}

function staleLink(attempt: Attempt, now: Date, date: 'notAfter' | 'notBefore'): string {
  const stale = attempt.serverChain.find((link) =>
    date === 'notAfter' ? Date.parse(link.notAfter) < now.getTime() : Date.parse(link.notBefore) > now.getTime(),
  )
  const clock = `this computer’s clock says ${now.toISOString().slice(0, 16)}Z`
  if (!stale) return `A certificate of its chain; ${clock}.`
  return `${stale.subject} is valid ${date === 'notAfter' ? 'until' : 'from'} ${stale[date]}; ${clock}.`
}

/** The names a client compares; long lists are cut, since some certificates hold hundreds. */
function namesOn(names: readonly string[]): string {
  if (names.length === 0) return 'the certificate names no host'
  return `the certificate is for ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`
}

function factsOf({ pem }: Attempt['serverChain'][number]) {
  const der = pemBlocks(pem)[0]?.der
  return der && readCertificate(der)?.facts
}

const hostOf = (attempt: Attempt) => (URL.canParse(attempt.url) ? new URL(attempt.url).hostname : attempt.url)

function trustedHere({ trustedAuthorities }: Attempt): string {
  if (!trustedAuthorities) return 'it is not among the authorities this computer trusts'
  const [first, ...more] = trustedAuthorities
  if (first === undefined) return 'no authority was given to trust'
  return `trusted for this test ${more.length > 0 ? `are ${first} and ${more.length} more` : `is ${first}`}`
}
