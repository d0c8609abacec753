// @ts-check
// Children of the scripts. Each leads its own process group, so that Ctrl-C reaches everything a child has started in turn.

import { spawn } from 'node:child_process'
import { kill } from 'node:process'

/** @type {Set<import('node:child_process').ChildProcess>} */
const alive = new Set()
/** @type {Set<() => void>} */
const farewells = new Set()
let ending = false

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
export function stopGroup(child, signal = 'SIGTERM') {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** @param {() => void} work runs when the script is interrupted: removes what must not be left behind */
export function atInterrupt(work) {
  farewells.add(work)
  return () => farewells.delete(work)
}

/** Ends what still runs, waits for it, and comes back. */
export async function stopAll(graceMs = 3000) {
  const groups = [...alive]
  for (const child of groups) stopGroup(child, 'SIGTERM')
  const gone = Promise.all(groups.map((child) => new Promise((done) => child.once('close', done))))
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const grace = new Promise((done) => {
    timer = setTimeout(done, graceMs)
  })
  await Promise.race([gone, grace])
  clearTimeout(timer)
  for (const child of groups) stopGroup(child, 'SIGKILL')
}

let listening = false

function listen() {
  if (listening) return
  listening = true
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      // A second Ctrl-C means now.
      if (ending) {
        for (const child of alive) stopGroup(child, 'SIGKILL')
        process.exit(code)
      }
      ending = true
      stopAll().then(() => {
        for (const work of farewells) work()
        process.exit(code)
      })
    })
  }
}

/**
 * Starts a child in a process group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  listen()
  const child = spawn(command, args, { stdio: 'inherit', ...options, detached: process.platform !== 'win32' })
  alive.add(child)
  child.once('close', () => {
    alive.delete(child)
    // Its leader has ended: whatever else is in the group was to end with it.
    stopGroup(child, 'SIGTERM')
  })
  child.once('error', () => alive.delete(child))
  return child
}

/** @typedef {{ code: number, signal: NodeJS.Signals | null, stdout: string, stderr: string, missing: boolean, late: boolean }} Ended */

/**
 * Runs a command to its end; never throws for an exit code. Output is captured unless `options.stdio` says otherwise.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { limitMs?: number, onLine?: (text: string) => void }} [options]
 * @returns {Promise<Ended>}
 */
export function run(command, args, options = {}) {
  const { limitMs, onLine, ...rest } = options
  return new Promise((resolve) => {
    const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...rest })
    const texts = { stdout: '', stderr: '' }
    let late = false
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      let open = ''
      child[name]?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        texts[name] += text
        if (!onLine) return
        const lines = (open + text).split('\n')
        open = lines.pop() ?? ''
        for (const one of lines) onLine(one)
      })
    }
    const timer = limitMs
      ? setTimeout(() => {
          late = true
          stopGroup(child, 'SIGKILL')
        }, limitMs)
      : undefined
    child.once('error', (error) => {
      clearTimeout(timer)
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
      resolve({ code: 127, signal: null, ...texts, stderr: texts.stderr + error.message, missing, late })
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, signal, ...texts, missing: false, late })
    })
  })
}

/** @param {string} text @param {number} [count] The end of a foreign output, for a message. */
export function tail(text, count = 12) {
  return text.trimEnd().split('\n').slice(-count)
}
