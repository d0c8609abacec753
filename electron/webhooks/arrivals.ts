import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Arrival, type ArrivalRow, rowOf } from '../../shared/webhooks/arrival.ts'
import { listNames, makeFolder } from '../files.ts'
import { createTurns } from '../in-turn.ts'

/** What is kept, whichever is reached first; the oldest go. */
const mostArrivals = 10_000
const mostBytes = 64 * 1024 * 1024
/** Files go as a whole, so a small share of what is kept each. */
const arrivalsAFile = 500
const bytesAFile = 2 * 1024 * 1024
/** What came within this may be lost with the power, though not with a crash of the app. */
const syncAfterMs = 500

type Segment = { name: string; bytes: number; entries: Entry[] }
type Entry = { row: ArrivalRow; at: number; length: number }

export type ArrivalPage = { rows: ArrivalRow[]; first: number; last: number; count: number; more: boolean }

/**
 * Arrivals on disk: a line of JSON each, appended to files that are named for their first arrival and never changed
 * again. A line that a crash cut off is taken away at the next start; a damaged one costs itself alone.
 */
export function createArrivals(folder: string, limits = { mostArrivals, mostBytes, arrivalsAFile, bytesAFile }) {
  const segments: Segment[] = []
  const turn = createTurns()
  let file: FileHandle | undefined
  let nextId = 1
  let loaded: Promise<void> | undefined
  let syncing: NodeJS.Timeout | undefined

  const load = () => {
    loaded ??= loadAll()
    return loaded
  }

  async function loadAll() {
    for (const name of await listNames(folder)) {
      if (!/^\d{10}\.jsonl$/.test(name)) continue
      const bytes = await readFile(join(folder, name)).catch(() => null)
      if (bytes === null) continue
      const whole = bytes.lastIndexOf(10) + 1
      if (whole < bytes.length) await cutTo(join(folder, name), whole)
      const entries = entriesOf(bytes.subarray(0, whole))
      if (entries.length === 0) await rm(join(folder, name), { force: true })
      else segments.push({ name, bytes: whole, entries })
    }
    nextId = Math.max(0, ...(segments.at(-1)?.entries.map(({ row }) => row.id) ?? [])) + 1
  }

  async function append(arrivals: readonly Omit<Arrival, 'id'>[]): Promise<ArrivalRow[]> {
    await load()
    const rows: ArrivalRow[] = []
    for (const arrival of arrivals) {
      const whole: Arrival = { ...arrival, id: nextId++ }
      const line = Buffer.from(`${JSON.stringify(whole)}\n`)
      const segment = await segmentFor(line.length)
      await file?.write(line, 0, line.length, segment.bytes)
      const row = rowOf(whole)
      segment.entries.push({ row, at: segment.bytes, length: line.length })
      segment.bytes += line.length
      rows.push(row)
    }
    syncLater()
    await tidy()
    return rows
  }

  /** The last file, or a new one where that is full or was written by an earlier run. */
  async function segmentFor(bytes: number): Promise<Segment> {
    const last = segments.at(-1)
    const room = last && last.entries.length < limits.arrivalsAFile && last.bytes + bytes <= limits.bytesAFile
    if (file && room) return last
    await closeFile()
    await makeFolder(folder)
    const name = `${String(nextId - 1).padStart(10, '0')}.jsonl`
    const { O_CREAT, O_EXCL, O_WRONLY } = constants
    file = await open(join(folder, name), O_CREAT | O_EXCL | O_WRONLY, 0o600)
    const segment: Segment = { name, bytes: 0, entries: [] }
    segments.push(segment)
    return segment
  }

  function syncLater() {
    syncing ??= setTimeout(() => {
      syncing = undefined
      void turn(async () => file?.datasync())
    }, syncAfterMs)
  }

  async function closeFile() {
    clearTimeout(syncing)
    syncing = undefined
    const open = file
    file = undefined
    await open?.datasync()
    await open?.close()
  }

  async function tidy() {
    const count = () => segments.reduce((sum, { entries }) => sum + entries.length, 0)
    const bytes = () => segments.reduce((sum, segment) => sum + segment.bytes, 0)
    while (segments.length > 1 && (count() > limits.mostArrivals || bytes() > limits.mostBytes)) {
      const [oldest] = segments.splice(0, 1)
      if (oldest) await rm(join(folder, oldest.name), { force: true })
    }
  }

  const firstId = () => segments[0]?.entries[0]?.row.id ?? nextId

  return {
    /** Keeps arrivals in their order and gives each its number. */
    append: (arrivals: readonly Omit<Arrival, 'id'>[]) => turn(() => append(arrivals)),

    /** Rows after a number, oldest first, at most so many. */
    page: (after: number, most: number): Promise<ArrivalPage> =>
      turn(async () => {
        await load()
        const rows: ArrivalRow[] = []
        let left = 0
        for (const { entries } of segments) {
          if ((entries.at(-1)?.row.id ?? 0) <= after) continue
          for (const { row } of entries) {
            if (row.id <= after) continue
            if (rows.length < most) rows.push(row)
            else left++
          }
        }
        const count = segments.reduce((sum, { entries }) => sum + entries.length, 0)
        return { rows, first: firstId(), last: nextId - 1, count, more: left > 0 }
      }),

    /** All of one arrival; undefined when it is no longer kept. */
    find: (id: number): Promise<Arrival | undefined> =>
      turn(async () => {
        await load()
        const segment = segments.findLast(({ entries }) => (entries[0]?.row.id ?? 0) <= id)
        const entry = segment?.entries.find(({ row }) => row.id === id)
        if (!segment || !entry) return undefined
        const handle = await open(join(folder, segment.name), 'r').catch(() => null)
        if (!handle) return undefined
        try {
          const line = Buffer.alloc(entry.length)
          await handle.read(line, 0, entry.length, entry.at)
          const parsed = Arrival.safeParse(parseJson(line.toString()))
          return parsed.success ? parsed.data : undefined
        } finally {
          await handle.close()
        }
      }),

    clear: () =>
      turn(async () => {
        await load()
        await closeFile()
        for (const { name } of segments.splice(0)) await rm(join(folder, name), { force: true })
      }),

    close: () => turn(closeFile),
  }
}

export type Arrivals = ReturnType<typeof createArrivals>

async function cutTo(path: string, bytes: number) {
  const handle = await open(path, 'r+')
  try {
    await handle.truncate(bytes)
  } finally {
    await handle.close()
  }
}

function entriesOf(bytes: Buffer): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at)
    const length = end + 1 - at
    const parsed = Arrival.safeParse(parseJson(bytes.toString('utf8', at, end)))
    const last = entries.at(-1)?.row.id ?? 0
    if (parsed.success && parsed.data.id > last) entries.push({ row: rowOf(parsed.data), at, length })
    at = end + 1
  }
  return entries
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
