import type { Reminder } from '../contract.ts'
import type { IdentityState, IdentitySummary } from '../identity.ts'

const dayMs = 86_400_000

/**
 * Whole days from `today` until `notAfter` (ISO 8601), rounded down: 0 on the last day, negative once it is over.
 * Elapsed time, not calendar days, so that it is the same in every time zone.
 */
export function daysLeft(notAfter: string, today: Date): number {
  return Math.floor((Date.parse(notAfter) - today.getTime()) / dayMs)
}

/**
 * The state on that day. Only `ready` ages: into `expiring` when `remindDays` or fewer are left, into `expired` after
 * the last second (RFC 5280, 4.1.2.5: notAfter itself still counts). A replaced or revoked identity stays what it is.
 */
export function stateOn(
  identity: Pick<IdentitySummary, 'state' | 'notAfter'>,
  today: Date,
  remindDays: number,
): IdentityState {
  const ages = identity.state === 'ready' || identity.state === 'expiring' || identity.state === 'expired'
  if (!ages || identity.notAfter === undefined) return identity.state
  const left = daysLeft(identity.notAfter, today)
  if (left < 0) return 'expired'
  return left <= remindDays ? 'expiring' : 'ready'
}

/**
 * What is worth a reminder on that day, most urgent first. `days` are thresholds in days before expiry, in any order;
 * each identity appears once, with the smallest threshold it has passed, 0 when it has expired.
 */
export function dueReminders(
  identities: readonly Pick<IdentitySummary, 'handle' | 'name' | 'state' | 'notAfter'>[],
  days: readonly number[],
  today: Date,
): Reminder[] {
  const due: Reminder[] = []
  for (const identity of identities) {
    if (identity.notAfter === undefined) continue
    const state = stateOn(identity, today, Math.max(0, ...days))
    if (state !== 'expiring' && state !== 'expired') continue
    const left = daysLeft(identity.notAfter, today)
    const passed = days.filter((threshold) => left <= threshold)
    const threshold = state === 'expired' || passed.length === 0 ? 0 : Math.min(...passed)
    due.push({ identity: identity.handle, name: identity.name, notAfter: identity.notAfter, daysLeft: left, threshold })
  }
  return due.sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter) || a.name.localeCompare(b.name))
}
