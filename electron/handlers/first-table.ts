import type { firstCalls } from '../../shared/calls/first.ts'
import { remindersOn } from '../../shared/expiry/reminders.ts'
import { renewalsAmong } from '../../shared/renewal/renewal.ts'
import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { summaryOf } from './identity-summary.ts'

type FirstCall = keyof typeof firstCalls

/**
 * Who answers the calls with which a page begins: the first screen waits for these and for nothing else. They ask only
 * what the means hold already; all others come with `all-ways.ts`, which is loaded after them.
 */
export function firstHandlers(means: Means): Pick<Handlers, FirstCall> {
  const { vault, settings, providers, practice, listening, draft, now } = means
  return {
    listProviders: async () => ok({ providers: await providers.list() }),
    listIdentities: async () => {
      const [{ records, damaged }, { keptBy }] = [await vault.identities.list(), await vault.state()]
      const renewals = renewalsAmong(records)
      return ok({ identities: records.map((record) => summaryOf(record, keptBy, renewals)), damaged })
    },
    listReminders: async () => {
      const { items } = await means.expiring()
      const awake = items.filter(({ snoozedUntil }) => !snoozedUntil)
      return ok({ reminders: remindersOn(awake, now()) })
    },
    listenerState: async () => ok(listening.state()),
    practiceState: async () => ok(practice.state()),
    readClock: async () => ok({ now: now().toISOString() }),
    readDraft: async () => ok({ draft: await draft.read() }),
    readSettings: async () => ok(settings.read()),
    vaultState: async () => ok(await vault.state()),
  }
}
