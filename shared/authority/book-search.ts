import type { IssuedSummary } from '../calls/authority.ts'
import { daysLeft } from '../expiry/lifeline.ts'

export type IssuedState = 'valid' | 'expiring' | 'expired' | 'revoked'

/** Days before its end from which a certificate is called expiring: when its renewal is begun at the latest. */
const soonDays = 30

export function issuedState(
  { revoked, notAfter }: Pick<IssuedSummary, 'revoked' | 'notAfter'>,
  now: Date,
): IssuedState {
  if (revoked) return 'revoked'
  if (Date.parse(notAfter) <= now.getTime()) return 'expired'
  return daysLeft(notAfter, now) <= soonDays ? 'expiring' : 'valid'
}

export type BookWish = { text: string; state: IssuedState | null; authority: string | null }

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Those of the book that are looked for. Every word typed has to occur in name, subject, authority, provider or note; a
 * serial number is found by its beginning or whole, with colons, spaces or `0x` as other tools print it.
 */
export function findIssued(issued: readonly IssuedSummary[], wish: BookWish, now: Date): IssuedSummary[] {
  const words = plain(wish.text).split(/\s+/).filter(Boolean)
  const digits = wish.text
    .toLowerCase()
    .replace(/[\s:]/g, '')
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '')
  const serial = /^[0-9a-f]{2,40}$/.test(digits) ? digits : null
  return issued.filter((one) => {
    if (wish.authority !== null && one.authority !== wish.authority) return false
    if (wish.state !== null && issuedState(one, now) !== wish.state) return false
    if (words.length === 0 || (serial && one.serial.startsWith(serial))) return true
    const { name, subject, authorityName, provider = '', note = '' } = one
    const said = plain(`${name} ${subject} ${authorityName} ${provider} ${note}`)
    return words.every((word) => said.includes(word))
  })
}
