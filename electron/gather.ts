import { opendir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../shared/problems.ts'
import { maxFileBytes, readForeign } from './files.ts'
import type { NamedBytes } from './kept-files.ts'

export const limits = { files: 200, depth: 6, seen: 5000, totalBytes: 64 * 1024 * 1024 }

export type Gathered = { files: NamedBytes[]; leftOut: { file: string; problem: Problem }[] }

/**
 * Reads files, and the files in folders, within limits. Names are short (`client.crt`, `folder/client.crt`), because
 * the page has no use for the rest of a path. What is left out is told, each with its reason.
 */
export async function gather(paths: readonly string[]): Promise<Gathered> {
  const listed: Listed[] = []
  for (const path of paths) listed.push(...(await list(path, basename(path), 0)))
  const distinct = tellApart(listed)
  const gathered: Gathered = { files: [], leftOut: [] }
  let total = 0
  for (const { path, name } of distinct.slice(0, limits.files)) {
    const read = await readForeign(path, name)
    if (!read.ok) gathered.leftOut.push({ file: name, problem: read.problem })
    else if (total + read.value.length > limits.totalBytes) {
      gathered.leftOut.push({ file: name, problem: { code: 'file.too-much', name, limit: limits.totalBytes } })
    } else {
      total += read.value.length
      gathered.files.push({ file: name, bytes: read.value })
    }
  }
  if (distinct.length > limits.files) {
    const problem: Problem = { code: 'file.too-many', count: distinct.length, limit: limits.files }
    gathered.leftOut.push({ file: `${distinct.length - limits.files} more files`, problem })
  }
  return gathered
}

type Listed = { path: string; name: string }

async function list(path: string, name: string, depth: number): Promise<Listed[]> {
  // What is not there, or not readable, is told when it is read.
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [{ path, name }]
  if (depth >= limits.depth) return []
  const found: Listed[] = []
  const entries: { name: string; folder: boolean }[] = []
  try {
    for await (const entry of await opendir(path)) {
      if (entries.length >= limits.seen) break
      // Hidden folders hold histories and caches. Links to folders are not followed: they may lead round in circles.
      if (entry.isDirectory() && entry.name.startsWith('.')) continue
      if (entry.isSymbolicLink() && (await leadsToFolder(join(path, entry.name)))) continue
      entries.push({ name: entry.name, folder: entry.isDirectory() })
    }
  } catch {
    return [{ path, name }]
  }
  entries.sort((a, b) => Number(a.folder) - Number(b.folder) || a.name.localeCompare(b.name))
  for (const entry of entries) {
    if (found.length >= limits.seen) break
    found.push(...(await list(join(path, entry.name), `${name}/${entry.name}`, depth + 1)))
  }
  return found
}

const leadsToFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** Two files of one name from two folders get the folder's name in front. */
function tellApart(listed: readonly Listed[]): Listed[] {
  const count = new Map<string, number>()
  for (const { name } of listed) count.set(name, (count.get(name) ?? 0) + 1)
  return listed.map(({ path, name }) =>
    count.get(name) === 1 ? { path, name } : { path, name: `${basename(dirname(path))}/${name}` },
  )
}

/** Dropped contents as if they had been read, with the same limit for each. */
export function gatherContents(contents: readonly { name: string; bytes: Uint8Array }[]): Gathered {
  const gathered: Gathered = { files: [], leftOut: [] }
  for (const { name, bytes } of contents) {
    const file = name.replace(/[\\/]/g, '_')
    if (bytes.length === 0) gathered.leftOut.push({ file, problem: { code: 'file.empty', name: file } })
    else if (bytes.length > maxFileBytes) {
      const problem: Problem = { code: 'file.too-large', name: file, bytes: bytes.length, limit: maxFileBytes }
      gathered.leftOut.push({ file, problem })
    } else gathered.files.push({ file, bytes })
  }
  return gathered
}
