import type { Attempt } from './attempt.ts'
import type { CauseCode } from './failures.ts'

type HttpAnswer = NonNullable<Attempt['http']>

/**
 * What an HTTP answer says about the client certificate. Several servers finish the handshake and refuse in HTTP: nginx
 * with two pages of status 400 (or its own 495 and 496), IIS with sub-statuses of 403, Apache httpd with a 403 when it
 * wanted to ask after a TLS 1.3 handshake, gateways with a sentence in a 401.
 */
export type Says =
  | 'passed'
  | 'none-sent'
  | 'certificate-refused'
  | 'asks-later'
  | 'unauthorised'
  | 'forbidden'
  | 'proxy'
  | 'network-login'
  | 'fault'

/** Where the page that gives it away stands: nobody prints more before it. */
const looked = 16_384

export function whatItSays({ status, body: whole }: HttpAnswer): Says {
  const body = whole.slice(0, looked)
  if (status === 496) return 'none-sent'
  if (status === 495) return 'certificate-refused'
  if (status === 400 || status === 401 || status === 403) {
    if (/Cannot perform Post-Handshake Authentication/i.test(body)) return 'asks-later'
    if (missing.test(body) || (status === 403 && /\b403\.7\b/.test(body))) return 'none-sent'
    if (wrong.test(body) || (status === 403 && /\b403\.1[2367]\b/.test(body))) return 'certificate-refused'
  }
  if (status === 407) return 'proxy'
  // RFC 6585 section 6: never the server itself, but what intercepts the way to it.
  if (status === 511) return 'network-login'
  if (status === 401) return 'unauthorised'
  if (status === 403) return 'forbidden'
  return status >= 500 ? 'fault' : 'passed'
}

/** `No required SSL certificate was sent` (nginx), `Client certificate required` and their like. */
const missing =
  /no (?:required )?(?:ssl|tls|client)(?: client)? certificate (?:was |has been )?(?:sent|provided|presented|found)|(?:client|ssl|tls) certificate (?:is |was )?(?:required|missing|not (?:sent|provided|presented|found))/i
/** `The SSL certificate error` (nginx) and what gateways write. */
const wrong =
  /the ssl certificate error|(?:invalid|untrusted|expired|revoked) (?:client|ssl|tls) certificate|(?:client|ssl|tls) certificate (?:is |was |has |has been )?(?:invalid|untrusted|not trusted|expired|revoked|rejected|failed verification|verification failed)/i

/** More than "refused": what the page itself names, in IIS’s sub-status or in words. */
const named: [RegExp, CauseCode][] = [
  [/\b403\.12\b/, 'client.not-admitted'],
  [/\b403\.13\b|certificate (?:is |was |has been )?revoked|revoked (?:client|ssl|tls) certificate/i, 'client.revoked'],
  [
    /\b403\.16\b|certificate (?:is |was )?(?:untrusted|not trusted)|untrusted (?:client|ssl|tls) certificate/i,
    'client.untrusted-issuer',
  ],
  [/\b403\.17\b|certificate (?:is |has |was )?expired|expired (?:client|ssl|tls) certificate/i, 'client.expired'],
]

/** The cause that an answer of `certificate-refused` gives by name, where it does. */
export const causeNamedIn = ({ body }: HttpAnswer): CauseCode | null =>
  named.find(([words]) => words.test(body.slice(0, looked)))?.[1] ?? null

/** Whose way of saying no a status is, in words; empty for those that everybody has. */
export function whoseStatus({ status, body }: HttpAnswer): string {
  if (status === 495) return ' Status 495 is nginx’s for a client certificate that it does not accept.'
  if (status === 496) return ' Status 496 is nginx’s for a client certificate that is missing.'
  if (status === 400 && /ssl certificate/i.test(body.slice(0, looked))) {
    return ' nginx shows this page after a handshake that succeeded.'
  }
  return /\b403\.\d{1,2}\b/.test(body.slice(0, looked)) ? ' IIS words it so.' : ''
}
