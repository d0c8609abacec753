import type { Attempt, ProbeResult } from './attempt.ts'
import type { Evidence } from './evidence.ts'
import type { CauseCode } from './failures.ts'

/**
 * What further connections say about an attempt whose certificate was refused. Each differs from it in one point, so an
 * acceptance proves that this point was the reason; a like refusal only takes that reason away. `among` are the causes
 * that other evidence has brought up.
 */
export function probeEvidence(
  attempt: Attempt,
  probes: readonly ProbeResult[],
  among: ReadonlySet<string>,
): Evidence[] {
  return probes.flatMap((probe) => oneProbe(attempt, probe, among))
}

function oneProbe(attempt: Attempt, probe: ProbeResult, among: ReadonlySet<string>): Evidence[] {
  switch (probe.probe) {
    case 'without-certificate':
      return withoutCertificate(attempt, probe, among)
    case 'with-intermediates':
      return withIntermediates(probe)
    case 'without-intermediates':
      return withoutIntermediates(probe)
    case 'tls-1.2':
    case 'tls-1.3':
      return inOtherVersion(attempt, probe)
    case 'without-sni':
      return withoutName(probe)
    case 'other-identity':
      return withOther(attempt, probe, among)
  }
}

const aboutCertificate = (code: string) => code.startsWith('client.')

/** The same alert, the same status, or the same silence. */
export function answersAlike({ alert, http, failure }: Attempt, probe: ProbeResult): boolean {
  if (probe.outcome === 'accepted') return false
  if (http || probe.status !== undefined) return http?.status === probe.status
  if (alert || probe.alert !== undefined) return alert?.number === probe.alert
  return failure !== undefined
}

function each(among: ReadonlySet<string>, weight: number, says: string): Evidence[] {
  return [...among].filter(aboutCertificate).map((code) => ({ code: code as CauseCode, weight, says }))
}

function withoutCertificate(attempt: Attempt, probe: ProbeResult, among: ReadonlySet<string>): Evidence[] {
  if (probe.outcome === 'accepted') {
    return each(
      among,
      20,
      `Without a certificate the server answers (${probe.saw}), so it is this one that it refuses.`,
    )
  }
  const byApplication = attempt.http?.status === 401 || attempt.http?.status === 403
  if (!byApplication || !answersAlike(attempt, probe)) return []
  const says = `Without a certificate it answers the same (${probe.saw}): the certificate is not what it looks at.`
  return [{ code: 'http.refused', weight: 60, says }, ...each(among, -60, says)]
}

function withIntermediates(probe: ProbeResult): Evidence[] {
  const code = 'client.missing-intermediate'
  if (probe.outcome === 'accepted') {
    return [{ code, weight: 200, proves: true, says: `With ${probe.tried} the same certificate is accepted.` }]
  }
  return [{ code, weight: -80, says: `With ${probe.tried} it is refused all the same (${probe.saw}).` }]
}

function withoutIntermediates(probe: ProbeResult): Evidence[] {
  if (probe.outcome !== 'accepted') return []
  const says = 'Sent alone, the same certificate is accepted.'
  return [{ code: 'client.wrong-chain', weight: 200, proves: true, says }]
}

function inOtherVersion(attempt: Attempt, probe: ProbeResult): Evidence[] {
  const version = probe.probe === 'tls-1.2' ? 'TLS 1.2' : 'TLS 1.3'
  if (probe.outcome !== 'accepted') return []
  const says = `In ${version} the same call is accepted; it was made in ${wordsOf(attempt.protocol)}.`
  const next = `Have ${version} used for this host, and tell the provider that the other version refuses you.`
  return [{ code: 'tls.version', weight: 200, proves: true, says, next }]
}

/** `TLS 1.3` for `TLSv1.3`. */
export const wordsOf = (protocol: string | undefined): string => protocol?.replace(/^TLSv/, 'TLS ') ?? 'its version'

function withoutName(probe: ProbeResult): Evidence[] {
  if (probe.outcome !== 'accepted') return []
  const says = 'Called without its name (SNI), the same server accepts the certificate.'
  return [{ code: 'tls.server-name', weight: 200, proves: true, says }]
}

function withOther(attempt: Attempt, probe: ProbeResult, among: ReadonlySet<string>): Evidence[] {
  const name = probe.tried
  if (probe.outcome === 'accepted') return acceptsOther(name, probe.authority, among)
  if (!answersAlike(attempt, probe)) return []
  const says = `Another identity, ${name}, is refused the same way (${probe.saw}).`
  return [
    { code: 'client.untrusted-issuer', weight: 10, says },
    { code: 'client.revoked', weight: -5, says },
  ]
}

/** The server takes somebody: that acquits network and application, and, by whom it takes, the authority or the key. */
function acceptsOther(name: string, authority: ProbeResult['authority'], among: ReadonlySet<string>): Evidence[] {
  const takes = `The server accepts another identity, ${name}`
  const onlyThis: Evidence[] = [{ code: 'net.reset', weight: -80, says: `${takes}.` }]
  const application: Evidence = { code: 'http.refused', weight: -40, says: `${takes}.` }
  switch (authority) {
    case 'same-key': {
      const says = `${takes}, of the same authority and key: the authority is not what it refuses.`
      return [
        ...onlyThis,
        application,
        { code: 'client.untrusted-issuer', weight: -80, says },
        { code: 'client.same-name-other-key', weight: -80, says },
        // A link that was left out explains it as well, without anybody having revoked anything.
        { code: 'client.revoked', weight: among.has('client.missing-intermediate') ? 10 : 50, says },
        { code: 'client.not-admitted', weight: among.has('client.missing-intermediate') ? 5 : 30, says },
      ]
    }
    case 'same-name': {
      const says = `${takes}, whose issuer has the same name and another key.`
      return [...onlyThis, application, { code: 'client.same-name-other-key', weight: 90, says }]
    }
    case 'other': {
      const says = `${takes}, of another authority.`
      return [
        ...onlyThis,
        application,
        ...each(among, 10, says).filter(
          ({ code }) => code === 'client.untrusted-issuer' || code === 'client.self-signed',
        ),
      ]
    }
    default:
      return [...onlyThis, application]
  }
}
