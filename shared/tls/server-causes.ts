import { readCertificate } from '../pki/certificate.ts'
import { pemBlocks } from '../pki/pem.ts'
import type { Attempt } from './attempt.ts'
import { targetOf } from './attempt-host.ts'
import { type Evidence, seen } from './evidence.ts'
import { distrust } from './failure-codes.ts'
import { organisationOf } from './name-kinship.ts'
import { inspectionEvidence } from './proxy-causes.ts'

/** OpenSSL reports the one or the other, depending on the version and on how strictly it was asked to check. */
const missingIssuer = new Set(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])

/** Why we did not trust the server, likeliest first. Called when the attempt failed at `server-trust`. */
export function serverCauses(attempt: Attempt, code: string, now: Date): Evidence[] {
  return [...distrusted(attempt, code, now), ...inspectionEvidence(attempt)]
}

function distrusted(attempt: Attempt, code: string, now: Date): Evidence[] {
  const [leaf] = attempt.serverChain
  if (attempt.serverChain.length === 1 && missingIssuer.has(code)) return lonelyLeaf(attempt)
  const known = distrust[code] ?? 'server.untrusted'
  if (known === 'server.expired') return [seen(known, staleLink(attempt, now, 'notAfter'))]
  if (known === 'server.not-yet-valid') return [seen(known, staleLink(attempt, now, 'notBefore'))]
  if (known === 'server.wrong-name') {
    const names = (leaf && factsOf(leaf)?.subjectAltNames) ?? []
    const wrong = seen(known, `We called ${attempt.options?.serverName ?? targetOf(attempt).host}; ${namesOn(names)}.`)
    // The common name alone is read by some clients only, and it did not fit either.
    const none = seen('server.no-san', `${leaf?.subject ?? 'It'} has no subject alternative names.`)
    return names.length > 0 ? [wrong] : [none, wrong]
  }
  if (known === 'server.self-signed') {
    return [seen(known, `${leaf?.subject ?? 'The certificate'} signed itself; ${trustedHere(attempt)}.`)]
  }
  if (code === 'UNABLE_TO_GET_ISSUER_CERT') {
    const next =
      'Add the root certificate above it to the CA file; curl, Go and Java would take the intermediate alone.'
    return [seen(known, 'The CA file holds an intermediate certificate but not its root.', next)]
  }
  const top = attempt.serverChain.at(-1)
  const says = `Its chain ends at ${top?.issuer ?? 'an unknown authority'}; ${trustedHere(attempt)}.`
  return [known === 'server.untrusted' ? foreign(attempt, says) : seen(known, says)]
}

/** One certificate alone, issued by an unknown authority: either the chain is short, or the authority is foreign. */
function lonelyLeaf(attempt: Attempt): Evidence[] {
  const [leaf] = attempt.serverChain
  const issuer = leaf?.issuer ?? 'an unknown authority'
  if (leaf && leaf.issuer === leaf.subject) {
    return [seen('server.self-signed', `${leaf.subject} signed itself; ${trustedHere(attempt)}.`)]
  }
  const short = looksIntermediate(attempt)
  const says = `The server sent one certificate only, and its issuer, ${issuer}, is not among those trusted here.`
  const incomplete: Evidence = { code: 'server.incomplete-chain', weight: short ? 65 : 30, says }
  const untrusted = {
    ...foreign(attempt, `The issuer is ${issuer}; ${trustedHere(attempt)}.`),
    weight: short ? 40 : 60,
  }
  return [incomplete, { ...untrusted, proves: undefined }]
}

/** Not trusted here; told apart where the authority that was given is the one for clients, which is often another. */
function foreign({ acceptableAuthorities, trustedAuthorities = [] }: Attempt, says: string): Evidence {
  const forClients = trustedAuthorities.find((name) => acceptableAuthorities.includes(name))
  if (forClients === undefined) return seen('server.untrusted', says)
  const because = `${says} That is an authority whose client certificates the server accepts, not the one of its own.`
  return seen(
    'server.untrusted',
    because,
    'Trust the authority of the server’s certificate: ask the provider for that CA file.',
  )
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

function trustedHere({ trustedAuthorities }: Attempt): string {
  if (!trustedAuthorities) return 'it is not among the authorities this computer trusts'
  const [first, ...more] = trustedAuthorities
  if (first === undefined) return 'no authority was given to trust'
  return `trusted for this test ${more.length > 0 ? `are ${first} and ${more.length} more` : `is ${first}`}`
}
