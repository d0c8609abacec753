import { access, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { writeForUser } from '../files.ts'

/** What holds a key is for its owner alone; what is handed on may be read by others. */
export type OutFile = { path: string; content: Uint8Array | string; secret?: boolean }

/** Writes all of them, or refuses before the first: without `force` nothing that is there is replaced. */
export async function writeFiles(files: readonly OutFile[], force: boolean): Promise<Result<null>> {
  for (const { path } of force ? [] : files) if (await isThere(path)) return refuse({ code: 'file.exists', name: path })
  for (const { path, content, secret } of files) {
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    )
    const problem = made ? await writeForUser(path, content, secret ? 0o600 : 0o644) : null
    if (!made) return refuse({ code: 'file.not-writable', name: path })
    if (problem) return refuse({ ...problem, name: path } as typeof problem)
  }
  return ok(null)
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
