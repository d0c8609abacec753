// @ts-check
// `npm run fuzz [CASES] [FIRST]`: damages every fixture in a hundred thousand ways and inspects the result, on every core. For the
// night; `npm test` does the first two thousand. A case that fails is named by its number: `npm run fuzz -- 1 73512` runs it alone.

import './node-version.mjs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { run, tail } from './run.mjs'
import { root } from './runtime.mjs'
import { duration, line, main, note, Refusal, sinceStart } from './say.mjs'
import { ensureDependencies } from './setup.mjs'

/** @param {string | undefined} word @param {number} otherwise */
function numberOf(word, otherwise) {
  if (word === undefined) return otherwise
  if (!/^\d{1,9}$/.test(word)) throw new Refusal(`"${word}" is not a number of cases`, ['npm run fuzz -- 100000 0'])
  return Number(word)
}

await main(async () => {
  const [casesWord, firstWord] = process.argv.slice(2)
  const cases = numberOf(casesWord, 100_000)
  const first = numberOf(firstWord, 0)
  await ensureDependencies()
  const shares = Math.max(1, Math.min(cpus().length, Math.ceil(cases / 1000)))
  const size = Math.ceil(cases / shares)
  const ends = await Promise.all(
    Array.from({ length: shares }, (_, share) =>
      run(
        process.execPath,
        [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/unit/pki/every-fixture.test.ts'],
        {
          cwd: root,
          env: {
            ...process.env,
            COUNTERSIGN_CASES: `${Math.max(0, Math.min(size, cases - share * size))}`,
            COUNTERSIGN_FIRST_CASE: `${first + share * size}`,
          },
          limitMs: 3 * 3_600_000,
        },
      ),
    ),
  )
  const bad = ends.filter(({ code }) => code !== 0)
  for (const ended of bad) for (const text of tail(ended.stdout + ended.stderr)) note(text)
  line(
    `${cases.toLocaleString('en')} cases from ${first.toLocaleString('en')}: ${bad.length === 0 ? 'no fault' : 'faults above'} (${duration(sinceStart())})`,
  )
  return bad.length === 0 ? 0 : 1
})
