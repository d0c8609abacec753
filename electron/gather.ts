import { opendir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../shared/problems.ts'
import { maxFileBytes, readForeign } from './files.ts'
import { maxForeignBytes } from './reader-limits.ts'

/** How much is read at once: `fileBytes` of one file, `totalBytes` of all, folders to a `depth`, entries `seen`. */
export type GatherLimits = { files: number; depth: number; seen: number; fileBytes: number; totalBytes: number }

/** For what is looked at. All of it is held twice, here and by the reader. */
export const limits: GatherLimits = {
  files: 2000,
  depth: 6,
  seen: 5000,
  fileBytes: maxForeignBytes,
  totalBytes: 128 * 1024 * 1024,
}

/** For what is to be kept with an identity: a certificate, its chain, a bundle. */
export const smallLimits: GatherLimits = {
  ...limits,
  files: 200,
  fileBytes: maxFileBytes,
  totalBytes: 64 * 1024 * 1024,
}

/** A file as it was read, under the name that the page sees. */
export type NamedBytes = { file: string; bytes: Uint8Array }

export type Gathered = { files: NamedBytes[]; leftOut: { file: string; problem: Problem }[] }

/**
 * Reads files, and the files in folders, within limits. Names are short (`client.crt`, `folder/client.crt`), because
 * the page has no use for the rest of a path. What is left out is told, each with its reason.
 */
export async function gather(paths: readonly string[], limits = smallLimits): Promise<Gathered> {
  const listed: Listed[] = []
  for (const path of paths) listed.push(...(await list(path, basename(path), 0, limits)))
  const distinct = tellApart(listed)
  const gathered: Gathered = { files: [], leftOut: [] }
  let total = 0
  for (const { path, name } of distinct.slice(0, limits.files)) {
    const read = await readForeign(path, name, limits.fileBytes)
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

async function list(path: string, name: string, depth: number, limits: GatherLimits): Promise<Listed[]> {
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
    found.push(...(await list(join(path, entry.name), `${name}/${entry.name}`, depth + 1, limits)))
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

/** Dropped contents as if they had been read, with the same limits. `size` is told of a file too large to bring. */
export function gatherContents(
  contents: readonly { name: string; bytes: Uint8Array; size?: number }[],
  limits = smallLimits,
): Gathered {
  const gathered: Gathered = { files: [], leftOut: [] }
  let total = 0
  for (const { name, bytes, size = bytes.length } of contents) {
    const file = name.replace(/[\\/]/g, '_')
    const leaveOut = (problem: Problem) => gathered.leftOut.push({ file, problem })
    total += bytes.length
    if (size === 0) leaveOut({ code: 'file.empty', name: file })
    else if (size > limits.fileBytes) {
      leaveOut({ code: 'file.too-large', name: file, bytes: size, limit: limits.fileBytes })
    } else if (bytes.length < size || total > limits.totalBytes) {
      leaveOut({ code: 'file.too-much', name: file, limit: limits.totalBytes })
    } else gathered.files.push({ file, bytes })
  }
  return gathered
}
