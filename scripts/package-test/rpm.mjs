// @ts-check
// The .rpm installed for real, by rpm itself, on the clean Debian. What it needs goes there by the names of other
// distributions: this alone is not asked here, and Debian's own packages bring it.

import assert from 'node:assert/strict'
import { makeRpm } from '../package/rpm.mjs'
import { run } from '../run.mjs'
import { bring, filesOf, fine, ownFiles, tryRemoval } from './life.mjs'
import { withAppOf } from './same-app.mjs'

/** The same app as in a .deb. @param {string} deb @param {string} output @returns {Promise<string>} the file */
export const rpmOf = (deb, output) =>
  // Hardly compressed, as the .deb.
  withAppOf(deb, output, (app) => makeRpm({ ...app, payload: 'w1.gzdio' }))

/**
 * Installs, upgrades and removes it.
 * @param {import('./clean-tree.mjs').CleanTree} tree @param {import('./checks.mjs').Checks} checks
 * @param {{ user: string, deb: string, older: string, newer: string, number: string, earlier: string }} what
 *   `deb` names the libraries, `older` and `newer` are .rpm files on this machine
 */
export async function tryRpm(tree, checks, { user, deb, older, newer, number, earlier }) {
  const as = { as: user }
  const depends = (await run('dpkg-deb', ['--field', deb, 'Depends'])).stdout.trim()
  fine(await tree.apt('satisfy', '--no-install-recommends', depends))
  fine(await tree.apt('install', '--no-install-recommends', 'rpm'))
  const before = await filesOf(tree)
  const own = ownFiles(tree, user)
  const [oldRpm, newRpm] = [bring(tree, older), bring(tree, newer)]
  /** Its files lie there as it says of them: rights, owners, digests. @param {string} version */
  const asPacked = async (version) => {
    const installed = await tree.run(['rpm', '--query', '--queryformat', '%{VERSION}', 'countersign'])
    assert.equal(installed.stdout.split('~')[0], version)
    const { stdout } = await tree.run(['rpm', '--verify', '--nodeps', 'countersign'])
    assert.equal(stdout, '')
  }
  await checks.check('rpm installs its package, every file as packed', async () => {
    fine(await tree.run(['rpm', '--install', '--nodeps', oldRpm], { limitMs: 120_000 }))
    await asPacked(earlier)
  })
  await checks.check('rpm upgrades it, and the command and the helper of the sandbox are there', async () => {
    fine(await tree.run(['rpm', '--upgrade', '--nodeps', newRpm], { limitMs: 120_000 }))
    await asPacked(number)
    const { stdout } = await tree.run(['countersign', '--version'], as)
    assert.equal(stdout, `${number}\n`)
    const rights = await tree.run(['stat', '-c', '%U %a', '/opt/Countersign/chrome-sandbox'])
    assert.equal(rights.stdout, 'root 4755\n')
    fine(await tree.run(['countersign', 'inspect', 'client.pem'], as))
  })
  const remove = async () => fine(await tree.run(['rpm', '--erase', '--nodeps', 'countersign'], { limitMs: 120_000 }))
  await tryRemoval(tree, checks, { user, before, own, by: 'rpm', remove })
}
