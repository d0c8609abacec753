// @ts-check
// `npm run bench:verdicts`: how often does the verdict name the truth, server program by server program, in plain Node
// and in Electron (BoringSSL)? Installs the server programs where it may; those that are missing are named in the result.

import '../../scripts/node-version.mjs'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tail } from '../../scripts/run.mjs'
import { root } from '../../scripts/runtime.mjs'
import { line, main, note, Refusal, step } from '../../scripts/say.mjs'
import { setUp } from '../../scripts/setup.mjs'
import { ensureSystem } from '../../scripts/system.mjs'

/** @param {string} program @param {string} out where its cells go as JSON */
async function measure(program, out) {
  rmSync(out, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const ended = await run(program, [vitest, 'run', '-c', join(root, 'test', 'bench', 'verdicts.config.ts')], {
    cwd: root,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1', COUNTERSIGN_VERDICTS: out },
    limitMs: 20 * 60_000,
  })
  const from = ended.stdout.indexOf('\nVerdicts: ')
  const to = ended.stdout.search(/\n(?: ❯| ✓|\n Test Files)/)
  for (const text of ended.stdout.slice(from + 1, to > from ? to : undefined).split('\n')) line(text)
  if (ended.code === 0 && existsSync(out)) return JSON.parse(readFileSync(out, 'utf8'))
  for (const text of tail(ended.stdout + ended.stderr, 30)) note(text)
  return null
}

await main(async () => {
  const runtime = await setUp({ interop: true })
  await step('Server programs', async () => {
    try {
      await ensureSystem({ verdicts: true })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      note('Some cannot be installed here; the result says which. To have them:')
      for (const text of error.next) note(text)
    }
  })
  const out = join(root, 'out')
  const found = [
    await measure(process.execPath, join(out, 'verdicts-node.json')),
    await measure(runtime.binary, join(out, 'verdicts-electron.json')),
  ]
  writeFileSync(join(out, 'verdicts.json'), `${JSON.stringify(found.filter(Boolean), null, 2)}\n`)
  line('')
  line('As JSON: out/verdicts.json')
  if (found.includes(null)) throw new Refusal('A goal was missed, or the benchmark broke off')
  return 0
})
