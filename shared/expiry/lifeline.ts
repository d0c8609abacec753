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
