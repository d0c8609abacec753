// @ts-check
// The packed app as it is shipped, asked to become something else: Node, a debugger's servant, another program's host.

import { equal, ok } from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./checks.mjs').Checks} Checks */
/** @typedef {Awaited<ReturnType<typeof import('../session.mjs').openSession>>} Session */

/** Long enough for a window, which nobody closes; those that are refused end at once. */
const patienceMs = 6000

/** @param {Checks} checks @param {Session} session @param {string} executable */
export async function tryDoors({ check }, session, executable) {
  const home = session.person.home
  const own = (/** @type {string} */ name) => `--user-data-dir=${join(home, name)}`
  const begin = (/** @type {string[]} */ args, /** @type {Record<string, string>} */ env = {}) =>
    session.run(executable, args, { env, limitMs: patienceMs })

  await check('ELECTRON_RUN_AS_NODE makes no Node of it', async () => {
    const mark = join(home, 'tmp', 'was-node')
    const program = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`
    const ended = await begin(['-e', program], { ELECTRON_RUN_AS_NODE: '1' })
    equal(ended.code, 2, ended.stderr)
    equal(existsSync(mark), false)
  })

  await check('NODE_OPTIONS loads nothing into it', async () => {
    const mark = join(home, 'tmp', 'was-loaded')
    const script = join(home, 'tmp', 'load-me.cjs')
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`, { mode: 0o644 })
    const { stderr } = await begin([own('options')], { NODE_OPTIONS: `--require=${script}` })
    equal(existsSync(mark), false)
    // It did start: otherwise nothing was tried.
    ok(existsSync(join(home, 'options')), stderr)
  })

  for (const asked of ['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0', '--remote-debugging-pipe']) {
    await check(`${asked} is refused by name, and nobody listens`, async () => {
      const ended = await begin([own('debugged'), asked])
      equal(ended.code, 2, ended.stderr)
      ok(ended.stderr.includes(asked), ended.stderr)
      ok(!/listening on ws:/.test(ended.stderr), ended.stderr)
    })
  }

  for (const asked of [
    '--no-sandbox',
    '--js-flags=--expose-gc',
    '--renderer-cmd-prefix=/bin/true',
    '--load-extension=/tmp',
  ]) {
    await check(`${asked} is refused by name`, async () => {
      const ended = await begin([own('switched'), asked])
      equal(ended.code, 2, ended.stderr)
      ok(ended.stderr.includes(asked.split('=')[0] ?? asked), ended.stderr)
    })
  }
}
