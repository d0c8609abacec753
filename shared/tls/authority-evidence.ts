import { readCertificate } from '../pki/certificate.ts'
import type { Facts } from '../pki/facts.ts'
import { pemBlocks } from '../pki/pem.ts'
import type { Attempt } from './attempt.ts'
import type { Context } from './context.ts'
import type { Evidence } from './evidence.ts'
import { commonNameOf, organisationOf } from './name-kinship.ts'

/** Is the certificate of the server’s own family? From the authorities it named, what was sent, and its own chain. */
export function authorityEvidence(attempt: Attempt, { certificate, chain = [], profile }: Context): Evidence[] {
  if (!certificate) return []
  if (certificate.selfSigned) return selfSigned(attempt, certificate, profile)
  const issuer = certificate.issuer ?? 'an unnamed authority'
  const accepted = attempt.acceptableAuthorities
  // TLS libraries add issuers that they find among what is trusted: what counts is what went.
  const alone = chain.length === 0 && (attempt.issuersSent ?? 0) === 0
  if (accepted.length === 0) return unnamed(issuer, alone)
  const above = [issuer, ...chain.flatMap(({ subject = '', issuer: next = '' }) => [subject, next])]
  const reached = above.find((name) => accepted.includes(name))
  if (reached !== undefined) return reaches(attempt, certificate, reached)
  return strange(above.at(-1) ?? issuer, issuer, accepted, alone)
}

function selfSigned(attempt: Attempt, { issuer = '', subject }: Facts, profile: Context['profile']): Evidence[] {
  if (attempt.acceptableAuthorities.includes(issuer)) {
    const says = `It signed itself in the name of ${issuer}, which the server accepts.`
    return [{ code: 'client.same-name-other-key', weight: 60, says }]
  }
  const registers = profile?.signing.by === 'self' ? profile.name : null
  return [
    {
      code: 'client.self-signed',
      weight: 70,
      says: `${subject ?? 'It'} is its own issuer.`,
      ...(registers && {
        next: `${registers} takes self-signed certificates once they are registered: upload it there, then test again.`,
      }),
    },
  ]
}

/** The server names nobody: that happens, and says nothing. */
function unnamed(issuer: string, sentAlone: boolean): Evidence[] {
  const says = `It was issued by ${issuer}; the server names no authority it accepts.`
  const alone = `It was sent without anything between it and a root; its issuer is ${issuer}.`
  return [
    { code: 'client.untrusted-issuer', weight: 30, says },
    ...(sentAlone ? [{ code: 'client.missing-intermediate' as const, weight: 15, says: alone }] : []),
  ]
}

/** A name of ours is on the server’s list; whether the key behind the name is the same, a list of names cannot say. */
function reaches(attempt: Attempt, certificate: Facts, reached: string): Evidence[] {
  const { issuer } = certificate
  const keys = issuerKeysAtServer(attempt, certificate)
  const known = certificate.authorityKeyIdentifier !== undefined && keys.includes(certificate.authorityKeyIdentifier)
  if (keys.length > 0 && !known) {
    const says = `The server’s own certificate comes from ${issuer} with another key than yours.`
    return [{ code: 'client.same-name-other-key', weight: 75, says }]
  }
  const says = `The server accepts ${reached}, which your certificate leads to; so the name fits and the key may not.`
  const same = `The server’s own certificate comes from the same key of ${issuer}.`
  return [
    { code: 'client.same-name-other-key', weight: 30, says },
    ...(known ? [{ code: 'client.same-name-other-key' as const, weight: -40, says: same }] : []),
    { code: 'client.untrusted-issuer', weight: -30, says: `The server’s list names ${reached}.` },
    ...(reached === issuer
      ? [{ code: 'client.missing-intermediate' as const, weight: -40, says: `The server’s list names its issuer.` }]
      : []),
  ]
}

/** None of our names is on the server’s list: the wrong authority, or a link that was left out. */
function strange(top: string, issuer: string, accepted: readonly string[], alone: boolean): Evidence[] {
  const more = accepted.length > 3 ? ` and ${accepted.length - 3} more` : ''
  const list = `${accepted.slice(0, 3).join('; ')}${more}`
  const untrusted: Evidence = {
    code: 'client.untrusted-issuer',
    weight: 50,
    says: `It leads to ${top}; the server accepts ${list}.`,
  }
  const unlisted = `The server’s list does not name ${issuer}.`
  const renewed: Evidence = { code: 'client.same-name-other-key', weight: -20, says: unlisted }
  if (!alone) return [untrusted, renewed]
  const organisation = organisationOf(issuer)
  const related = organisation !== undefined && accepted.some((name) => organisationOf(name) === organisation)
  const but = related ? `, but an authority of the same organisation is (${list})` : ''
  const says = `It was sent alone; its issuer, ${issuer}, is not named by the server${but}.`
  const missing: Evidence[] = [{ code: 'client.missing-intermediate', weight: related ? 65 : 40, says }]
  // Nobody calls an intermediate a root.
  if (/\broot\b/i.test(commonNameOf(issuer) ?? '')) {
    missing.push({ code: 'client.missing-intermediate', weight: -25, says: 'By its name, its issuer is a root.' })
  }
  return [untrusted, renewed, ...missing]
}

/** Key identifiers that the server’s own chain gives for the authority that issued ours: small providers have one for both. */
function issuerKeysAtServer(attempt: Attempt, { issuer }: Facts): string[] {
  return attempt.serverChain.flatMap((link) => {
    if (link.issuer !== issuer && link.subject !== issuer) return []
    const der = pemBlocks(link.pem)[0]?.der
    const theirs = der && readCertificate(der)?.facts
    return (link.subject === issuer ? theirs?.subjectKeyIdentifier : theirs?.authorityKeyIdentifier) ?? []
  })
}
