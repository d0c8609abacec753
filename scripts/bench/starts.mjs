// @ts-check
// Starts packaged apps by turns and watches the screen: when the window is there, when its first content, when its first
// room, and when a click is answered. From outside, the same way for each.

import { execFileSync } from 'node:child_process'
import { chownSync, closeSync, openSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { giveFolder } from '../ordinary-user.mjs'
import { start, stopGroup } from '../run.mjs'
import { settings } from './apps.mjs'
import { computedBy, familyOf, memoryOf } from './processes.mjs'

/** @typedef {import('./screen.mjs').Area} Area */
/** @typedef {Awaited<ReturnType<typeof import('./desktop.mjs').openDesktop>>} Desktop */

/**
 * @typedef {object} App
 * @property {string} name
 * @property {string} executable
 * @property {Area} content where its first letters appear
 * @property {Area} room where that appears which it was started for
 * @property {{ x: number, y: number }} button clicked once the room is drawn
 * @property {{ x: number, y: number, colour: number }} answer what the page shows then
 */

/**
 * @typedef {{ shownMs: number, contentMs: number, roomMs: number, usableMs: number, computedMs: number, idleMib: number, usedMib: number }} Seen
 *   `idleMib`: before the click; `usedMib`: with what it opened
 */

/** As many pixels as a short word has. */
const word = 30
const limitMs = 60_000
const pollMs = 2
/** By then what is loaded ahead is loaded, and the first rubbish collected. */
const settleMs = 10_000

/**
 * Takes the app's files out of the page cache, and where that is allowed everything else.
 * @param {string} executable @returns {'everything' | 'the app'}
 */
function makeCold(executable) {
  execFileSync('sync')
  try {
    const handle = openSync('/proc/sys/vm/drop_caches', 'w')
    writeFileSync(handle, '3')
    closeSync(handle)
    return 'everything'
  } catch {
    for (const entry of readdirSync(dirname(executable), { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (entry.isFile() && statSync(file).size > 0) {
        execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
      }
    }
    return 'the app'
  }
}

/**
 * @param {App} app @param {Desktop} desktop @param {string} data its folder @param {boolean} weighed
 *   leaves it alone before the click and after it, and measures its memory
 * @returns {Promise<Seen>}
 */
async function watchStart(app, desktop, data, weighed) {
  const { screen, pointer, person, env } = desktop
  if (screen.drawn(app.content) > 0) throw new Error('the screen was not clear')
  const since = performance.now()
  const child = start(app.executable, [`--user-data-dir=${data}`], { ...person.as, env, stdio: 'ignore' })
  let ended = false
  child.once('close', () => {
    ended = true
  })
  const weigh = async () => {
    if (!weighed) return Number.NaN
    await pause(settleMs)
    return memoryOf(familyOf(child.pid ?? 0))
  }
  /** @param {string} what @param {() => boolean} there */
  const until = async (what, there) => {
    while (!there()) {
      if (ended) throw new Error(`${app.name} ended before ${what}`)
      if (performance.now() - since > limitMs) throw new Error(`${app.name}: no ${what} within ${limitMs / 1000} s`)
      await pause(pollMs)
    }
    return performance.now() - since
  }
  try {
    const { content, room, button, answer } = app
    const middle = { x: content.x + (content.width >> 1), y: content.y + content.height - 1 }
    const shownMs = await until('window', () => screen.pixel(middle.x, middle.y) !== 0)
    const contentMs = await until('content', () => screen.drawn(content) >= word)
    const roomMs = await until('room', () => screen.drawn(room) >= word)
    const idleMib = await weigh()
    pointer.click(button.x, button.y)
    const usableMs = await until('answer', () => screen.pixel(answer.x, answer.y) === answer.colour)
    const family = familyOf(child.pid ?? 0)
    const computedMs = computedBy(family)
    const usedMib = await weigh()
    return { shownMs, contentMs, roomMs, usableMs, computedMs, idleMib, usedMib }
  } finally {
    const gone = ended ? undefined : new Promise((resolve) => child.once('close', resolve))
    stopGroup(child, 'SIGTERM')
    const patience = setTimeout(() => stopGroup(child, 'SIGKILL'), 5000)
    await gone
    clearTimeout(patience)
    // The pointer itself is drawn on the screen.
    pointer.move(0, 0)
    const clear = performance.now()
    while (screen.drawn(app.content) > 0 && performance.now() - clear < 20_000) await pause(20)
  }
}

/**
 * Starts the apps by turns, each with a data folder of its own. The first two starts of each are not counted:
 * they make the folder, and what Chromium keeps compiled there.
 * @param {App[]} apps @param {Desktop} desktop @param {{ runs: number, cold?: boolean, weighed?: boolean }} how
 *   `weighed`: for its memory, not for its times
 */
export async function takeTurns(apps, desktop, { runs, cold = false, weighed = false }) {
  /** @type {Record<string, Seen[]>} */
  const seen = {}
  /** @type {'everything' | 'the app'} */
  let dropped = 'the app'
  for (const { name } of apps) {
    seen[name] = []
    const data = join(desktop.person.home, `data-${name}`)
    giveFolder(desktop.person, data)
    const file = join(data, 'settings.json')
    writeFileSync(file, JSON.stringify(settings))
    if (process.getuid?.() === 0) chownSync(file, desktop.person.uid, desktop.person.gid)
  }
  for (let run = -2; run < runs; run++) {
    for (const app of apps) {
      if (cold) dropped = makeCold(app.executable)
      const data = join(desktop.person.home, `data-${app.name}`)
      const measured = await watchStart(app, desktop, data, weighed && run >= 0)
      if (run >= 0) seen[app.name]?.push(measured)
    }
  }
  return { seen, dropped }
}
