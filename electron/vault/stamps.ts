import { readFileSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { codeOf } from '../files.ts'

/**
 * How a file or folder is told from what it was: another file (ino), another length, another time. `fresh` is so young
 * that a second change within the same tick of the file system's clock would look the same: look again next time.
 */
export type Stamp = { text: string; fresh: boolean }

const tickMs = 20

/** Empty when there is nothing. */
export async function stampOf(path: string): Promise<Stamp> {
  try {
    const { ino, size, mtimeNs, mtimeMs } = await stat(path, { bigint: true })
    // A clock that was set back makes everything look young, which costs time and nothing else.
    return { text: `${ino} ${size} ${mtimeNs}`, fresh: Date.now() - Number(mtimeMs) < tickMs }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { text: '', fresh: false }
    throw error
  }
}

/** Null when it is not there or cannot be read now. In one go: a thousand small files take a tenth of the time. */
export function textNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** The same in one go, of a file. */
export function stampNowOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : ''
}
