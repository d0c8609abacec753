import type { Reminder } from '../../shared/contract.ts'
import type { Told, ToldFile } from './told-file.ts'

/** What a system notification says, and where a click on it leads: one identity, or the calendar for several. */
export type Notice = { title: string; body: string; identity?: string }

export type RemindersWith = {
  /** All that is due today; none while reminders are switched off. */
  due(): Promise<Reminder[]>
  /** False when the system shows no notifications: then nothing counts as told. */
  show(notice: Notice): boolean
  told: ToldFile
}

/** Often enough that "one day before" is told on that day, also when the computer sleeps in between. */
const everyMs = 60 * 60_000
/** More than this at once become one notice. */
const mostNotices = 3

/** Tells each threshold of each certificate once: at start, and while running. */
export function createReminders({ due, show, told }: RemindersWith) {
  let timer: NodeJS.Timeout | undefined

  async function check(): Promise<void> {
    const reminders = await due()
    const known = await told.read()
    const fresh = reminders.filter((reminder) => isFresh(reminder, known))
    if (fresh.length === 0) return
    const notices = fresh.length > mostNotices ? [summaryOf(fresh)] : fresh.map(noticeOf)
    const shown = notices.map(show)
    if (!shown.every(Boolean)) return
    // Only what is still due is kept, so the file does not grow with identities that are gone.
    const kept = reminders.flatMap((one) => (known[one.identity] ? [[one.identity, known[one.identity]]] : []))
    const now = fresh.map(({ identity, notAfter, threshold }) => [identity, { notAfter, threshold }])
    await told.write(Object.fromEntries([...kept, ...now]))
  }

  return {
    check,
    start(onFault: (fault: unknown) => void) {
      const run = () => void check().catch(onFault)
      run()
      timer = setInterval(run, everyMs)
    },
    stop: () => clearInterval(timer),
  }
}

/** A renewed certificate starts anew; else only a smaller threshold than the one told is news. */
function isFresh({ identity, notAfter, threshold }: Reminder, known: Told): boolean {
  const before = known[identity]
  return before === undefined || before.notAfter !== notAfter || threshold < before.threshold
}

function noticeOf({ name, daysLeft, threshold, notAfter, identity }: Reminder): Notice {
  const on = new Date(notAfter).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
  if (threshold === 0) {
    return { title: `“${name}” has expired`, body: `On ${on}. Calls with it are refused: renew it now.`, identity }
  }
  const when = daysLeft === 0 ? 'within a day' : daysLeft === 1 ? 'in 1 day' : `in ${daysLeft} days`
  return { title: `“${name}” expires ${when}`, body: `On ${on}. Renew it now, so that calls go on.`, identity }
}

function summaryOf(fresh: readonly Reminder[]): Notice {
  const names = fresh.slice(0, mostNotices).map(({ name }) => `“${name}”`)
  return {
    title: `${fresh.length} certificates expire soon or have expired`,
    body: `${names.join(', ')} and ${fresh.length - names.length} more.`,
  }
}
