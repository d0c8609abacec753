import { dayText, relativeDays, timeText } from './dates.ts'

type DateTextProps = { iso: string; today?: Date; withTime?: boolean }

/** A date in the user's locale, with the days from today when `today` is given; the exact time on hover. */
export function DateText({ iso, today, withTime }: DateTextProps) {
  return (
    <time dateTime={iso} title={iso} className="number">
      {withTime ? timeText(iso) : dayText(iso)}
      {today && <span className="dim"> ({relativeDays(iso, today)})</span>}
    </time>
  )
}
