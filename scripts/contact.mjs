// @ts-check
// `npm run test:contact`: the whole app, used from its first start on, contacts nobody. It runs in a network of its own
// in which every packet that leaves is counted, and the count has to be none. Electron is a real one, started by an
// ordinary user, its sandbox on. `-- --idle 600` leaves it alone for that many seconds.

import './node-version.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStep } from './build.mjs'
import { openNetwork, sink } from './contact/network.mjs'
import { run } from './run.mjs'
import { root } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { line, main, Refusal, step } from './say.mjs'
import { openSession } from './session.mjs'
import { setUp } from './setup.mjs'
import { runPlaywright } from './test/playwright.mjs'

/** @param {string[]} args */
function idleSeconds(args) {
  const at = args.indexOf('--idle')
  const seconds = at < 0 ? 45 : Number(args[at + 1])
  if (!(seconds >= 1 && seconds <= 86_400)) throw new Refusal('--idle takes seconds, from 1 to 86400')
  return seconds
}

/** The tour, in the network that this process is in already. @param {string} binary @param {number} idle */
async function tour(binary, idle) {
  const session = await openSession({ keyring: true })
  const made = join(session.person.home, 'contact')
  try {
    const ended = await runPlaywright(session, {
      electron: binary,
      made,
      config: join('test', 'contact', 'playwright.config.ts'),
      args: () => ['--reporter=list,json'],
      env: {
        PLAYWRIGHT_JSON_OUTPUT_NAME: join(made, 'report.json'),
        COUNTERSIGN_SINK: sink,
        COUNTERSIGN_IDLE_SECONDS: String(idle),
      },
      limitMs: (idle + 600) * 1000,
    })
    const { stats } = JSON.parse(readFileSync(join(made, 'report.json'), 'utf8'))
    line(`${stats.expected} passed, ${stats.unexpected + stats.flaky} failed`)
    return ended.code === 0 && stats.expected > 0 ? 0 : 1
  } finally {
    session.close()
  }
}

await main(async () => {
  const args = process.argv.slice(2)
  const idle = idleSeconds(args)
  const inside = args.indexOf('--inside')
  if (inside >= 0) return tour(args[inside + 1] ?? '', idle)
  const runtime = await setUp({ display: true, interop: true })
  await buildStep()
  await checkSandbox(runtime.dist)
  const network = await step('A network in which every packet is counted', openNetwork)
  try {
    const itself = fileURLToPath(import.meta.url)
    const [command, before] = network.inside(
      process.execPath,
      itself,
      '--idle',
      String(idle),
      '--inside',
      runtime.binary,
    )
    const ended = await run(command, before, { cwd: root, stdio: 'inherit', limitMs: (idle + 900) * 1000 })
    return ended.code
  } finally {
    await network.close()
  }
})
