import type { News } from '../../shared/contract.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { remindersOn } from '../../shared/expiry/reminders.ts'
import type { Means } from '../means.ts'
import { watchClock } from './clock-watch.ts'
import { createReminders, type Notice, type NoticeAction } from './reminders.ts'

type ExpiryDeskWith = {
  means: Pick<Means, 'expiring' | 'settings' | 'now' | 'reminderFile' | 'feeds' | 'news'>
  show(notice: Notice): Promise<boolean>
  /** Badge and tray: everything with an end, and how many of it are due. */
  sign(items: readonly ExpiryItem[], due: number, now: Date): void
  onFault(fault: unknown): void
}

/** Often enough that "one day before" is told on that day. */
const everyMs = 60 * 60_000
/** Changes come in bunches. */
const restMs = 400

/** News that change no date. */
const idle: ReadonlySet<News['kind']> = new Set(['work', 'step', 'probe', 'endpoints', 'go', 'clock-changed'])

/**
 * Keeps reminders, tray, badge and feed files true: every hour, when the clock was set or the computer has slept, and
 * whenever something changes.
 */
export function createExpiryDesk({ means, show, sign, onFault }: ExpiryDeskWith) {
  const { settings, now, reminderFile } = means
  const items = async () => (await means.expiring()).items
  const enabled = () => settings.read().reminders.enabled
  const reminders = createReminders({ items, enabled, now, show, file: reminderFile })
  let timer: NodeJS.Timeout | undefined
  let soon: NodeJS.Timeout | undefined
  let clock: ReturnType<typeof watchClock> | undefined

  async function refresh(): Promise<void> {
    const all = await items()
    const awake = all.filter(({ snoozedUntil }) => snoozedUntil === undefined)
    sign(all, remindersOn(awake, now()).length, now())
    await means.feeds.refresh()
    await reminders.check()
  }
  const run = () => void refresh().catch(onFault)

  return {
    refresh,
    /** What a click in a notification does to the reminders of its items; opening something is not done here. */
    async act(action: NoticeAction, { items: ids }: Notice): Promise<void> {
      if (action === 'open') return
      const known = new Map((await items()).map(({ id, notAfter }) => [id as string, notAfter]))
      const there = ids.flatMap((id) => (known.has(id) ? [{ id, notAfter: known.get(id) }] : []))
      const until = action === 'snooze-day' ? 'tomorrow' : 'week'
      await reminderFile.change(there, action === 'done' ? { to: 'done' } : { to: 'snooze', until }, now())
      means.news({ kind: 'reminders-changed' })
    },
    /** Hears all news on their way to the page. */
    hear(news: News) {
      if (idle.has(news.kind)) return
      clearTimeout(soon)
      soon = setTimeout(run, restMs)
    },
    /** The clock was set, or the computer woke up. */
    woke() {
      means.news({ kind: 'clock-changed', now: now().toISOString() })
      run()
    },
    start() {
      run()
      timer = setInterval(run, everyMs)
      clock = watchClock(() => this.woke())
    },
    stop() {
      clearInterval(timer)
      clearTimeout(soon)
      clock?.stop()
    },
  }
}
