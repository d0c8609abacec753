import { alertEvidence } from './alert-evidence.ts'
import type { Attempt } from './attempt.ts'
import { authorityEvidence } from './authority-evidence.ts'
import { certificateFlaws } from './certificate-flaws.ts'
import type { Context } from './context.ts'
import { otherEnvironment } from './environment-of.ts'
import { type Cause, type Evidence, weigh } from './evidence.ts'
import type { CauseCode } from './failures.ts'
import { probeEvidence } from './probe-evidence.ts'
import { alertName } from './registry.ts'

/** At or above this weight the certificate itself is at fault, whoever looks at it. */
const evident = 80

/**
 * Why a server refused a certificate that was sent, likeliest first. Servers say little (nginx: one page for all, Node:
 * nothing), so what can be seen in the certificate and in the server's request weighs first, the alert second, and
 * further connections decide. `more` is evidence of the answer itself, such as what a page of the server names.
 */
export function clientCauses(attempt: Attempt, context: Context, more: readonly Evidence[] = []): Cause[] {
  const found = [
    ...certificateFlaws(context),
    ...authorityEvidence(attempt, context),
    ...environmentEvidence(attempt, context),
    ...lastResorts(attempt, context),
    ...more,
  ]
  const among = () => new Set(found.filter(({ weight }) => weight > 0).map(({ code }) => code))
  const alert = alertAbout(attempt, context)
  if (alert) found.push(...alertEvidence(alert, context, among()))
  found.push(...probeEvidence(attempt, context.probes ?? [], among()))
  return weigh(found)
}

/** Flaws of the certificate itself that any server may stumble over. */
export const evidentFlaws = (context: Context): Evidence[] =>
  certificateFlaws(context).filter(({ weight }) => weight >= evident)

/** The server’s alert, or, where it only hung up, the one it sent to the same certificate in another version of TLS. */
function alertAbout({ alert }: Attempt, { probes = [] }: Context) {
  if (alert) return alert.from === 'server' ? alert : null
  const spoken = probes.find(
    (probe) => (probe.probe === 'tls-1.2' || probe.probe === 'tls-1.3') && probe.alert !== undefined,
  )
  return spoken?.alert === undefined ? null : { number: spoken.alert, name: alertName(spoken.alert) }
}

/** The certificate was made for the provider’s other environment: what the profile’s names, or its own plan, say. */
export function environmentEvidence(attempt: Attempt, context: Context): Evidence[] {
  const environment = otherEnvironment(attempt, context)
  if (!environment) return []
  const { ofCertificate, ofHost, by } = environment
  const maker = context.profile?.name ?? 'The provider'
  const says =
    by === 'plan'
      ? `It was made for ${maker}’s ${ofCertificate}, the host is of the ${ofHost} environment.`
      : `Its common name is of ${maker}’s ${ofCertificate}, the host of the ${ofHost} environment.`
  return [{ code: 'client.wrong-environment', weight: 72, says }]
}

/** What no file can show, and what is left when nothing is known. */
function lastResorts(attempt: Attempt, { certificate }: Context): Evidence[] {
  const code: CauseCode = certificate ? 'client.revoked' : 'client.untrusted-issuer'
  if (certificate?.selfSigned) return []
  if (certificate) {
    const says = 'Nothing in it shows whether it was revoked; only the server knows its list.'
    return [{ code, weight: 10, says }]
  }
  const { alert } = attempt
  const says = alert
    ? `The server said ${alert.name} (alert ${alert.number}).`
    : 'The certificate was sent, and the connection ended there.'
  return [{ code, weight: 5, says }]
}
