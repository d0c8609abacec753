// @ts-check
// All files of a Linux package where they will lie, from the unpacked app: one tree, of which .deb and .rpm are made.

import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { desktopEntry, installFolder } from './description.mjs'

/**
 * @param {{ project: string, unpacked: string, tree: string, app: import('./description.mjs').Description,
 *   target: import('./description.mjs').LinuxTarget }} what
 */
export function layTree({ project, unpacked, tree, app, target }) {
  rmSync(tree, { recursive: true, force: true })
  const home = join(tree, installFolder(app))
  cpSync(unpacked, home, { recursive: true, verbatimSymlinks: true })
  copyFileSync(join(project, target.appArmorProfile), join(home, 'resources', 'apparmor-profile'))
  for (const entry of target.fpm) {
    const [from = '', to = ''] = entry.split('=')
    cpSync(join(project, from), join(tree, to), { recursive: true })
  }
  const name = app.linux.executableName
  for (const file of readdirSync(join(project, app.linux.icon))) {
    const size = /^(\d+x\d+)\.png$/.exec(file)?.[1]
    // Icon themes know no larger ones.
    if (!size || Number.parseInt(size, 10) > 512) continue
    const folder = join(tree, 'usr/share/icons/hicolor', size, 'apps')
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(project, app.linux.icon, file), join(folder, `${name}.png`))
  }
  mkdirSync(join(tree, 'usr/share/applications'), { recursive: true })
  writeFileSync(join(tree, 'usr/share/applications', `${name}.desktop`), desktopEntry(app, target))
  settleModes(tree)
  chmodSync(join(home, 'chrome-sandbox'), 0o4755)
}

/** As packages have them, whatever the umask of who builds: readable by all, programs executable. @param {string} tree */
function settleModes(tree) {
  chmodSync(tree, 0o755)
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) {
      const runs = (statSync(path).mode & 0o111) !== 0 && !/\.(so(\.\d+)*|node)$/.test(entry.name)
      chmodSync(path, runs ? 0o755 : 0o644)
    }
  }
}
