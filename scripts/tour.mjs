// @ts-check
// The tour's frame: a display and an ordinary user, the app in it, and pictures that end up in out/tour/.

import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { giveFolder } from './ordinary-user.mjs'
import { withinReach } from './reach.mjs'
import { root } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { line, note, step } from './say.mjs'
import { openSession } from './session.mjs'

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {string | undefined} provider
 */
export async function tour(runtime, provider = 'truv') {
  await checkSandbox(runtime.dist)
  const session = await step(
    'Display',
    () => openSession({ keyring: true, width: 1440, height: 960 }),
    ({ env, person }) => (env.DISPLAY ? `Xvfb ${env.DISPLAY}, as ${person.name}, with a keyring of its own` : 'yours'),
  )
  const reach = await withinReach(session.person, runtime.binary)
  const pictures = join(session.person.home, 'tour')
  giveFolder(session.person, pictures)
  try {
    const args = [join(reach.root, 'scripts', 'tour', 'drive.mjs'), provider, pictures]
    const { code } = await session.run(reach.node, args, {
      cwd: reach.root,
      stdio: ['ignore', 'inherit', 'ignore'],
      env: { COUNTERSIGN_ELECTRON_BINARY: reach.electron },
    })
    const target = join(root, 'out', 'tour')
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    cpSync(pictures, target, { recursive: true })
    const taken = readdirSync(target).filter((name) => name.endsWith('.png'))
    if (code === 0)
      line(`The tour is complete: ${taken.length} pictures in ${relative(process.cwd(), target) || target}/`)
    else note(`${taken.length} pictures up to where it stopped are in ${target}/`)
    return code
  } finally {
    reach.release()
    session.close()
  }
}
