// @ts-check
// Chromium refuses its sandbox to root. So as root the tests and the tour run Electron as an ordinary user, with a home
// of its own that is thrown away afterwards, and never touch anybody's real one.

import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atInterrupt, run } from './run.mjs'
import { note, Refusal } from './say.mjs'

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {string} home made for this run
 * @property {{ uid?: number, gid?: number, env: NodeJS.ProcessEnv }} as spawn options that make a child theirs
 * @property {() => void} leave removes the home
 */

const wanted = 'countersign-test'

/** @param {string} name @returns {Promise<{ uid: number, gid: number } | undefined>} */
async function lookUp(name) {
  const { code, stdout } = await run('id', [name])
  const found = /uid=(\d+).*?gid=(\d+)/.exec(stdout)
  return code === 0 && found ? { uid: Number(found[1]), gid: Number(found[2]) } : undefined
}

async function chooseUser() {
  const known = await lookUp(wanted)
  if (known) return { name: wanted, ...known }
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    wanted,
  ])
  const now = made.code === 0 ? await lookUp(wanted) : undefined
  if (now) {
    note(`made the system user ${wanted}: Chromium's sandbox is not for root (userdel ${wanted} removes it)`)
    return { name: wanted, ...now }
  }
  const nobody = await lookUp('nobody')
  if (nobody) return { name: 'nobody', ...nobody }
  throw new Refusal('There is no ordinary user to run Electron as', [
    `useradd --system ${wanted}`,
    ...made.stderr.split('\n'),
  ])
}

/** What would lead a child back to the real home, desktop or session. */
const personal =
  /^(HOME|USER|LOGNAME|MAIL|SUDO_|XDG_|DBUS_|XAUTHORITY|DISPLAY|WAYLAND_DISPLAY|GNOME_|npm_|NODE_OPTIONS$)/

/**
 * Who runs Electron under test: an ordinary user when we are root, otherwise ourselves; in either case with a private home.
 * @returns {Promise<Person>}
 */
export async function ordinaryPerson() {
  const root = process.getuid?.() === 0
  const who = root
    ? await chooseUser()
    : { name: process.env.USER ?? 'you', uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 }
  const home = mkdtempSync(join(root ? '/tmp' : tmpdir(), 'countersign-home-'))
  const [runtime, temporary] = [join(home, 'run'), join(home, 'tmp')]
  for (const folder of [home, runtime, temporary]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
    if (root) chownSync(folder, who.uid, who.gid)
  }
  /** @type {NodeJS.ProcessEnv} */
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !personal.test(name)))
  Object.assign(env, { HOME: home, USER: who.name, LOGNAME: who.name, XDG_RUNTIME_DIR: runtime, TMPDIR: temporary })
  const remove = () => rmSync(home, { recursive: true, force: true })
  const forget = atInterrupt(remove)
  return {
    ...who,
    home,
    as: root ? { uid: who.uid, gid: who.gid, env } : { env },
    leave: () => {
      forget()
      remove()
    },
  }
}

/**
 * Whether this person can read a folder, and every folder above it.
 * @param {Person} person @param {string} path
 */
export async function canRead(person, path) {
  const { code } = await run('test', ['-r', path], person.as)
  return code === 0
}

/** @param {Person} person @param {string} folder emptied, and given to this person to write in */
export function giveFolder(person, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (process.getuid?.() === 0 && existsSync(folder)) chownSync(folder, person.uid, person.gid)
}
