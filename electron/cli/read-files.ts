import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../../shared/problems.ts'
import { readForeign } from '../files.ts'
import { limits } from '../gather.ts'
import type { Io } from './io.ts'

export type ReadFiles = { files: { file: string; bytes: Uint8Array }[]; leftOut: { file: string; problem: Problem }[] }

/** Reads files and folders under the names as given, because scripts look them up by those; `-` is standard input. */
export async function readFiles(paths: readonly string[], io: Io): Promise<ReadFiles> {
  const read: ReadFiles = { files: [], leftOut: [] }
  const listed = (await Promise.all(paths.map((path) => filesAt(path, 0)))).flat()
  for (const path of listed.slice(0, limits.seen)) {
    if (path === '-') {
      read.files.push({ file: '-', bytes: await io.stdin() })
      continue
    }
    const bytes = await readForeign(path, path)
    if (bytes.ok) read.files.push({ file: path, bytes: bytes.value })
    else read.leftOut.push({ file: path, problem: bytes.problem })
  }
  if (listed.length > limits.seen) {
    const problem: Problem = { code: 'file.too-many', count: listed.length, limit: limits.seen }
    read.leftOut.push({ file: `${listed.length - limits.seen} more files`, problem })
  }
  return read
}

/** Hidden folders and links to folders are passed over, as in the window. */
async function filesAt(path: string, depth: number): Promise<string[]> {
  const isFolder =
    path !== '-' &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ))
  if (!isFolder) return [path]
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  const found: string[] = []
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const inner = join(path, entry.name)
    if (entry.isFile()) found.push(inner)
    else if (entry.isDirectory() && !entry.name.startsWith('.') && depth < limits.depth) {
      found.push(...(await filesAt(inner, depth + 1)))
    }
  }
  return found
}
