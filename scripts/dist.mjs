// @ts-check
// `npm run dist`: the app as an unpacked folder that starts without Node, npm or this checkout, and its fuses read back.

import './node-version.mjs'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildStep } from './build.mjs'
import { run, tail } from './run.mjs'
import { root } from './runtime.mjs'
import { line, main, note, Refusal, step, warn } from './say.mjs'
import { setUp } from './setup.mjs'

/**
 * An app on another Electron than the pinned one must not pass for a release. Semantic versions know no `~`; a .deb made of it says `0.3.0~electron33`.
 * @param {string} version @param {import('./runtime.mjs').Runtime} runtime
 */
export function versionFor(version, runtime) {
  const [major, pinned] = [runtime.version, runtime.pinned].map((one) => one.split('.')[0])
  return major === pinned ? version : `${version}-electron${major}`
}

/** @param {import('./runtime.mjs').Runtime} runtime @param {string} version */
async function pack(runtime, version) {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const ended = await run(
    process.execPath,
    [
      cli,
      '--dir',
      '--publish=never',
      '--config=electron-builder.yml',
      `-c.electronDist=${runtime.dist}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.extraMetadata.version=${version}`,
    ],
    { cwd: root, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, limitMs: 15 * 60_000 },
  )
  if (ended.code !== 0) {
    throw new Refusal('electron-builder could not pack the app', tail(`${ended.stdout}\n${ended.stderr}`, 25))
  }
}

/** @param {string} folder of the unpacked app @returns {string} its executable */
function executableIn(folder) {
  if (process.platform === 'darwin') {
    const bundle = readdirSync(folder).find((name) => name.endsWith('.app')) ?? 'Countersign.app'
    return join(folder, bundle, 'Contents', 'MacOS', 'Countersign')
  }
  return join(folder, process.platform === 'win32' ? 'Countersign.exe' : 'countersign')
}

function unpackedFolder() {
  const folder = readdirSync(join(root, 'dist')).find((name) => /unpacked$|^mac/.test(name))
  if (!folder) throw new Refusal('electron-builder left no unpacked folder in dist/')
  return join(root, 'dist', folder)
}

/** The characters that the fuse wire in the binary is written in. */
const fuseStates = new Map([
  [0x30, 'off'],
  [0x31, 'on'],
  [0x72, 'removed'],
  [0x90, 'inherited'],
])

/** @param {string} executable @returns {Promise<[string, string][]>} */
async function fusesOf(executable) {
  const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses')
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executable))
  return Object.entries(wire)
    .filter(([key]) => /^\d+$/.test(key))
    .map(([key, state]) => [
      FuseV1Options[Number(key)] ?? `fuse ${key}`,
      fuseStates.get(Number(state)) ?? `unknown (${state})`,
    ])
}

/** @param {string} folder @returns {number} */
function weigh(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** @type {Record<string, string>} What the packaged app must have; electron-builder.yml asks for it, the binary has the last word. */
const wanted = {
  RunAsNode: 'off',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
}

await main(async () => {
  const runtime = await setUp()
  await buildStep()
  const version = versionFor(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version, runtime)
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  await step(`Packing Countersign ${version}`, () => pack(runtime, version))
  const folder = unpackedFolder()
  // The note by which the development copy knows its origin; the packaged version says it in its number.
  rmSync(join(folder, 'fallback'), { force: true })
  const executable = executableIn(folder)
  if (!existsSync(executable)) throw new Refusal(`The packed app has no ${relative(root, executable)}`)
  const fuses = await fusesOf(executable)
  line('Fuses, read back from the packed app:')
  for (const [name, state] of fuses) note(`${state.padEnd(3)} ${name}`)
  const wrong = fuses.filter(([name, state]) => wanted[name] !== undefined && wanted[name] !== state)
  if (wrong.length > 0) {
    throw new Refusal(
      'The packed app has fuses in the wrong position',
      wrong.map(([name, state]) => `${name} is ${state}, and should be ${wanted[name]}`),
    )
  }
  if (!existsSync(join(root, 'node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node'))) {
    warn('pkcs11js is not compiled here, so this app cannot use keys in tokens: npm rebuild pkcs11js, then again')
  }
  if (runtime.source === 'fallback') {
    warn(
      `Built on Electron ${runtime.version}, which gets no security fixes any more: version ${version}, not for release.`,
    )
  }
  line(`${relative(process.cwd(), folder) || folder}/ (${Math.round(weigh(folder) / 1e6)} MB)`)
  return 0
})
