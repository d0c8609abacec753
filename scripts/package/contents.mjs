// @ts-check
// What is in the packed app: the bundles and what they load, and nothing of how they were made.

import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listPackage } from '@electron/asar'

/** @type {[RegExp, string][]} */
const strangers = [
  [/\.map$/, 'a source map'],
  [/\.(ts|tsx|mts|cts)$/, 'a source file'],
  [/(^|\/)(test|tests|__tests__|fixtures|docs|\.ci|\.github|scripts)\//, 'a part of the project that is not the app'],
  [/\.(md|markdown)$/i, 'a document'],
  [/(^|\/)\.[^/]+$/, 'a hidden file'],
]
/** The one package that is not in a bundle, and of it only what is loaded. */
const packages =
  /^\/node_modules\/(pkcs11js(\/(package\.json|LICENSE|index\.js|build(\/Release(\/pkcs11\.node)?)?))?)?$/

/** @param {string} executable of the unpacked app */
export function resourcesOf(executable) {
  const beside = join(dirname(executable), 'resources')
  return existsSync(beside) ? beside : join(dirname(executable), '..', 'Resources')
}

/** @param {string} executable @returns {string[]} paths in app.asar, folders too */
export const asarFiles = (executable) =>
  listPackage(join(resourcesOf(executable), 'app.asar'), { isPack: false }).map((path) => path.replaceAll('\\', '/'))

/** @param {string} executable @returns {string[]} one line for each file that has no place in the app */
export function strangersIn(executable) {
  const wrong = asarFiles(executable).flatMap((path) => {
    const found = strangers.find(([form]) => form.test(path))
    if (found && !path.startsWith('/node_modules/')) return [`${path}: ${found[1]}`]
    return path.startsWith('/node_modules') && path !== '/node_modules' && !packages.test(path)
      ? [`${path}: a package`]
      : []
  })
  const locales = join(dirname(executable), 'locales')
  const spare = existsSync(locales) ? readdirSync(locales).filter((name) => name !== 'en-US.pak') : []
  return [...wrong, ...spare.map((name) => `locales/${name}: a language that the app does not speak`)]
}
