import type { Attempt } from './attempt.ts'
import { targetOf } from './attempt-host.ts'
import { clientCauses } from './client-causes.ts'
import type { Context } from './context.ts'
import { type Cause, type Evidence, seen, weigh } from './evidence.ts'
import { handshakeAlerts, plainFailures } from './failure-codes.ts'
import type { CauseCode } from './failures.ts'
import { notSent } from './not-sent.ts'
import { proxyCause } from './proxy-causes.ts'
import { serverCauses } from './server-causes.ts'

/** Why an attempt ended without an answer, likeliest first. */
export function failureCauses(attempt: Attempt, context: Context): Cause[] {
  const { alert, failure } = attempt
  if (!failure) return weigh([{ code: 'tls.failed', weight: 30, says: 'No answer was read.' }])
  const { code, during, text } = failure
  const proxy = proxyCause(attempt)
  if (proxy) return weigh([proxy])
  if (during === 'server-trust' && !plainFailures[code]) return weigh(serverCauses(attempt, code, context.now))
  const plain = plainFailures[code]
  // These speak for themselves, wherever they came up.
  if (plain && code !== 'ETIMEDOUT') return weigh([seen(plain, plainWords(plain, attempt) ?? sentence(text))])
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|LEGACY_SIGALG/.test(code) || alert?.number === 70) {
    return weigh(versionEvidence(attempt, context, alert ? said(alert) : sentence(text)))
  }
  if (code === 'ETIMEDOUT') return weigh([seen('net.timeout', timeoutWords(attempt, text))])
  if (code === 'ERR_HTTP2_HTTP_1_1_REQUIRED') {
    const says = 'It asks for HTTP/1.1 in place of HTTP/2; IIS does so to ask for a certificate later.'
    return weigh([{ code: 'server.asks-later', weight: 60, says, next: 'Offer HTTP/1.1 only, and test again.' }])
  }
  if (code.startsWith('HPE_') || code.startsWith('ERR_HTTP2_')) return weigh([seen('http.unreadable', sentence(text))])
  if (/^the port (?:answers|speaks)/.test(text)) return weigh([seen('net.not-tls', sentence(text))])
  return aboutCertificates(attempt, context)
}

/** Nothing above explains it: did it end because of a certificate, and whose? */
function aboutCertificates(attempt: Attempt, context: Context): Cause[] {
  const { alert, certificateAsked: asked, failure } = attempt
  const { code = '', during = 'tls', text = '' } = failure ?? {}
  const theirs = alert?.from === 'server' ? alert : undefined
  const missed = theirs?.number === 116 || theirs?.number === 41
  if (missed || (asked && attempt.certificateSent === false)) {
    return weigh(notSent(attempt, context, alert ? said(alert) : 'It asked for one, got none and closed.'))
  }
  if (asked && attempt.certificateSent) return afterOurCertificate(attempt, context)
  const known = theirs && handshakeAlerts[theirs.number]
  if (theirs && known) {
    return weigh(handshakeEvidence(known, `${said(theirs).slice(0, -1)} before it asked for a certificate.`, context))
  }
  // Where the handshake could not be read, an alert about certificates can only be about ours.
  if (theirs && theirs.number >= 41 && theirs.number <= 51 && attempt.certificateConfigured) {
    return clientCauses(attempt, context)
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') return weigh(resetEvidence(attempt, context))
  if (during === 'tls' && code.startsWith('ERR_OSSL_')) return weigh([seen('file.not-usable', sentence(text))])
  // Such as EINVAL for a name longer than any can be.
  if (during === 'resolve') {
    return weigh([seen('net.unresolved', plainWords('net.unresolved', attempt) ?? sentence(text))])
  }
  return weigh([{ code: during === 'tls' ? 'tls.failed' : 'net.reset', weight: 60, says: sentence(text) }])
}

function afterOurCertificate(attempt: Attempt, context: Context): Cause[] {
  const { alert } = attempt
  if (alert?.from === 'server' && [70, 71, 86, 112, 120].includes(alert.number)) {
    return weigh(handshakeEvidence(handshakeAlerts[alert.number] as CauseCode, said(alert), context))
  }
  if (alert) return clientCauses(attempt, context)
  const says = 'The connection was closed without an alert after our certificate.'
  return clientCauses(attempt, context, [{ code: 'net.reset', weight: 5, says }])
}

/** What the handshake itself failed at, with what other handshakes with the same server showed. */
function handshakeEvidence(code: CauseCode, says: string, { probes = [] }: Context): Evidence[] {
  const found: Evidence[] = [{ code, weight: 70, says }]
  for (const { outcome, probe } of probes) {
    if (outcome !== 'accepted') continue
    if (probe === 'tls-1.2' || probe === 'tls-1.3') {
      const version = probe === 'tls-1.2' ? '1.2' : '1.3'
      found.push({
        code: 'tls.version',
        weight: 150,
        proves: true,
        says: `In TLS ${version} the same call is accepted.`,
      })
    }
    if (probe === 'without-sni') {
      const without = 'Called without its name (SNI), the server accepts the same call.'
      found.push({ code: 'tls.server-name', weight: 150, proves: true, says: without })
    }
  }
  return found
}

function versionEvidence({ options }: Attempt, { probes = [] }: Context, says: string): Evidence[] {
  const { maxVersion, minVersion } = options ?? {}
  const works = probes.find(({ outcome, probe }) => outcome !== 'unreachable' && /^tls-/.test(probe))
  const other = works?.probe === 'tls-1.3' ? 'TLS 1.3' : 'TLS 1.2'
  const next =
    works && works.alert !== 70
      ? `It answers in ${other}: lift the limit that this test was given.`
      : maxVersion === 'TLSv1.2'
        ? 'This test was limited to TLS 1.2: lift that limit and test again.'
        : minVersion === 'TLSv1.3'
          ? 'This test was limited to TLS 1.3: lift that limit and test again.'
          : undefined
  return [seen('tls.version', says, next)]
}

/** Cut off before anything was said: with a certificate or without, or does it depend on something? */
function resetEvidence(attempt: Attempt, { probes = [] }: Context): Evidence[] {
  const found = [seen('net.reset', resetWords(attempt))]
  const byName = probes.find(({ outcome, probe }) => probe === 'without-sni' && outcome === 'accepted')
  if (byName) {
    const says = 'Called without its name (SNI), the server accepts the same call.'
    found.push({ code: 'tls.server-name', weight: 150, proves: true, says })
  }
  return found
}

const said = ({ name, number }: NonNullable<Attempt['alert']>) => `The server said ${name} (alert ${number}).`

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`

/** Where the system's own word for a failure (`getaddrinfo ENOTFOUND`) says less than what was tried. */
function plainWords(code: CauseCode, attempt: Attempt): string | undefined {
  const { host, port } = targetOf(attempt)
  if (!host || !port) return undefined
  const code_ = attempt.failure ? ` (${attempt.failure.code})` : ''
  if (code === 'net.unresolved' && attempt.failure?.code !== 'EFAMILY') {
    return `The name service of this computer knows no address for ${host}${code_}.`
  }
  if (code === 'net.refused') return `${attempt.address ?? host} takes no connection on port ${port}${code_}.`
  return undefined
}

function timeoutWords(attempt: Attempt, text: string): string {
  const last = attempt.steps.filter((step) => step.state === 'done').at(-1)?.name
  if (last === undefined) return sentence(text)
  if (last === 'resolve') return `${sentence(text)} The address did not even take the connection.`
  if (last === 'connect') return `${sentence(text)} The connection stood, but the TLS handshake got no answer.`
  return `${sentence(text)} TLS stood, but no answer to the request came.`
}

function resetWords(attempt: Attempt): string {
  const during = attempt.failure?.during
  if (during === 'connect') return 'The connection was cut while it was made.'
  if (during === 'tls') return 'It was cut during the TLS handshake, before anything about certificates was said.'
  return 'TLS stood and no certificate was asked for; then the connection was cut instead of an answer.'
}
