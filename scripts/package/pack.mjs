// @ts-check
// The app as an unpacked folder that starts without Node, npm or this checkout: electron-builder's `dir` target, which
// needs no downloads.

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run, tail } from '../run.mjs'
import { Refusal } from '../say.mjs'
import { compileCode } from './compiled-code.mjs'
import { writeLicences } from './licences.mjs'
import { feedArguments, writeUpdateConfig } from './update-feed.mjs'

/**
 * An app on another Electron than the pinned one must not pass for a release. Semantic versions know no `~`; a package
 * made of it says `0.3.0~electron33`.
 * @param {string} version @param {{ version: string, pinned: string }} runtime
 */
export function versionFor(version, runtime) {
  const [major, pinned] = [runtime.version, runtime.pinned].map((one) => one.split('.')[0])
  return major === pinned ? version : `${version}-electron${major}`
}

/**
 * @param {{ runtime: { dist: string, version: string, binary: string }, version: string, project: string,
 *   output: string, platform?: NodeJS.Platform, compiled?: boolean }} what `compiled`: with what V8 makes of its scripts
 * @returns {Promise<{ folder: string, executable: string }>} the unpacked app
 */
export async function pack({ runtime, version, project, output, platform = process.platform, compiled = true }) {
  writeLicences(project)
  if (compiled && platform === process.platform) await compileCode({ project, runtime })
  const cli = join(project, 'node_modules', 'electron-builder', 'cli.js')
  const ended = await run(
    process.execPath,
    [
      cli,
      '--dir',
      '--publish=never',
      '--config=electron-builder.yml',
      `-c.directories.output=${output}`,
      `-c.electronDist=${runtime.dist}`,
      `-c.electronVersion=${runtime.version}`,
      `-c.extraMetadata.version=${version}`,
      ...feedArguments(),
    ],
    { cwd: project, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' }, limitMs: 15 * 60_000 },
  )
  if (ended.code !== 0) {
    throw new Refusal('electron-builder could not pack the app', tail(`${ended.stdout}\n${ended.stderr}`, 25))
  }
  const name = readdirSync(output).find((entry) => /unpacked$|^mac/.test(entry))
  if (!name) throw new Refusal(`electron-builder left no unpacked folder in ${output}`)
  const folder = join(output, name)
  // The note by which the development copy knows its origin; the packaged version says it in its number.
  rmSync(join(folder, 'fallback'), { force: true })
  // What starts an app that was not packaged, which this one is.
  rmSync(join(folder, 'resources', 'default_app.asar'), { force: true })
  if (platform !== 'darwin') writeUpdateConfig(join(folder, 'resources'))
  const executable = executableIn(folder, platform)
  if (!existsSync(executable)) throw new Refusal(`The packed app has no ${relative(project, executable)}`)
  return { folder, executable }
}

/** @param {string} folder of the unpacked app @param {NodeJS.Platform} platform */
function executableIn(folder, platform) {
  if (platform === 'darwin') {
    const bundle = readdirSync(folder).find((name) => name.endsWith('.app')) ?? 'Countersign.app'
    return join(folder, bundle, 'Contents', 'MacOS', 'Countersign')
  }
  return join(folder, platform === 'win32' ? 'Countersign.exe' : 'countersign')
}
