// Stands where Electron's own default app stands in a release that was not packaged: it makes `electron <folder>` work.
// It must stay a module with a top-level await: Electron holds `ready` back until this module has settled, and with it
// the app's own. With a dangling import() the app is ready first, and app.enableSandbox() and
// protocol.registerSchemesAsPrivileged() throw.

import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const takesFile = new Set(['-r', '--require'])

/** Options before the app's folder are for us, everything behind it is for the app. */
function readArguments(words) {
  const required = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (takesFile.has(word)) {
      at += 1
      if (words[at] === undefined) return leave(`${word} needs a file behind it.`)
      required.push(resolve(words[at]))
    } else if (word === '--version' || word === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`)
      process.exit(0)
    } else if (!word.startsWith('-')) {
      return { required, folder: resolve(word) }
    }
  }
  return leave('Name the folder of an app: electron <folder>')
}

function leave(reason) {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}

function readManifest(folder) {
  try {
    if (!statSync(folder).isDirectory()) return { main: folder, folder: resolve(folder, '..') }
    return { folder, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
  } catch (error) {
    return leave(`No app can be started from ${folder}: ${error.message}`)
  }
}

const { required, folder } = readArguments(process.argv.slice(1))

const require = createRequire(import.meta.url)
for (const file of required) require(file)

const manifest = readManifest(folder)
const name = manifest.productName ?? manifest.name
// process.argv keeps the folder, as with Electron's own default app: apps look at this flag to know.
Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
if (manifest.version) app.setVersion(manifest.version)
if (name) {
  app.setName(name)
  app.setDesktopName(manifest.desktopName ?? `${name}.desktop`)
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(app.getPath('appData'), name))
}
app.setAppPath(manifest.folder)

try {
  await import(pathToFileURL(resolve(manifest.folder, manifest.main ?? 'index.js')).href)
} catch (error) {
  process.stderr.write(`The app threw while it was loading.\n${error?.stack ?? error}\n`)
  throw error
}
