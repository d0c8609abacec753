import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { Axis, Stretch } from '../parts/lifeline-marks.ts'

/** Where an item lies on an axis, as shares of its width, cut to what the axis shows; `null` for what is not on it. */
export type ItemMarks = {
  /** From the request to today, while no certificate has come back. */
  waiting: Stretch | null
  valid: Stretch | null
  renewal: Stretch | null
  /** From its end to today. */
  past: Stretch | null
  end: number | null
  /** It goes on past the right side. */
  goesOn: boolean
}

export function itemMarks(
  { createdAt, notBefore, notAfter, renewFrom }: ExpiryItem,
  today: Date,
  axis: Axis,
): ItemMarks {
  const share = (at: number) => (at - axis.from) / (axis.to - axis.from)
  const stretch = (from: number, to: number): Stretch | null =>
    to <= from || to < axis.from || from > axis.to || Number.isNaN(from + to)
      ? null
      : { from: share(Math.max(from, axis.from)), to: share(Math.min(to, axis.to)) }
  const now = today.getTime()
  const start = Date.parse(notBefore ?? createdAt ?? '')
  if (notAfter === undefined) {
    return { waiting: stretch(start, now), valid: null, renewal: null, past: null, end: null, goesOn: false }
  }
  const end = Date.parse(notAfter)
  const renew = renewFrom === undefined ? end : Date.parse(renewFrom)
  return {
    waiting: null,
    valid: stretch(Number.isNaN(start) ? axis.from : start, Math.min(renew, end)),
    renewal: stretch(renew, end),
    past: end < now ? stretch(end, now) : null,
    end: end < axis.from || end > axis.to ? null : share(end),
    goesOn: end > axis.to,
  }
}
