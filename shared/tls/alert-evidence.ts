import type { Attempt } from './attempt.ts'
import { contradiction } from './certificate-flaws.ts'
import type { Context } from './context.ts'
import type { Evidence } from './evidence.ts'
import type { CauseCode } from './failures.ts'

/**
 * Alerts that OpenSSL and those built on it send for these reasons only (RFC 8446 section 6.2), and how far each alert
 * speaks for each: the more reasons there are, the less for one.
 */
const precise: Record<number, [CauseCode, number][]> = {
  43: [
    ['client.wrong-purpose', 80],
    ['client.key-usage', 75],
  ],
  44: [['client.revoked', 100]],
  45: [['client.expired', 100]],
  48: [
    ['client.untrusted-issuer', 45],
    ['client.self-signed', 40],
    ['client.missing-intermediate', 40],
    ['client.same-name-other-key', 40],
  ],
  50: [['client.key-mismatch', 70]],
  51: [['client.key-mismatch', 80]],
}

/** Alerts that some server programs send whatever is wrong, as measured. They speak for nothing in particular. */
const saysLittle: Record<number, string> = {
  40: 'Servers that say no more than handshake_failure mean anything by it.',
  42: 'Go and several others say bad_certificate whatever is wrong with it.',
  46: 'Java and Windows say certificate_unknown whatever is wrong with it.',
  49: 'GnuTLS says access_denied whatever is wrong with it.',
  80: 'GnuTLS says internal_error when a certificate’s key usage stops it.',
}

const certificateCauses: CauseCode[] = [
  'client.expired',
  'client.not-yet-valid',
  'client.wrong-purpose',
  'client.key-usage',
  'client.too-weak',
  'client.self-signed',
  'client.same-name-other-key',
  'client.untrusted-issuer',
  'client.missing-intermediate',
  'client.revoked',
  'client.wrong-environment',
  'client.not-admitted',
]

/** Where the certificate shows the flaw and the alert names it, nothing is left to guess. */
const shownByItself: ReadonlySet<CauseCode> = new Set(['client.expired', 'client.wrong-purpose', 'client.key-usage'])

type Alert = Pick<NonNullable<Attempt['alert']>, 'number' | 'name'>

/**
 * What an alert that followed our certificate says. `among` are the causes that other evidence has brought up: a precise
 * alert speaks against those it does not mean, and what it means is held against the certificate.
 */
export function alertEvidence({ number, name }: Alert, context: Context, among: ReadonlySet<string>): Evidence[] {
  const said = `The server said ${name} (alert ${number}).`
  const meant = precise[number]
  if (!meant) return vague(number, said)
  const speaksFor = meant.flatMap(([code, weight]): Evidence[] => {
    const against = among.has(code) ? null : contradiction(code, context)
    const proves = number === 44 || (shownByItself.has(code) && among.has(code))
    return [{ code, weight, says: said, ...(proves && { proves: true as const }) }, ...(against ? [against] : [])]
  })
  const speaksAgainst = certificateCauses
    .filter((code) => among.has(code) && !meant.some(([one]) => one === code))
    .map((code): Evidence => ({ code, weight: -60, says: `${said} Most servers say something else for this.` }))
  return [...speaksFor, ...speaksAgainst]
}

function vague(number: number, said: string): Evidence[] {
  const says = saysLittle[number] ? `${said} ${saysLittle[number]}` : said
  if (number === 49) return [{ code: 'client.not-admitted', weight: 35, says }]
  if (number === 80) return [{ code: 'server.fault', weight: 50, says }]
  return []
}
