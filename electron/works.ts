import { type Result, refuse } from '../shared/result.ts'

type Job<T> = (signal: AbortSignal, commit: () => boolean, enough: AbortSignal) => Promise<Result<T>>

export type Works = {
  /**
   * Runs long work under the name the page gave it. Cancelling answers `app.cancelled` at once, whatever the job is at;
   * the job sees `signal` and throws its result away. `commit` is the point of no return: false when it was cancelled
   * before. Cancelling afterwards only fires `enough`: the job may stop short, and its answer counts.
   */
  run<T>(name: string, job: Job<T>): Promise<Result<T>>
  /** Does nothing when there is no such work any more. */
  cancel(name: string): void
}

export function createWorks(): Works {
  const running = new Map<string, { stop: AbortController; enough: AbortController; committed: boolean }>()
  return {
    async run(name, job) {
      if (running.has(name)) return refuse({ code: 'app.input-invalid', field: 'work' })
      const entry = { stop: new AbortController(), enough: new AbortController(), committed: false }
      const { signal } = entry.stop
      running.set(name, entry)
      const commit = () => {
        entry.committed = !signal.aborted
        return entry.committed
      }
      const cancelled = new Promise<Result<never>>((resolve) => {
        signal.addEventListener('abort', () => resolve(refuse({ code: 'app.cancelled' })), { once: true })
      })
      const done = job(signal, commit, entry.enough.signal)
      // Once cancelled nobody waits for the job: what it still throws then is nobody's problem.
      done.catch(() => {})
      try {
        return await Promise.race([done, cancelled])
      } finally {
        running.delete(name)
      }
    },
    cancel(name) {
      const entry = running.get(name)
      if (entry?.committed) entry.enough.abort()
      else entry?.stop.abort()
    },
  }
}
