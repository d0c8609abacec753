import { z } from 'zod'
import { ExpiryItem, ItemId } from '../expiry/items.ts'
import { ReminderChange } from '../expiry/reminders.ts'
import { Nothing } from './inputs.ts'

/** What the dates leave the app as. */
export const FeedFormat = z.enum(['ics', 'csv', 'json', 'prometheus'])
export type FeedFormat = z.infer<typeof FeedFormat>

/** A file that is written anew whenever a date changes. */
export const Feed = z.strictObject({
  format: FeedFormat,
  path: z.string(),
  writtenAt: z.iso.datetime().nullable(),
  /** It could not be written the last time. */
  failed: z.boolean(),
})
export type Feed = z.infer<typeof Feed>

/** Reminders while no window is open. */
export const BackgroundState = z.strictObject({
  enabled: z.boolean(),
  /** `none`: this desktop shows no such icons, so the app runs without one. */
  tray: z.enum(['shown', 'none', 'off']),
  /** What starts it at login is in place. */
  startsAtLogin: z.boolean(),
})
export type BackgroundState = z.infer<typeof BackgroundState>

/** What expires, what reminds of it, and what takes the dates out of the app. */
export const calendarCalls = {
  /** Everything with an end, and the moment that the app takes for the present. */
  listExpiring: {
    input: Nothing,
    output: z.strictObject({ now: z.iso.datetime(), items: z.array(ExpiryItem), damaged: z.array(z.string()) }),
  },
  changeReminder: {
    input: z.strictObject({ items: z.array(ItemId).min(1).max(1000), change: ReminderChange }),
    output: Nothing,
  },
  /** Writes the dates of these items (without a list, of all but practice ones) to a file that the user chooses. */
  saveDates: {
    input: z.strictObject({ format: FeedFormat, items: z.array(ItemId).max(20_000).optional() }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  listFeeds: { input: Nothing, output: z.strictObject({ feeds: z.array(Feed) }) },
  /** Asks where, writes it, and keeps it up to date from then on. */
  startFeed: { input: z.strictObject({ format: FeedFormat }), output: z.strictObject({ feeds: z.array(Feed) }) },
  /** Leaves the file where it is. */
  stopFeed: { input: z.strictObject({ format: FeedFormat }), output: z.strictObject({ feeds: z.array(Feed) }) },
  backgroundState: { input: Nothing, output: BackgroundState },
  changeBackground: { input: z.strictObject({ enabled: z.boolean() }), output: BackgroundState },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
