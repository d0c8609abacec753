// @ts-check
// The app that lies in a .deb, put into another form: what is tried of each form is the same build.

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { extractFile } from '@electron/asar'
import { resourcesOf } from '../package/contents.mjs'
import { makeLinuxFiles } from '../package/linux-files.mjs'
import { run } from '../run.mjs'
import { root as project } from '../runtime.mjs'
import { fine } from './life.mjs'

/** @typedef {{ project: string, unpacked: string, output: string, version: string }} SameApp */

/**
 * @template T
 * @param {string} deb @param {string} output emptied first
 * @param {(app: SameApp, written: { updateKey?: string }) => Promise<T>} make `written`: its own package.json
 * @returns {Promise<T>}
 */
export async function withAppOf(deb, output, make) {
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  const contents = join(output, 'contents')
  fine(await run('dpkg-deb', ['-x', deb, contents], { limitMs: 5 * 60_000 }))
  const unpacked = join(contents, 'opt/Countersign')
  const archive = join(resourcesOf(join(unpacked, 'countersign')), 'app.asar')
  const written = JSON.parse(extractFile(archive, 'package.json').toString())
  await makeLinuxFiles({ project, version: written.version })
  const made = await make({ project, unpacked, output, version: written.version }, written)
  rmSync(contents, { recursive: true, force: true })
  return made
}
