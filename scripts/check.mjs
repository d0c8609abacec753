// @ts-check
// `npm run check`: the types of every room, the walls between them, and the formatting. All at once, in seconds.

import './node-version.mjs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { root } from './runtime.mjs'
import { duration, line, main } from './say.mjs'
import { ensureDependencies } from './setup.mjs'

const rooms = ['shared', 'electron', 'renderer', 'test', 'scripts']

/** @param {string} name */
const tool = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

const checks = [
  ...rooms.map((room) => ({ name: `types of ${room}/`, command: 'tsc', args: ['-p', `${room}/tsconfig.json`] })),
  { name: 'lint, walls and formatting', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
]

await main(async () => {
  await ensureDependencies()
  const results = await Promise.all(
    checks.map(async ({ name, command, args }) => {
      const from = performance.now()
      const ended = await run(tool(command), args, { cwd: root, shell: process.platform === 'win32', limitMs: 300_000 })
      const good = ended.code === 0
      line(`${good ? '✓' : '✗'} ${name} (${duration(performance.now() - from)})`)
      return { name, good, output: `${ended.stdout}${ended.stderr}`.trim() }
    }),
  )
  const bad = results.filter(({ good }) => !good)
  for (const { name, output } of bad) line(`\n✗ ${name}\n${output}`)
  if (bad.length > 0)
    line(`\n${bad.length} of ${results.length} checks failed. \`npx biome check --write\` repairs formatting.`)
  return bad.length === 0 ? 0 : 1
})
