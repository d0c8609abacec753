import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Feed, FeedFormat } from '../../shared/calls/calendar.ts'
import { dateFiles } from '../../shared/expiry/date-files.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { makeFolder, writeAtomically, writeForUser } from '../files.ts'
import { createTurns } from '../in-turn.ts'

const FeedFile = z.strictObject({
  format: z.literal(1),
  feeds: z
    .array(z.strictObject({ format: FeedFormat, path: z.string().min(1).max(4096) }))
    .max(FeedFormat.options.length),
})

/** Other programs read them: a calendar, a web server, node_exporter, each as a user of its own. */
const mode = 0o644

/** What differs from one writing to the next though no date has changed. */
const withoutStamps = (text: string) => text.replace(/^DTSTAMP:.*$/gm, '')

/** What others may read: nothing outside depends on what belongs to the practice provider. */
export const forOthers = (items: readonly ExpiryItem[]) => items.filter(({ practice }) => !practice)

/**
 * Files that follow the dates, one of each form at most: written whole under another name and renamed, so that whoever
 * reads one never sees half of it. Where they lie is kept in `feeds.json`.
 */
export function createFeeds(folder: string, items: () => Promise<ExpiryItem[]>, now: () => Date) {
  const file = join(folder, 'feeds.json')
  const turn = createTurns()
  const states = new Map<FeedFormat, { text: string; writtenAt: string | null; failed: boolean }>()
  let known: { format: FeedFormat; path: string }[] | undefined

  async function load() {
    known ??= await readFile(file, 'utf8')
      .then(
        (text) => FeedFile.parse(JSON.parse(text)).feeds,
        () => [],
      )
      .catch(() => [])
    return known
  }

  async function save(feeds: { format: FeedFormat; path: string }[]) {
    await makeFolder(folder)
    await writeAtomically(file, JSON.stringify({ format: 1, feeds }))
    known = feeds
  }

  async function write(format: FeedFormat, path: string, all: readonly ExpiryItem[]) {
    const text = dateFiles[format].text(forOthers(all), now())
    const before = states.get(format)
    // A calendar program takes every new file for news; the others tell by their own time that the app still runs.
    if (format === 'ics' && before && !before.failed && withoutStamps(before.text) === withoutStamps(text)) return
    const failed = (await writeForUser(path, text, mode)) !== null
    states.set(format, { text, writtenAt: failed ? (before?.writtenAt ?? null) : now().toISOString(), failed })
  }

  const list = async (): Promise<Feed[]> =>
    (await load()).map(({ format, path }) => {
      const { writtenAt = null, failed = false } = states.get(format) ?? {}
      return { format, path, writtenAt, failed }
    })

  return {
    list: () => turn(list),
    start: (format: FeedFormat, path: string) =>
      turn(async () => {
        states.delete(format)
        await save([...(await load()).filter((feed) => feed.format !== format), { format, path }])
        await write(format, path, await items())
        return list()
      }),
    stop: (format: FeedFormat) =>
      turn(async () => {
        states.delete(format)
        await save((await load()).filter((feed) => feed.format !== format))
        return list()
      }),
    /** Writes each whose content is another one now. */
    refresh: () =>
      turn(async () => {
        const feeds = await load()
        if (feeds.length === 0) return
        const all = await items()
        for (const { format, path } of feeds) await write(format, path, all)
      }),
  }
}

export type Feeds = ReturnType<typeof createFeeds>
