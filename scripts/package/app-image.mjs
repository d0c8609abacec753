// @ts-check
// The AppImage, by electron-builder, with an AppRun of our own. Where its tools cannot be downloaded it is given a kit
// of what this system has, and a head that unpacks where the real one mounts: a file for trying, which says so by its name.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { byElectronBuilder } from './builder.mjs'
import { forTrying } from './for-trying.mjs'
import { programOnPath } from './on-path.mjs'

/** Octets: a whole number of the blocks that a squashfs is read by. */
const headSize = 4096

/** @param {string} project @returns {Buffer} what stands in front of the squashfs */
export function unpackingHead(project) {
  const script = readFileSync(join(project, 'scripts/package/app-image-head.sh'), 'utf8')
  const head = Buffer.alloc(headSize, '\n')
  if (head.write(script.replace('@SIZE@', String(headSize))) === headSize) throw new Error('the head is too long')
  return head
}

/**
 * The tools in the places where electron-builder looks for them (APPIMAGE_TOOLS_PATH).
 * @param {string} project @param {string} folder @param {boolean} quick
 */
function layKit(project, folder, quick) {
  const squash = programOnPath('mksquashfs')
  const validate = programOnPath('desktop-file-validate')
  if (!squash || !validate) return null
  for (const name of ['runtimes', 'lib']) mkdirSync(join(folder, name))
  symlinkSync(validate, join(folder, 'desktop-file-validate'))
  if (quick) {
    writeFileSync(join(folder, 'mksquashfs'), `#!/bin/sh\nexec ${squash} "$@" -Xcompression-level 1\n`, { mode: 0o755 })
  } else symlinkSync(squash, join(folder, 'mksquashfs'))
  mkdirSync(join(folder, 'lib', process.arch))
  writeFileSync(join(folder, 'runtimes', `runtime-${process.arch}`), unpackingHead(project))
  return folder
}

/**
 * What is in an AppImage beside the unpacked app, so that desktops can take it in: also what shops and file managers read.
 * @param {string} project where `makeLinuxFiles` has run @param {string} unpacked
 */
function layBeside(project, unpacked) {
  const [run, command] = [join(unpacked, 'AppRun'), join(unpacked, 'usr/bin/countersign')]
  copyFileSync(join(project, 'build/linux/AppRun'), run)
  mkdirSync(dirname(command), { recursive: true })
  writeFileSync(command, launcherBeside(readFileSync(join(project, 'build/linux/launcher.sh'), 'utf8')))
  for (const file of [run, command]) chmodSync(file, 0o755)
  for (const name of ['metainfo', 'mime']) {
    cpSync(join(project, 'dist/linux-files/usr/share', name), join(unpacked, 'usr/share', name), { recursive: true })
  }
  return () => {
    for (const name of ['AppRun', 'usr']) rmSync(join(unpacked, name), { recursive: true })
  }
}

/** The launcher of the packages, for a folder that lies elsewhere each time. @param {string} launcher */
export function launcherBeside(launcher) {
  const here = launcher.replace(
    'app=/opt/Countersign/countersign\n',
    'app="$(dirname "$(readlink -f "$0")")/../../countersign"\n',
  )
  if (here === launcher) throw new Error('the launcher names its program in another way')
  return here
}

/**
 * @param {import('./builder.mjs').What} what
 * @param {{ quick?: boolean }} [how] `quick`: by the kit, and hardly compressed
 * @returns {Promise<import('./builder.mjs').Made[]>}
 */
export async function makeAppImage(what, { quick = false } = {}) {
  const cleanUp = layBeside(what.project, what.unpacked)
  // electron-builder takes no path with other characters than ordinary ones.
  const folder = mkdtempSync('/var/tmp/countersign-kit-')
  try {
    const real = quick ? [] : await byElectronBuilder(what, '--linux', ['AppImage'], /\.AppImage$/)
    if (real.some((one) => 'file' in one) || process.env.APPIMAGE_TOOLS_PATH) return real
    const kit = layKit(what.project, folder, quick)
    if (!kit) return real.map((one) => ({ ...one, ...('why' in one && { why: `${one.why}\n      ${wanting}` }) }))
    const args = [`-c.appImage.artifactName=\${productName}-\${version}-\${arch}-${forTrying}.\${ext}`]
    if (quick) args.push('-c.appImage.compression=gzip')
    const made = await byElectronBuilder(what, '--linux', ['AppImage'], /\.AppImage$/, {
      args,
      env: { APPIMAGE_TOOLS_PATH: kit },
    })
    const because = real.map((one) => ('why' in one ? `\n      ${one.why}` : '')).join('')
    return made.map((one) => ('file' in one ? { ...one, but: but + because } : one))
  } finally {
    rmSync(folder, { recursive: true, force: true })
    cleanUp()
  }
}

const wanting =
  'With mksquashfs (squashfs-tools) and desktop-file-validate (desktop-file-utils) here, one for trying is made'
const but =
  'for trying, not for release: made without electron-builder’s own tools, it unpacks itself by unsquashfs at each start'
