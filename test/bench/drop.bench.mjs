// @ts-check
// A drop of the system's root certificates until they stand on the screen, beside openssl listing the same file.
// The drop is a real one: Chromium is handed the file as from a file manager, main reads it, the reader parses it.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright'

const runs = Number(process.env.COUNTERSIGN_BENCH_RUNS ?? 15)
const root = resolve(import.meta.dirname, '..', '..')
const system = '/etc/ssl/certs/ca-certificates.crt'
const bundle = existsSync(system) ? system : join(root, 'test/fixtures/corpus/bundles/certifi__cacert.pem')
const count = readFileSync(bundle, 'utf8').split('BEGIN CERTIFICATE').length - 1
const data = mkdtempSync(join(tmpdir(), 'drop-bench-'))

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const app = await _electron.launch({
  args: ['-r', join(root, 'scripts/tour/real-keyring.cjs'), root, `--user-data-dir=${data}`],
  cwd: root,
  chromiumSandbox: true,
})
/** @type {number[]} */
const ours = []
/** @type {number[]} */
const theirs = []
try {
  const page = await app.firstWindow()
  await page.locator('[data-ready]').waitFor()
  // As a person would find it: the window has been open for a moment.
  await page.waitForTimeout(2500)
  const session = await page.context().newCDPSession(page)
  for (let run = 0; run <= runs; run++) {
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    const rendered = page.evaluate(
      (rows) =>
        new Promise((settle) => {
          let dropped = 0
          addEventListener('drop', () => (dropped = performance.now()), { capture: true, once: true })
          const look = () => {
            const shown = dropped > 0 && document.querySelectorAll('[role="treeitem"]').length > 5
            const summary = document.querySelector('main')?.textContent?.includes(`${rows} objects`)
            if (shown && summary) requestAnimationFrame(() => settle(performance.now() - dropped))
            else requestAnimationFrame(look)
          }
          look()
        }),
      count,
    )
    const dragged = { items: [], files: [bundle], dragOperationsMask: 1 }
    for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
      await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data: dragged })
    }
    const took = Number(await rendered)
    const since = performance.now()
    execFileSync('openssl', ['storeutl', '-noout', '-text', '-certs', bundle], { stdio: 'ignore', maxBuffer: 1e8 })
    const peer = performance.now() - since
    if (run === 0) console.log(`first drop of the session: ${took.toFixed(0)} ms`)
    else {
      ours.push(took)
      theirs.push(peer)
    }
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
  }
} finally {
  await app.close()
  rmSync(data, { recursive: true, force: true })
}

const name = `drop of ${count} root certificates until rendered`
console.log(JSON.stringify({ name, ours: median(ours), unit: 'ms', goal: 150 }))
console.log(
  JSON.stringify({
    name: `${name}, against openssl printing them`,
    ours: median(ours),
    theirs: median(theirs),
    unit: 'ms',
    ratio: median(ours) / median(theirs),
    against: 'openssl storeutl -text',
  }),
)
