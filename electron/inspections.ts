import { randomBytes } from 'node:crypto'
import type { Problem } from '../shared/problems.ts'
import { type Result, refuse } from '../shared/result.ts'
import type { ForeignReading } from './foreign-reading.ts'
import type { NamedBytes } from './gather.ts'

/** Why a file (or what is left of a drop) does not stand among the rows. */
export type LeftOut = { file: string; problem: Problem }

/** What was dropped together, and how far the page has it. */
export type OpenInspection = {
  reading: ForeignReading
  files: readonly NamedBytes[]
  leftOut: LeftOut[]
  /** Ids of objects that a passphrase would open, with their files, as far as rows were asked for. */
  locked: Map<string, string>
  /** How many objects there are at least, and under which name progress is told. */
  total?: number
  told?: { work: string; sinceMs: number }
  /** Rows read ahead of the page's next question. */
  ahead?: { from: number; rows: ReturnType<ForeignReading['rows']> }
  reach: Reach
}

/** How one going-through ends: stopped by the page, or finished when all rows are with it. Unlocking begins another. */
export type Reach = { stop: AbortController; finish(): void; finished: Promise<void> }

export function newReach(): Reach {
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  return { stop: new AbortController(), finish, finished }
}

export type Inspections = {
  /** Keeps an inspection and answers the token that finds it again. The oldest make room for it. */
  keep(inspection: Pick<OpenInspection, 'reading' | 'files' | 'leftOut'>): string
  find(token: string): OpenInspection | undefined
  /** Asks about an inspection: `file.not-kept` when it is no longer here. */
  ask<T>(token: string, question: (reading: ForeignReading) => Promise<Result<T>>): Promise<Result<T>>
  forget(token: string): void
}

const mostInspections = 4
/** All that is kept together; a single drop has at most half of it. */
const mostBytes = 256 * 1024 * 1024
const longestMs = 60 * 60_000

/**
 * Dropped files stay in memory while the page may look at them, so that an object opened later is read from the very
 * bytes that were listed, without reading the disk again and without the page knowing a path. What is forgotten is
 * overwritten.
 */
export function createInspections(nowMs: () => number = () => performance.now()): Inspections {
  const kept = new Map<string, OpenInspection & { usedMs: number; bytes: number }>()
  const forget = (token: string) => {
    const inspection = kept.get(token)
    kept.delete(token)
    inspection?.reach.stop.abort()
    inspection?.reach.finish()
    inspection?.reading.close()
    for (const { bytes } of inspection?.files ?? []) bytes.fill(0)
  }
  const tidy = (room: { most: number; bytes: number }) => {
    let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0)
    for (const [token, one] of kept) {
      const over = kept.size > room.most || bytes > room.bytes
      if (!over && nowMs() - one.usedMs <= longestMs) continue
      bytes -= one.bytes
      forget(token)
    }
  }
  const tidyLater = () => {
    setTimeout(() => {
      tidy({ most: mostInspections, bytes: mostBytes })
      if (kept.size > 0) tidyLater()
    }, longestMs / 4).unref()
  }
  const find = (token: string) => {
    tidy({ most: mostInspections, bytes: mostBytes })
    const inspection = kept.get(token)
    if (!inspection) return undefined
    // Used last, so forgotten last.
    kept.delete(token)
    kept.set(token, inspection)
    inspection.usedMs = nowMs()
    return inspection
  }
  return {
    keep({ reading, files, leftOut }) {
      const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
      tidy({ most: mostInspections - 1, bytes: mostBytes - bytes })
      const token = randomBytes(12).toString('hex')
      if (kept.size === 0) tidyLater()
      kept.set(token, {
        reading,
        files,
        leftOut: [...leftOut],
        locked: new Map(),
        reach: newReach(),
        usedMs: nowMs(),
        bytes,
      })
      return token
    },
    find,
    async ask(token, question) {
      const inspection = find(token)
      return inspection ? question(inspection.reading) : refuse({ code: 'file.not-kept' })
    },
    forget,
  }
}
