import { extensionOf, numbersIn, protocolsIn } from '../tls/extensions.ts'
import { versionName } from '../tls/registry.ts'
import { endingAlert, messagesOf, type Transcript } from '../tls/transcript.ts'

/** What is known of a connection that ended before its handshake was done. */
export type BrokenOff = {
  transcript: Transcript
  /** Bytes that came, the first of them: they tell plain HTTP from TLS. */
  first: Uint8Array
  /** The error of the TLS library, without pointers. */
  error?: { code: string; text: string }
  /** Nothing came in time. */
  timedOut: boolean
  minVersion: 'TLSv1.2' | 'TLSv1.3'
}

/** `code` is stable: `arrival.…` or `client.…`. */
export type BrokenOffVerdict = { code: string; says: string; next: string }

/** What a client’s alert says about the certificate that was shown to it (RFC 8446 section 6.2). */
const distrusts: Record<number, string> = {
  42: 'It says that our server certificate is bad',
  43: 'It cannot use a server certificate of this kind',
  44: 'It says that our server certificate was revoked',
  45: 'It says that our server certificate has expired',
  46: 'It does not take our server certificate',
  48: 'It does not know the authority of our server certificate',
}

const verdict = (code: string, says: string, next: string): BrokenOffVerdict => ({ code, says, next })

/** Why a handshake did not come about, in our words: the caller’s fault, ours, or somebody else’s port. */
export function whyBrokenOff(seen: BrokenOff): BrokenOffVerdict {
  const { transcript, first, error, timedOut, minVersion } = seen
  if (first.length === 0) {
    return timedOut
      ? verdict('arrival.silent', 'It connected and sent nothing.', 'Such callers are port scans and health checks.')
      : verdict('arrival.left', 'It connected and left again.', 'Such callers are port scans and health checks.')
  }
  if (isHttp(first)) {
    const says = 'It spoke plain HTTP to this port, which speaks TLS.'
    return verdict('arrival.plain-http', says, 'Enter the address with https:// at the caller.')
  }
  if (first[0] !== 22 && first[0] !== 21) {
    const says = 'It spoke something else than TLS.'
    return verdict('arrival.not-tls', says, 'Check which program calls this port, and by which protocol.')
  }
  const alert = endingAlert(transcript)
  if (alert?.from === 'client') return clientsAlert(alert.number, alert.alert)
  const [hello] = messagesOf(transcript, 'ClientHello')
  if (!hello) {
    const says = 'Its first message (ClientHello) did not come whole.'
    return verdict('arrival.no-hello', says, 'Something between may cut the connection, or the caller gave up.')
  }
  const offered = numbersIn(extensionOf(hello.extensions, 43), 1)
  const newest = Math.max(offered.length > 0 ? Math.max(...offered) : hello.legacyVersion)
  const oldest = minVersion === 'TLSv1.3' ? 772 : 771
  if (newest < oldest) {
    const says = `It offers ${versionName(newest)} at most; at least ${minVersion.replace('v', ' ')} is wanted here.`
    return verdict(
      'arrival.tls-version',
      says,
      'Bring the caller’s TLS library up to date, or allow the older version.',
    )
  }
  const protocols = protocolsIn(extensionOf(hello.extensions, 16))
  if (protocols.length > 0 && !protocols.includes('http/1.1')) {
    const says = `It speaks ${protocols.join(', ')} only (ALPN); the listener speaks HTTP/1.1.`
    return verdict('arrival.alpn', says, 'Let the caller offer http/1.1 as well.')
  }
  if (/CERTIFICATE_NOT_RETURN|DID_NOT_RETURN_A_CERTIFICATE/i.test(error?.code ?? '') || alert?.number === 116) {
    const next = 'The caller has to present its certificate and key: many clients send none without being told to.'
    return verdict('client.none-shown', 'It showed no certificate.', next)
  }
  if (/NO_SHARED_CIPHER|NO_COMMON_SIGNATURE|NO_SUITABLE/i.test(error?.code ?? '') || alert?.number === 40) {
    const says = 'It and our server certificate have no cipher suite or signature in common.'
    return verdict('arrival.nothing-shared', says, 'Use a server certificate with an RSA or EC P-256 key.')
  }
  if (/BAD_SIGNATURE|WRONG_SIGNATURE|DIGEST_CHECK|DECRYPT_ERROR/i.test(error?.code ?? '') || alert?.number === 51) {
    const says = 'It could not prove that it has the key of its certificate.'
    return verdict(
      'client.key-unproven',
      says,
      'The caller has another key than the certificate’s: both belong together.',
    )
  }
  if (timedOut) {
    const says = 'It did not finish its handshake in time.'
    return verdict('arrival.slow', says, 'Look for a slow or filtering network between.')
  }
  if (alert) {
    const says = `The handshake failed here (${alert.alert}).`
    return verdict(
      'arrival.failed',
      says,
      error ? `The TLS library says: ${error.text}.` : 'Try the other TLS version.',
    )
  }
  const says = 'It left in the middle of the handshake.'
  const next = 'Most clients that leave so do not trust our server certificate: give them its authority.'
  return verdict('arrival.broke-off', says, next)
}

function clientsAlert(number: number, name: string): BrokenOffVerdict {
  const distrust = distrusts[number]
  if (distrust !== undefined) {
    const next = 'Give the caller the authority (CA) of the server certificate, and call by a name that is in it.'
    return verdict('arrival.distrusts-us', `${distrust} (${name}).`, next)
  }
  if (number === 0 || number === 90) {
    return verdict(
      'arrival.broke-off',
      `It left in the middle of the handshake (${name}).`,
      'The caller gave up by itself.',
    )
  }
  return verdict('arrival.client-alert', `It broke the handshake off (${name}).`, 'Look into the caller’s log.')
}

/** A request line, or the start of one. */
export function isHttp(first: Uint8Array): boolean {
  const text = String.fromCharCode(...first.subarray(0, 8))
  return (
    /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|PRI) /.test(`${text.split(' ')[0]} `) &&
    /^[A-Z]/.test(text)
  )
}
