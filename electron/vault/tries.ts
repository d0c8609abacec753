import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeAtomically } from '../files.ts'
import { parseJson } from './record-file.ts'

const Tries = z.strictObject({ failed: z.int().min(0).max(1_000_000), at: z.number() })

const free = 3
const mostSeconds = 60

/** How long to wait after so many wrong passphrases in a row: nothing for the first three, then 1 s, 2 s, 4 s … 60 s. */
export const delayAfter = (failed: number): number =>
  failed < free ? 0 : 1000 * Math.min(mostSeconds, 2 ** Math.min(20, failed - free))

export type Watches = {
  /** The computer's clock, in milliseconds; it may be set. */
  wall(): number
  /** A watch that only goes forward, for as long as this process runs. */
  steady(): number
}

/**
 * Slows down whoever tries passphrases at the app, over restarts too (`tries.json`). A try is counted before it is made,
 * so that ending the process does not undo it. Somebody who can take the file away has the vault's files as well, and
 * only the stretching of the passphrase slows him.
 */
export function createTries(folder: string, { wall, steady }: Watches) {
  const path = join(folder, 'tries.json')
  let here = { failed: 0, notBefore: 0 }

  async function read() {
    const stored = Tries.safeParse(parseJson(await readFile(path, 'utf8').catch(() => ''))).data
    return stored ?? { failed: 0, at: wall() }
  }

  async function write(failed: number) {
    // A folder that takes no file must not keep its owner out.
    await makeFolder(folder)
      .then(() => writeAtomically(path, JSON.stringify({ failed, at: wall() })))
      .catch(() => {})
  }

  return {
    /** Milliseconds still to wait; zero counts the try that is now made. */
    async begin(): Promise<number> {
      const stored = await read()
      const failed = Math.max(stored.failed, here.failed)
      const delay = delayAfter(failed)
      // A clock that was set back must neither lock out for years nor let through: the wait starts anew.
      const elapsed = wall() - stored.at
      if (elapsed < 0) await write(failed)
      const waitMs = Math.max(Math.min(delay, delay - Math.max(0, elapsed)), here.notBefore - steady(), 0)
      if (waitMs > 0) return waitMs
      here = { failed: failed + 1, notBefore: steady() + delayAfter(failed + 1) }
      await write(failed + 1)
      return 0
    },
    /** It was right. Answers how many wrong ones there were before. */
    async succeed(): Promise<number> {
      const before = here.failed - 1
      here = { failed: 0, notBefore: 0 }
      await rm(path, { force: true }).catch(() => {})
      return before
    },
  }
}
