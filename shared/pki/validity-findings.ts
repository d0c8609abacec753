import type { Finding } from '../findings.ts'
import type { Facts } from './facts.ts'
import { rfc5280 } from './finding-sources.ts'

const dayMs = 86_400_000
const soonDays = 30

const source = rfc5280('4.1.2.5')

/** Whether a certificate's dates cover `today`: `expired`, `not-yet-valid`, `expires-soon`, `dates-reversed`. */
export function validityFindings(facts: Facts, today: Date, severity: Finding['severity'] = 'refuses'): Finding[] {
  const now = today.getTime()
  const { notBefore, notAfter } = facts
  if (notBefore !== undefined && notAfter !== undefined && Date.parse(notAfter) < Date.parse(notBefore)) {
    const message = `Its validity ends (${notAfter.slice(0, 10)}) before it begins (${notBefore.slice(0, 10)}).`
    const next = 'Ask the issuer for a new certificate.'
    return [{ code: 'certificate.dates-reversed', severity, message, next, source }]
  }
  if (notAfter !== undefined && Date.parse(notAfter) < now) {
    const message = `The certificate expired on ${notAfter.slice(0, 10)}.`
    const next = 'Renew it: create a new request and have it signed.'
    return [{ code: 'certificate.expired', severity, message, next, source }]
  }
  if (notBefore !== undefined && Date.parse(notBefore) > now) {
    const message = `The certificate is not valid before ${notBefore.slice(0, 16).replace('T', ' ')} UTC.`
    const next = 'Wait until then, or check this computer’s clock.'
    return [{ code: 'certificate.not-yet-valid', severity, message, next, source }]
  }
  const days = notAfter === undefined ? Number.POSITIVE_INFINITY : Math.floor((Date.parse(notAfter) - now) / dayMs)
  if (days > soonDays) return []
  const left = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`
  const message = `The certificate expires ${left}.`
  const next = 'Renew it now, while the old one still works.'
  return [{ code: 'certificate.expires-soon', severity: 'warns', message, next, source }]
}

export const badDates: Finding = {
  code: 'certificate.dates-unreadable',
  severity: 'refuses',
  message: 'The validity dates are malformed: programs refuse the certificate.',
  next: 'Ask the issuer for a new certificate.',
  source,
}
