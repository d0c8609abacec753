import type { Attempt } from './attempt.ts'

type HttpAnswer = NonNullable<Attempt['http']>

/**
 * What an HTTP answer says about the client certificate. Several servers finish the handshake and refuse in HTTP: nginx
 * with two pages of status 400 (or its own 495 and 496), IIS with sub-statuses of 403, Apache httpd with a 403 when it
 * wanted to ask after a TLS 1.3 handshake.
 */
export type Says =
  | 'passed'
  | 'none-sent'
  | 'certificate-refused'
  | 'asks-later'
  | 'unauthorised'
  | 'forbidden'
  | 'fault'

export function whatItSays({ status, body }: HttpAnswer): Says {
  if (status === 496 || (status === 400 && /No required SSL certificate was sent/i.test(body))) return 'none-sent'
  if (status === 495 || (status === 400 && /The SSL certificate error/i.test(body))) return 'certificate-refused'
  if (status === 403) {
    if (/Cannot perform Post-Handshake Authentication/i.test(body)) return 'asks-later'
    if (/\b403\.7\b|client certificate (?:is )?required/i.test(body)) return 'none-sent'
    if (/\b403\.1[2367]\b|(?:invalid|untrusted) client certificate/i.test(body)) return 'certificate-refused'
    return 'forbidden'
  }
  if (status === 401 || status === 407) return 'unauthorised'
  return status >= 500 ? 'fault' : 'passed'
}
