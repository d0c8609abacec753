import { daysLeft } from '../../shared/expiry/lifeline.ts'

const onDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const atTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A date in the user's locale: 21 Dec 2026. */
export const dayText = (when: string | Date): string => onDay.format(new Date(when))

export const timeText = (when: string | Date): string => atTime.format(new Date(when))

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/**
 * A length of days in the largest two units that say enough: `29 days`, `1 year`, `9 years 364 days`. Years are whole
 * ones by either way of counting, of 365 days (as certificates are ordered) or by the calendar.
 */
export function daysText(days: number): string {
  if (days < 365) return plural(days, 'day')
  const whole = Math.round(days / 365.2425)
  if (Math.abs(days - Math.round(whole * 365.2425)) <= 1) return plural(whole, 'year')
  const years = Math.floor(days / 365)
  const rest = days - years * 365
  return rest === 0 ? plural(years, 'year') : `${plural(years, 'year')} ${plural(rest, 'day')}`
}

/** Relative days: `in 29 days`, `today`, `3 days ago`. */
export function relativeDays(iso: string, today: Date): string {
  const days = daysLeft(iso, today)
  if (days >= 0) return days === 0 ? 'within a day' : `in ${daysText(days)}`
  return days === -1 ? 'less than a day ago' : `${daysText(-days - 1)} ago`
}
