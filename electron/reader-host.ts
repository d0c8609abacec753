import type { Job, Report } from './reader-jobs.ts'

/** How a reader ended that was not killed: for want of memory, or for a reason of its own. */
export type Gone = 'heavy' | 'broken'

/** One running reader. */
export type RunningReader = {
  post(job: Job): void
  /** In MiB; `null` when it cannot be said (any more). */
  memory(): number | null
  /** Time it has worked, in milliseconds; `null` when it cannot be said. */
  workedMs(): number | null
  /** Ends it at once, whatever it is at. */
  kill(): void
  /** Whether it keeps the program running. */
  hold(busy: boolean): void
}

/** Starts a reader: as a process (`reader-process.ts`) or a thread (`reader-thread.ts`). */
export type ReaderHost = (hear: (report: Report) => void, gone: (how: Gone) => void) => RunningReader
