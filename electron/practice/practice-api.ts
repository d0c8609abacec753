import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { Environment, FirstCall, Profile } from '../../shared/providers/profile.ts'
import { templatePattern } from '../../shared/providers/template.ts'
import type { Answer, Asked } from './loopback-server.ts'
import type { Register } from './register.ts'

/**
 * The practice provider's API: the profile's first call, behind a demanded client certificate.
 *
 * It answers as a provider behind nginx or a load balancer does, which is what most of them are: the handshake always
 * completes, and a missing or wrong certificate is told in an HTTP answer (400 with nginx's two titles; 403 where the
 * provider keeps certificates on file and documents that). A bare Node server would cut the connection without a
 * word, which teaches nothing.
 */
export function practiceApi(profile: Profile, environment: Environment, register: Register, now: () => Date) {
  const call: FirstCall = profile.firstCall ?? { method: 'GET', path: '/', headers: [], blanks: [], says: '' }
  return (asked: Asked): Answer =>
    checkCertificate(profile, register, asked.message.socket as TLSSocket, now()) ??
    checkAddress(profile, call, asked) ??
    checkHeaders(call, asked) ??
    checkBody(call, asked) ?? {
      status: profile.practice?.status ?? 200,
      body: {
        practice: true,
        provider: profile.name,
        environment: environment.name,
        ...profile.practice?.body,
        clientCertificate: presented(asked.message.socket as TLSSocket),
      },
    }
}

const no = (status: number, error: string, says: string, headers?: Record<string, string>): Answer => ({
  status,
  headers,
  body: { practice: true, error, says },
})

function presented(socket: TLSSocket) {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  return {
    subject: certificate.subject?.split('\n').reverse().join(','),
    sha256: digestOf(certificate.fingerprint256),
    validTo: new Date(certificate.validTo).toISOString(),
  }
}

const digestOf = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase()

function checkCertificate(profile: Profile, register: Register, socket: TLSSocket, now: Date): Answer | null {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined)
    return no(
      400,
      'No required SSL certificate was sent',
      'The connection came without a client certificate. Configure certificate and key in the client.',
    )
  const sha256 = digestOf(certificate.fingerprint256)
  const expired = Date.parse(certificate.validTo) < now.getTime()
  if (profile.signing.by === 'self') {
    const words = profile.refusals.find((one) => one.code === 'certificate.not-on-file')
    if (expired) return no(words?.status ?? 403, 'Forbidden', 'The certificate presented has expired.')
    if (register.has(sha256)) return null
    return no(
      words?.status ?? 403,
      'Forbidden',
      `${words?.says ?? 'The certificate presented is not on file'}. Hand it to the practice provider first.`,
    )
  }
  if (register.wasRevoked(sha256)) return no(400, 'The SSL certificate error', 'The certificate was revoked.')
  // Self-signed certificates that were handed in, where the provider takes both kinds.
  if (register.has(sha256) && !expired) return null
  if (socket.authorized && !expired) return null
  return no(400, 'The SSL certificate error', because(certificate, socket.authorizationError, now))
}

/**
 * Why the handshake did not vouch for the certificate. Read from the certificate where it shows: for the same one,
 * OpenSSL and BoringSSL give different codes (a self-signed one is `UNABLE_TO_VERIFY_LEAF_SIGNATURE` to BoringSSL, and
 * `SELF_SIGNED_CERT_IN_CHAIN` to both is any that comes with a foreign root).
 */
function because(certificate: X509Certificate, error: Error | string | undefined, now: Date): string {
  const code = typeof error === 'string' ? error : ((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  if (Date.parse(certificate.validTo) < now.getTime()) return 'The client certificate has expired.'
  if (Date.parse(certificate.validFrom) > now.getTime()) return 'The client certificate is not valid yet.'
  if (certificate.subject === certificate.issuer)
    return 'The client certificate is self-signed; this provider signs requests itself.'
  if (code === 'INVALID_PURPOSE') return 'The client certificate is not made for clients (clientAuth).'
  if (/ISSUER|LEAF_SIGNATURE|SELF_SIGNED/.test(code))
    return 'The client certificate was issued by another authority than this practice provider.'
  return `The client certificate was not accepted${code === '' ? '' : ` (${code})`}.`
}

function checkAddress(profile: Profile, call: FirstCall, asked: Asked): Answer | null {
  const path = new RegExp(`^${templatePattern(call.path.split('?', 1)[0]!, () => '[^/]+')}$`)
  if (!path.test(asked.path))
    return no(
      404,
      'Not found',
      `The practice provider serves ${profile.name}’s first call only: ${call.method} ${call.path}`,
    )
  if (asked.method !== call.method && !(asked.method === 'HEAD' && call.method === 'GET'))
    return no(405, 'Method not allowed', `This address takes ${call.method}.`, { allow: call.method })
  if (/%7B\w+%7D|\{\w+\}/i.test(asked.path))
    return no(401, 'Unauthorized', 'The address still holds a blank: fill in the value that the provider gave you.')
  return null
}

/** Headers with a blank carry credentials: any value will do here, but there must be one. */
function checkHeaders(call: FirstCall, asked: Asked): Answer | null {
  for (const { name, value } of call.headers) {
    if (!/\{\w+\}/.test(value)) continue
    const given = asked.headers[name.toLowerCase()]
    if (given === undefined || given === '' || String(given).trim() === '')
      return no(401, 'Unauthorized', `The header ${name} is missing. The practice provider takes any value.`)
    if (/\{\w+\}/.test(String(given)))
      return no(401, 'Unauthorized', `The header ${name} still holds a blank: fill in a value.`)
  }
  return null
}

function checkBody(call: FirstCall, asked: Asked): Answer | null {
  const isJson = call.headers.some(({ name, value }) => /^content-type$/i.test(name) && /json/i.test(value))
  if (!isJson || call.body === undefined) return null
  try {
    JSON.parse(asked.body)
    return null
  } catch {
    return no(400, 'Bad request', 'The body is not JSON.')
  }
}
