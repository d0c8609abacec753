import { z } from 'zod'
import { daysLeft } from './lifeline.ts'

const dayMs = 86_400_000

export const ItemKind = z.enum(['identity', 'issued', 'authority', 'crl', 'provider-ca', 'server'])
export type ItemKind = z.infer<typeof ItemKind>

/** Kind and what it is known by: a handle, the digest of a certificate, or that of a server's address. */
export const ItemId = z.string().regex(/^(identity|issued|authority|crl|provider-ca|server):[a-z0-9]{8,64}$/)
export type ItemId = z.infer<typeof ItemId>

/** Days before the end: the thresholds of one item's reminders. */
export const ReminderDays = z.array(z.number().int().min(1).max(365)).min(1).max(8)

/**
 * One thing that ends on a day: a row of the calendar, a line of what is exported. Dates as ISO 8601; what has no
 * certificate yet has none.
 */
export const ExpiryItem = z.strictObject({
  id: ItemId,
  kind: ItemKind,
  name: z.string(),
  provider: z.string().nullable(),
  providerName: z.string().nullable(),
  environment: z.string().nullable(),
  environmentName: z.string().nullable(),
  /** What was made of it; how near its end is follows from the dates (`itemState`). */
  life: z.enum(['waiting', 'current', 'replaced', 'revoked']),
  createdAt: z.iso.datetime().optional(),
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime().optional(),
  /** Where its renewal window opens. */
  renewFrom: z.iso.datetime().optional(),
  /** `own`: it has days of its own in place of the usual ones. */
  reminders: z.enum(['usual', 'own', 'off']),
  remindDays: z.array(z.number().int()),
  snoozedUntil: z.iso.datetime().optional(),
  /** The user has seen to this end: no more reminders of it. */
  done: z.boolean(),
  /** Belongs to the practice provider, so that nothing outside depends on it. */
  practice: z.boolean(),
  /** Of the identity, the authority or the endpoint to open for it. */
  handle: z.string().optional(),
  /** Names of what depends on it. */
  usedBy: z.array(z.string()),
  /** What has to be known beside the dates, such as another key at a server. */
  note: z.string().optional(),
})
export type ExpiryItem = z.infer<typeof ExpiryItem>

export type ItemState = 'waiting' | 'valid' | 'renew' | 'expired' | 'replaced' | 'revoked'

type Dated = Pick<ExpiryItem, 'life' | 'notAfter' | 'renewFrom'>

/** The state on that day: only what is current ages, into `renew` when its window opens, into `expired` at its end. */
export function itemState({ life, notAfter, renewFrom }: Dated, today: Date): ItemState {
  if (life !== 'current') return life
  if (notAfter === undefined) return 'valid'
  if (Date.parse(notAfter) < today.getTime()) return 'expired'
  if (renewFrom === undefined) return 'valid'
  const window = Date.parse(notAfter) - Date.parse(renewFrom)
  const open = today.getTime() >= Date.parse(renewFrom)
  // "30 days before" means the whole day on which 30 are left, as everywhere; short windows go by the hour.
  return open || (window >= 2 * dayMs && daysLeft(notAfter, today) <= Math.floor(window / dayMs)) ? 'renew' : 'valid'
}

/**
 * The thresholds that make sense for something of that length: a reminder in the first two thirds of its life would be
 * told of something new, as with revocation lists that are signed every week. Servers renew theirs by themselves, often
 * when a third is left, so of those it is told only when that did not happen.
 */
export function usualDays(
  days: readonly number[],
  notBefore: string | undefined,
  notAfter: string,
  kind: ItemKind = 'identity',
): number[] {
  if (notBefore === undefined) return [...days]
  const longest = (Date.parse(notAfter) - Date.parse(notBefore)) / dayMs / (kind === 'server' ? 6 : 3)
  return days.filter((day) => day <= longest)
}

/** Where the renewal window opens: the first reminder's distance before the end, a third of the life for what is short. */
export function renewFromOf(days: readonly number[], notBefore: string | undefined, notAfter: string): string {
  const end = Date.parse(notAfter)
  const start = notBefore === undefined ? Number.NEGATIVE_INFINITY : Date.parse(notBefore)
  const first = Math.max(0, ...days) * dayMs
  const from = first > 0 ? end - first : end - Math.min((end - start) / 3, dayMs)
  return new Date(Math.max(from, start)).toISOString()
}

/** Order of urgency: the nearest end first, then what waits, then what is over. */
export function byEnd(a: ExpiryItem, b: ExpiryItem): number {
  const rank = ({ life }: ExpiryItem) => (life === 'current' ? 0 : life === 'waiting' ? 1 : 2)
  const end = ({ notAfter, createdAt }: ExpiryItem) => Date.parse(notAfter ?? createdAt ?? '9999-12-31')
  return rank(a) - rank(b) || end(a) - end(b) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id)
}
