// @ts-check
// How long until the window is there, and how much memory it takes, beside an Electron window with one line of text.
// Both start by turns, each with a fresh data folder for its first, unmeasured start and the same folder afterwards.

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const runs = Number(process.env.COUNTERSIGN_BENCH_RUNS ?? 9)
const settleMs = 2500
const electron = process.env.COUNTERSIGN_ELECTRON_BINARY ?? join(process.cwd(), 'node_modules/electron/dist/electron')
const home = mkdtempSync(join(tmpdir(), 'window-bench-'))

const empty = join(home, 'empty')
mkdirSync(empty)
writeFileSync(join(empty, 'package.json'), '{ "name": "empty", "version": "1.0.0", "main": "main.cjs" }')
writeFileSync(join(empty, 'index.html'), '<!doctype html><title>Empty</title><p>Hello</p>')
writeFileSync(
  join(empty, 'main.cjs'),
  `const { app, BrowserWindow } = require('electron')
  app.whenReady().then(() => {
    const window = new BrowserWindow({ show: false, width: 1180, height: 780, webPreferences: { sandbox: true } })
    window.once('ready-to-show', () => window.show())
    window.loadFile('index.html')
  })
  app.on('window-all-closed', () => app.quit())`,
)

// Loaded into both before their own code: tells when the window was shown and when the page first drew something.
const watcher = join(home, 'watch.cjs')
writeFileSync(
  watcher,
  `const { app } = require('electron')
  app.on('browser-window-created', (_, window) => {
    window.once('show', () => {
      const shown = Date.now()
      setTimeout(async () => {
        const ask = 'performance.timeOrigin + (performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN)'
        const drawn = await window.webContents.executeJavaScript(ask).catch(() => NaN)
        console.log(JSON.stringify({ shown, drawn, pids: app.getAppMetrics().map(({ pid }) => pid) }))
      }, ${settleMs})
    })
  })`,
)

/** @param {number} pid proportional set size in MiB, 0 when the process is gone */
function pssOf(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** The process, and all that it started. @param {number} pid @returns {number[]} */
function familyOf(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The command's name may hold spaces and brackets: the parent stands after the last of them.
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
      children.set(parent, [...(children.get(parent) ?? []), Number(name)])
    } catch {
      // Ended meanwhile.
    }
  }
  const family = [pid]
  for (const member of family) family.push(...(children.get(member) ?? []))
  return family
}

/** @typedef {{ shownMs: number, drawnMs: number, mib: number }} Seen */

/** @param {string} app @param {string} data @returns {Promise<Seen>} */
async function start(app, data) {
  const since = Date.now()
  const child = spawn(electron, ['-r', watcher, app, `--user-data-dir=${data}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const told = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${app} showed no window`)), 30_000)
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (part) => {
        text += part
        const line = text.split('\n').find((one) => one.startsWith('{"shown"') && one.endsWith('}'))
        if (!line) return
        clearTimeout(timer)
        resolve(JSON.parse(line))
      })
      child.once('exit', () => reject(new Error(`${app} ended early`)))
    })
    const mib = child.pid === undefined ? 0 : familyOf(child.pid).reduce((sum, pid) => sum + pssOf(pid), 0)
    return { shownMs: told.shown - since, drawnMs: told.drawn - since, mib }
  } finally {
    child.kill()
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
    )
  }
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const apps = { ours: process.argv[2] ?? process.cwd(), theirs: empty }
/** @type {Record<keyof typeof apps, Seen[]>} */
const seen = { ours: [], theirs: [] }
for (let run = 0; run <= runs; run++) {
  for (const which of /** @type {const} */ (['ours', 'theirs'])) {
    const measured = await start(apps[which], join(home, `data-${which}`))
    if (run > 0) seen[which].push(measured)
  }
}
rmSync(home, { recursive: true, force: true })

/** @param {string} name @param {keyof Seen} field @param {string} unit @param {number} goal */
function report(name, field, unit, goal) {
  const [ours, theirs] = [seen.ours, seen.theirs].map((list) => list.map((one) => one[field]))
  const range = (/** @type {number[]} */ values) =>
    `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`
  console.log(`${name}: ours ${range(ours ?? [])} ${unit}, empty ${range(theirs ?? [])} ${unit}, ${runs} starts each`)
  const row = { name, ours: median(ours ?? []), theirs: median(theirs ?? []), unit, against: 'empty window', goal }
  console.log(JSON.stringify(row))
}
report('window shown after start', 'shownMs', 'ms', 1.3)
report('first content drawn after start', 'drawnMs', 'ms', 1.3)
report('memory of all processes (PSS)', 'mib', 'MiB', 1.4)
