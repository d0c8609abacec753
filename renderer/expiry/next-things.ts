import { daysLeft, stateOn } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { daysText, dayText } from '../parts/dates.ts'

/** One thing to do about one identity: why, by when, and the button that does it. */
export type Thing = {
  handle: string
  name: string
  what: 'renew' | 'attach' | 'test'
  says: string
  tone: 'broken' | 'soon' | 'waiting'
  verb: string
}

const order: Record<Thing['tone'], number> = { broken: 0, soon: 1, waiting: 2 }

/**
 * What to do next, most urgent first: renew what has expired or soon will, attach what was requested, test what never
 * was. An identity with a renewal under way is left alone; its successor appears instead.
 */
export function nextThings(identities: readonly IdentitySummary[], today: Date, remindDays: number): Thing[] {
  const renewed = new Set(identities.flatMap((one) => one.renews ?? []))
  const things: (Thing & { due: number })[] = []
  for (const identity of identities) {
    const { handle, name, notAfter } = identity
    const state = stateOn(identity, today, remindDays)
    const due = notAfter ? Date.parse(notAfter) : Date.parse(identity.createdAt)
    const add = (thing: Omit<Thing, 'handle' | 'name'>) => things.push({ handle, name, due, ...thing })
    if ((state === 'expired' || state === 'expiring') && notAfter && !renewed.has(handle)) {
      const left = daysLeft(notAfter, today)
      add({
        what: 'renew',
        verb: 'Renew',
        tone: state === 'expired' ? 'broken' : 'soon',
        says:
          state === 'expired'
            ? `Expired on ${dayText(notAfter)}`
            : `Expires in ${daysText(left)}, on ${dayText(notAfter)}`,
      })
    } else if (state === 'requested') {
      const waited = daysLeft(today.toISOString(), new Date(identity.createdAt))
      const since = waited < 1 ? 'today' : `${daysText(waited)} ago`
      add({
        what: 'attach',
        verb: 'Attach certificate',
        tone: 'waiting',
        says: `Requested ${since}, the certificate is not here yet`,
      })
    } else if (state === 'ready' && !identity.lastTest) {
      add({ what: 'test', verb: 'Test', tone: 'waiting', says: 'Has its certificate, never tested' })
    }
  }
  return things
    .sort((a, b) => order[a.tone] - order[b.tone] || a.due - b.due || a.name.localeCompare(b.name))
    .map(({ due: _, ...thing }) => thing)
}
