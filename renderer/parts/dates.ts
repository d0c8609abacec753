import { daysLeft } from '../../shared/expiry/lifeline.ts'

/** Made with the first date that is written: it takes longer than all else that a room loads. */
function written(how: Intl.DateTimeFormatOptions): (when: string | Date) => string {
  let format: Intl.DateTimeFormat | undefined
  return (when) => {
    format ??= new Intl.DateTimeFormat(undefined, how)
    return format.format(new Date(when))
  }
}

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** A date in the user's locale: 21 Dec 2026. */
export const dayText = written(day)

export const timeText = written({ ...day, hour: '2-digit', minute: '2-digit' })

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
