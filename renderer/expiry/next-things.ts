import { type ExpiryItem, itemState } from '../../shared/expiry/items.ts'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { stageOf } from '../../shared/renewal/renewal.ts'
import { daysText, dayText } from '../parts/dates.ts'
import { verbFor } from '../parts/reminder-place.ts'

/** One thing to do: why, by when, and the button that does it. */
export type Thing = {
  item: ExpiryItem
  what: 'renew' | 'attach' | 'test' | 'renewal'
  says: string
  tone: 'broken' | 'soon' | 'waiting'
  verb: string
}

const order: Record<Thing['tone'], number> = { broken: 0, soon: 1, waiting: 2 }
/** What ended longer ago, and nobody calls with it, is history. */
const forgottenAfterDays = 30

/**
 * What to do next, most urgent first: renew what has expired or soon will, attach what was requested, test what never
 * was, and finish the renewals that are under way. An identity that is being renewed is left alone; its successor appears
 * instead. So is what was seen to, or is snoozed.
 */
export function nextThings(
  items: readonly ExpiryItem[],
  identities: readonly Pick<IdentitySummary, 'handle' | 'renews' | 'lastTest' | 'renewal'>[],
  today: Date,
): Thing[] {
  const renewed = new Set(identities.flatMap((one) => one.renews ?? []))
  const tested = new Set(identities.flatMap((one) => (one.lastTest ? [one.handle] : [])))
  const renewals = new Map(identities.map(({ handle, renewal }) => [handle, renewal]))
  const things: (Thing & { due: number })[] = []
  for (const item of items) {
    const { kind, notAfter, handle } = item
    if (item.done || item.snoozedUntil !== undefined || (item.practice && kind !== 'identity')) continue
    const due = Date.parse(notAfter ?? item.createdAt ?? '')
    const add = (thing: Omit<Thing, 'item'>) => things.push({ item, due, ...thing })
    const state = itemState(item, today)
    if ((state === 'expired' || state === 'renew') && notAfter !== undefined) {
      const left = daysLeft(notAfter, today)
      if (kind === 'identity' && renewed.has(handle ?? '')) continue
      if (left < -forgottenAfterDays && kind !== 'identity' && kind !== 'authority') continue
      const when = left === 0 ? 'within a day' : `in ${daysText(left)}`
      add({
        what: 'renew',
        verb: verbFor(kind),
        tone: state === 'expired' ? 'broken' : 'soon',
        says: state === 'expired' ? `Expired on ${dayText(notAfter)}` : `Expires ${when}, on ${dayText(notAfter)}`,
      })
    } else if (state === 'waiting') {
      const waited = daysLeft(today.toISOString(), new Date(item.createdAt ?? today))
      const since = waited < 1 ? 'today' : `${daysText(waited)} ago`
      const sent = renewals.get(handle ?? '')?.sent
      add({
        what: 'attach',
        verb: 'Attach certificate',
        tone: 'waiting',
        says: sent
          ? `Sent on ${dayText(sent.on)}${sent.to && ` to ${sent.to}`}, the certificate is not here yet`
          : `Requested ${since}, the certificate is not here yet`,
      })
    } else if (state === 'valid' && kind === 'identity' && !tested.has(handle ?? '')) {
      add({ what: 'test', verb: 'Test', tone: 'waiting', says: 'Has its certificate, never tested' })
    } else if (state === 'valid' && kind === 'identity') {
      const says = renewalSays(renewals.get(handle ?? ''))
      if (says) add({ what: 'renewal', verb: 'Open', ...says })
    }
  }
  return things
    .sort((a, b) => order[a.tone] - order[b.tone] || a.due - b.due || a.item.name.localeCompare(b.item.name))
    .map(({ due: _, ...thing }) => thing)
}

/** What is left of a renewal once the new certificate works; told of the new one, so that it is told once. */
function renewalSays(renewal: IdentitySummary['renewal']): Pick<Thing, 'says' | 'tone'> | null {
  if (renewal?.side !== 'new' || !renewal.old) return null
  const old = `“${renewal.old.name}”`
  const stage = stageOf(renewal)
  if (stage === 'to-switch') return { tone: 'waiting', says: `It works: let your service use it instead of ${old}` }
  if (stage === 'to-retire') return { tone: 'soon', says: `In use: remove ${old} at the provider, then tick it off` }
  return null
}
