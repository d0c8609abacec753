import { daysLeft, stateOn } from '../../shared/expiry/lifeline.ts'
import type { IdentityState, IdentitySummary } from '../../shared/identity.ts'
import type { Settings } from '../../shared/settings.ts'

/** How a state is told: `tone` picks colour and shape, `word` stands beside it. */
export type StateWords = { tone: 'waiting' | 'fine' | 'proven' | 'soon' | 'broken' | 'past'; word: string }

const words: Record<IdentityState, StateWords> = {
  draft: { tone: 'waiting', word: 'Draft' },
  requested: { tone: 'waiting', word: 'Requested' },
  ready: { tone: 'fine', word: 'Ready' },
  expiring: { tone: 'soon', word: 'Expires soon' },
  expired: { tone: 'broken', word: 'Expired' },
  replaced: { tone: 'past', word: 'Replaced' },
  revoked: { tone: 'broken', word: 'Revoked' },
}

/** The state today. Green is for what was proven by a test, not for what merely looks fine. */
export function stateWords(
  identity: Pick<IdentitySummary, 'state' | 'notAfter' | 'lastTest'>,
  today: Date,
  remindDays: number,
): StateWords {
  const state = stateOn(identity, today, remindDays)
  if (state === 'ready' && identity.lastTest?.outcome === 'accepted') return { tone: 'proven', word: 'Ready, tested' }
  return words[state]
}

/** The first reminder's distance: where the renewal window opens. */
export const remindDaysOf = (settings: Settings | null): number => Math.max(...(settings?.reminders.days ?? [30]))

/**
 * Order of urgency: expired, then what expires next, then what waits for its certificate, then what is over. Within
 * each the nearest date first.
 */
export function byUrgency(today: Date) {
  const rank = (identity: IdentitySummary): number => {
    if (identity.state === 'replaced' || identity.state === 'revoked') return 2
    return identity.notAfter === undefined ? 1 : 0
  }
  return (a: IdentitySummary, b: IdentitySummary): number =>
    rank(a) - rank(b) ||
    (a.notAfter && b.notAfter ? daysLeft(a.notAfter, today) - daysLeft(b.notAfter, today) : 0) ||
    b.createdAt.localeCompare(a.createdAt)
}
