import { randomBytes } from 'node:crypto'

export type NamedBytes = { file: string; bytes: Uint8Array }

/** What one inspection read, and the passphrases that have opened something in it so far. */
export type KeptInspection = { files: NamedBytes[]; passphrases: string[] }

export type KeptFiles = {
  /** Keeps the files and answers the token that finds them again. */
  keep(inspection: KeptInspection): string
  find(token: string): KeptInspection | undefined
}

const mostInspections = 4
const longestMs = 15 * 60_000

/**
 * Files with locked objects stay in memory, for a while, so that a passphrase typed later opens the very bytes that
 * were looked at, without reading the disk again and without the page knowing a path.
 */
export function createKeptFiles(nowMs: () => number = () => performance.now()): KeptFiles {
  const kept = new Map<string, KeptInspection & { since: number }>()
  const drop = (token: string) => {
    for (const { bytes } of kept.get(token)?.files ?? []) bytes.fill(0)
    kept.delete(token)
  }
  const tidy = (most: number) => {
    for (const [token, { since }] of kept) if (kept.size > most || nowMs() - since > longestMs) drop(token)
  }
  return {
    keep(inspection) {
      tidy(mostInspections - 1)
      const token = randomBytes(12).toString('hex')
      kept.set(token, { ...inspection, since: nowMs() })
      return token
    },
    find(token) {
      tidy(mostInspections)
      return kept.get(token)
    },
  }
}
