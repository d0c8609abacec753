import { createTurns } from './in-turn.ts'
import type { Gone, ReaderHost, RunningReader } from './reader-host.ts'
import type { Job, Report, Task } from './reader-jobs.ts'
import type { ReaderLimits } from './reader-limits.ts'

/** How a job ended; `at` is the file that was begun last. `elsewhere`: the reader it was meant for is gone. */
export type Ending =
  | { how: 'done'; value: unknown; at?: number }
  | { how: 'late'; limitMs: number; at?: number }
  | { how: Gone | 'stopped' | 'elsewhere'; at?: number }

type RunOptions = {
  /** Overrides how long a file may take. */
  fileMs?: number
  signal?: AbortSignal
  /** Only in this reader: what it was told before is needed. */
  only?: number
}

export type ReaderLine = {
  run(task: Task, options?: RunOptions): Promise<Ending>
  /** Which reader runs now, counted from 1; starts one when none does. */
  running(): number
  stop(): Promise<void>
}

/** The reader that runs; `up` once it was heard of. */
type Now = { number: number; reader: RunningReader; up: boolean }

const lookAtMemoryMs = 200
/**
 * On a busy computer a second of work takes several: an honest file is not to be called hostile for that. What works at
 * all may take this many times its limit; what does nothing (it waits for ever, or was stopped) has had its chance.
 */
const mostPatience = 4
/** How long a job that is no longer wanted may take to end by itself. */
const graceMs = 400

/**
 * One job at a time on a reader that is started when it is needed, ended when it hangs, grows too large or has been
 * idle for long, and started anew with the next job.
 */
export function createReaderLine(start: ReaderHost, limits: ReaderLimits): ReaderLine {
  const inTurn = createTurns()
  let now: Now | null = null
  let started = 0
  let id = 0
  let hear: (report: Report) => void = () => {}
  let hearGone: (how: Gone) => void = () => {}
  let idle: NodeJS.Timeout | undefined

  const open = (): Now => {
    if (now) return now
    const number = ++started
    const isNow = () => now?.number === number
    const reader = start(
      (report) => {
        if (!isNow()) return
        if (now) now.up = true
        hear(report)
      },
      (how) => {
        if (!isNow()) return
        now = null
        hearGone(how)
      },
    )
    now = { number, reader, up: false }
    rest()
    return now
  }

  const end = () => {
    clearTimeout(idle)
    const ending = now
    now = null
    ending?.reader.kill()
  }

  const rest = () => {
    clearTimeout(idle)
    idle = setTimeout(end, limits.idleMs)
    idle.unref()
  }

  const once = (task: Task, { fileMs = limits.fileMs, signal, only }: RunOptions): Promise<Ending> => {
    if (signal?.aborted) return Promise.resolve({ how: 'stopped' })
    if (only !== undefined && now?.number !== only) return Promise.resolve({ how: 'elsewhere' })
    return new Promise((resolve) => {
      const { reader, up } = open()
      const job: Job = { ...task, id: ++id }
      let at: number | undefined
      let timer: NodeJS.Timeout | undefined
      let patience: NodeJS.Timeout | undefined
      const within = (limitMs: number) => {
        clearTimeout(timer)
        const since = reader.workedMs()
        const latest = performance.now() + mostPatience * limitMs
        const look = () => {
          const worked = since === null ? limitMs : (reader.workedMs() ?? 0) - since
          const over = worked >= limitMs || worked < limitMs / 20 || performance.now() >= latest
          if (over) finish({ how: 'late', limitMs, at })
          else timer = setTimeout(look, Math.max(100, limitMs - worked))
        }
        timer = setTimeout(look, limitMs)
      }
      const weigh = setInterval(() => {
        if ((reader.memory() ?? 0) > limits.memoryMiB) finish({ how: 'heavy', at })
      }, lookAtMemoryMs)
      // What is nearly done may end: a new reader would have to read everything anew.
      const stop = () => {
        patience = setTimeout(() => finish({ how: 'stopped', at }), graceMs)
      }
      const finish = (ending: Ending) => {
        clearTimeout(timer)
        clearTimeout(patience)
        clearInterval(weigh)
        signal?.removeEventListener('abort', stop)
        hear = () => {}
        hearGone = () => {}
        if (ending.how === 'done' || ending.how === 'elsewhere') reader.hold(false)
        else end()
        if (now) rest()
        resolve(ending)
      }
      hear = (report) => {
        if (report.id !== job.id) return
        if ('value' in report) finish({ how: 'done', value: report.value, at })
        else if ('unknown' in report) finish({ how: 'elsewhere' })
        else if ('failed' in report) finish({ how: 'broken', at })
        else if ('opening' in report) within(Math.max(fileMs, limits.openingMs))
        else {
          if ('at' in report) at = report.at
          within(fileMs)
        }
      }
      hearGone = (how) => finish({ how, at })
      clearTimeout(idle)
      within(up ? fileMs : limits.startMs)
      signal?.addEventListener('abort', stop, { once: true })
      reader.hold(true)
      reader.post(job)
    })
  }

  return {
    run: (task, options = {}) => inTurn(() => once(task, options)),
    running: () => open().number,
    stop: () => inTurn(async () => end()),
  }
}
