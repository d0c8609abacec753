// @ts-check
// The AppImage: what is in it, and how it runs for an ordinary user, also where Chromium’s sandbox cannot be made.

import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeAppImage, unpackingHead } from '../package/app-image.mjs'
import { strangersIn } from '../package/contents.mjs'
import { fusesOf, wrongFuses } from '../package/fuses.mjs'
import { run } from '../run.mjs'
import { root as project } from '../runtime.mjs'
import { Refusal } from '../say.mjs'
import { eventually } from './checks.mjs'
import { pageInSandbox, processes } from './desktop.mjs'
import { fine } from './life.mjs'
import { withAppOf } from './same-app.mjs'

/** @typedef {import('./clean-tree.mjs').CleanTree} CleanTree */
/** @typedef {import('./checks.mjs').Checks} Checks */

/** The same app as in a .deb. @param {string} deb @param {string} output @returns {Promise<string>} the file */
export const appImageOf = (deb, output) =>
  withAppOf(deb, output, async (app, { updateKey }) => {
    if (updateKey !== process.env.COUNTERSIGN_FEED_KEY) {
      throw new Refusal(`${deb} believes another key than that of this test`, [
        'Without --deb and --older both are made.',
      ])
    }
    const [made] = await makeAppImage({ ...app, official: false }, { quick: true })
    if (!made || !('file' in made)) throw new Refusal('No AppImage could be made', made ? [made.why] : [])
    return made.file
  })

/** @param {string} appImage @param {string} to */
const unpack = (appImage, to) =>
  run('unsquashfs', ['-q', '-n', '-o', String(unpackingHead(project).length), '-d', to, appImage])

/** @param {Checks} checks @param {string} appImage */
export async function tryAppImagePapers({ check }, appImage) {
  const folder = mkdtempSync('/var/tmp/countersign-papers-')
  const inside = join(folder, 'app')
  try {
    await check('an AppImage holds the app with its fuses, its launcher, and nothing of how it was made', async () => {
      fine(await unpack(appImage, inside))
      const executable = join(inside, 'countersign')
      assert.deepEqual(strangersIn(executable), [])
      assert.deepEqual(wrongFuses(await fusesOf(executable)), [])
      const own = readdirSync(inside).filter((name) => /^\.|^[A-Z]|desktop$|^countersign|^usr$/.test(name))
      assert.deepEqual(own.sort(), [
        ...['.DirIcon', 'AppRun', 'LICENSE.electron.txt', 'LICENSES.chromium.html'],
        ...['countersign', 'countersign.desktop', 'countersign.png', 'usr'],
      ])
      const usr = readdirSync(join(inside, 'usr'), { recursive: true, withFileTypes: true })
      const files = usr.filter((entry) => entry.isFile()).map(({ name }) => name)
      assert.deepEqual([...new Set(files)].sort(), [
        ...['app.countersign.desktop.metainfo.xml', 'countersign', 'countersign.png', 'countersign.xml'],
      ])
    })
    await check('and desktop-file-validate and appstreamcli find nothing in what it tells of itself', async () => {
      const entry = join(inside, 'countersign.desktop')
      const { code, stdout } = await run('desktop-file-validate', [entry])
      assert.deepEqual([code, stdout], [0, ''])
      assert.match(readFileSync(entry, 'utf8'), /^Exec=AppRun -- %U$/m)
      const metainfo = join(inside, 'usr/share/metainfo/app.countersign.desktop.metainfo.xml')
      const judged = await run('appstreamcli', ['validate', '--no-net', metainfo])
      assert.equal(judged.code, 0, judged.stdout)
    })
    await check('it starts what we wrote, which never takes the sandbox away', () => {
      const starts = readFileSync(join(inside, 'AppRun'))
      assert.ok(starts.equals(readFileSync(join(project, 'build/linux/AppRun'))))
      return Promise.resolve()
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Puts it where users keep such files. @param {CleanTree} tree @param {string} user @param {string} appImage @param {string} name */
export async function place(tree, user, appImage, name) {
  const folder = join('home', user, 'Applications')
  mkdirSync(join(tree.root, folder), { recursive: true })
  copyFileSync(appImage, join(tree.root, folder, name))
  fine(await tree.sh(`chown -R ${user}: /${folder}; chmod 755 '/${folder}/${name}'`))
  return `/${folder}/${name}`
}

/**
 * A shell in which nobody can make user namespaces: in one of its own, because that is where the kernel counts them.
 * @param {string} user @param {string} command
 */
const withoutNamespaces = (user, command) => `
  rm -f /run/own /run/mapped; mkfifo /run/own /run/mapped
  unshare --user sh -c 'echo >/run/own; read -r _ </run/mapped; exec sh -c "$1"' sh '
    echo 0 >/proc/sys/user/max_user_namespaces || exit 99
    exec runuser -u ${user} -- env ${command}' &
  read -r _ </run/own
  for map in uid_map gid_map; do echo "0 0 65536" >/proc/$!/$map || exit 98; done
  echo >/run/mapped
  wait $!`

/**
 * @param {CleanTree} tree @param {Checks} checks @param {import('./desktop.mjs').Desktop} desktop
 * @param {{ user: string, number: string, appImage: string }} what
 */
export async function tryAppImage(tree, { check }, desktop, { user, number, appImage }) {
  fine(await tree.apt('install', '--no-install-recommends', 'squashfs-tools'))
  const file = await place(tree, user, appImage, 'Countersign.AppImage')
  // Its own folder of temporary files, where nothing may be left.
  fine(await tree.sh(`install -d -o ${user} -m 700 /var/tmp/${user}`))
  const env = { ...desktop.as.env, TMPDIR: `/var/tmp/${user}` }
  const as = { ...desktop.as, env }
  const left = async () =>
    (await tree.sh(`ls -A /var/tmp/${user}`)).stdout.split('\n').filter((name) => /app/.test(name))
  const gone = () => eventually(async () => (await left()).length === 0, 'the unpacked files to go')

  await check('the AppImage starts for an ordinary user, with a window, its page in the sandbox', async () => {
    tree.start([file], as)
    const window = async () => /"Countersign"/.test((await tree.run(['xwininfo', '-root', '-tree'], as)).stdout)
    await eventually(window, 'the window')
    await pageInSandbox(tree)
  })
  await desktop.quit()
  await check('and leaves nothing behind when it ends', gone)

  await check('by the name of the command it is the command line, without a display', async () => {
    fine(await tree.sh(`ln -sf ${file} countersign`, { ...as, folder: `/home/${user}` }))
    const bare = { as: user, env: { TMPDIR: `/var/tmp/${user}` } }
    const { code, stdout } = await tree.run(['./countersign', '--version'], bare)
    assert.deepEqual([code, stdout], [0, `${number}\n`])
    const piped = await tree.sh('./countersign inspect - --json < client.pem', bare)
    assert.equal(JSON.parse(piped.stdout)[0].kind, 'certificate')
    const refused = await tree.run(['./countersign', 'inspect', '--no-sandbox', 'client.pem'], bare)
    assert.deepEqual([refused.code, /^countersign: /.test(refused.stderr)], [2, true])
    await gone()
  })
  await check('where no user namespaces can be made it says so and what to do, and does not start', async () => {
    const words = `TMPDIR=/var/tmp/${user} DISPLAY= ${file}`
    const { code, stderr } = await tree.sh(withoutNamespaces(user, words), { limitMs: 30_000 })
    assert.equal(code, 1, stderr)
    assert.match(stderr, /^countersign: .*user namespaces.*sandbox/m)
    assert.match(stderr, /\.deb or the \.rpm/)
    await gone()
  })
  await check('and Chromium itself would not start there either, unless it was told to do without', async () => {
    fine(await tree.sh(`unsquashfs -q -n -o ${unpackingHead(project).length} -d /var/tmp/${user}/inside ${file}`, as))
    const words = `DISPLAY=${env.DISPLAY} /var/tmp/${user}/inside/countersign`
    const { code, stderr } = await tree.sh(withoutNamespaces(user, words), { limitMs: 30_000 })
    assert.notEqual(code, 0)
    assert.match(stderr, /sandbox/i)
    assert.deepEqual(await processes(tree), [])
    const told = await tree.sh(withoutNamespaces(user, `${words} --no-sandbox`), { limitMs: 30_000 })
    assert.equal(told.code, 2, told.stderr)
    assert.match(told.stderr, /countersign: unknown: --no-sandbox/)
    await tree.sh(`rm -r /var/tmp/${user}/inside`)
  })
}
