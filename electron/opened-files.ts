import { randomBytes } from 'node:crypto'

export type OpenedFiles = {
  /** Answers the name by which the page asks for them. */
  keep(paths: readonly string[]): string
  /** Once. */
  take(name: string): readonly string[] | undefined
}

/** Opened faster than a page can show them, the oldest are not asked for any more. */
const most = 8

/** Paths stay in main: the page has no call that takes one. */
export function createOpenedFiles(): OpenedFiles {
  const waiting = new Map<string, readonly string[]>()
  return {
    keep(paths) {
      const name = randomBytes(12).toString('hex')
      waiting.set(name, [...paths])
      for (const oldest of waiting.keys()) {
        if (waiting.size <= most) break
        waiting.delete(oldest)
      }
      return name
    },
    take(name) {
      const paths = waiting.get(name)
      waiting.delete(name)
      return paths
    },
  }
}
