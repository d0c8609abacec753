// @ts-check
// Playwright on a desktop of its own, as the ordinary user whom that belongs to, with an Electron which that user can run.

import { join } from 'node:path'
import { giveFolder } from '../ordinary-user.mjs'
import { withinReach } from '../reach.mjs'
import { note } from '../say.mjs'

/** @param {string} text What a runner prints as it goes, without the session bus talking about itself. */
export function show(text) {
  if (!text.startsWith('dbus-daemon[')) note(text)
}

/**
 * @typedef {object} Play
 * @property {string} electron the binary
 * @property {string} made a folder of that user, for all that comes of it
 * @property {string} config from the project folder
 * @property {(root: string) => string[]} args what else Playwright is told; the project may lie elsewhere for that user
 * @property {NodeJS.ProcessEnv} env
 * @property {number} limitMs
 */

/**
 * Runs the tests of one configuration. The session stays open: what was made lies in the home of its user.
 * @param {Awaited<ReturnType<typeof import('../session.mjs').openSession>>} session
 * @param {Play} play
 */
export async function runPlaywright(session, { electron, made, config, args, env, limitMs }) {
  const reach = await withinReach(session.person, electron)
  giveFolder(session.person, made)
  try {
    return await session.run(
      reach.node,
      [
        join(reach.root, 'node_modules', 'playwright', 'cli.js'),
        'test',
        '--config',
        config,
        '--output',
        join(made, 'results'),
        ...args(reach.root),
      ],
      {
        cwd: reach.root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...env, COUNTERSIGN_ELECTRON_BINARY: reach.electron, FORCE_COLOR: '0' },
        onLine: show,
        limitMs,
      },
    )
  } finally {
    reach.release()
  }
}
