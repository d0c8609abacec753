import { access } from 'node:fs/promises'
import type { Ask } from '../ask.ts'

export const secretMode = 0o600
export const publicMode = 0o644

/** A file that an export is about to write. */
export type OutFile = { path: string; content: Uint8Array | string; mode: number }

/** `null` when some of them are there already, and are to stay. */
export async function unlessKept(ask: Ask, files: OutFile[]): Promise<OutFile[] | null> {
  const there = await Promise.all(
    files.map(({ path }) =>
      access(path).then(
        () => [path],
        () => [],
      ),
    ),
  )
  const existing = there.flat()
  return existing.length === 0 || (await ask.mayReplace(existing)) ? files : null
}
