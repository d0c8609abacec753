// @ts-check
// Chromium starts only with a sandbox it can use: its set-uid helper, or the kernel's user namespaces. Without either it
// would die with a stack trace; here it is a sentence and a command.

import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { Refusal } from './say.mjs'

/** @param {string} dist Electron's folder */
export async function checkSandbox(dist) {
  if (process.platform !== 'linux') return
  const helper = join(dist, 'chrome-sandbox')
  if (existsSync(helper)) {
    const { uid, mode } = statSync(helper)
    if (uid === 0 && (mode & 0o4111) === 0o4111) return
  }
  const { code, missing } = await run('unshare', ['--user', '--map-root-user', 'true'])
  if (code === 0 || missing) return
  throw new Refusal(
    "Chromium's sandbox cannot be used: this kernel gives ordinary users no namespaces. Run this once:",
    [
      '',
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
      '',
      'It lets the helper that came with Electron make the sandbox in their place.',
    ],
  )
}
