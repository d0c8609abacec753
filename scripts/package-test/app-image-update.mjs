// @ts-check
// An AppImage that brings itself up to date, whole: the app as it is shipped looks at a feed, is given wrong signatures
// and damaged files, then the right ones, replaces its file and starts anew. Pressed like a screen reader presses.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { extractFile } from '@electron/asar'
import { place } from './app-image.mjs'
import { eventually } from './checks.mjs'
import { processes } from './desktop.mjs'
import { fine } from './life.mjs'

const digest = (/** @type {string} */ path) => createHash('sha256').update(readFileSync(path)).digest('hex')

/**
 * @param {import('./clean-tree.mjs').CleanTree} tree @param {import('./checks.mjs').Checks} checks
 * @param {import('./desktop.mjs').Desktop} desktop @param {import('./feed.mjs').Feed} feed
 * @param {{ user: string, older: string, newer: string, number: string, earlier: string }} what AppImages on this machine
 */
export async function tryAppImageUpdate(tree, { check }, desktop, feed, { user, older, newer, number, earlier }) {
  const name = basename(older)
  const file = await place(tree, user, older, name)
  const folder = join(tree.root, 'home', user, 'Applications')
  const as = { ...desktop.as, env: { ...desktop.as.env, TMPDIR: `/var/tmp/${user}` } }
  fine(
    await tree.sh(`ln -sf ${file} countersign; rm -f Applications/Countersign.AppImage`, {
      ...as,
      folder: `/home/${user}`,
    }),
  )
  tree.put('etc/countersign/feed.pem', feed.certificate)
  tree.put(
    'etc/countersign/policy.json',
    JSON.stringify({ organisation: 'Acme', trust: { roots: 'add', files: ['/etc/countersign/feed.pem'] } }),
  )
  const config = `home/${user}/.config/Countersign`
  tree.put(`${config}/settings.json`, JSON.stringify({ reminders: { enabled: false, days: [61, 5] } }))
  fine(await tree.sh(`chown -R ${user}: /${config}`))

  const command = (/** @type {string[]} */ ...words) =>
    tree.run(['./countersign', ...words], { ...as, limitMs: 60_000 })
  const open = ['--passphrase-file', 'vault-passphrase']
  const journal = async () => {
    const { stdout, stderr } = await command('journal', '--verify', '--json', ...open)
    assert.match(stdout, /^[[{]/, stderr)
    return JSON.stringify(JSON.parse(stdout))
  }
  const identities = () => readdirSync(join(tree.root, config, 'vault/identities')).sort()
  /** @returns {{ reminders: unknown }} */
  const settings = () => JSON.parse(readFileSync(join(tree.root, config, 'settings.json'), 'utf8'))
  const untouched = () => {
    assert.deepEqual(readdirSync(folder), [name])
    assert.equal(digest(join(folder, name)), digest(older))
  }
  const before = { journal: await journal(), identities: identities() }

  await check('an AppImage of an earlier version looks for updates when that is pressed, and not before', async () => {
    tree.start([file, '--force-renderer-accessibility'], as)
    await desktop.press('Settings')
    await desktop.sees('Never checked')
    // Among what the app says of itself.
    await desktop.sees(earlier)
    assert.deepEqual(feed.asked, [])
  })
  await check('a feed with a wrong signature is refused, and the file stays as it was', async () => {
    feed.wrong = 'signature'
    await desktop.press('Check now')
    await desktop.sees('it is not signed by the makers of Countersign')
    untouched()
    assert.ok(!feed.asked.some((path) => path.endsWith('.AppImage')))
  })
  await check('a file with one bit altered is refused, and the file stays as it was', async () => {
    feed.wrong = 'file'
    await desktop.press('Check now')
    await desktop.sees('Download (')
    await desktop.sees(number)
    assert.ok(!feed.asked.some((path) => path.endsWith('.AppImage')))
    await desktop.press('Download')
    await desktop.sees('what arrived is not what was signed', 60_000)
    untouched()
  })
  await check('the right one is downloaded when that is pressed, and put in place when that is pressed', async () => {
    feed.wrong = 'nothing'
    await desktop.press('Download')
    await desktop.sees('its signature and checksum are right', 60_000)
    untouched()
    const old = (await processes(tree)).find(({ words }) => !words.includes('--type='))
    await desktop.press('Restart to install')
    const running = await eventually(
      async () => {
        const all = await processes(tree)
        return (
          all.some(({ words }) => words.includes('--type=renderer')) && all.every(({ pid }) => pid !== old?.pid) && all
        )
      },
      'the new version',
      60_000,
    )
    assert.deepEqual(readdirSync(folder), [feed.name])
    assert.equal(digest(join(folder, feed.name)), digest(newer))
    const main = running.filter(({ words }) => !words.includes('--type='))
    assert.equal(main.length, 1)
    const archive = join(tree.root, dirname(main[0]?.words.split(' ')[0] ?? ''), 'resources/app.asar')
    const { version } = JSON.parse(extractFile(archive, 'package.json').toString())
    assert.equal(version.split('-')[0], number)
    const window = async () => /"Countersign"/.test((await tree.run(['xwininfo', '-root', '-tree'], as)).stdout)
    await eventually(window, 'the window')
  })
  await desktop.quit()
  await check('it is the new version, with the vault, its journal and the settings as they were', async () => {
    fine(await tree.sh(`ln -sf Applications/${feed.name} countersign`, { ...as, folder: `/home/${user}` }))
    assert.deepEqual({ journal: await journal(), identities: identities() }, before)
    assert.deepEqual(settings().reminders, { enabled: false, days: [61, 5] })
  })
  await check('and finds nothing newer, and no half of a file is left', async () => {
    tree.start([`/home/${user}/Applications/${feed.name}`, '--force-renderer-accessibility'], as)
    await desktop.press('Settings')
    await desktop.press('Check now')
    await desktop.sees('This is the newest version')
    await desktop.sees(number)
    await desktop.quit()
    assert.deepEqual(readdirSync(folder), [feed.name])
    const pending = await tree.sh(`find /home/${user}/.cache -name '*.AppImage*'`)
    assert.equal(pending.stdout, '')
  })
}
