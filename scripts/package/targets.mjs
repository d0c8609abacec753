// @ts-check
// What electron-builder.yml wants for this system, what this machine can make of it, and why not the rest.

import { makeAppImage } from './app-image.mjs'
import { byElectronBuilder } from './builder.mjs'
import { makeDeb } from './deb.mjs'
import { makeLinuxFiles } from './linux-files.mjs'
import { programOnPath } from './on-path.mjs'
import { makeRpm } from './rpm.mjs'

/** @typedef {import('./builder.mjs').What} What */
/** @typedef {import('./builder.mjs').Made} Made */

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
  const deb = programOnPath('dpkg-deb')
    ? await tried('deb', () => makeDeb(what))
    : {
        target: 'deb',
        why: 'there is no dpkg-deb on this machine (Debian and Ubuntu have it, Fedora in the package dpkg)',
      }
  const rpm = programOnPath('rpmbuild')
    ? await tried('rpm', () => makeRpm(what))
    : { target: 'rpm', why: 'there is no rpmbuild on this machine (package rpm on Debian, rpm-build on Fedora)' }
  return [
    deb,
    rpm,
    ...(await makeAppImage(what)),
    { target: 'Windows: nsis, portable', why: 'made on Windows, from the Electron for Windows' },
    { target: 'macOS: dmg, zip', why: 'made on a Mac, where it can be signed and notarised' },
  ]
}

/** @param {What} what @returns {Promise<Made[]>} */
export async function makeElsewhere(what) {
  if (process.platform === 'win32') return byElectronBuilder(what, '--win', ['nsis', 'portable'], /\.exe$/)
  return byElectronBuilder(what, '--mac', ['dmg', 'zip'], /\.(dmg|zip)$/)
}
