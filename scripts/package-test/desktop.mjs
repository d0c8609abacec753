// @ts-check
// A desktop for one user inside of the clean tree: a display, a session bus, and the interface that screen readers use,
// by which a test sees what is on the screen without a debugger in the app.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './checks.mjs'

/** What a desktop has and a bare tree has not. */
export const desktopPackages = [
  'xvfb',
  'dbus',
  'xdg-utils',
  'libfile-mimeinfo-perl',
  'libglib2.0-bin',
  'shared-mime-info',
  'desktop-file-utils',
  'at-spi2-core',
  'python3-gi',
  'gir1.2-atspi-2.0',
  'fonts-dejavu-core',
  'x11-utils',
  'procps',
]

/** @param {import('./clean-tree.mjs').CleanTree} tree @param {string} user */
export async function openDesktop(tree, user) {
  const env = { DISPLAY: ':7', XDG_RUNTIME_DIR: `/run/${user}`, DBUS_SESSION_BUS_ADDRESS: `unix:path=/run/${user}/bus` }
  await tree.sh(`install -d -o ${user} -m 700 /run/${user}; install -d -m 1777 /tmp/.X11-unix`)
  tree.put('mnt/accessible.py', readFileSync(join(import.meta.dirname, 'accessible.py')))
  const as = { as: user, env }
  tree.start(['Xvfb', env.DISPLAY, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], as)
  tree.start(['dbus-daemon', '--session', '--nofork', '--nopidfile', `--address=${env.DBUS_SESSION_BUS_ADDRESS}`], as)
  const up = async () =>
    (await tree.run(['xdpyinfo'], as)).code === 0 && (await tree.sh('test -S /run/*/bus')).code === 0
  await eventually(up, 'the display and the bus')
  // As the switch for a screen reader in a desktop's settings does it.
  for (const property of ['IsEnabled', 'ScreenReaderEnabled']) {
    const path = ['--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus']
    const set = ['--method', 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status', property, '<true>']
    await tree.run(['gdbus', 'call', '--session', ...path, ...set], as)
  }
  const desk = {
    as,
    /** Everything that can be read aloud now. @returns {Promise<string[]>} */
    async readAloud() {
      const said = await tree.run(['python3', '/mnt/accessible.py'], { ...as, limitMs: 20_000 })
      return said.stdout.split('\n')
    },
    /** @param {string} text @param {number} [limitMs] */
    sees: (text, limitMs) =>
      eventually(
        async () => (await desk.readAloud()).find((line) => line.includes(text)),
        `“${text}” on the screen`,
        limitMs,
      ),
    /** Presses a button, as a screen reader does it. @param {string} name or how it begins */
    press: (name) =>
      eventually(
        async () => (await tree.run(['python3', '/mnt/accessible.py', name], as)).code === 0,
        `a button “${name}”`,
      ),
    /** Ends the app as a session's end does, and waits for it. */
    async quit() {
      await tree.sh('pkill -TERM -x countersign || true', as)
      await eventually(async () => (await processes(tree)).length === 0, 'the app to end', 15_000)
    },
  }
  return desk
}

/** @typedef {Awaited<ReturnType<typeof openDesktop>>} Desktop */

/** @param {import('./clean-tree.mjs').CleanTree} tree @returns {Promise<{ pid: string, words: string }[]>} the app's processes, installed or unpacked by an AppImage */
export async function processes(tree) {
  const { stdout } = await tree.sh('ps -eo pid=,args= | grep -E "[/](opt/Countersign|app)/countersign( |$)" || true')
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ pid: line.trim().split(/\s+/)[0] ?? '', words: line.trim().replace(/^\d+\s+/, '') }))
}

/** Its page has namespaces of its own and filtered system calls, and no switch says otherwise. @param {import('./clean-tree.mjs').CleanTree} tree */
export async function pageInSandbox(tree) {
  const all = await eventually(async () => {
    const found = await processes(tree)
    return found.some(({ words }) => words.includes('--type=renderer')) && found
  }, 'the page')
  for (const { words } of all)
    assert.doesNotMatch(words.replace('--no-zygote-sandbox', ''), /--no-sandbox|disable-.*sandbox/)
  const page = all.find(({ words }) => words.includes('--type=renderer'))
  const { stdout } = await tree.sh(`cat /proc/${page?.pid}/status`)
  assert.match(stdout, /^Seccomp:\s*2$/m)
  assert.match(stdout, /^NoNewPrivs:\s*1$/m)
  assert.match(stdout, /^NSpid:(\s+\d+){2,}$/m)
}
