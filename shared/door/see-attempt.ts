import type { Attempt } from '../tls/attempt.ts'
import { diagnose } from '../tls/diagnose.ts'
import { whatItSays } from '../tls/http-answers.ts'
import type { DoorSeen } from './door-report.ts'

/** Codes with which a connection ends without a word of TLS. */
const closings = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_SOCKET_CLOSED'])

/**
 * What one attempt shows of a door. An answer counts only when it was read: in TLS 1.3 the handshake stands before the
 * server has looked at the certificate (RFC 8446 section 4.4.2), and its refusal comes late.
 */
export function seeAttempt(attempt: Attempt, now: Date): DoorSeen {
  const { certificateAsked: asked, certificateConfigured, certificateSent } = attempt
  const known = asked === undefined ? {} : { asked }
  const { cause } = diagnose(attempt, { now })
  if (attempt.http) {
    const { status, statusText } = attempt.http
    const what = whatItSays(attempt.http)
    const says = `HTTP ${status}${statusText ? ` ${statusText}` : ''}`
    if (what === 'asks-later' || attempt.certificateAskedLater) return { kind: 'asks-later', says, status, ...known }
    if (what === 'proxy') return { kind: 'failed', says, status, ...known }
    if (certificateConfigured && asked && certificateSent === false) return { kind: 'withheld', says, status, ...known }
    const location = locationOf(attempt)
    return {
      kind: 'answered',
      says,
      status,
      ...known,
      blames: what === 'none-sent' || what === 'certificate-refused',
      ...(location === undefined ? {} : { location }),
    }
  }
  const { alert, failure } = attempt
  if (cause === 'tls.version') return { kind: 'version', says: failure?.text ?? 'another version', ...known }
  if (alert?.from === 'server') {
    return { kind: 'alert', says: `${alert.name}, alert ${alert.number}`, alert: alert.number, ...known }
  }
  if (cause === 'client.no-common-signature' || cause === 'client.withheld') {
    return { kind: 'withheld', says: failure?.text ?? 'not sent', ...known }
  }
  if (attempt.certificateAskedLater) return { kind: 'asks-later', says: failure?.text ?? 'asks later', ...known }
  if (failure?.code === 'ETIMEDOUT') return { kind: 'timed-out', says: failure.text, ...known }
  const closed = failure && closings.has(failure.code) && attempt.address !== undefined
  return { kind: closed ? 'closed' : 'failed', says: failure?.text ?? 'no answer', ...known }
}

/** Its query may hold a token. */
function locationOf({ http, url }: Attempt): string | undefined {
  const found = http?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (found === undefined || !http || http.status < 300 || http.status > 399 || !URL.canParse(found, url))
    return undefined
  const { origin, pathname } = new URL(found, url)
  return `${origin}${pathname}`.slice(0, 300)
}
