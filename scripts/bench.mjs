// @ts-check
// `npm run bench`: each file of test/bench in a fresh process, in the session that tests have, one after another.
// A bench prints one JSON object per measurement on a line of its own:
//   { "name", "ours", "theirs"?, "unit", "ratio"?, "goal"?, "against"? }   goal: what the ratio, or `ours` without one, may be at most
// Everything else it prints is shown as it is.

import './node-version.mjs'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { readRow, table } from './bench/table.mjs'
import { buildStep } from './build.mjs'
import { withinReach } from './reach.mjs'
import { tail } from './run.mjs'
import { root, versionsOf } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { line, main, note, Refusal, step } from './say.mjs'
import { openSession } from './session.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('./bench/table.mjs').Row} Row */

const folder = join('test', 'bench')

/** @param {string[]} words parts of file names */
function benchesFor(words) {
  const all = existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.bench.mjs'))
    : []
  const chosen = words.length > 0 ? all.filter((name) => words.some((word) => name.includes(word))) : all
  if (chosen.length === 0) throw new Refusal('There is no such bench', [`test/bench has: ${all.join(', ') || 'none'}`])
  return chosen.sort()
}

await main(async () => {
  const benches = benchesFor(process.argv.slice(2))
  const runtime = await setUp({ display: true, interop: true })
  await buildStep()
  await checkSandbox(runtime.dist)
  const versions = await versionsOf(runtime)
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const machine = `Electron ${versions.electron} · Node ${process.versions.node} · ${cpus().length} × ${cpus()[0]?.model.trim()} · ${memory}`
  line(machine)
  /** @type {Row[]} */
  const rows = []
  /** @type {string[]} */
  const broken = []
  for (const name of benches) {
    const session = await openSession({ keyring: true })
    const reach = await withinReach(session.person, runtime.binary)
    try {
      await step(name, async () => {
        const ended = await session.run(reach.node, [join(reach.root, folder, name)], {
          cwd: reach.root,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { COUNTERSIGN_ELECTRON_BINARY: reach.electron },
          onLine: (text) => {
            const row = readRow(text)
            if (row) rows.push(row)
            else note(text)
          },
          limitMs: 15 * 60_000,
        })
        if (ended.code === 0) return
        broken.push(name)
        note(`ended with exit code ${ended.code}`)
        for (const text of tail(ended.stderr || ended.stdout)) note(text)
      })
    } finally {
      reach.release()
      session.close()
    }
  }
  const lines = table(rows)
  line('')
  for (const text of lines) line(text)
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(join(root, 'out', 'bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  line('')
  line('As JSON: out/bench.json')
  if (broken.length > 0) throw new Refusal(`Broke off: ${broken.join(', ')}`)
  return 0
})
