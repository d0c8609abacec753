import type { RevocationReason } from './revocation-reason.ts'

/** Days until the next list is promised, unless another choice is made. */
export const usualListDays = 7
export const mostListDays = 366

const day = 86_400_000
/** Lists begin five minutes ago, as certificates do: a server whose clock is behind would refuse everybody. */
const backDated = 5 * 60_000

/**
 * What is known of the list before. `thisUpdate` is back-dated; `madeAt` is when it was made; `revoked` how many were revoked
 * by then.
 */
export type EarlierList = { number: number; thisUpdate: string; nextUpdate: string; madeAt?: string; revoked?: number }

export type RevokedEntry = {
  serial: string
  notAfter: string
  revoked: { at: string; reason: RevocationReason; invalidSince?: string }
}

export type ListPlan = {
  number: number
  thisUpdate: Date
  nextUpdate: Date
  revoked: { serial: string; at: Date; reason: RevocationReason; invalidSince?: Date }[]
}

const seconds = (time: number): Date => new Date(Math.floor(time / 1000) * 1000)

/**
 * The number of the next list (RFC 5280 section 5.2.3: it only ever grows). It is at least the second of the day, so that
 * it grows also where the vault was restored from before the last list.
 */
export const nextListNumber = (earlier: { number: number } | undefined, now: Date): number =>
  Math.max((earlier?.number ?? 0) + 1, Math.floor(now.getTime() / 1000))

/**
 * What the next list says. It never promises more than the authority's own life. A certificate that has expired leaves
 * the list once a list made after its end has had it (section 3.3).
 */
export function planList(
  authority: { notAfter: string; crl?: EarlierList },
  issued: readonly { serial: string; notAfter: string; revoked?: RevokedEntry['revoked'] }[],
  now: Date,
  days = usualListDays,
): ListPlan {
  const { crl: earlier } = authority
  const revoked = issued.filter((one): one is RevokedEntry => one.revoked !== undefined)
  const before = earlier ? Date.parse(earlier.thisUpdate) : Number.NEGATIVE_INFINITY
  const stays = ({ notAfter, revoked: { at } }: RevokedEntry) =>
    Date.parse(notAfter) >= before || Date.parse(at) >= before
  return {
    number: nextListNumber(earlier, now),
    thisUpdate: seconds(now.getTime() - backDated),
    nextUpdate: seconds(Math.min(now.getTime() + days * day, Date.parse(authority.notAfter))),
    revoked: revoked.filter(stays).map(({ serial, revoked: { at, reason, invalidSince } }) => ({
      serial,
      at: seconds(Date.parse(at)),
      reason,
      ...(invalidSince !== undefined && { invalidSince: seconds(Date.parse(invalidSince)) }),
    })),
  }
}

/** `behind`: something was revoked since the list was made. `due`: its last third, or its last two days, have begun. */
export type ListState = 'none' | 'current' | 'behind' | 'due' | 'over'

/** How an authority's last list stands. `none` is fine as long as nothing is revoked. */
export function listState(earlier: EarlierList | undefined, revoked: readonly { at: string }[], now: Date): ListState {
  if (!earlier) return revoked.length > 0 ? 'behind' : 'none'
  const { thisUpdate, nextUpdate, madeAt = thisUpdate } = earlier
  const [from, to] = [Date.parse(thisUpdate), Date.parse(nextUpdate)]
  if (now.getTime() >= to) return 'over'
  // Revocations are never taken back, so counting tells, where clocks of two computers would not.
  const { revoked: had } = earlier
  const more = had === undefined ? revoked.some(({ at }) => Date.parse(at) > Date.parse(madeAt)) : revoked.length > had
  if (more) return 'behind'
  return to - now.getTime() <= Math.min((to - from) / 3, 2 * day) ? 'due' : 'current'
}

/** When to make the next list, for the calendar: the day on which it is due, before it is over. */
export function listDueAt({ thisUpdate, nextUpdate }: EarlierList): Date {
  const [from, to] = [Date.parse(thisUpdate), Date.parse(nextUpdate)]
  return new Date(to - Math.min((to - from) / 3, 2 * day))
}
