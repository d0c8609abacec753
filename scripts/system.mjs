// @ts-check
// System packages on Linux: looks what is missing, installs it as root on Debian and Ubuntu, and prints the exact command everywhere else.

import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atInterrupt, run, tail } from './run.mjs'
import { main, note, Refusal, step } from './say.mjs'
import { forApp, forDisplay, forHandover, forInterop, forPackages, forVerdicts } from './system/needs.mjs'

/** @typedef {import('./system/needs.mjs').Need} Need */
/** @typedef {{ libraries: Set<string>, path: string[] }} Machine */

const administratorFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** @param {string} text what `ldconfig -p` prints */
export function librariesIn(text) {
  return new Set([...text.matchAll(/^\s+(\S+) \(/gm)].map((match) => match[1] ?? ''))
}

/** @param {string} program @param {string[]} path */
function onPath(program, path) {
  return path.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** @param {string} path */
function present(path) {
  try {
    return !path.endsWith('fonts') || readdirSync(path).length > 0 ? existsSync(path) : false
  } catch {
    return false
  }
}

/** @param {Need[]} needs @param {Machine} machine */
export function missingOf(needs, { libraries, path }) {
  return needs.filter(
    ({ library, program, file }) =>
      (library && !libraries.has(library)) || (program && !onPath(program, path)) || (file && !present(file)),
  )
}

/** @returns {Promise<Machine>} */
async function look() {
  const path = [...(process.env.PATH ?? '').split(delimiter), ...administratorFolders]
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((one) => existsSync(one)) ?? 'ldconfig'
  const { stdout } = await run(ldconfig, ['-p'])
  return { libraries: librariesIn(stdout), path }
}

/** @param {string} text of /etc/os-release @returns {'deb' | 'rpm' | 'other'} */
export function familyOf(text) {
  const ids = [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].flatMap((match) => (match[1] ?? '').split(/\s+/))
  if (ids.some((id) => id === 'debian' || id === 'ubuntu')) return 'deb'
  if (ids.some((id) => ['fedora', 'rhel', 'centos'].includes(id))) return 'rpm'
  return 'other'
}

/** @param {Need[]} missing */
async function debPackages(missing) {
  const policy = await run('apt-cache', ['policy', ...missing.flatMap(({ deb }) => deb)])
  const available = new Set(
    [...policy.stdout.matchAll(/^(\S+):\n\s+Installed: .*\n\s+Candidate: (?!\(none\))/gm)].map((match) => match[1]),
  )
  return {
    names: missing.map(({ deb }) => deb.find((name) => available.has(name)) ?? deb[deb.length - 1] ?? ''),
    known: missing.every(({ deb }) => deb.some((name) => available.has(name))),
  }
}

/** @param {string[]} args */
const apt = (args) =>
  run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, limitMs: 15 * 60_000 })

const rcPolicy = '/usr/sbin/policy-rc.d'

/**
 * A package for tests must not leave a web server running: Debian asks this file before it starts a service.
 * @template T @param {() => Promise<T>} work
 */
async function withoutStartingServices(work) {
  if (existsSync(rcPolicy)) return work()
  writeFileSync(rcPolicy, '#!/bin/sh\nexit 101\n')
  chmodSync(rcPolicy, 0o755)
  const remove = () => rmSync(rcPolicy, { force: true })
  const forget = atInterrupt(remove)
  try {
    return await work()
  } finally {
    forget()
    remove()
  }
}

/** @param {Need[]} missing */
async function installDeb(missing) {
  let { names, known } = await debPackages(missing)
  if (!known) {
    await step('Refreshing the package lists', () => apt(['update', '-q']))
    names = (await debPackages(missing)).names
  }
  // Java's package fails where a slim image left this folder out.
  if (names.some((name) => /j(?:re|dk)/.test(name))) mkdirSync('/usr/share/man/man1', { recursive: true })
  const install = () => withoutStartingServices(() => apt(['install', '-y', '-q', '--no-install-recommends', ...names]))
  let ended = await step(`Installing ${names.join(' ')}`, install)
  if (ended.code !== 0 && known) {
    await step('Refreshing the package lists', () => apt(['update', '-q']))
    ended = await step('Installing again', install)
  }
  if (ended.code !== 0) {
    throw new Refusal('The system packages could not be installed', [
      `Tried: apt-get install -y --no-install-recommends ${names.join(' ')}`,
      ...tail(ended.stderr || ended.stdout, 6),
    ])
  }
  const services = ['nginx', 'apache2', 'haproxy', 'caddy', 'stunnel4'].filter((one) =>
    names.some((name) => name.startsWith(one)),
  )
  if (services.length > 0 && existsSync('/run/systemd/system')) {
    await run('systemctl', ['disable', '--now', ...services])
    note(`${services.join(', ')}: here for the tests only, so disabled as a service`)
  }
}

/** @param {Need[]} missing @param {'deb' | 'rpm' | 'other'} family */
async function commandFor(missing, family) {
  if (family === 'deb') {
    const { names } = await debPackages(missing)
    return [`sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`]
  }
  if (family === 'rpm') return [`sudo dnf install -y ${missing.map(({ rpm }) => rpm).join(' ')}`]
  return missing.map(
    (need) => `${need.library ?? need.program ?? need.file}: ${need.why} (Debian calls it ${need.deb[0]})`,
  )
}

/**
 * Makes sure that what is needed is there.
 * @param {{ display?: boolean, interop?: boolean, verdicts?: boolean, handover?: boolean, packages?: boolean }} [also] beyond what the app itself needs
 */
export async function ensureSystem({
  display = false,
  interop = false,
  verdicts = false,
  handover = false,
  packages = false,
} = {}) {
  if (process.platform !== 'linux') return 'nothing to check here'
  const needs = [
    ...forApp,
    ...(display ? forDisplay : []),
    ...(interop ? forInterop : []),
    ...(verdicts ? forVerdicts : []),
    ...(handover ? forHandover : []),
    ...(packages ? forPackages : []),
  ]
  const missing = missingOf(needs, await look())
  if (missing.length === 0) return 'complete'
  const family = familyOf(existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '')
  const root = process.getuid?.() === 0
  if (!root || family !== 'deb') {
    throw new Refusal(
      `${missing.length === 1 ? 'A system package is' : 'System packages are'} missing. Run this, then try again:`,
      [
        '',
        ...(await commandFor(missing, family)),
        '',
        `For: ${[...new Set(missing.map(({ why }) => why))].join(', ')}.`,
      ],
    )
  }
  await installDeb(missing)
  const still = missingOf(missing, await look())
  if (still.length > 0) {
    throw new Refusal(
      'The packages were installed, but something is still missing',
      still.map((need) => `${need.library ?? need.program ?? need.file}, for ${need.why}`),
    )
  }
  return `${missing.length} installed`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const all = process.argv.includes('--tests')
    await step(
      'System packages',
      () => ensureSystem({ display: all, interop: all }),
      (told) => told,
    )
    return 0
  })
}
