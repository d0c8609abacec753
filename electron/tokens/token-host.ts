import type { TokenJob, TokenReport } from './token-jobs.ts'

/** A running process that holds one library. */
export type RunningToken = {
  post(job: TokenJob): void
  /** Ends it at once, whatever it is at. */
  kill(): void
  /** Whether it keeps the program running. */
  hold(busy: boolean): void
}

/** Starts one: Electron's (`token-process.ts`) or Node's own (`token-child.ts`). */
export type TokenHost = (hear: (report: TokenReport) => void, gone: () => void) => RunningToken
