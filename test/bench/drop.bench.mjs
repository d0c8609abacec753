// @ts-check
// Drops until they stand on the screen: the system's root certificates, beside openssl listing the same file, and ten
// thousand certificates in one file. The drops are real ones: Chromium is handed the file as from a file manager, main
// reads it, the reader's process parses it. Long tasks are those of the page, which hold up scrolling and typing.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright'
import { certificates, inBundle, median } from './inspect-files.mjs'

const runs = Number(process.env.COUNTERSIGN_BENCH_RUNS ?? 15)
const manyRuns = Math.max(1, Math.round(runs / 3))
const root = resolve(import.meta.dirname, '..', '..')
const data = mkdtempSync(join(tmpdir(), 'drop-bench-'))
const many = 10_000

/** @param {string} name @param {number} count */
function fileOf(name, count) {
  const path = join(data, name)
  writeFileSync(path, certificates(count))
  return path
}
const roots = fileOf('roots.pem', inBundle)
const tenThousand = fileOf('many.pem', many)

const app = await _electron.launch({
  args: ['-r', join(root, 'scripts/tour/real-keyring.cjs'), root, `--user-data-dir=${join(data, 'user')}`],
  cwd: root,
  chromiumSandbox: true,
})
try {
  const page = await app.firstWindow()
  await page.locator('[data-ready]').waitFor()
  // As a person would find it: the window has been open for a moment.
  await page.waitForTimeout(2500)
  const session = await page.context().newCDPSession(page)

  /**
   * From the drop to its first rows, to all of them with the summary, and how long the page's longest task took.
   * @param {string} file @param {number} count @returns {Promise<{ first: number, all: number, longest: number }>}
   */
  async function drop(file, count) {
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    const rendered = page.evaluate(
      (rows) =>
        new Promise((settle) => {
          let dropped = 0
          let first = 0
          let longest = 0
          const observer = new PerformanceObserver((list) => {
            for (const { startTime, duration } of list.getEntries()) {
              if (dropped > 0 && startTime + duration > dropped) longest = Math.max(longest, duration)
            }
          })
          observer.observe({ entryTypes: ['longtask'] })
          addEventListener('drop', () => (dropped = performance.now()), { capture: true, once: true })
          const look = () => {
            if (dropped > 0 && first === 0 && document.querySelectorAll('[role="treeitem"]').length > 5) {
              first = performance.now() - dropped
            }
            if (first === 0 || !document.querySelector('main')?.textContent?.includes(`${rows} objects in`)) {
              return requestAnimationFrame(look)
            }
            const all = performance.now() - dropped
            // Long tasks are told a little later than they end.
            setTimeout(() => {
              observer.disconnect()
              settle({ first, all, longest })
            }, 300)
          }
          look()
        }),
      count.toLocaleString('en-US'),
    )
    const dragged = { items: [], files: [file], dragOperationsMask: 1 }
    for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
      await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data: dragged })
      // Nobody lets go of a file in the moment in which it reaches the window.
      if (type === 'dragEnter') await page.waitForTimeout(300)
    }
    const seen = /** @type {{ first: number, all: number, longest: number }} */ (await rendered)
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    return seen
  }

  /** @type {number[]} */
  const ours = []
  /** @type {number[]} */
  const theirs = []
  for (let run = 0; run <= runs; run++) {
    const { all } = await drop(roots, inBundle)
    const since = performance.now()
    execFileSync('openssl', ['storeutl', '-noout', '-text', '-certs', roots], { stdio: 'ignore', maxBuffer: 1e8 })
    const peer = performance.now() - since
    if (run === 0) {
      console.log(JSON.stringify({ name: 'first drop of a session until rendered', ours: all, unit: 'ms', goal: 300 }))
      continue
    }
    ours.push(all)
    theirs.push(peer)
  }
  const name = `drop of ${inBundle} root certificates until rendered`
  console.log(JSON.stringify({ name, ours: median(ours), unit: 'ms', goal: 150 }))
  console.log(
    JSON.stringify({
      name: `${name}, against openssl printing them`,
      ours: median(ours),
      theirs: median(theirs),
      unit: 'ms',
      against: 'openssl storeutl -text',
    }),
  )

  const large = []
  for (let run = 0; run < manyRuns; run++) large.push(await drop(tenThousand, many))
  /** @param {string} what @param {'first' | 'all' | 'longest'} field @param {number} goal */
  const tell = (what, field, goal) => {
    const value = median(large.map((one) => one[field]))
    console.log(JSON.stringify({ name: `drop of 10,000 certificates: ${what}`, ours: value, unit: 'ms', goal }))
  }
  tell('first rows on screen', 'first', 1000)
  tell('all in the list', 'all', 5000)
  // A task of less than 50 ms is none to the browser: then this is 0.
  tell('longest task of the page', 'longest', 50)
} finally {
  await app.close()
  rmSync(data, { recursive: true, force: true })
}
