import { randomBytes } from 'node:crypto'
import type { Problem } from '../shared/problems.ts'

export type NamedBytes = { file: string; bytes: Uint8Array }

/** What one inspection read, what is still locked in it (object ids), and the passphrases that opened something. */
export type KeptInspection = {
  files: NamedBytes[]
  leftOut: { file: string; problem: Problem }[]
  locked: string[]
  passphrases: string[]
}

export type KeptFiles = {
  /** Keeps the files and answers the token that finds them again; with a token, what was kept under it is renewed. */
  keep(inspection: KeptInspection, token?: string): string
  find(token: string): KeptInspection | undefined
  forget(token: string): void
}

const mostInspections = 4
const longestMs = 15 * 60_000

/**
 * Files with locked objects stay in memory, for a while, so that a passphrase typed later opens the very bytes that
 * were looked at, without reading the disk again and without the page knowing a path.
 */
export function createKeptFiles(nowMs: () => number = () => performance.now()): KeptFiles {
  const kept = new Map<string, KeptInspection & { since: number }>()
  const forget = (token: string) => {
    for (const { bytes } of kept.get(token)?.files ?? []) bytes.fill(0)
    kept.delete(token)
  }
  const tidy = (most: number) => {
    for (const [token, { since }] of kept) if (kept.size > most || nowMs() - since > longestMs) forget(token)
  }
  return {
    keep(inspection, token = randomBytes(12).toString('hex')) {
      tidy(kept.has(token) ? mostInspections : mostInspections - 1)
      kept.set(token, { ...inspection, since: nowMs() })
      return token
    },
    find(token) {
      tidy(mostInspections)
      return kept.get(token)
    },
    forget,
  }
}
