import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../shared/problems.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { restrictToUser } from './windows-acl.ts'

/** Certificates, keys and bundles are small: what is larger than this is something else. */
export const maxFileBytes = 16 * 1024 * 1024

// O_NONBLOCK does not exist on Windows, and no named pipes among files either.
const nonBlockingRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

const halfWritten = /^\.countersign-[a-z0-9]{16}\.part$/

export type WriteOptions = {
  /** Keys 0600; what is public and handed on 0644. */
  mode?: number
  /** Keeps what was there under this path. */
  previous?: string
  /** Is told of the file while it is empty. */
  beforeContent?: (part: string) => Promise<void>
}

/**
 * Writes all or nothing: a temporary name in the same folder, fsync, rename, fsync of the folder. A crash at any point
 * leaves the old file or the new one, and at worst a part file that `clearHalfWritten` removes.
 */
export async function writeAtomically(path: string, content: Uint8Array | string, options: WriteOptions = {}) {
  const part = join(dirname(path), `.countersign-${randomBytes(8).toString('hex')}.part`)
  try {
    const file = await open(part, 'wx', options.mode ?? 0o600)
    try {
      // The process's umask may be tighter than what this file is meant to have.
      await file.chmod(options.mode ?? 0o600)
      await options.beforeContent?.(part)
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    if (options.previous !== undefined) await keepPrevious(path, options.previous)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

/** A second name for the present content, so that the file itself is there at every moment. */
async function keepPrevious(path: string, previous: string) {
  const part = `${dirname(previous)}/.countersign-${randomBytes(8).toString('hex')}.part`
  try {
    // File systems without hard links (FAT, some network shares) get a copy.
    await link(path, part).catch((error) => (codeOf(error) === 'ENOENT' ? Promise.reject(error) : copyFile(path, part)))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  await rename(part, previous)
}

/** The rename itself is only certain once the folder is on disk. Windows has no such call, and needs none. */
export async function syncFolder(folder: string) {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Removes part files that a crash left. Only while no other instance runs. */
export async function clearHalfWritten(folder: string) {
  for (const name of await listNames(folder)) if (halfWritten.test(name)) await rm(join(folder, name), { force: true })
}

/** Names in a folder, sorted; none when there is no such folder. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

export const makeFolder = (folder: string) => mkdir(folder, { recursive: true, mode: 0o700 })

/** Reads a file that somebody else made: a regular file, not empty, within the limit. `name` is for the refusal. */
export async function readForeign(
  path: string,
  name = basename(path),
  limit = maxFileBytes,
): Promise<Result<Uint8Array>> {
  try {
    // O_NONBLOCK: opening a named pipe would wait for its writer for ever.
    const file = await open(path, nonBlockingRead)
    try {
      const { size } = await file
        .stat()
        .then((stat) => (stat.isFile() ? stat : Promise.reject(new Error('not a file'))))
      if (size > limit) return refuse({ code: 'file.too-large', name, bytes: size, limit })
      const bytes = new Uint8Array(size)
      let read = 0
      while (read < size) {
        const part = await file.read(bytes, read, size - read, read)
        if (part.bytesRead === 0) break
        read += part.bytesRead
      }
      return read === 0 ? refuse({ code: 'file.empty', name }) : ok(bytes.subarray(0, read))
    } finally {
      await file.close()
    }
  } catch (error) {
    return refuse({ code: codeOf(error) === 'ENOENT' ? 'file.not-found' : 'file.not-readable', name })
  }
}

/** Writes a file for the user; a full disk or a read-only folder is a refusal, not a fault. */
export async function writeForUser(path: string, content: Uint8Array | string, mode: number): Promise<Problem | null> {
  try {
    const forOwner = mode === 0o600 && process.platform === 'win32'
    await writeAtomically(path, content, { mode, ...(forOwner && { beforeContent: restrictToUser }) })
    return null
  } catch {
    return { code: 'file.not-writable', name: basename(path) }
  }
}

export const codeOf = (error: unknown): string | undefined => (error as { code?: string } | null)?.code
