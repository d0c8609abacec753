// @ts-check
// What a Linux package holds beside the app's own folder: the command, its man page, what shops show, file types,
// copyright and changelog. electron-builder.yml names the folder that they are laid into (`fpm`).

import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { run } from '../run.mjs'
import { describeApp } from './description.mjs'
import { manPage } from './man-page.mjs'

/** When this state of the project was made: the same sources give the same package. @param {string} project */
export async function sourceDate(project) {
  const named = Number(process.env.SOURCE_DATE_EPOCH)
  if (named > 0) return new Date(named * 1000)
  const { code, stdout } = await run('git', ['-C', project, 'log', '-1', '--format=%ct'])
  if (code === 0 && Number(stdout) > 0) return new Date(Number(stdout) * 1000)
  return statSync(join(project, 'CHANGELOG.md')).mtime
}

/** `0.3.0-electron33` sorts before `0.3.0` for dpkg and rpm only with a tilde. @param {string} version */
export const packageVersion = (version) => version.replaceAll('-', '~')

/**
 * @param {{ project: string, version: string }} what
 * @returns {Promise<string>} the folder of files, where electron-builder.yml says that they are
 */
export async function makeLinuxFiles({ project, version }) {
  const app = describeApp(project)
  const date = await sourceDate(project)
  const name = app.linux.executableName
  const tree = join(project, 'dist', 'linux-files')
  rmSync(tree, { recursive: true, force: true })
  const build = join(project, 'build', 'linux')
  const put = (/** @type {string} */ path, /** @type {string | Buffer} */ content) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), content)
  }
  put(`usr/bin/${name}`, readFileSync(join(build, 'launcher.sh')))
  chmodSync(join(tree, 'usr/bin', name), 0o755)
  put(`usr/share/mime/packages/${name}.xml`, readFileSync(join(build, 'mime.xml')))
  put(`usr/share/metainfo/${app.appId}.metainfo.xml`, metainfo(join(build, 'metainfo.xml'), app, version, date))
  put(`usr/share/man/man1/${name}.1.gz`, squeeze(await manPage({ project, name, app, version, date })))
  put(`usr/share/doc/${name}/copyright`, copyright(project))
  put(`usr/share/doc/${name}/changelog.gz`, squeeze(readFileSync(join(project, 'CHANGELOG.md'))))
  put(`usr/share/doc/${name}/changelog.Debian.gz`, squeeze(debianChangelog(app, version, date)))
  mkdirSync(join(tree, 'usr/share/lintian/overrides'), { recursive: true })
  copyFileSync(join(build, 'lintian-overrides'), join(tree, 'usr/share/lintian/overrides', name))
  const icons = join(tree, 'usr/share/icons/hicolor/scalable/apps')
  mkdirSync(icons, { recursive: true })
  copyFileSync(join(project, 'build', 'icon.svg'), join(icons, `${name}.svg`))
  return tree
}

const squeeze = (/** @type {string | Buffer} */ content) => gzipSync(content, { level: 9 })

/** @typedef {import('./description.mjs').Description} Description */

/** @param {string} template @param {Description} app @param {string} version @param {Date} date */
function metainfo(template, app, version, date) {
  const types = app.linux.mimeTypes.map((type) => `    <mediatype>${type}</mediatype>`).join('\n')
  return readFileSync(template, 'utf8')
    .replace('@HOMEPAGE@', app.homepage)
    .replace('@MEDIATYPES@', types)
    .replace('@VERSION@', packageVersion(version))
    .replace('@DATE@', date.toISOString().slice(0, 10))
}

/** Ours, then everybody else's: the format that Debian reads, as far as one file can say it. @param {string} project */
function copyright(project) {
  const indented = (/** @type {string} */ text) =>
    text
      .trim()
      .split('\n')
      .map((line) => (line.trim() === '' ? ' .' : ` ${line}`))
      .join('\n')
  const { homepage } = describeApp(project)
  const [, grant = ''] = readFileSync(join(project, 'LICENSE'), 'utf8').split(/^Copyright.*\n/m)
  const holder = /^Copyright (.*)$/m.exec(readFileSync(join(project, 'LICENSE'), 'utf8'))?.[1] ?? ''
  // Where somebody lets us choose between another licence and the GPL, the other one is ours, and Debian has the GPL's text.
  const others = readFileSync(join(project, 'out', 'LICENSES.third-party.txt'), 'utf8').replace(
    /^ *GNU GENERAL PUBLIC LICENSE\n[\s\S]*?(?=\n-{72}\n)/m,
    'The other licence that may be chosen: /usr/share/common-licenses/GPL-2\n',
  )
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Countersign
Source: ${homepage}
Comment: Electron and Chromium, and all that is in them, come with their own licences:
 /opt/Countersign/LICENSE.electron.txt and /opt/Countersign/LICENSES.chromium.html

Files: *
Copyright: ${holder}
License: MIT
${indented(grant)}

Files: /opt/Countersign/resources/app.asar
Copyright: those who are named below, package by package
License: various
${indented(others)}
`
}

/** @param {Description} app @param {string} version @param {Date} date */
function debianChangelog(app, version, date) {
  const when = date.toUTCString().replace('GMT', '+0000')
  return `${app.deb.packageName} (${packageVersion(version)}) unstable; urgency=medium

  * What is new stands in changelog.gz.

 -- ${app.linux.maintainer}  ${when}
`
}
