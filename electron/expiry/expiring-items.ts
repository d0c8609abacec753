import { type ExpiryItem, renewFromOf, usualDays } from '../../shared/expiry/items.ts'
import type { Settings } from '../../shared/settings.ts'
import type { AttemptStore } from '../history/attempt-store.ts'
import type { Vault } from '../vault/vault.ts'
import { authorityItems } from './authority-items.ts'
import { createCertificateDates } from './certificate-dates.ts'
import { identityItems } from './identity-items.ts'
import { createProviderCas, type Found } from './provider-cas.ts'
import { type Marks, snoozedOn } from './reminder-file.ts'
import { serverItems } from './server-items.ts'

export type ExpiringFrom = {
  vault: Pick<Vault, 'identities' | 'authorities' | 'issued'>
  history: Pick<AttemptStore, 'watched'>
  reminders: () => Settings['reminders']
  marks: () => Promise<Marks>
  now: () => Date
}

export type Expiring = { items: ExpiryItem[]; damaged: string[] }

/**
 * Everything with an end, from what the vault has in the clear and from the last test of each watched server. Nothing of
 * it needs an open vault.
 */
export function createExpiring({ vault, history, reminders, marks, now }: ExpiringFrom) {
  const read = createCertificateDates()
  return async (): Promise<Expiring> => {
    const [identities, authorities, issued, endpoints, known] = await Promise.all([
      vault.identities.list(),
      vault.authorities.list(),
      vault.issued.list(),
      history.watched(),
      marks(),
    ])
    const own = authorityItems(authorities.records, issued.records, read)
    const cas = createProviderCas(read, own.certificates)
    const found: Found[] = [
      ...identityItems(identities.records, cas),
      ...own.items,
      ...serverItems(endpoints, identities.records, cas),
      ...cas.items(),
    ]
    const today = now()
    const usual = reminders().days
    return {
      items: found.map((item) => withReminders(item, usual, known, today)),
      damaged: [...identities.damaged, ...authorities.damaged, ...issued.damaged],
    }
  }
}

/** Puts to an item when to remind of it: by days of its own, of what it renews, or by the usual ones. */
function withReminders({ heir, ...item }: Found, usual: readonly number[], marks: Marks, today: Date): ExpiryItem {
  const mark = marks[item.id]
  const own = mark?.own ?? (heir === undefined ? undefined : marks[heir]?.own)
  const { notAfter, notBefore } = item
  // Nothing outside depends on the practice provider's own certificates.
  const quiet = item.practice && item.kind !== 'identity'
  const reminders = own === 'off' || (own === undefined && quiet) ? 'off' : own === undefined ? 'usual' : 'own'
  const usualHere = notAfter === undefined ? [] : usualDays(usual, notBefore, notAfter, item.kind)
  const days = Array.isArray(own) ? own : usualHere
  return {
    ...item,
    ...(notAfter !== undefined && { renewFrom: item.renewFrom ?? renewFromOf(days, notBefore, notAfter) }),
    reminders,
    remindDays: reminders === 'off' ? [] : [...days].sort((a, b) => b - a),
    done: mark?.done === true && mark.notAfter === notAfter,
    ...(notAfter !== undefined &&
      mark?.snoozedUntil !== undefined &&
      snoozedOn(mark, notAfter, today) && { snoozedUntil: mark.snoozedUntil }),
  }
}
