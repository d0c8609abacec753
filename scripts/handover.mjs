// @ts-check
// `npm run test:handover`: runs the snippets, as they stand, with every program that Debian and npm have, against a server that
// demands a client certificate. What they need is installed first; the report names each with its version.

import './node-version.mjs'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from './npm.mjs'
import { run, tail } from './run.mjs'
import { describe, ensureRuntime, root } from './runtime.mjs'
import { line, main, note, Refusal, step } from './say.mjs'
import { ensureDependencies } from './setup.mjs'
import { ensureSystem } from './system.mjs'

/** Of npm, apart from the app's own: they are for this test alone, and `node` is another Node. */
const packages = {
  undici: '7.30.2',
  axios: '1.21.1',
  newman: '6.2.2',
  '@usebruno/cli': '4.1.0',
  node: '24.9.0',
  'web-tree-sitter': '0.27.1',
  'tree-sitter-c-sharp': '0.23.5',
  'tree-sitter-powershell': '0.26.4',
  'insomnia-importers': '3.6.0',
  '@types/k6': '2.3.0',
}
const folder = join(root, 'out', 'handover')

async function ensurePackages() {
  const wanted = `${JSON.stringify({ private: true, dependencies: packages }, null, 2)}\n`
  const path = join(folder, 'package.json')
  const done = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(done) && existsSync(path) && readFileSync(path, 'utf8') === wanted) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, wanted)
  const [npm, before] = npmCommand(process.env)
  // Grammars name a native parser as their peer, which is not used and would have to be compiled.
  const args = [...before, 'install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error']
  const ended = await run(npm, args, { cwd: folder, limitMs: 15 * 60_000 })
  if (ended.code !== 0) {
    throw new Refusal('The packages for the snippets could not be installed', tail(ended.stderr || ended.stdout, 8))
  }
}

await main(async () => {
  await ensureDependencies()
  await step('Electron', () => ensureRuntime(), describe)
  await step('Programs', () => ensureSystem({ interop: true, handover: true }))
  await step('Packages of npm', ensurePackages)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const report = join(root, 'test', 'support', 'report-vitest.mjs')
  const config = join(root, 'test', 'handover', 'vitest.config.ts')
  const ended = await run(process.execPath, [vitest, 'run', '--config', config, `--reporter=${report}`], {
    cwd: root,
    env: {
      ...process.env,
      COUNTERSIGN_REPORT: join(root, 'out', 'report', 'handover.json'),
    },
    onLine: note,
    limitMs: 30 * 60_000,
  })
  const { suites = [] } = JSON.parse(readFileSync(join(root, 'out', 'report', 'handover.json'), 'utf8'))
  const count = (/** @type {'passed' | 'failed'} */ what) =>
    suites.reduce(
      (/** @type {number} */ sum, /** @type {Record<string, number>} */ suite) => sum + (suite[what] ?? 0),
      0,
    )
  line(`${count('passed')} passed, ${count('failed')} failed`)
  return ended.code === 0 && count('passed') > 0 ? 0 : 1
})
