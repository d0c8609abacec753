import { access } from 'node:fs/promises'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Ask } from '../ask.ts'
import { writeForUser } from '../files.ts'

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

/** All or the first refusal; each file by itself is whole or absent. */
export async function writeAll(files: readonly OutFile[]): Promise<Result<null>> {
  for (const { path, content, mode } of files) {
    const problem = await writeForUser(path, content, mode)
    if (problem) return refuse(problem)
  }
  return ok(null)
}
