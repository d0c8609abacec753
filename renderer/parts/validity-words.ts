import { daysLeft } from '../../shared/expiry/lifeline.ts'
import { daysText, dayText } from './dates.ts'

/** Where today lies in a validity: the words and how bad it is. */
export function validityWords(
  facts: { notBefore?: string; notAfter?: string },
  today: Date,
): { says: string; state: 'early' | 'valid' | 'soon' | 'over' } | null {
  if (!facts.notAfter || Number.isNaN(Date.parse(facts.notAfter))) return null
  if (facts.notBefore && Date.parse(facts.notBefore) > today.getTime()) {
    return { says: `not valid before ${dayText(facts.notBefore)}`, state: 'early' }
  }
  const days = daysLeft(facts.notAfter, today)
  if (days < 0) return { says: days === -1 ? 'expired today' : `expired ${daysText(-days - 1)} ago`, state: 'over' }
  return { says: days === 0 ? 'expires within a day' : `${daysText(days)} left`, state: days <= 30 ? 'soon' : 'valid' }
}
