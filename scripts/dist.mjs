// @ts-check
// `npm run dist`: the app as an unpacked folder, its fuses and contents read back, and every installer that this machine
// can make of it. What it cannot make is said, with the reason. `--dir` stops at the folder.

import './node-version.mjs'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { buildStep } from './build.mjs'
import { strangersIn } from './package/contents.mjs'
import { readBackFuses } from './package/fuses.mjs'
import { pack, versionFor } from './package/pack.mjs'
import { makeElsewhere, makeLinux } from './package/targets.mjs'
import { root } from './runtime.mjs'
import { line, main, note, Refusal, step, warn } from './say.mjs'
import { setUp } from './setup.mjs'

/** @param {string} path @returns {number} */
function weigh(path) {
  if (statSync(path).isFile()) return statSync(path).size
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

const told = (/** @type {string} */ path) =>
  `${relative(process.cwd(), path) || path} (${(weigh(path) / 1e6).toFixed(1)} MB)`

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    /** For trying upgrades: the same app under another number. */
    'as-version': { type: 'string' },
  },
})

await main(async () => {
  // What V8 makes of the scripts is packed too, and only a running app can say it.
  const runtime = await setUp({ display: true })
  await buildStep()
  const number = values['as-version'] ?? JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  const version = versionFor(number, runtime)
  const output = join(root, 'dist')
  rmSync(output, { recursive: true, force: true })
  const { folder, executable } = await step(`Packing Countersign ${version}`, () =>
    pack({ runtime, version, project: root, output }),
  )
  await readBackFuses(executable)
  if (process.platform === 'linux') {
    note('Electron checks app.asar against its digest on macOS and Windows; on Linux it has no such check')
  }
  const strangers = strangersIn(executable)
  if (strangers.length > 0) throw new Refusal('The packed app holds what is not the app', strangers)
  if (!existsSync(join(root, 'node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node'))) {
    warn('pkcs11js is not compiled here, so this app cannot use keys in tokens: npm rebuild pkcs11js, then again')
  }
  if (runtime.source === 'fallback') {
    warn(
      `Built on Electron ${runtime.version}, which gets no security fixes any more: version ${version}, not for release.`,
    )
  }
  line(told(folder))
  if (values.dir) return 0
  const what = { project: root, unpacked: folder, output, version, official: runtime.source === 'official' }
  const made = await step('Installers', () => (process.platform === 'linux' ? makeLinux(what) : makeElsewhere(what)))
  for (const one of made) {
    if ('file' in one) {
      line(told(one.file))
      if (one.but) warn(one.but)
    } else note(`not made: ${one.target}: ${one.why}`)
  }
  return 0
})
