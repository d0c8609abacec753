import type { Facts } from '../pki/facts.ts'
import type { Attempt, Verdict } from './attempt.ts'
import { type Context, clientCauses, evidentFlaws } from './client-causes.ts'
import { type CauseCode, catalogue, handshakeAlerts, plainFailures } from './failures.ts'
import { whatItSays } from './http-answers.ts'
import { serverCauses } from './server-causes.ts'

type Cause = Verdict['causes'][number]

/**
 * What an attempt means: an outcome, and the causes that its facts leave possible, likeliest first, each with its
 * evidence. `accepted`: an answer was read and nobody refused. `refused`: somebody said no, be it the server to our
 * certificate, the application to our credentials, or we to a server that we do not trust. `unreachable`: nobody said
 * anything about anybody. `ok` is never among the causes of a refusal.
 */
export function diagnose(attempt: Attempt, context: Context): Verdict {
  if (attempt.http) return judgeAnswer(attempt, attempt.http, context)
  const causes = failureCauses(attempt, context)
  const outcome = causes[0]?.code.startsWith('net.') ? 'unreachable' : 'refused'
  return verdict(outcome, causes)
}

const cause = (code: CauseCode, because: string, next: string = catalogue[code].next): Cause => ({
  code,
  because,
  next,
})

function verdict(outcome: Verdict['outcome'], causes: Cause[], title?: string): Verdict {
  const first = causes[0] ?? cause('tls.failed', 'Nothing more is known.')
  const { next, code } = first
  return { outcome, title: title ?? catalogue[code as CauseCode].title, cause: code, causes, ...(next ? { next } : {}) }
}

function judgeAnswer(attempt: Attempt, http: NonNullable<Attempt['http']>, context: Context): Verdict {
  const answered = `The server answered ${http.status}${http.statusText ? ` ${http.statusText}` : ''}.`
  const says = whatItSays(http)
  switch (says) {
    case 'none-sent':
      return verdict('refused', [...notSent(attempt, context, answered)])
    case 'certificate-refused':
      return verdict('refused', withStatus(clientCauses(attempt, context), answered))
    case 'asks-later':
      return verdict('refused', [cause('server.asks-later', 'It says that it cannot ask after the handshake.')])
    case 'unauthorised':
    case 'forbidden':
      return verdict('refused', applicationCauses(attempt, http.status, says, context))
    default:
      return accepted(attempt, http.status, says === 'fault')
  }
}

const withStatus = (causes: Cause[], answered: string) =>
  causes.map((one) => ({ ...one, because: `${answered} ${one.because}` }))

function accepted(attempt: Attempt, status: number, fault: boolean): Verdict {
  const code = `HTTP ${status}`
  const ok = (because: string): Cause => ({ code: 'ok', because })
  if (attempt.certificateSent) {
    const title = fault
      ? `Your certificate was accepted, but the server has a fault: ${code}`
      : `Your certificate was accepted: ${code}`
    const first = ok(`The server asked for a client certificate, took ours and answered ${status}.`)
    return verdict(
      'accepted',
      fault ? [first, cause('server.fault', `${code} is the application’s own fault.`)] : [first],
      title,
    )
  }
  const tail = fault ? `, with a fault of its own: ${code}` : `: ${code}`
  if (attempt.certificateAsked === false) {
    const note = 'Its part of the handshake came to its end without a request for a certificate.'
    const causes = [
      ok(`The server answered ${status} without asking who is calling.`),
      cause('server.never-asked', note),
    ]
    return verdict('accepted', causes, `Answered, but this server never asks for a certificate${tail}`)
  }
  if (attempt.certificateAsked) {
    const missed = cause(
      attempt.certificateConfigured ? 'client.withheld' : 'client.none-sent',
      'The answer to its request was empty.',
    )
    const causes = [ok(`The server asked for a certificate, got none and answered ${status}.`), missed]
    return verdict('accepted', causes, `Answered without a certificate: this server asks, but does not insist${tail}`)
  }
  return verdict('accepted', [ok(`The server answered ${status}.`)], `The server answered${tail}`)
}

/** 401 and 403: the application, a gateway that looks at the certificate, or a host that never asked for one. */
function applicationCauses(
  attempt: Attempt,
  status: number,
  says: 'unauthorised' | 'forbidden',
  context: Context,
): Cause[] {
  const { profile } = context
  const documented = profile?.refusals.find((refusal) => refusal.status === status)
  const refused = documented
    ? cause('http.refused', `${profile?.name} documents this: ${documented.says}`, documented.meaning)
    : says === 'unauthorised'
      ? cause('http.refused', `Status ${status}: client id, secret or token are missing or wrong.`)
      : cause(
          'http.refused',
          `Status ${status}: what was sent is not allowed to do this, or this certificate is not on file.`,
        )
  if (attempt.certificateAsked === false) {
    const never = cause('server.never-asked', `It answered ${status} without having asked for a certificate.`)
    return attempt.certificateConfigured ? [never, refused] : [refused, never]
  }
  if (attempt.certificateAsked && attempt.certificateSent === false) {
    return [...notSent(attempt, context, `The server answered ${status}.`), refused]
  }
  const flaws = attempt.certificateSent ? evidentFlaws(context) : []
  return says === 'forbidden' ? [...flaws, refused] : [refused, ...flaws]
}

/** The server missed a certificate: none was given, or our TLS library kept it back. */
function notSent(attempt: Attempt, context: Context, sayso: string): Cause[] {
  if (attempt.certificateSent) {
    const because = `${sayso} A certificate was sent, so something between here and the server took it away.`
    return [cause('client.none-sent', because, 'Ask whether a proxy or load balancer ends TLS before the server.')]
  }
  if (!attempt.certificateConfigured) {
    return [cause('client.none-sent', `${sayso} This test was made without an identity.`)]
  }
  const { certificate } = context
  if (certificate && attempt.signatureSchemes.length > 0 && !canSign(certificate, attempt)) {
    const schemes = attempt.signatureSchemes.slice(0, 6).join(', ')
    const because = `The server accepts ${schemes}${attempt.signatureSchemes.length > 6 ? ' …' : ''}; the key is ${certificate.keyAlgorithm}${certificate.curve ? ` ${certificate.curve}` : ''}. Our answer was empty.`
    return [
      cause('client.no-common-signature', because),
      cause('client.withheld', 'Our answer to its request was empty.'),
    ]
  }
  return [cause('client.withheld', `${sayso} Our answer to its request was empty although a certificate was given.`)]
}

const curves: Record<string, string> = { prime256v1: 'secp256r1', secp384r1: 'secp384r1', secp521r1: 'secp521r1' }

/** Does the server accept a signature scheme that this key can make (RFC 8446 section 4.2.3)? */
function canSign({ keyAlgorithm = '', curve = '' }: Facts, { signatureSchemes, protocol }: Attempt): boolean {
  const tls13 = protocol === 'TLSv1.3'
  return signatureSchemes.some((scheme) => {
    if (keyAlgorithm === 'RSA') return scheme.startsWith('rsa_pss_rsae_') || (!tls13 && scheme.startsWith('rsa_pkcs1_'))
    if (keyAlgorithm === 'RSA-PSS') return scheme.startsWith('rsa_pss_pss_')
    if (keyAlgorithm === 'EC') return scheme.startsWith(tls13 ? `ecdsa_${curves[curve] ?? '?'}_` : 'ecdsa_')
    return scheme === keyAlgorithm.toLowerCase()
  })
}

function failureCauses(attempt: Attempt, context: Context): Cause[] {
  const { alert, failure } = attempt
  if (!failure) return [cause('tls.failed', 'No answer was read.')]
  const { code, during, text } = failure
  if (during === 'server-trust' && !plainFailures[code]) return serverCauses(attempt, code, context.now)
  const plain = plainFailures[code]
  // These speak for themselves, wherever they came up.
  if (plain && code !== 'ETIMEDOUT') return [cause(plain, plainWords(plain, attempt) ?? sentence(text))]
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|LEGACY_SIGALG/.test(code) || alert?.number === 70) {
    return [cause('tls.version', alert ? `The server said ${alert.name} (alert ${alert.number}).` : sentence(text))]
  }
  if (code === 'ETIMEDOUT') return [cause('net.timeout', timeoutWords(attempt, text))]
  if (code.startsWith('HPE_')) return [cause('http.unreadable', sentence(text))]
  if (/^the port (?:answers|speaks)/.test(text)) return [cause('net.not-tls', sentence(text))]
  const asked = attempt.certificateAsked
  const missed = alert?.from === 'server' && (alert.number === 116 || alert.number === 41)
  if (missed || (asked && attempt.certificateSent === false)) {
    const said = alert
      ? `The server said ${alert.name} (alert ${alert.number}).`
      : 'It asked for one, got none and closed.'
    return notSent(attempt, context, said)
  }
  if (asked && attempt.certificateSent) return afterOurCertificate(attempt, context)
  if (alert?.from === 'server' && handshakeAlerts[alert.number]) {
    const known = handshakeAlerts[alert.number] as CauseCode
    return [cause(known, `The server said ${alert.name} (alert ${alert.number}) before it asked for a certificate.`)]
  }
  // Where the handshake could not be read, an alert about certificates can only be about ours.
  if (alert?.from === 'server' && alert.number >= 41 && alert.number <= 51 && attempt.certificateConfigured) {
    return clientCauses(attempt, context)
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') return [cause('net.reset', resetWords(attempt))]
  if (during === 'tls' && code.startsWith('ERR_OSSL_')) return [cause('file.not-usable', sentence(text))]
  // Such as EINVAL for a name longer than any can be.
  if (during === 'resolve') return [cause('net.unresolved', plainWords('net.unresolved', attempt) ?? sentence(text))]
  return [cause(during === 'tls' ? 'tls.failed' : 'net.reset', sentence(text))]
}

function afterOurCertificate(attempt: Attempt, context: Context): Cause[] {
  const { alert } = attempt
  if (alert?.from === 'server' && [70, 71, 80, 86, 112, 120].includes(alert.number)) {
    const known = handshakeAlerts[alert.number] as CauseCode
    return [cause(known, `The server said ${alert.name} (alert ${alert.number}).`)]
  }
  const silent = alert ? [] : [cause('net.reset', 'The connection was closed without an alert after our certificate.')]
  return [...clientCauses(attempt, context), ...silent]
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`

/** Where the system's own word for a failure (`getaddrinfo ENOTFOUND`) says less than what was tried. */
function plainWords(code: CauseCode, { url, address, failure }: Attempt): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { hostname, port } = new URL(url)
  const said = failure ? ` (${failure.code})` : ''
  if (code === 'net.unresolved') return `The name service of this computer knows no address for ${hostname}${said}.`
  if (code === 'net.refused') return `${address ?? hostname} takes no connection on port ${port || '443'}${said}.`
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
