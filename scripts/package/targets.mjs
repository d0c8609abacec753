// @ts-check
// What electron-builder.yml wants for this system, what this machine can make of it, and why not the rest.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../run.mjs'
import { makeDeb } from './deb.mjs'
import { makeLinuxFiles } from './linux-files.mjs'
import { makeRpm } from './rpm.mjs'
import { feedArguments } from './update-feed.mjs'

/** @typedef {{ project: string, unpacked: string, output: string, version: string, official: boolean }} What */
/** @typedef {{ target: string, file: string } | { target: string, why: string }} Made */

const onPath = (/** @type {string} */ program) =>
  (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)))

/** @param {string} target @param {() => Promise<string>} make @returns {Promise<Made>} */
async function tried(target, make) {
  try {
    return { target, file: await make() }
  } catch (error) {
    const { message, next } = /** @type {Error & { next?: string[] }} */ (error)
    return { target, why: [message, ...(next ?? [])].join('\n      ').trim() }
  }
}

/** @param {What} what @returns {Promise<Made[]>} */
export async function makeLinux(what) {
  await makeLinuxFiles(what)
  const deb = onPath('dpkg-deb')
    ? await tried('deb', () => makeDeb(what))
    : {
        target: 'deb',
        why: 'there is no dpkg-deb on this machine (Debian and Ubuntu have it, Fedora in the package dpkg)',
      }
  const rpm = onPath('rpmbuild')
    ? await tried('rpm', () => makeRpm(what))
    : { target: 'rpm', why: 'there is no rpmbuild on this machine (package rpm on Debian, rpm-build on Fedora)' }
  const appImage = await byElectronBuilder(what, '--linux', ['AppImage'], /\.AppImage$/)
  return [
    deb,
    rpm,
    ...appImage,
    { target: 'Windows: nsis, portable', why: 'made on Windows, from the Electron for Windows' },
    { target: 'macOS: dmg, zip', why: 'made on a Mac, where it can be signed and notarised' },
  ]
}

/** @param {What} what @returns {Promise<Made[]>} */
export async function makeElsewhere(what) {
  if (process.platform === 'win32') return byElectronBuilder(what, '--win', ['nsis', 'portable'], /\.exe$/)
  return byElectronBuilder(what, '--mac', ['dmg', 'zip'], /\.(dmg|zip)$/)
}

/**
 * Its tools for these forms are downloads. Where they cannot be had, it says so within its own time.
 * @param {What} what @param {'--linux' | '--win' | '--mac'} system @param {string[]} targets @param {RegExp} results
 * @returns {Promise<Made[]>}
 */
async function byElectronBuilder({ project, unpacked, output, version, official }, system, targets, results) {
  const before = new Set(readdirSync(output))
  const cli = join(project, 'node_modules', 'electron-builder', 'cli.js')
  // A universal app for macOS is put together from two, so it is packed anew there.
  const from = system === '--mac' ? [] : [`--prepackaged=${unpacked}`]
  const ended = await run(
    process.execPath,
    [
      cli,
      system,
      ...targets,
      ...from,
      '--publish=never',
      '--config=electron-builder.yml',
      `-c.directories.output=${output}`,
      `-c.extraMetadata.version=${version}`,
      ...feedArguments(),
    ],
    { cwd: project, limitMs: official ? 30 * 60_000 : 2 * 60_000 },
  )
  const made = readdirSync(output).filter((name) => !before.has(name) && results.test(name))
  if (ended.code === 0 && made.length > 0)
    return made.map((name) => ({ target: targets.join(', '), file: join(output, name) }))
  const said = `${ended.stdout}\n${ended.stderr}`.split('\n').find((text) => text.includes('⨯'))
  const why = said?.replace(/^.*⨯\s*/, '').slice(0, 300) ?? `ended with ${ended.code}`
  return [{ target: targets.join(', '), why: `electron-builder could not: ${why}` }]
}
