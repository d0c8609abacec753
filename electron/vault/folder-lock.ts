import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open, readFile, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, makeFolder } from '../files.ts'

/** Who holds the folder. `started` tells a process from a later one with the same number, where the system says it. */
const Holder = z.strictObject({
  token: z.string(),
  pid: z.int(),
  host: z.string(),
  started: z.string(),
})
type Holder = z.infer<typeof Holder>

type Times = {
  /** A holder that is alive touches its file this often. */
  beatMs: number
  /** Without a touch for this long, by the waiting process's own watch, it is taken for dead. */
  silentMs: number
  /** How long to wait for others before giving up. */
  patienceMs: number
}
const usual: Times = { beatMs: 1000, silentMs: 15_000, patienceMs: 45_000 }

/** Others have held the folder all the time. */
export class FolderBusy extends Error {}

/**
 * One writer at a time in a folder, over processes and, on a shared folder, over computers. The lock is a file that
 * exists (`lock`), made so that only one can make it. A process that ended without removing it is recognised at once on
 * its own computer, by its number and its start; elsewhere by its silence. Whoever removes a dead one's lock holds a
 * second file meanwhile (`lock.breaking`), so that two do not both remove it, the second time somebody's live one.
 */
export function createFolderLock(folder: string, times: Partial<Times> = {}) {
  const { beatMs, silentMs, patienceMs } = { ...usual, ...times }
  const path = join(folder, 'lock')
  const guard = join(folder, 'lock.breaking')
  const me = { pid: process.pid, host: hostname(), started: startOf(process.pid) }

  async function claim(file: string, token: string): Promise<boolean> {
    try {
      const handle = await open(file, 'wx', 0o600)
      try {
        await handle.writeFile(JSON.stringify({ token, ...me }))
      } finally {
        await handle.close()
      }
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      // Windows: the file is just being removed by its holder.
      if (process.platform === 'win32' && codeOf(error) === 'EPERM') return false
      // The folder was taken away between two tries.
      if (codeOf(error) !== 'ENOENT') throw error
      await makeFolder(folder)
      return claim(file, token)
    }
  }

  /** Watches one lock file over time: what it says, and since when it has not been touched. */
  function createWatch(file: string) {
    let seen = ''
    let since = performance.now()
    return async (): Promise<{ dead: boolean; text: string }> => {
      const text = await readFile(file, 'utf8').catch(() => null)
      if (text === null) return { dead: false, text: '' }
      const touched = await touchOf(file)
      if (`${text}${touched}` !== seen) {
        seen = `${text}${touched}`
        since = performance.now()
      }
      const holder = holderIn(text)
      const gone = holder !== null && holder.host === me.host && !isAlive(holder)
      return { dead: gone || performance.now() - since > silentMs, text }
    }
  }

  /** Takes a dead holder's lock away, unless it has been replaced in the meantime. */
  async function breakLock(text: string, watchGuard: ReturnType<typeof createWatch>): Promise<void> {
    if (!(await claim(guard, randomBytes(8).toString('hex')))) {
      if ((await watchGuard()).dead) await rm(guard, { force: true })
      return
    }
    try {
      if ((await readFile(path, 'utf8').catch(() => null)) === text) await rm(path, { force: true })
    } finally {
      await rm(guard, { force: true })
    }
  }

  async function acquire(patience: number): Promise<string> {
    const token = randomBytes(8).toString('hex')
    await makeFolder(folder)
    const watch = createWatch(path)
    const watchGuard = createWatch(guard)
    const begun = performance.now()
    for (let round = 0; !(await claim(path, token)); round++) {
      if (performance.now() - begun > patience) throw new FolderBusy()
      const { dead, text } = await watch()
      if (dead) await breakLock(text, watchGuard)
      // Unequal steps, so that those who wait do not all come at once.
      else await new Promise((resolve) => setTimeout(resolve, Math.min(40, 2 + round) * (0.5 + Math.random())))
    }
    return token
  }

  /** Runs `job` while nobody else writes. Throws `FolderBusy`, or what the file system says. */
  async function hold<T>(job: () => Promise<T>, patience = patienceMs): Promise<T> {
    const token = await acquire(patience)
    const beat = setInterval(() => {
      const now = new Date()
      void utimes(path, now, now).catch(() => {})
    }, beatMs)
    beat.unref()
    try {
      return await job()
    } finally {
      clearInterval(beat)
      // Only one's own: after a sleep of the computer another may have taken it over.
      const text = await readFile(path, 'utf8').catch(() => '')
      if (holderIn(text)?.token === token) await rm(path, { force: true })
    }
  }

  return { hold }
}

const touchOf = async (file: string) => {
  try {
    const handle = await open(file, 'r')
    try {
      const { mtimeNs, ino } = await handle.stat({ bigint: true })
      return `${ino} ${mtimeNs}`
    } finally {
      await handle.close()
    }
  } catch {
    return ''
  }
}

/** Null for a file that is empty or half written: its maker may be at it just now. */
function holderIn(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process cannot be signalled, but is there.
    if (codeOf(error) === 'ESRCH') return false
  }
  const present = startOf(pid)
  return started === '' || present === '' || present === started
}

/** When a process began, in the system's ticks; empty where the system does not tell (it is not Linux). */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    // Its second field is the program's name in brackets, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return fields[19] ?? ''
  } catch {
    return ''
  }
}
