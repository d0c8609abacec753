import { visible } from '../../shared/pki/der-values.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'

export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host) || host.toLowerCase().endsWith('.localhost')

/** The address of a service, without a path of its own: `https://ca.example.com:8888`. */
export function serviceUrl(address: string): Result<URL> {
  const wrong = (why: string) => refuse({ code: 'service.address-wrong', address: address.slice(0, 200), why })
  const text = address.trim()
  if (!URL.canParse(text)) return wrong('It needs a beginning such as https:// and the name of a host.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return wrong('Services are called by https.')
  // What stands in an address ends up in logs and lists.
  if (url.username !== '' || url.password !== '') return wrong('User and password have fields of their own.')
  if (url.search !== '' || url.hash !== '') return wrong('It ends with the path, without “?” or “#”.')
  return ok(url)
}

/** The address with a path below its own. */
export function under(base: URL, path: string): URL {
  const url = new URL(base)
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${path}`
  return url
}

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'The host is there, but nothing listens on this port.',
  ENOTFOUND: 'The name of the host is not known here.',
  EAI_AGAIN: 'The name of the host could not be looked up just now.',
  ETIMEDOUT: 'The host does not answer.',
  EHOSTUNREACH: 'There is no way to this host from here.',
  ENETUNREACH: 'There is no network that leads there.',
  ECONNRESET: 'The connection was cut off.',
  EPROTO: 'It does not speak TLS as expected: plain http, or another service, is behind this port.',
}

const distrusted: Record<string, string> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'It is for another name than the one in the address.',
  CERT_HAS_EXPIRED: 'It has expired.',
  CERT_NOT_YET_VALID: 'It is not valid yet.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'It is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The authority at its end is not one that this computer trusts.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its issuer is not known here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its issuer is not known here.',
}

/** Why a call came to nothing, in our words: a library's own text does not leave here. */
export function serviceFault(address: string, error: unknown): Problem {
  const { code = '' } = (error ?? {}) as { code?: string }
  if (distrusted[code]) return { code: 'service.not-trusted', address, why: distrusted[code] }
  if (unreachable[code]) return { code: 'service.unreachable', address, why: unreachable[code] }
  // Alerts come as ERR_SSL_TLSV1_ALERT_… or ERR_SSL_SSLV3_ALERT_…; with TLS 1.3 after the handshake.
  if (/ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)/.test(code)) {
    return { code: 'service.secret-refused', kind: 'est' }
  }
  if (/WRONG_VERSION|SSL|TLS/.test(code)) return { code: 'service.unreachable', address, why: unreachable.EPROTO! }
  return { code: 'service.unreachable', address, why: 'The connection was closed before an answer came.' }
}

/** What a service wrote of its own, fit to be shown: one line, nothing invisible, no tags, and short. */
export const spoken = (text: string): string =>
  visible(
    text
      .slice(0, 4000)
      .replace(/<[^>]{0,400}>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 200),
  )
