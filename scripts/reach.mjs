// @ts-check
// An ordinary user may not be able to read the checkout: below /root, in a closed home, or made with a strict umask.
// Then the tests and the tour run on a copy that they can read.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { canRead } from './ordinary-user.mjs'
import { atInterrupt, run } from './run.mjs'
import { root } from './runtime.mjs'
import { note } from './say.mjs'

/** @typedef {import('./ordinary-user.mjs').Person} Person */

/** Not needed to run: history, build products of others, and what earlier runs left. */
const left = new Set(['.git', 'dist', 'out/e2e', 'out/tour', 'out/report'])

/**
 * The project folder as this person can use it, and a Node they can run.
 * @param {Person} person
 * @param {string} electron the binary
 */
export async function withinReach(person, electron) {
  const node = (await canRead(person, process.execPath)) ? process.execPath : join(person.home, 'node')
  if (node !== process.execPath) cpSync(process.execPath, node)
  const probes = ['package.json', 'out/main/main.cjs', 'node_modules/playwright/package.json', 'test/tsconfig.json']
  const open = await Promise.all(
    [electron, ...probes.map((name) => join(root, name))].map((path) => canRead(person, path)),
  )
  if (open.every(Boolean)) return { root, node, electron, release: () => {} }
  mkdirSync('/var/tmp', { recursive: true })
  const copy = mkdtempSync('/var/tmp/countersign-')
  const release = () => rmSync(copy, { recursive: true, force: true })
  const forget = atInterrupt(release)
  note(`${person.name} cannot read ${root}: working on a copy in ${copy}`)
  cpSync(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: (path) => !left.has(relative(root, path).split(sep).join('/')),
  })
  await run('chmod', ['-R', 'a+rX', copy])
  // cp drops the set-uid bit.
  const dist = join(copy, 'node_modules', 'electron', 'dist')
  if (process.getuid?.() === 0) await run('chmod', ['4755', join(dist, 'chrome-sandbox')])
  const inside = !relative(root, electron).startsWith('..')
  return {
    root: copy,
    node,
    electron: inside ? join(copy, relative(root, electron)) : electron,
    release: () => {
      forget()
      release()
    },
  }
}
