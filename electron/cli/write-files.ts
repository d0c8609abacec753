import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { codeOf, writeForUser } from '../files.ts'

/** What holds a key is for its owner alone; what is handed on may be read by others. */
export type OutFile = { path: string; content: Uint8Array | string; secret?: boolean }

/**
 * Writes all of them, or refuses before the first: without `force` nothing that is there is replaced. Where a later one
 * cannot be written, the earlier new ones go again: a key without its request would be taken for a finished pair.
 */
export async function writeFiles(files: readonly OutFile[], force: boolean): Promise<Result<null>> {
  const there = await Promise.all(files.map(({ path }) => whatIsAt(path)))
  for (const [i, { path }] of files.entries()) {
    if (there[i] !== 'nothing' && !force) return refuse({ code: 'file.exists', name: path })
    if (there[i] === 'folder') return refuse({ code: 'file.not-writable', name: path })
  }
  const made: string[] = []
  for (const [i, { path, content, secret }] of files.entries()) {
    const folder = await makeFolders(dirname(path))
    if (!folder || (await writeForUser(path, content, secret ? 0o600 : 0o644))) {
      for (const earlier of made) await rm(earlier, { force: true })
      return refuse({ code: 'file.not-writable', name: path })
    }
    if (there[i] === 'nothing') made.push(path)
  }
  return ok(null)
}

const whatIsAt = (path: string) =>
  stat(path).then(
    (found) => (found.isDirectory() ? ('folder' as const) : ('file' as const)),
    () => 'nothing' as const,
  )

/**
 * The folder and those above it. Node's own recursive way asks again for ever where the system answers "no such file"
 * for a folder that cannot be made, as under /proc.
 */
async function makeFolders(folder: string): Promise<boolean> {
  const make = () =>
    mkdir(folder, { mode: 0o755 }).then(
      () => 'made',
      (error: unknown) => codeOf(error),
    )
  const first = await make()
  const above = dirname(folder)
  const second = first === 'ENOENT' && above !== folder && (await makeFolders(above)) ? await make() : first
  return second === 'made' || (await whatIsAt(folder)) === 'folder'
}
