import type { Finding, Source } from '../findings.ts'
import type { Facts } from '../pki/facts.ts'
import { sourceOf } from './plan.ts'
import type { Profile } from './profile.ts'

const rfc5280 = (section: string, about: string): Source => ({
  title: `RFC 5280, section ${section} (${about})`,
  url: `https://www.rfc-editor.org/rfc/rfc5280#section-${section}`,
})

export type CheckedCertificate = {
  facts: Facts
  /** The request that the certificate answers; leaves out what compares the two when absent. */
  requestFacts?: Facts
  /** The certificate was signed with its own key by the app. */
  selfSigned?: boolean
  now: Date
}

const dayMs = 86_400_000

/** Everything about a returned certificate but its subject and key: dates, purposes, who signed, the request it answers. */
export function checkReturned(profile: Profile, certificate: CheckedCertificate): Finding[] {
  const { facts, requestFacts } = certificate
  return [
    ...checkAgainstRequest(facts, requestFacts),
    ...checkDates(profile, facts, certificate.now),
    ...checkSigner(profile, certificate),
    ...checkPurposes(facts),
  ]
}

function cite(profile: Profile, code: string, key: string | undefined): Source | undefined {
  const documented = profile.refusals.find((refusal) => refusal.code === code)?.source
  const source = sourceOf(profile, documented ?? key)
  return source && { title: source.title, url: source.url }
}

function checkAgainstRequest(facts: Facts, request: Facts | undefined): Finding[] {
  if (request === undefined) return []
  const findings: Finding[] = []
  if (facts.spkiSha256 !== undefined && request.spkiSha256 !== undefined && facts.spkiSha256 !== request.spkiSha256)
    findings.push({
      code: 'certificate.other-key',
      severity: 'refuses',
      message: 'The certificate holds another key than the request: it cannot be used with your private key.',
      next: 'Ask the provider for the certificate that answers this request.',
    })
  if (facts.subject !== undefined && request.subject !== undefined && !sameName(facts, request))
    findings.push({
      code: 'certificate.subject-differs',
      severity: 'warns',
      message: `The certificate names ${facts.subject || 'nobody'}; the request asked for ${request.subject || 'nobody'}.`,
      next: 'Ask the provider whether this is meant; a changed common name can make calls fail.',
    })
  const lost = (request.subjectAltNames ?? []).filter((name) => !facts.subjectAltNames?.includes(name))
  if (lost.length > 0)
    findings.push({
      code: 'certificate.names-lost',
      severity: 'warns',
      message: `The certificate lacks ${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ` and ${lost.length - 3} more` : ''}, which the request asked for.`,
      next: 'If the provider checks these names, ask for a new certificate. openssl x509 -req drops them unless told otherwise.',
      source: rfc5280('4.2.1.6', 'subject alternative names'),
    })
  return findings
}

/** The same attributes with the same values; who signs may put them in another order. */
function sameName(a: Facts, b: Facts): boolean {
  if (a.subject === b.subject) return true
  const sorted = (facts: Facts) =>
    (facts.subjectParts ?? []).map((part) => JSON.stringify([part.type, part.value])).sort()
  return a.subjectParts !== undefined && sorted(a).join() === sorted(b).join()
}

function checkDates(profile: Profile, facts: Facts, now: Date): Finding[] {
  const { notBefore, notAfter } = facts
  if (notBefore === undefined || notAfter === undefined) return []
  const from = Date.parse(notBefore)
  const to = Date.parse(notAfter)
  const today = now.getTime()
  const findings: Finding[] = []
  if (to < today)
    findings.push({
      code: 'certificate.expired',
      severity: 'refuses',
      message: `The certificate expired ${ago(today - to)}, on ${notAfter.slice(0, 10)}.`,
      next: 'Ask for a new one; check this computer’s clock if the date surprises you.',
      source: cite(profile, 'certificate.expired', undefined) ?? rfc5280('4.1.2.5', 'validity'),
    })
  else if (from > today)
    findings.push({
      code: 'certificate.not-yet-valid',
      severity: 'refuses',
      message: `The certificate is valid from ${notBefore.slice(0, 16).replace('T', ' ')} UTC on, not yet.`,
      next: 'Wait until then; check this computer’s clock if the date surprises you.',
      source: rfc5280('4.1.2.5', 'validity'),
    })
  else if (to - today < profile.renewal.remindDays * dayMs)
    findings.push({
      code: 'certificate.expires-soon',
      severity: 'warns',
      message: `The certificate expires in ${ago(to - today).replace(' ago', '')}, on ${notAfter.slice(0, 10)}.`,
      next: 'Start the renewal now.',
      source: cite(profile, 'certificate.expires-soon', profile.renewal.source),
    })
  const promised = profile.signing.days
  const days = Math.round((to - from) / dayMs)
  // A year has 365 or 366 days, and signers add an hour or a day to be on the safe side.
  if (promised !== undefined && Math.abs(days - promised) > 1 + Math.ceil(promised / 365))
    findings.push({
      code: 'certificate.validity-differs',
      severity: 'warns',
      message: `The certificate is valid for ${length(days)}; ${profile.name} documents ${length(promised)}.`,
      next: 'Ask the provider whether this is meant.',
      source: cite(profile, 'certificate.validity-differs', profile.signing.source),
    })
  return findings
}

function checkSigner(profile: Profile, { facts, selfSigned }: CheckedCertificate): Finding[] {
  if (profile.signing.by === 'self' || !(selfSigned ?? facts.selfSigned)) return []
  // Without a documented signer nobody is known to refuse it.
  const documented = profile.signing.source !== undefined
  return [
    {
      code: 'certificate.self-signed',
      severity: documented ? 'refuses' : 'warns',
      message: `The certificate is signed with its own key${documented ? `; ${profile.name} takes only certificates that it signed itself` : ''}.`,
      next: documented
        ? 'Send the request to the provider and attach what comes back.'
        : 'Make sure that the provider accepts self-signed certificates.',
      source: cite(profile, 'certificate.self-signed', profile.signing.source),
    },
  ]
}

function checkPurposes(facts: Facts): Finding[] {
  const findings: Finding[] = []
  if (facts.version !== undefined && facts.version < 3)
    findings.push({
      code: 'certificate.version-1',
      severity: 'refuses',
      message: `The certificate is X.509 version ${facts.version}: it carries no purposes, and many servers turn it away.`,
      next: 'Ask for a version 3 certificate with the purpose clientAuth. openssl x509 -req makes version 1 unless given an extension file.',
      source: rfc5280('4.1.2.1', 'version'),
    })
  const purposes = facts.extendedKeyUsage
  if (purposes !== undefined && !purposes.includes('clientAuth') && !purposes.includes('anyExtendedKeyUsage'))
    findings.push({
      code: 'certificate.no-client-auth',
      severity: 'refuses',
      message: `The certificate may be used for ${purposes.join(', ') || 'nothing'}, but not to identify a client (clientAuth).`,
      next: 'Ask the provider for a certificate with the purpose clientAuth.',
      source: rfc5280('4.2.1.12', 'extended key usage'),
    })
  if (facts.keyUsage !== undefined && !facts.keyUsage.includes('digitalSignature'))
    findings.push({
      code: 'certificate.key-usage',
      severity: 'refuses',
      message: `The key may be used for ${facts.keyUsage.join(', ') || 'nothing'}, but not to sign (digitalSignature), which a TLS client must do.`,
      next: 'Ask the provider for a certificate with the key usage digitalSignature.',
      source: { title: 'RFC 8446, section 4.4.2.2', url: 'https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.2' },
    })
  if (facts.isCa === true)
    findings.push({
      code: 'certificate.is-ca',
      severity: 'warns',
      message: 'The certificate is an authority (CA:TRUE): whoever holds its key can issue certificates in this name.',
      next: 'Use a certificate that is no authority. openssl req -x509 makes one unless told otherwise.',
      source: rfc5280('4.2.1.9', 'basic constraints'),
    })
  return findings
}

const ago = (ms: number) => {
  const days = Math.floor(ms / dayMs)
  if (days >= 1) return `${days} ${days === 1 ? 'day' : 'days'} ago`
  const hours = Math.max(1, Math.floor(ms / 3_600_000))
  return `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`
}

const length = (days: number) => {
  const years = Math.round(days / 365.25)
  const even = years >= 1 && Math.abs(days - years * 365.25) <= years
  return even ? (years === 1 ? 'one year' : `${years} years`) : `${days} ${days === 1 ? 'day' : 'days'}`
}
