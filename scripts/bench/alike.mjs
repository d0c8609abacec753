// @ts-check
// Ours, and an empty app, packed by the same description: same Electron, fuses, languages, files of the desktop.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeDeb } from '../package/deb.mjs'
import { makeLinuxFiles } from '../package/linux-files.mjs'
import { pack, versionFor } from '../package/pack.mjs'
import { root } from '../runtime.mjs'

/** @typedef {{ folder: string, executable: string }} Packed */

/** The empty app laid out as electron-builder.yml expects a built one. @param {string} folder */
function stageEmpty(folder) {
  const from = join(root, 'scripts', 'bench', 'empty-app')
  for (const [name, to] of /** @type {const} */ ([
    ['package.json', '.'],
    ['main.cjs', 'out/main'],
    ['index.html', 'out/renderer'],
  ])) {
    mkdirSync(join(folder, to), { recursive: true })
    copyFileSync(join(from, name), join(folder, to, name))
  }
  // Not only what the description names today: whatever the packing looks for is found, and is the same.
  const own = new Set(['out', 'dist', '.git', 'node_modules', 'package.json', 'package-lock.json'])
  for (const name of readdirSync(root).filter((one) => !own.has(one))) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  // With the fuse for extra privileges off, the empty app's file: address reaches into no archive.
  const description = join(folder, 'electron-builder.yml')
  writeFileSync(description, readFileSync(description, 'utf8').replace('asarUnpack:', 'asarUnpack:\n  - "**/*.html"'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of readdirSync(join(root, 'out')).filter((one) => /licen[cs]e/i.test(one))) {
    cpSync(join(root, 'out', name), join(folder, 'out', name), { recursive: true })
  }
  for (const part of ['main', 'preload', 'renderer']) {
    mkdirSync(join(folder, 'out', part), { recursive: true })
    for (const name of ['licences.json', 'licences.txt']) {
      copyFileSync(join(root, 'out', part, name), join(folder, 'out', part, name))
    }
  }
  return folder
}

/** Chromium's helper works only with the set-uid bit, which copying has dropped. @param {Packed} packed */
function readySandbox(packed) {
  const helper = join(packed.folder, 'chrome-sandbox')
  if (process.getuid?.() === 0 && existsSync(helper)) chmodSync(helper, 0o4755)
  return packed
}

/**
 * @param {import('../runtime.mjs').Runtime} runtime @param {string} version @param {string} home a folder for all of it
 * @returns {Promise<{ ours: Packed, empty: Packed }>}
 */
export async function packBoth(runtime, version, home) {
  const stamped = versionFor(version, runtime)
  const project = stageEmpty(join(home, 'empty-project'))
  const ours = await pack({ runtime, version: stamped, project: root, output: join(home, 'ours') })
  const empty = await pack({ runtime, version: stamped, project, output: join(home, 'empty'), compiled: false })
  rmSync(project, { recursive: true, force: true })
  return { ours: readySandbox(ours), empty: readySandbox(empty) }
}

/**
 * Both in a .deb, with the same man page, icons and texts, so that only the app makes the difference.
 * @param {{ ours: Packed, empty: Packed }} packed @param {string} version @param {string} home @param {string} [compression]
 * @returns {Promise<{ ours: number, empty: number }>} bytes
 */
export async function weighDebs(packed, version, home, compression) {
  const sizes = { ours: 0, empty: 0 }
  // Where electron-builder.yml looks for them.
  const files = await makeLinuxFiles({ project: root, version })
  for (const which of /** @type {const} */ (['ours', 'empty'])) {
    const output = join(home, `${which}-deb`)
    mkdirSync(output, { recursive: true })
    const file = await makeDeb({ project: root, unpacked: packed[which].folder, output, version, compression })
    sizes[which] = statSync(file).size
    rmSync(output, { recursive: true, force: true })
  }
  rmSync(files, { recursive: true, force: true })
  return sizes
}

/** @param {string} folder @returns {number} bytes of all files in it */
export const weigh = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
