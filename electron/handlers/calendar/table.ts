import type { calendarCalls } from '../../../shared/calls/calendar.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { saveDates, startFeed } from './date-files.ts'

/** Who answers the calls of `shared/calls/calendar.ts`. */
export const calendarHandlers = (means: Means): Pick<Handlers, Exclude<keyof typeof calendarCalls, 'readClock'>> => ({
  listExpiring: async () => ok({ now: means.now().toISOString(), ...(await means.expiring()) }),
  changeReminder: async ({ items, change }) => {
    const known = new Map((await means.expiring()).items.map((item) => [item.id, item]))
    const ids = items.flatMap((id) => {
      const item = known.get(id)
      return item ? [{ id, notAfter: item.notAfter }] : []
    })
    await means.reminderFile.change(ids, change, means.now())
    means.news({ kind: 'reminders-changed' })
    return ok({})
  },
  saveDates: saveDates(means),
  listFeeds: async () => ok({ feeds: await means.feeds.list() }),
  startFeed: startFeed(means),
  stopFeed: async ({ format }) => ok({ feeds: await means.feeds.stop(format) }),
  backgroundState: async () => ok(await means.background.state()),
  changeBackground: async ({ enabled }) => {
    const state = await means.background.change(enabled)
    means.news({ kind: 'settings-changed', settings: means.settings.read() })
    return ok(state)
  },
})
