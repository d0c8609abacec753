// @ts-check
// Installation, upgrade, removal: what comes, what stays, what goes.

import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root as project } from '../runtime.mjs'

/** @typedef {import('./clean-tree.mjs').CleanTree} CleanTree */
/** @typedef {import('./checks.mjs').Checks} Checks */

/**
 * What apt and dpkg keep for themselves, the users and the number that Debian's own packages (a message bus) gave this
 * system, and what does not lie on a disk. None of it may name the app: that is looked for by its name.
 */
const ledgers =
  /^\/(proc|sys|dev|run|tmp|home|root|mnt)(\/|$)|^\/var\/(cache|log|lib\/(apt|dpkg)|tmp)(\/|$)|^\/etc\/(ld\.so\.cache|resolv\.conf|mtab|machine-id|(passwd|group|g?shadow)-?)$/

/** @param {CleanTree} tree @returns {Promise<string[]>} every file with the digest of its content */
export async function filesOf(tree) {
  const found =
    'find / -xdev \\( -path /proc -o -path /sys \\) -prune -o -type f -exec md5sum {} + -o -type l -printf "link  %p\\n"'
  const { stdout } = await tree.sh(found, { limitMs: 5 * 60_000 })
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !ledgers.test(line.slice(line.indexOf('  ') + 2)))
    .sort()
}

/** @param {CleanTree} tree @param {string} deb on this machine @returns {string} in the tree */
export function bring(tree, deb) {
  const path = join('var/tmp', basename(deb))
  cpSync(deb, join(tree.root, path))
  return `/${path}`
}

/** @param {{ code: number, stderr: string, stdout: string }} ended */
export function fine(ended) {
  assert.equal(ended.code, 0, `${ended.stdout}\n${ended.stderr}`.trim().split('\n').slice(-12).join('\n'))
}

/** @param {CleanTree} tree @param {Checks} checks @param {{ deb: string, version: string }} what */
export async function tryInstallation(tree, { check }, { deb, version }) {
  await check('apt-get installs it, with all that it needs, on a Debian with nothing on it', async () => {
    fine(await tree.apt('update'))
    fine(await tree.apt('install', '--no-install-recommends', deb))
    const { stdout } = await tree.sh('dpkg -s countersign')
    assert.match(stdout, /^Status: install ok installed$/m)
    assert.equal(/^Version: (.*)$/m.exec(stdout)?.[1], version)
  })
  await check('every library that its programs are linked to is there', async () => {
    const { stdout } = await tree.sh(
      'find /opt/Countersign -type f \\( -perm -100 -o -name "*.so*" -o -name "*.node" \\) -exec ldd {} + 2>/dev/null',
    )
    const absent = stdout.split('\n').filter((line) => line.includes('not found') && !line.includes('libffmpeg.so'))
    assert.deepEqual([...new Set(absent)], [])
  })
  await check('its files belong to root, and nobody else may write them', async () => {
    const { stdout } = await tree.sh('dpkg -L countersign | xargs -d "\\n" stat -c "%U:%G %a %n"')
    const loose = stdout.split('\n').filter((line) => line !== '' && !/^root:root (755|644|4755) /.test(line))
    assert.deepEqual(loose, [])
    const special = stdout.split('\n').filter((line) => / 4755 /.test(line))
    assert.deepEqual(special, ['root:root 4755 /opt/Countersign/chrome-sandbox'])
  })
}

const fixture = join(project, 'test', 'fixtures', 'vault', 'format-1')
const expected = JSON.parse(readFileSync(join(fixture, 'expected.json'), 'utf8'))

/**
 * A user with a vault, as an earlier version left it.
 * @param {CleanTree} tree @param {string} user
 */
export async function bringVault(tree, user) {
  cpSync(join(fixture, 'vault'), join(tree.root, 'home', user, '.config/Countersign/vault'), { recursive: true })
  tree.put(`home/${user}/vault-passphrase`, `${expected.passphrase}\n`)
  tree.put(`home/${user}/other-passphrase`, 'of the backup alone\n')
  fine(await tree.sh(`chown -R ${user}: /home/${user}; chmod -R go= /home/${user}/.config`))
}

/** @param {CleanTree} tree @param {Checks} checks @param {{ user: string, older: string, newer: string, version: string }} what */
export async function tryUpgrade(tree, { check }, { user, older, newer, version }) {
  const as = { as: user }
  const open = ['--passphrase-file', 'vault-passphrase']
  await check('the previous version uses a vault', async () => {
    fine(await tree.apt('install', '--no-install-recommends', older))
    fine(await tree.run(['countersign', 'import', 'own.key', 'own.crt', ...open], as))
  })
  const entries = async () => {
    const { stdout } = await tree.run(['countersign', 'journal', '--verify', '--json', ...open], as)
    return JSON.stringify(JSON.parse(stdout))
  }
  const before = await entries().catch((error) => String(error))
  await check('upgrading brings the new version and keeps the vault, its keys and its journal', async () => {
    fine(await tree.apt('install', '--no-install-recommends', newer))
    const { stdout } = await tree.sh('dpkg -s countersign')
    assert.equal(/^Version: (.*)$/m.exec(stdout)?.[1], version)
    assert.equal(await entries(), before)
    const backup = ['--backup-passphrase-file', 'other-passphrase', '--json']
    fine(await tree.run(['countersign', 'backup', 'all.backup', ...open, ...backup], as))
    const listed = await tree.run(['countersign', 'backup', 'all.backup', '--list', ...backup], as)
    for (const { handle } of expected.records) assert.ok(listed.stdout.length > 0 && handle, listed.stderr)
    assert.match(listed.stdout, /own\.example/)
  })
}

/** By apt, with what came along for its sake. @param {CleanTree} tree */
export async function purge(tree) {
  fine(await tree.apt('purge', 'countersign'))
  fine(await tree.apt('autoremove', '--purge'))
}

/**
 * @param {CleanTree} tree @param {Checks} checks
 * @param {{ user: string, before: string[], own: string[], by: string, remove: () => Promise<void> }} what
 */
export async function tryRemoval(tree, { check }, { user, before, own, by, remove }) {
  await check(`removing it by ${by} leaves nothing of it on the system`, async () => {
    await remove()
    const after = await filesOf(tree)
    const [had, has] = [new Set(before), new Set(after)]
    assert.deepEqual(
      { more: after.filter((line) => !had.has(line)), less: before.filter((line) => !has.has(line)) },
      { more: [], less: [] },
    )
    const { stdout } = await tree.sh(
      'find / -xdev -iname "*countersign*" -not -path "/proc/*" -not -path "/home/*" -not -path "/root/*" -not -path "/var/tmp/*"',
    )
    assert.equal(stdout, '')
    const named = await tree.sh(
      'grep -rIil countersign /etc /usr/share /var/lib --exclude-dir=apt --exclude-dir=dpkg || true',
    )
    assert.equal(named.stdout, '')
  })
  await check('and leaves the user’s own data as they were', async () => {
    assert.deepEqual(ownFiles(tree, user), own)
  })
}

/** @param {CleanTree} tree @param {string} user @returns {string[]} */
export const ownFiles = (tree, user) =>
  readdirSync(join(tree.root, 'home', user, '.config/Countersign'), { recursive: true, encoding: 'utf8' }).sort()
