import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Job, Report } from './reader.ts'

/** How a job ended: with its value, or at which file the worker hung, ran out of memory or failed. */
export type Ending = { how: 'done'; value: unknown } | { how: 'late' | 'broken'; at: number }

/** Ten thousand certificates in one reply take about 200 MiB; what asks for more is an attack. */
const usualMemoryMiB = 512
/** A worker starts in 50 ms, on a busy machine in seconds; that is no fault of the file. */
const startMs = 30_000

/** The built worker lies beside the bundle, or one folder up from a chunk of it. */
function builtWorker(): URL {
  const beside = new URL('./reader.js', import.meta.url)
  return existsSync(beside) ? beside : new URL('../reader.js', import.meta.url)
}

export type ReaderWorker = {
  run(job: Job, deadlineMs: number): Promise<Ending>
  start(): void
  stop(): Promise<void>
}

/**
 * One worker, started on first use and again after it was stopped. One job at a time. The deadline begins with the
 * worker's first report and anew with each file.
 */
export function createReaderWorker(url: URL = builtWorker(), memoryMiB = usualMemoryMiB): ReaderWorker {
  let worker: Worker | null = null

  const started = (): Worker => {
    if (worker) return worker
    const resourceLimits = { maxOldGenerationSizeMb: memoryMiB }
    const fresh = new Worker(url, { name: 'reader', resourceLimits, env: {} })
    // Without this an unread error of an idle worker would end the app.
    fresh.on('error', () => {})
    fresh.once('exit', () => {
      if (worker === fresh) worker = null
    })
    fresh.unref()
    worker = fresh
    return fresh
  }

  const stop = async (): Promise<void> => {
    const stopping = worker
    worker = null
    await stopping?.terminate()
  }

  const run = async (job: Job, deadlineMs: number): Promise<Ending> => {
    const busy = started()
    busy.ref()
    const ending = await ended(busy, job, deadlineMs)
    busy.unref()
    if (ending.how !== 'done') await stop()
    return ending
  }

  return { run, start: () => void started(), stop }
}

function ended(worker: Worker, job: Job, deadlineMs: number): Promise<Ending> {
  return new Promise((resolve) => {
    let at = 0
    let timer = setTimeout(late, startMs)
    function finish(ending: Ending): void {
      clearTimeout(timer)
      worker.off('message', hear)
      worker.off('exit', broken)
      resolve(ending)
    }
    function late(): void {
      finish({ how: 'late', at })
    }
    function broken(): void {
      finish({ how: 'broken', at })
    }
    function hear(report: Report): void {
      if (report.id !== job.id) return
      if ('value' in report) finish({ how: 'done', value: report.value })
      else if ('failed' in report) broken()
      else {
        at = report.at
        clearTimeout(timer)
        timer = setTimeout(late, deadlineMs)
      }
    }
    worker.on('message', hear)
    worker.once('exit', broken)
    worker.postMessage(job)
  })
}
