import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ItemId, ReminderDays } from '../../shared/expiry/items.ts'
import type { Reminder, ReminderChange } from '../../shared/expiry/reminders.ts'
import { makeFolder, writeAtomically } from '../files.ts'
import { createTurns } from '../in-turn.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** What is kept of one item. `notAfter` says which end the marks are about: with another one they are void. */
const Mark = z.strictObject({
  notAfter: z.string().optional(),
  told: z.array(z.strictObject({ threshold: z.number().int(), at: z.iso.datetime() })).max(60),
  snoozedUntil: z.iso.datetime().optional(),
  done: z.boolean().optional(),
  own: z.union([ReminderDays, z.literal('off')]).optional(),
})
export type Mark = z.infer<typeof Mark>

const MarkFile = z.strictObject({ format: z.literal(1), items: z.record(ItemId, Mark) })
export type Marks = Readonly<Record<string, Mark>>

/** No snooze is longer; one that seems to be was made before the clock was set back. */
const longestSnoozeMs = 8 * dayMs
/** A summer time or a drifting clock is no clock that was set back. */
const slackMs = hourMs

/** Is it snoozed on that day? */
export const snoozedOn = (mark: Mark | undefined, notAfter: string, now: Date): boolean => {
  if (mark?.snoozedUntil === undefined || mark.notAfter !== notAfter) return false
  const left = Date.parse(mark.snoozedUntil) - now.getTime()
  return left > 0 && left <= longestSnoozeMs
}

/**
 * Has this reminder been shown? A smaller threshold than those that were told is news. What was told at a time that has
 * not come yet was told before the clock was set back: it does not count, or else nothing would be told until then.
 */
export function isTold(mark: Mark | undefined, { notAfter, threshold }: Reminder, now: Date): boolean {
  if (mark === undefined || mark.notAfter !== notAfter) return false
  if (mark.snoozedUntil !== undefined) return snoozedOn(mark, notAfter, now)
  return mark.told.some((one) => one.threshold <= threshold && Date.parse(one.at) <= now.getTime() + slackMs)
}

/** Nine in the morning, so many days from now: when somebody sits there who can do something. */
function morningIn(days: number, now: Date): Date {
  const morning = new Date(now)
  morning.setDate(morning.getDate() + days)
  morning.setHours(9, 0, 0, 0)
  return morning
}

/** A snooze ends a day before the item does, so that it never hides the end itself. */
function snoozeEnd(until: 'tomorrow' | 'week', notAfter: string, now: Date): string {
  const wanted = morningIn(until === 'week' ? 7 : 1, now).getTime()
  const end = Date.parse(notAfter)
  const lastCall = [end - dayMs, end].find((at) => at > now.getTime())
  return new Date(Math.min(wanted, lastCall ?? wanted)).toISOString()
}

function changed(mark: Mark, change: ReminderChange, notAfter: string | undefined, now: Date): Mark {
  const { own, ...rest } = mark
  const same: Mark = rest.notAfter === notAfter ? rest : { notAfter, told: [] }
  const { snoozedUntil: _, done: __, ...clear } = same
  const keptOwn = own === undefined ? {} : { own }
  switch (change.to) {
    case 'snooze':
      return notAfter === undefined
        ? mark
        : { ...clear, ...keptOwn, snoozedUntil: snoozeEnd(change.until, notAfter, now) }
    case 'done':
      return { ...clear, ...keptOwn, done: true }
    case 'again':
      return { ...clear, ...keptOwn }
    case 'own':
      return { ...same, own: change.days }
    case 'off':
      return { ...same, own: 'off' }
    case 'usual':
      return same
  }
}

/**
 * `reminders.json`: which thresholds were told, what is snoozed or done, and which items have days of their own. Damaged,
 * its previous version takes over; without either everything due is told once more.
 */
export function createReminderFile(folder: string) {
  const path = join(folder, 'reminders.json')
  const previous = `${path}.previous`
  const turn = createTurns()
  let known: Record<string, Mark> | undefined

  async function load(): Promise<Record<string, Mark>> {
    known ??= (await read(path)) ?? (await read(previous)) ?? {}
    return known
  }

  async function save(items: Record<string, Mark>): Promise<void> {
    await makeFolder(folder)
    await writeAtomically(path, JSON.stringify({ format: 1, items }), { previous })
    known = items
  }

  return {
    read: (): Promise<Marks> => turn(load),

    /** Counts these as told. On disk when it resolves. */
    tell: (reminders: readonly Reminder[], now: Date) =>
      turn(async () => {
        const items = { ...(await load()) }
        for (const { item, notAfter, threshold } of reminders) {
          const before = items[item]
          const same = before?.notAfter === notAfter
          const told = same ? before.told : []
          items[item] = {
            notAfter,
            told: [...told.slice(-50), { threshold, at: now.toISOString() }],
            ...(same && before.done && { done: true }),
            ...(before?.own !== undefined && { own: before.own }),
          }
        }
        await save(items)
      }),

    change: (ids: readonly { id: string; notAfter: string | undefined }[], change: ReminderChange, now: Date) =>
      turn(async () => {
        const items = { ...(await load()) }
        for (const { id, notAfter } of ids) items[id] = changed(items[id] ?? { told: [] }, change, notAfter, now)
        await save(items)
      }),

    /** Forgets marks of items that are gone for two months and without days of their own. */
    tidy: (there: ReadonlySet<string>, now: Date) =>
      turn(async () => {
        const items = await load()
        const kept = Object.entries(items).filter(
          ([id, { notAfter, own }]) =>
            there.has(id) || own !== undefined || Date.parse(notAfter ?? '') > now.getTime() - 60 * dayMs,
        )
        if (kept.length < Object.keys(items).length) await save(Object.fromEntries(kept))
      }),
  }
}

export type ReminderFile = ReturnType<typeof createReminderFile>

async function read(path: string): Promise<Record<string, Mark> | null> {
  try {
    return MarkFile.parse(JSON.parse(await readFile(path, 'utf8'))).items
  } catch {
    return null
  }
}
