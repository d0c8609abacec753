// @ts-check
// Whose work the package holds: the texts that the build wrote beside each bundle, and of what lies beside the bundles.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const rule = `\n${'-'.repeat(72)}\n\n`

/** Packages that are not in a bundle: compiled, and packed beside it. */
const beside = ['pkcs11js']

/** @param {string} project @returns {string[]} one text a package, by name, each once */
function texts(project) {
  const all = ['main', 'preload', 'renderer'].flatMap((part) =>
    readFileSync(join(project, 'out', part, 'licences.txt'), 'utf8').split(rule),
  )
  for (const name of beside) {
    const folder = join(project, 'node_modules', name)
    if (!existsSync(join(folder, 'package.json'))) continue
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    all.push(`${name} ${version} (${license})\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n`)
  }
  return [...new Set(all.filter((text) => text.trim() !== ''))].sort()
}

/** The file that electron-builder.yml packs as LICENSES.third-party.txt. @param {string} project */
export function writeLicences(project) {
  const head = `Countersign is built of the work of others. Electron and Chromium, with all that is in them, stand in
LICENSE.electron.txt and LICENSES.chromium.html beside the program; these are the packages in the app itself.
`
  writeFileSync(join(project, 'out', 'LICENSES.third-party.txt'), [head, ...texts(project)].join(rule))
}
