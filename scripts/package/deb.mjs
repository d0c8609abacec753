// @ts-check
// The .deb, with Debian's own dpkg-deb: the same lines of electron-builder.yml that its fpm would be given, and a tree
// that needs neither fpm nor root.

import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run } from '../run.mjs'
import { Refusal } from '../say.mjs'
import { describeApp } from './description.mjs'
import { packageVersion, sourceDate } from './linux-files.mjs'
import { layTree } from './tree.mjs'

/** @type {Record<string, string>} */
const architectures = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' }

/**
 * @param {{ project: string, unpacked: string, output: string, version: string, arch?: string,
 *   compression?: string, level?: number }} what `makeLinuxFiles` has run for the same project and output
 * @returns {Promise<string>} the file
 */
export async function makeDeb({ project, unpacked, output, version, arch = process.arch, compression, level }) {
  const app = describeApp(project)
  const tree = join(output, 'tree-deb')
  layTree({ project, unpacked, tree, app, target: app.deb })
  const files = filesOf(tree)
  const bytes = files.reduce((sum, path) => sum + statSync(join(tree, path)).size, 0)
  const control = join(tree, 'DEBIAN')
  mkdirSync(control, { mode: 0o755 })
  const architecture = architectures[arch] ?? arch
  const fields = {
    Package: app.deb.packageName,
    Version: packageVersion(version),
    Section: app.deb.packageCategory,
    Priority: app.deb.priority ?? 'optional',
    Architecture: architecture,
    'Installed-Size': String(Math.ceil(bytes / 1024)),
    Maintainer: app.linux.maintainer,
    Homepage: app.homepage,
    Depends: app.deb.depends.join(', '),
    ...(app.deb.recommends && { Recommends: app.deb.recommends.join(', ') }),
    Description: `${app.linux.synopsis}\n${wrapped(`${app.linux.description}.`)}`,
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(control, 'control'), lines.join(''))
  const sums = files.map((path) => `${md5(join(tree, path))}  ${path}\n`)
  writeFileSync(join(control, 'md5sums'), sums.join(''))
  for (const [name, script] of /** @type {const} */ ([
    ['postinst', app.deb.afterInstall],
    ['postrm', app.deb.afterRemove],
  ])) {
    copyFileSync(join(project, script), join(control, name))
    chmodSync(join(control, name), 0o755)
  }
  const file = join(output, `${app.deb.packageName}_${packageVersion(version)}_${architecture}.deb`)
  const seconds = Math.floor((await sourceDate(project)).getTime() / 1000)
  const squeeze = [`-Z${compression ?? app.deb.compression}`, ...(level === undefined ? [] : [`-z${level}`])]
  const ended = await run('dpkg-deb', ['--root-owner-group', ...squeeze, '--build', tree, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
    limitMs: 10 * 60_000,
  })
  rmSync(tree, { recursive: true, force: true })
  if (ended.code !== 0) throw new Refusal('dpkg-deb could not make the package', [ended.stderr])
  return file
}

/** As Debian has long descriptions: each line begins with a space and ends before the eightieth column. @param {string} text */
const wrapped = (text) => text.replace(/(.{1,78})(?:\s+|$)/g, ' $1\n').trimEnd()

/** @param {string} tree @returns {string[]} paths of all files in it, sorted */
const filesOf = (tree) =>
  readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(tree, join(entry.parentPath, entry.name)))
    .sort()

const md5 = (/** @type {string} */ path) => createHash('md5').update(readFileSync(path)).digest('hex')
