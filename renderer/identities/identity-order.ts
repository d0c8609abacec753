import { daysLeft } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { byUrgency } from '../parts/state-words.ts'

export type SortKey = 'name' | 'provider' | 'begun' | 'left' | 'tested' | 'kept'
export type Order = { by: SortKey; descending: boolean }

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Identities whose name, provider, environment, common name, tags or note hold every word of the search. */
export function matching(identities: readonly IdentitySummary[], search: string): IdentitySummary[] {
  const wanted = folded(search).split(/\s+/).filter(Boolean)
  return identities.filter((one) => {
    const text = folded(
      [one.name, one.providerName, one.environmentName, one.commonName, ...(one.tags ?? []), one.note].join(' '),
    )
    return wanted.every((word) => text.includes(word))
  })
}

const compare: Record<Exclude<SortKey, 'left'>, (a: IdentitySummary, b: IdentitySummary) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  provider: (a, b) =>
    a.providerName.localeCompare(b.providerName) || a.environmentName.localeCompare(b.environmentName),
  begun: (a, b) => (a.notBefore ?? a.createdAt).localeCompare(b.notBefore ?? b.createdAt),
  tested: (a, b) => (b.lastTest?.at ?? '').localeCompare(a.lastTest?.at ?? ''),
  kept: (a, b) => a.keptBy.localeCompare(b.keptBy),
}

/** Sorted as asked; what is equal there goes by urgency. Days left, ascending, is the order of urgency itself. */
export function sorted(identities: readonly IdentitySummary[], order: Order, today: Date): IdentitySummary[] {
  const urgency = byUrgency(today)
  const first = order.by === 'left' ? urgency : compare[order.by]
  const sign = order.descending ? -1 : 1
  return [...identities].sort((a, b) => sign * first(a, b) || urgency(a, b))
}

/** Days left as the table says it; nothing where no certificate runs. */
export function leftText(identity: IdentitySummary, today: Date): string {
  if (identity.notAfter === undefined || identity.state === 'replaced' || identity.state === 'revoked') return '–'
  const days = daysLeft(identity.notAfter, today)
  if (days < 0) return 'expired'
  return days === 0 ? 'last day' : days === 1 ? '1 day' : `${days.toLocaleString()} days`
}
