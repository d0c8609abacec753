import type { IssuedState } from '../../shared/authority/book-search.ts'
import { issuedState } from '../../shared/authority/book-search.ts'
import { reasonWords } from '../../shared/authority/reason-words.ts'
import type { IssuedSummary } from '../../shared/calls/authority.ts'
import type { BookAuthority, ListState } from '../../shared/calls/book.ts'
import { dayText, relativeDays } from '../parts/dates.ts'
import type { StateWords } from '../parts/state-words.ts'

const tones: Record<IssuedState, StateWords['tone']> = {
  valid: 'fine',
  expiring: 'soon',
  expired: 'past',
  revoked: 'broken',
}

export const stateLabels: Record<IssuedState, string> = {
  valid: 'Valid',
  expiring: 'Expiring',
  expired: 'Expired',
  revoked: 'Revoked',
}

/** The state of an issued certificate as a mark: `Valid until 21 Dec 2026`. */
export function issuedMark(one: IssuedSummary, today: Date): StateWords {
  const state = issuedState(one, today)
  const end = dayText(one.notAfter)
  const says: Record<IssuedState, string> = {
    valid: `Valid until ${end}`,
    expiring: `Expires ${relativeDays(one.notAfter, today)}`,
    expired: `Expired on ${end}`,
    revoked: `Revoked on ${dayText(one.revoked?.at ?? one.notAfter)}`,
  }
  return { tone: tones[state], word: says[state] }
}

export const revokedWords = ({ revoked }: Pick<IssuedSummary, 'revoked'>): string =>
  revoked ? `${reasonWords(revoked.reason)} (${revoked.reason})` : ''

const listTones: Record<ListState, StateWords['tone']> = {
  none: 'waiting',
  current: 'fine',
  behind: 'broken',
  due: 'soon',
  over: 'broken',
}

/** How an authority's list stands, in one line. */
export function listMark({ list, revoked }: BookAuthority, today: Date): StateWords {
  const next = list.nextUpdate ? dayText(list.nextUpdate) : ''
  const says: Record<ListState, string> = {
    none: revoked === 0 ? 'No list yet, and nothing revoked' : 'No list yet',
    current: `List is current, the next is due by ${next}`,
    behind: list.nextUpdate ? 'The list lacks a revocation: servers still let it in' : 'Revoked, but on no list yet',
    due: `The list runs out ${list.nextUpdate ? relativeDays(list.nextUpdate, today) : 'soon'}`,
    over: `The list ran out on ${next}: servers may refuse everybody`,
  }
  return { tone: listTones[list.state], word: says[list.state] }
}

/** The first digits of a serial number, which tell certificates of one book apart. */
export const shortSerial = (serial: string): string =>
  `${serial.slice(0, 12)}${serial.length > 12 ? '…' : ''}`.toUpperCase()
