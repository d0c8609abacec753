import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { listNames, makeFolder, writeAtomically } from '../files.ts'

/** Who received a drop may still be reading the files of the last few. */
const mostKept = 20

export type DragFolder = {
  /** Writes a file under this name, for its owner alone, and answers its path. */
  put(name: string, content: Uint8Array | string): Promise<string>
  /** Nothing of it is left. */
  clear(): Promise<void>
}

/**
 * Files that are dragged out have to lie somewhere: in a folder of their user's alone (0700), each in one of its own so
 * that none takes another's name. What a crash left is removed at the next start.
 */
export function createDragFolder(folder: string): DragFolder {
  const made: string[] = []
  return {
    async put(name, content) {
      await makeFolder(folder)
      const own = await mkdtemp(join(folder, 'file-'))
      made.push(own)
      for (const old of made.splice(0, Math.max(0, made.length - mostKept)))
        await rm(old, { recursive: true, force: true })
      const path = join(own, name)
      await writeAtomically(path, content, { mode: 0o600 })
      return path
    },
    async clear() {
      made.length = 0
      for (const name of await listNames(folder)) await rm(join(folder, name), { recursive: true, force: true })
    },
  }
}
