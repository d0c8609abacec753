import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { codeOf, maxFileBytes, readForeign } from '../files.ts'

/** A pipe gives its bytes once, but a command may ask for the same file twice. */
const pipesRead = new Map<string, Promise<Result<Uint8Array>>>()

/** Nobody at the other end, or nobody yet: a named pipe is not waited for much longer than a shell takes to start. */
const firstByteMs = 1000
/** Somebody at the other end: a password manager may be asking its user. */
const nextByteMs = 120_000
const lookAgainMs = 10

/** Reads a file of the command line under its name as given: also a pipe, such as a shell's `<(command)`. */
export async function readGiven(path: string, limit = maxFileBytes): Promise<Result<Uint8Array>> {
  const isPipe = await stat(path).then(
    (found) => found.isFIFO(),
    () => false,
  )
  if (!isPipe) return readForeign(path, path, limit)
  const read = pipesRead.get(path) ?? readPipe(path, limit)
  pipesRead.set(path, read)
  // A copy: who opens a key wipes what it was made of.
  return read.then((result) => (result.ok ? ok(result.value.slice()) : result))
}

async function readPipe(path: string, limit: number): Promise<Result<Uint8Array>> {
  let pipe: FileHandle | undefined
  try {
    // Without O_NONBLOCK, opening would wait for a writer where nothing can stop it.
    pipe = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    return await readToEnd(pipe, path, limit)
  } catch {
    return refuse({ code: 'file.not-readable', name: path })
  } finally {
    await pipe?.close()
  }
}

async function readToEnd(pipe: FileHandle, path: string, limit: number): Promise<Result<Uint8Array>> {
  const chunk = Buffer.alloc(64 * 1024)
  const parts: Buffer[] = []
  let bytes = 0
  let waitingSince = Date.now()
  for (;;) {
    const got = await pipe.read(chunk).then(
      ({ bytesRead }) => bytesRead,
      (error: unknown) => (codeOf(error) === 'EAGAIN' ? ('later' as const) : Promise.reject(error)),
    )
    const waited = Date.now() - waitingSince
    if (got === 0 && bytes > 0) return ok(Buffer.concat(parts))
    if (got === 0 && waited > firstByteMs) return refuse({ code: 'file.empty', name: path })
    if (got === 'later' && waited > nextByteMs) return refuse({ code: 'file.not-readable', name: path })
    if (got === 0 || got === 'later') {
      await pause(lookAgainMs)
      continue
    }
    parts.push(Buffer.from(chunk.subarray(0, got)))
    bytes += got
    if (bytes > limit) return refuse({ code: 'file.too-large', name: path, bytes, limit })
    waitingSince = Date.now()
  }
}
