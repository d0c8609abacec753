// @ts-check
// One at a time: a folder is the lock, because making a folder either succeeds or does not.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { atInterrupt } from './run.mjs'
import { Refusal } from './say.mjs'

const beatMs = 2000
/** Long enough for a sleepy disk, short enough that nobody reaches for `rm`. */
const staleMs = 30_000

/** @param {string} folder */
function holder(folder) {
  try {
    const [host = '', pid = ''] = readFileSync(join(folder, 'holder'), 'utf8').split(' ')
    return { host, pid: Number(pid) }
  } catch {
    return { host: '', pid: 0 }
  }
}

/** @param {string} folder */
function abandoned(folder) {
  try {
    if (Date.now() - statSync(folder).mtimeMs > staleMs) return true
  } catch {
    return false
  }
  const { host, pid } = holder(folder)
  if (host !== hostname() || !(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/**
 * Runs `work` while nobody else holds the lock at `folder`. A holder that died is passed over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, limitMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, { onWait = () => {}, limitMs = 20 * 60_000 } = {}) {
  mkdirSync(dirname(folder), { recursive: true })
  const until = Date.now() + limitMs
  let told = false
  for (;;) {
    try {
      mkdirSync(folder)
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    if (abandoned(folder)) {
      const aside = `${folder}.${process.pid}.stale`
      try {
        renameSync(folder, aside)
        rmSync(aside, { recursive: true, force: true })
      } catch {
        // Somebody else was quicker; try again from the top.
      }
      continue
    }
    if (!told) onWait(holder(folder).pid)
    told = true
    if (Date.now() > until) {
      throw new Refusal(`Another run still holds ${folder}`, ['End it, or delete that folder if nothing is running.'])
    }
    await pause(250)
  }
  writeFileSync(join(folder, 'holder'), `${hostname()} ${process.pid}`)
  const beat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(folder, now, now)
    } catch {
      // Deleted by hand: the work goes on, the next run simply finds no lock.
    }
  }, beatMs)
  beat.unref()
  const release = () => rmSync(folder, { recursive: true, force: true })
  const forget = atInterrupt(release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    forget()
    release()
  }
}
