// @ts-check
// `npm run bench:package`: the packed app beside an empty one packed alike, in one run: sizes, starts, memory.
// COUNTERSIGN_BENCH_RUNS: measured starts of each, warm (9). COUNTERSIGN_BENCH_COLD: cold ones (5).
// COUNTERSIGN_BENCH_DEB: how the .deb is compressed (as the release's); `none` leaves it out.

import './node-version.mjs'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { packBoth, weigh, weighDebs } from './bench/alike.mjs'
import { empty, ours } from './bench/apps.mjs'
import { firstScreen, mainAtStart, wholePage } from './bench/bundles.mjs'
import { openDesktop } from './bench/desktop.mjs'
import { takeTurns } from './bench/starts.mjs'
import { table } from './bench/table.mjs'
import { buildStep } from './build.mjs'
import { atInterrupt } from './run.mjs'
import { root } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { line, main, note, Refusal, step } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('./bench/table.mjs').Row} Row */
/** @typedef {import('./bench/starts.mjs').Seen} Seen */

const runs = Number(process.env.COUNTERSIGN_BENCH_RUNS ?? 9)
const coldRuns = Number(process.env.COUNTERSIGN_BENCH_COLD ?? 5)
const deb = process.env.COUNTERSIGN_BENCH_DEB

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const against = 'empty app'

/**
 * @param {Record<string, Seen[]>} seen @param {string} name @param {keyof Seen} field @param {string} unit @param {number} [goal]
 * @returns {Row}
 */
function row(seen, name, field, unit, goal) {
  const [mine, theirs] = [seen.ours, seen.empty].map((list) => (list ?? []).map((one) => one[field]))
  const range = (/** @type {number[]} */ all) => `${Math.round(Math.min(...all))}–${Math.round(Math.max(...all))}`
  note(`${name}: ours ${range(mine ?? [])} ${unit}, empty ${range(theirs ?? [])} ${unit}`)
  return { name, ours: median(mine ?? []), theirs: median(theirs ?? []), unit, against, goal }
}

await main(async () => {
  if (process.platform !== 'linux') throw new Refusal('This bench reads the screen of an X server: Linux only')
  const runtime = await setUp({ display: true })
  await buildStep()
  await checkSandbox(runtime.dist)
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const machine = `Electron ${runtime.version}, packaged · ${cpus().length} × ${cpus()[0]?.model.trim()} · ${memory}`
  line(machine)
  /** @type {Row[]} */
  const rows = []
  mkdirSync('/var/tmp', { recursive: true })
  const home = mkdtempSync('/var/tmp/countersign-package-')
  // An ordinary user starts what lies in here.
  chmodSync(home, 0o755)
  const remove = () => rmSync(home, { recursive: true, force: true })
  const forget = atInterrupt(remove)
  try {
    const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
    const packed = await step('Packing ours and an empty app', () => packBoth(runtime, version, home))
    const megabytes = (/** @type {number} */ bytes) => bytes / 1e6
    rows.push({
      name: 'installed size',
      ours: megabytes(weigh(packed.ours.folder)),
      theirs: megabytes(weigh(packed.empty.folder)),
      unit: 'MB',
      against,
      goal: 1.06,
    })
    if (deb !== 'none') {
      const bytes = await step('Making a .deb of each', () => weighDebs(packed, version, home, deb))
      const name = deb ? `.deb (${deb})` : '.deb'
      rows.push({ name, ours: megabytes(bytes.ours), theirs: megabytes(bytes.empty), unit: 'MB', against, goal: 1.08 })
    }
    const [first, whole, start] = [firstScreen(), wholePage(), mainAtStart()]
    rows.push({ name: 'first screen, gzip', ours: first.gzip / 1e3, unit: 'kB', goal: 350 })
    rows.push({ name: 'whole page, gzip', ours: whole.gzip / 1e3, unit: 'kB' })
    rows.push({ name: 'main process at start', ours: start.bytes / 1e3, unit: 'kB' })
    note(`first screen ${first.files} files, main process at start ${start.files} files`)

    const apps = [ours(packed.ours.executable), empty(packed.empty.executable)]
    const desktop = await openDesktop()
    try {
      const warm = await step(`${runs} warm starts of each`, () => takeTurns(apps, desktop, { runs }))
      rows.push(
        row(warm.seen, 'warm: window shown', 'shownMs', 'ms'),
        row(warm.seen, 'warm: first content drawn', 'contentMs', 'ms', 1.15),
        row(warm.seen, 'warm: first room drawn', 'roomMs', 'ms'),
        row(warm.seen, 'warm: usable, a click is answered', 'usableMs', 'ms', 1.15),
        row(warm.seen, 'warm: processor time until then', 'computedMs', 'ms'),
      )
      const weighed = await step('3 starts of each for their memory', () =>
        takeTurns(apps, desktop, { runs: 3, weighed: true }),
      )
      rows.push(
        row(weighed.seen, 'memory idle, all processes (PSS)', 'idleMib', 'MiB', 1.25),
        row(weighed.seen, 'memory with Inspect entered', 'usedMib', 'MiB'),
      )
      if (coldRuns > 0) {
        const cold = await step(`${coldRuns} cold starts of each`, () =>
          takeTurns(apps, desktop, { runs: coldRuns, cold: true }),
        )
        note(`cold: ${cold.dropped} was taken out of the page cache before each`)
        rows.push(
          row(cold.seen, 'cold: first content drawn', 'contentMs', 'ms', 1.15),
          row(cold.seen, 'cold: usable, a click is answered', 'usableMs', 'ms', 1.15),
        )
      }
    } finally {
      desktop.close()
    }
  } finally {
    forget()
    remove()
  }
  line('')
  for (const text of table(rows)) line(text)
  writeFileSync(join(root, 'out', 'bench-package.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  line('')
  line('As JSON: out/bench-package.json')
  return 0
})
