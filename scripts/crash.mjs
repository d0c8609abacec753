// @ts-check
// `npm run crash [ROUNDS]`: kills a process that writes to a vault at five hundred random moments, and looks each time whether
// everything it had said to be done is there. Some five minutes; `npm test` does the first twenty.

import './node-version.mjs'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, tail } from './run.mjs'
import { root } from './runtime.mjs'
import { duration, line, main, note, Refusal, sinceStart } from './say.mjs'
import { ensureDependencies } from './setup.mjs'

await main(async () => {
  const [word = '500'] = process.argv.slice(2)
  if (!/^\d{1,6}$/.test(word)) throw new Refusal(`"${word}" is not a number of rounds`, ['npm run crash -- 500'])
  await ensureDependencies()
  const folder = mkdtempSync(join(tmpdir(), 'crash-report-'))
  const report = join(folder, 'counts.json')
  const ended = await run(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      'test/main/vault-crash.test.ts',
      '-t',
      'killed while it writes',
    ],
    {
      cwd: root,
      env: { ...process.env, COUNTERSIGN_CRASHES: word, COUNTERSIGN_CRASH_REPORT: report },
      limitMs: 6 * 3_600_000,
    },
  )
  if (ended.code !== 0) for (const text of tail(ended.stdout + ended.stderr)) note(text)
  const { rounds, done, interrupted, after, before, faults } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(folder, { recursive: true })
  line(`${rounds} kills; ${done} acts done, ${interrupted} interrupted: ${after} found done, ${before} as before`)
  line(`${faults.length === 0 ? 'No fault' : faults.join('\n')} (${duration(sinceStart())})`)
  return ended.code
})
