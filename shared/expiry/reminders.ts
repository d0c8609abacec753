import { z } from 'zod'
import { Handle } from '../identity.ts'
import { type ExpiryItem, ItemId, ItemKind, ReminderDays } from './items.ts'
import { daysLeft } from './lifeline.ts'

export const Reminder = z.strictObject({
  item: ItemId,
  kind: ItemKind,
  name: z.string(),
  providerName: z.string().nullable(),
  notAfter: z.iso.datetime(),
  /** The threshold in days that it has passed; 0 when expired. */
  threshold: z.number().int(),
  /** Of the identity to renew, or of what is to be opened. */
  handle: z.string().optional(),
  identity: Handle.optional(),
  /** What has to be known beside the date. */
  note: z.string().optional(),
})
export type Reminder = z.infer<typeof Reminder>

/** What ended longer ago, and nobody calls with it, is history. */
const forgottenAfterDays = 30
const lasting: ReadonlySet<ItemKind> = new Set(['identity', 'authority'])

/**
 * What is worth a reminder on that day, most urgent first: each item once, with the smallest threshold it has passed, 0
 * when it has expired. What was seen to, and what reminders are off for, is left out; what is snoozed is not.
 */
export function remindersOn(items: readonly ExpiryItem[], today: Date): Reminder[] {
  const due: Reminder[] = []
  for (const item of items) {
    const { id, kind, name, providerName, notAfter, handle, note } = item
    if (item.life !== 'current' || notAfter === undefined || item.reminders === 'off' || item.done) continue
    const left = daysLeft(notAfter, today)
    const expired = Date.parse(notAfter) < today.getTime()
    if (left < -forgottenAfterDays && !lasting.has(kind)) continue
    const passed = item.remindDays.filter((threshold) => left <= threshold)
    if (!expired && passed.length === 0) continue
    due.push({
      item: id,
      kind,
      name,
      providerName,
      notAfter,
      threshold: expired ? 0 : Math.min(...passed),
      ...(handle !== undefined && { handle }),
      ...(note !== undefined && { note }),
      ...(kind === 'identity' && handle !== undefined && { identity: handle }),
    })
  }
  return due.sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter) || a.name.localeCompare(b.name))
}

/** What a user may decide about the reminders of one item. */
export const ReminderChange = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('snooze'), until: z.enum(['tomorrow', 'week']) }),
  z.strictObject({ to: z.literal('done') }),
  /** Takes `done` and `snooze` back. */
  z.strictObject({ to: z.literal('again') }),
  z.strictObject({ to: z.literal('own'), days: ReminderDays }),
  z.strictObject({ to: z.literal('off') }),
  z.strictObject({ to: z.literal('usual') }),
])
export type ReminderChange = z.infer<typeof ReminderChange>
