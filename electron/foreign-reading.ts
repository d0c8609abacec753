import type { Compared } from '../shared/pki/compare-words.ts'
import type { ConvertedDropped, DroppedQuestion } from '../shared/pki/convert-dropped.ts'
import type { Relation } from '../shared/pki/facts.ts'
import type { Mine, OpenedObject, PathVerdict, Structure } from '../shared/pki/inspect-calls.ts'
import type { Own } from '../shared/pki/mine.ts'
import type { Rows } from '../shared/pki/reading.ts'
import type { Problem } from '../shared/problems.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { blame } from './blame.ts'
import { createTurns } from './in-turn.ts'
import type { ReadingQuestion, SizedFile, Task } from './reader-jobs.ts'
import { type ReaderLimits, rowsAtOnce } from './reader-limits.ts'
import type { Ending, ReaderLine } from './reader-line.ts'

export type GivenFile = { file: string; bytes: Uint8Array; refused?: Problem }

/** Octets to be written to a file; `secret` when only their owner may read it. */
export type Saved = { bytes: Uint8Array; secret: boolean }

/**
 * Files in the reader, read bit by bit. A reader that hung, crashed or was ended for being idle is given them again:
 * the bytes stay here, what was made of them there.
 */
export type ForeignReading = {
  /** Up to 500 rows from `from` on; fewer when files are slow. */
  rows(from: number, signal?: AbortSignal): Promise<Result<Rows>>
  relations(own: readonly Own[]): Promise<Result<{ relations: Relation[]; mine: Mine[] }>>
  open(object: string): Promise<Result<OpenedObject>>
  /** As it is compared: a revocation list with all that it revokes. */
  compared(object: string): Promise<Result<Compared>>
  structure(object: string): Promise<Result<Structure>>
  /** DER of a certificate. */
  certificate(object: string): Promise<Result<Uint8Array>>
  saved(object: string, form: 'pem' | 'der'): Promise<Result<Saved>>
  repaired(object: string): Promise<Result<Saved & { fileName: string }>>
  /** Files in another form, or only whether that can be done; see `shared/pki/convert-dropped.ts`. */
  converted(question: DroppedQuestion, signal?: AbortSignal): Promise<Result<ConvertedDropped>>
  /** Would a certificate be trusted, with what lies in these files? */
  trust(question: ReadingQuestion): Promise<Result<PathVerdict>>
  /** Tries a passphrase on what is locked, and keeps it if it opens something; answers what it opened. */
  unlock(passphrase: string): Promise<Result<string[]>>
  /** Forgets everything, here and in the reader. */
  close(): void
}

/** One message of many megabytes would hold up the main process: 4 MiB take 10 ms. */
const partBytes = 4 * 1024 * 1024
/** After this many hangs or crashes in one drop, the files that are left are not tried. */
const maxCulprits = 5
/** A row within this time, so that a list grows while slow files are read. */
const rowsWithinMs = 200

/** A reader may be ended, for another file's sake, between beginning a reading and asking about it. */
const mostTries = 3

type Held = GivenFile & { upTo?: number; spentMs: number }

/** Names a reading in the reader. */
let names = 0

export function foreignReading(
  line: ReaderLine,
  limits: ReaderLimits,
  given: readonly GivenFile[],
  today: Date,
): ForeignReading {
  const reading = ++names
  const files: Held[] = given.map((file) => ({ ...file, spentMs: 0 }))
  const passphrases: string[] = []
  const inTurn = createTurns()
  let begunIn = 0
  let fileNow = 0
  let culprits = 0
  let closed = false
  /** How many objects of each file the page has seen: those are not taken back. */
  const shown: number[] = files.map(() => 0)
  let shownInAll = 0
  /** How many objects the reader had read: so many it reads again before it is asked about one. */
  let reached = 0

  const begin = async (signal?: AbortSignal): Promise<Ending> => {
    const only = line.running()
    const sized = files.map(
      ({ file, bytes, refused, upTo }): SizedFile => ({ file, size: bytes.length, refused, upTo }),
    )
    const tasks: Task[] = [{ call: 'begin', reading, files: sized, passphrases, today: today.toISOString() }]
    for (const parts of partsOf(files)) tasks.push({ call: 'part', reading, parts })
    for (const task of tasks) {
      const ending = await line.run(task, { signal, only })
      if (ending.how !== 'done') return ending
    }
    begunIn = only
    fileNow = 0
    return { how: 'done', value: null }
  }

  const step = async (task: Task, signal?: AbortSignal): Promise<Ending> => {
    const ending = await line.run(task, { signal, only: begunIn })
    if (ending.at !== undefined) fileNow = ending.at
    return ending
  }

  /** Reads on to where an earlier reader was: what the page has seen can be asked about. */
  const catchUp = async (signal?: AbortSignal): Promise<Ending> => {
    for (;;) {
      const task: Task = { call: 'rows', reading, from: reached - 1, most: 1, withinMs: rowsWithinMs }
      const ending = await step(task, signal)
      if (ending.how !== 'done') return ending
      const { read, done } = ending.value as Rows
      if (done || read >= reached) return ending
    }
  }

  /** Runs a task on this reading, beginning it anew where the reader does not know it (any more). */
  const run = async (task: Task, signal?: AbortSignal): Promise<Ending> => {
    for (let tries = 0; ; tries++) {
      if (closed) return { how: 'stopped' }
      let ending: Ending = { how: 'done', value: null }
      if (begunIn !== line.running()) {
        ending = await begin(signal)
        if (ending.how === 'done' && task.call !== 'rows' && reached > 0) ending = await catchUp(signal)
      }
      if (ending.how === 'done') ending = await step(task, signal)
      if (ending.how !== 'elsewhere' || tries >= mostTries) return ending
      begunIn = 0
    }
  }

  const rows = async (from: number, signal?: AbortSignal): Promise<Result<Rows>> => {
    for (;;) {
      const began = performance.now()
      const ending = await run({ call: 'rows', reading, from, most: rowsAtOnce, withinMs: rowsWithinMs }, signal)
      if (ending.how === 'stopped') return refuse({ code: closed ? 'file.not-kept' : 'app.cancelled' })
      const file = files[fileNow]
      if (ending.how !== 'done') {
        const again = setAside(ending)
        if (again) return refuse(again)
        continue
      }
      const value = ending.value as Rows
      if (file) file.spentMs += performance.now() - began
      if (!value.done && file && !file.refused && file.spentMs > limits.wholeFileMs) {
        setAside({ how: 'late', limitMs: limits.wholeFileMs })
        begunIn = 0
        continue
      }
      if (value.rows.length === 0 && !value.done) continue
      reached = Math.max(reached, value.read)
      for (const [i, at] of value.fileAt.entries()) {
        if (from + i < shownInAll) continue
        shown[at] = (shown[at] ?? 0) + 1
        shownInAll++
      }
      return ok(value)
    }
  }

  /** Leaves out the file that the reader ended on; what was seen of it stays. Answers why nothing more can be done. */
  function setAside(ending: Exclude<Ending, { how: 'done' }>): Problem | null {
    const culprit = files[fileNow]
    const problem = blame(culprit?.file ?? '', ending, limits)
    if (!culprit || culprit.refused) return problem
    culprits++
    for (const [at, file] of files.entries()) {
      if (file !== culprit && (at < fileNow || culprits <= maxCulprits)) continue
      file.refused ??= blame(file.file, ending, limits)
      file.upTo = shown[at]
      if (file.upTo === 0) file.bytes = nothing
    }
    return null
  }

  const ask = async <T>(task: Task & { object?: string }, signal?: AbortSignal): Promise<Result<T>> => {
    const ending = await run(task, signal)
    if (ending.how === 'stopped' && !closed) return refuse({ code: 'app.cancelled' })
    if (ending.how === 'done') return ending.value as Result<T>
    if (closed) return refuse({ code: 'file.not-kept' })
    return refuse(blame(files[fileNow]?.file ?? '', ending, limits))
  }

  /** For tasks whose value is the answer itself. */
  const value = async <T>(task: Task): Promise<Result<T>> => {
    const ending = await run(task)
    if (ending.how === 'done') return ok(ending.value as T)
    if (closed) return refuse({ code: 'file.not-kept' })
    return refuse(blame(files[fileNow]?.file ?? '', ending, limits))
  }

  return {
    rows: (from, signal) => inTurn(() => rows(from, signal)),
    relations: (own) => inTurn(() => value({ call: 'relations', reading, own: [...own] })),
    open: (object) => inTurn(() => ask({ call: 'open', reading, object })),
    compared: (object) => inTurn(() => ask({ call: 'compared', reading, object })),
    structure: (object) => inTurn(() => ask({ call: 'structure', reading, object })),
    certificate: (object) => inTurn(() => ask({ call: 'certificate', reading, object })),
    saved: (object, form) => inTurn(() => ask({ call: 'saved', reading, object, form })),
    repaired: (object) => inTurn(() => ask({ call: 'repaired', reading, object })),
    converted: (question, signal) => inTurn(() => ask({ call: 'converted', reading, question }, signal)),
    trust: (question) => inTurn(() => value({ call: 'trust', reading, question })),
    unlock: (passphrase) =>
      inTurn(async () => {
        const opened = await value<string[]>({ call: 'unlock', reading, passphrase })
        if (!opened.ok || opened.value.length === 0) return opened
        passphrases.push(passphrase)
        // What was opened stands among the rows now, so all of them are shown anew.
        shown.fill(0)
        shownInAll = 0
        return opened
      }),
    close() {
      closed = true
      passphrases.length = 0
      if (begunIn !== 0) void line.run({ call: 'forget', reading }, { only: begunIn })
    },
  }
}

const nothing = new Uint8Array(0)

function* partsOf(files: readonly { bytes: Uint8Array }[]) {
  let parts: { file: number; at: number; bytes: Uint8Array }[] = []
  let size = 0
  for (const [file, { bytes }] of files.entries()) {
    for (let at = 0; at < bytes.length; at += partBytes) {
      // A copy: what is sent of a view is its whole buffer.
      const part = bytes.slice(at, at + partBytes)
      if (size + part.length > partBytes && parts.length > 0) {
        yield parts
        parts = []
        size = 0
      }
      parts.push({ file, at, bytes: part })
      size += part.length
    }
  }
  if (parts.length > 0) yield parts
}
