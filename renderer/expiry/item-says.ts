import { kindWords } from '../../shared/expiry/item-words.ts'
import { type ExpiryItem, type ItemState, itemState } from '../../shared/expiry/items.ts'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import { daysText, dayText } from '../parts/dates.ts'
import type { StateWords } from '../parts/state-words.ts'

const states: Record<ItemState, StateWords> = {
  waiting: { tone: 'waiting', word: 'Requested' },
  valid: { tone: 'fine', word: 'Valid' },
  renew: { tone: 'soon', word: 'Renew now' },
  expired: { tone: 'broken', word: 'Expired' },
  replaced: { tone: 'past', word: 'Replaced' },
  revoked: { tone: 'broken', word: 'Revoked' },
}

export const itemStateWords = (item: ExpiryItem, today: Date): StateWords =>
  item.done && item.life === 'current' ? { tone: 'past', word: 'Seen to' } : states[itemState(item, today)]

/** How long it still lasts, in few words. */
export function leftWords(item: Pick<ExpiryItem, 'life' | 'notAfter'>, today: Date): string {
  if (item.life === 'replaced' || item.life === 'revoked') return item.life
  // RFC 5280 section 4.1.2.5: the last second of the year 9999 means no end.
  if (item.notAfter === undefined) return item.life === 'waiting' ? 'no certificate yet' : 'does not expire'
  const left = daysLeft(item.notAfter, today)
  if (left < 0) return left === -1 ? 'expired today' : `expired ${daysText(-left - 1)} ago`
  return left === 0 ? 'expires within a day' : `${daysText(left)} left`
}

/** Whose it is: `Payrails Live`, or its kind where it is nobody's. */
export const belongsWords = ({ kind, providerName, environmentName }: ExpiryItem): string => {
  const whose = [providerName, environmentName].filter(Boolean).join(' ')
  const what = kind === 'identity' ? '' : kindWords[kind].one
  return [what, whose].filter(Boolean).join(', ')
}

/** What a line shows without words, for those who do not see it: its kind, its state, its dates. */
export function itemSays(item: ExpiryItem, today: Date): string {
  const { kind, notBefore, notAfter, renewFrom } = item
  const dates =
    notAfter === undefined
      ? ''
      : [
          notBefore !== undefined && `valid from ${dayText(notBefore)}`,
          renewFrom !== undefined && item.life === 'current' && `renew from ${dayText(renewFrom)}`,
          `expires on ${dayText(notAfter)}`,
        ]
          .filter(Boolean)
          .join(', ')
  return [`${kindWords[kind].one}, ${itemStateWords(item, today).word}`, dates].filter(Boolean).join(': ')
}
