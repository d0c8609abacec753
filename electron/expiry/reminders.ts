import { expiryAdvice, expiryLine, verbs } from '../../shared/expiry/item-words.ts'
import type { ExpiryItem, ItemId, ItemKind } from '../../shared/expiry/items.ts'
import { type Reminder, remindersOn } from '../../shared/expiry/reminders.ts'
import { createTurns } from '../in-turn.ts'
import { isTold, type ReminderFile } from './reminder-file.ts'

/** `open` is the click on the notice itself, `do` the button that names what is to be done. */
export type NoticeAction = 'open' | 'do' | 'snooze-day' | 'snooze-week' | 'done'

/** What a system notification says, what it is about, and which buttons it has. */
export type Notice = {
  title: string
  body: string
  items: ItemId[]
  actions: { name: NoticeAction; label: string }[]
  /** Something is broken now. */
  urgent?: boolean
  /** What its button acts on, where it is about one thing. */
  about?: { kind: ItemKind; handle: string | undefined }
}

export type RemindersWith = {
  /** Everything with an end, as it is now. */
  items(): Promise<ExpiryItem[]>
  enabled(): boolean
  now(): Date
  /** False when the system shows no notifications: then nothing counts as told. */
  show(notice: Notice): Promise<boolean>
  file: ReminderFile
}

/** More than this at once become one notice; at the start, more than one do. */
const mostNotices = 3

/**
 * Tells each threshold of each item. A notice is written down as told when the system has taken it, one by one: who is
 * killed in between shows that one again at the next start. Rather one twice than one never.
 */
export function createReminders({ items, enabled, now, show, file }: RemindersWith) {
  const turn = createTurns()
  let first = true

  async function check(): Promise<void> {
    const most = first ? 1 : mostNotices
    first = false
    if (!enabled()) return
    const today = now()
    const all = await items()
    const marks = await file.read()
    const fresh = remindersOn(all, today).filter((reminder) => !isTold(marks[reminder.item], reminder, today))
    const groups = fresh.length > most ? [fresh] : fresh.map((one) => [one])
    for (const group of groups) {
      if (!(await show(noticeOf(group, today)))) return
      await file.tell(group, today)
    }
    await file.tidy(new Set(all.map(({ id }) => id)), today)
  }

  /** One after the other: two checks at once would tell the same twice. */
  return { check: () => turn(check) }
}

export type Reminders = ReturnType<typeof createReminders>

const snoozes: Notice['actions'] = [
  { name: 'snooze-day', label: 'Tomorrow' },
  { name: 'snooze-week', label: 'In 1 week' },
  { name: 'done', label: 'Done' },
]

function noticeOf(group: readonly Reminder[], today: Date): Notice {
  const [one] = group
  const ids = group.map(({ item }) => item)
  const urgent = group.some(({ threshold }) => threshold === 0)
  if (group.length === 1 && one) {
    const on = new Date(one.notAfter).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
    const body = `On ${on}. ${one.note ?? expiryAdvice(one, one.threshold === 0)}`
    const actions: Notice['actions'] = [{ name: 'do', label: verbs[one.kind] }, ...snoozes]
    const about = { kind: one.kind, handle: one.handle }
    return { title: expiryLine(one, today), body, items: ids, actions, urgent, about }
  }
  const expired = group.filter(({ threshold }) => threshold === 0).length
  const soon = group.length - expired
  const counts = [expired > 0 && `${expired} expired`, soon > 0 && `${soon} expiring soon`].filter(Boolean)
  const lines = group.slice(0, mostNotices).map((reminder) => expiryLine(reminder, today))
  const more = group.length - lines.length
  return {
    title: `Certificates: ${counts.join(', ')}`,
    body: `${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    items: ids,
    actions: [{ name: 'open', label: 'Show all' }, snoozes[0] as Notice['actions'][number]],
    urgent,
  }
}
