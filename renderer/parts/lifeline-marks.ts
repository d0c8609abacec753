import type { IdentitySummary } from '../../shared/identity.ts'

const dayMs = 86_400_000

export type LifelineOf = Pick<IdentitySummary, 'createdAt' | 'notBefore' | 'notAfter' | 'state'>

/** A stretch of time on the axis, as shares of its width (0 to 1), cut to what the axis shows. */
export type Stretch = { from: number; to: number }

/** Where everything of one identity lies on an axis. What is outside the axis or does not exist is `null`. */
export type LifelineMarks = {
  /** From the request to the certificate, or to today while none has come back. */
  waiting: Stretch | null
  /** The certificate's validity before the renewal window. */
  valid: Stretch | null
  renewal: Stretch | null
  /** From expiry to today, once it has expired. */
  past: Stretch | null
  created: number | null
  expiry: number | null
  today: number | null
}

export type Axis = { from: number; to: number }

const time = (iso: string | undefined): number | null => {
  const at = iso === undefined ? Number.NaN : Date.parse(iso)
  return Number.isNaN(at) ? null : at
}

/** When the renewal window opens: `remindDays` before expiry, but never before the certificate is valid. */
export function renewFrom(identity: LifelineOf, remindDays: number): number | null {
  const end = time(identity.notAfter)
  if (end === null) return null
  return Math.max(end - remindDays * dayMs, time(identity.notBefore) ?? Number.NEGATIVE_INFINITY)
}

/** An axis that holds the whole life of one identity, with today on it and a margin at both ends. */
export function axisOf(identity: LifelineOf, today: Date): Axis {
  const known = [time(identity.createdAt), time(identity.notBefore), time(identity.notAfter), today.getTime()].filter(
    (at) => at !== null,
  )
  const from = Math.min(...known)
  const to = Math.max(...known)
  const margin = Math.max((to - from) * 0.02, dayMs)
  // Without a certificate there is no end yet: the line stops at today, a third of the way.
  return identity.notAfter === undefined
    ? { from: from - margin, to: to + Math.max((to - from) * 2, 30 * dayMs) }
    : { from: from - margin, to: to + margin }
}

export function marksOf(identity: LifelineOf, today: Date, remindDays: number, axis: Axis): LifelineMarks {
  const share = (at: number) => (at - axis.from) / (axis.to - axis.from)
  const point = (at: number | null) => (at === null || at < axis.from || at > axis.to ? null : share(at))
  const stretch = (from: number | null, to: number | null): Stretch | null => {
    if (from === null || to === null || to <= from || to < axis.from || from > axis.to) return null
    return { from: share(Math.max(from, axis.from)), to: share(Math.min(to, axis.to)) }
  }
  const now = today.getTime()
  const created = time(identity.createdAt)
  const start = time(identity.notBefore)
  const end = time(identity.notAfter)
  const renew = renewFrom(identity, remindDays)
  return {
    waiting: stretch(created, start ?? now),
    valid: stretch(start ?? created, renew ?? end),
    renewal: stretch(renew, end),
    past: end !== null && end < now ? stretch(end, now) : null,
    created: point(created),
    expiry: point(end),
    today: point(now),
  }
}
