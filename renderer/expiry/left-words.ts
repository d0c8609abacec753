import { daysLeft } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { daysText } from '../parts/dates.ts'

/** How long an identity still lasts, in few words. */
export function leftWords(identity: Pick<IdentitySummary, 'state' | 'notAfter'>, today: Date): string {
  if (identity.state === 'replaced') return 'replaced'
  if (identity.state === 'revoked') return 'revoked'
  if (identity.notAfter === undefined) return 'no certificate yet'
  const left = daysLeft(identity.notAfter, today)
  if (left < 0) return left === -1 ? 'expired today' : `expired ${daysText(-left - 1)} ago`
  return left === 0 ? 'expires within a day' : `${daysText(left)} left`
}
