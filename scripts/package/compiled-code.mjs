// @ts-check
// Lets the built app start once, by the Electron that it is packed with, and keeps what V8 compiled meanwhile: see
// electron/compiled-code.ts. On a display of its own, as an ordinary user with a home that is thrown away, sandbox on.

import { chmodSync, copyFileSync, cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDisplay } from '../display.mjs'
import { giveFolder, ordinaryPerson } from '../ordinary-user.mjs'
import { run, tail } from '../run.mjs'
import { Refusal } from '../say.mjs'

/**
 * @param {{ project: string, runtime: { binary: string } }} what
 * @returns {Promise<string>} the file
 */
export async function compileCode({ project, runtime }) {
  const file = join(project, 'out', 'main', 'compiled-code')
  rmSync(file, { force: true })
  const person = await ordinaryPerson()
  try {
    // A copy, because the project may lie where only its owner can read.
    const app = join(person.home, 'app')
    for (const part of ['package.json', 'out/main', 'out/preload', 'out/renderer']) {
      cpSync(join(project, part), join(app, part), { recursive: true })
    }
    const recorder = join(app, 'record-code.cjs')
    copyFileSync(join(import.meta.dirname, 'record-code.cjs'), recorder)
    await run('chmod', ['-R', 'a+rX', app])
    const made = join(person.home, 'made')
    giveFolder(person, made)
    chmodSync(person.home, 0o711)
    const args = ['-r', recorder, app, `--user-data-dir=${join(made, 'data')}`]
    const linux = process.platform === 'linux'
    if (linux) args.push('--password-store=basic')
    const display = linux ? await openDisplay(person) : { env: person.as.env, close: () => {} }
    const ended = await run(runtime.binary, args, {
      ...person.as,
      cwd: app,
      env: { ...display.env, COMPILED_CODE: join(made, 'compiled-code') },
      limitMs: 120_000,
    })
    display.close()
    if (!existsSync(join(made, 'compiled-code'))) {
      throw new Refusal('The built app did not start to be compiled', tail(`${ended.stdout}\n${ended.stderr}`, 25))
    }
    copyFileSync(join(made, 'compiled-code'), file)
    chmodSync(file, 0o644)
    return file
  } finally {
    person.leave()
  }
}
