// @ts-check
// What is in the package, and what it says about itself, judged by the tools that shops and distributions judge it with.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { strangersIn } from '../package/contents.mjs'
import { fusesOf, wrongFuses } from '../package/fuses.mjs'
import { run } from '../run.mjs'

/** @param {import('./checks.mjs').Checks} checks @param {{ deb: string, rpm: string }} packages of one app */
export async function tryPapers({ check }, { deb, rpm }) {
  const folder = mkdtempSync('/var/tmp/countersign-papers-')
  try {
    await run('dpkg-deb', ['-x', deb, folder], { limitMs: 5 * 60_000 })
    const executable = join(folder, 'opt/Countersign/countersign')
    await check('its fuses are as they should be, read back from the binary', async () => {
      assert.deepEqual(wrongFuses(await fusesOf(executable)), [])
    })
    await check('it holds the app, and nothing of how it was made', async () => {
      assert.deepEqual(strangersIn(executable), [])
    })
    await check('desktop-file-validate finds nothing in its desktop entry', async () => {
      const { code, stdout } = await run('desktop-file-validate', [
        join(folder, 'usr/share/applications/countersign.desktop'),
      ])
      assert.deepEqual([code, stdout], [0, ''])
    })
    await check('appstreamcli finds nothing in its metainfo', async () => {
      const file = join(folder, 'usr/share/metainfo/app.countersign.desktop.metainfo.xml')
      const { code, stdout } = await run('appstreamcli', ['validate', '--no-net', file])
      assert.equal(code, 0, stdout)
    })
    await check('lintian finds no error and no warning beyond those that are explained', async () => {
      const { stdout } = await run('lintian', ['--no-tag-display-limit', '--fail-on=error', '--allow-root', deb], {
        limitMs: 10 * 60_000,
      })
      const said = stdout.split('\n').filter((line) => /^[EW]:/.test(line))
      assert.deepEqual(said, [])
    })
    await check('its man page is one', async () => {
      const { stderr } = await run(
        'man',
        ['--warnings', '-l', '-Tutf8', '-Z', join(folder, 'usr/share/man/man1/countersign.1.gz')],
        { env: { ...process.env, MANROFFSEQ: '', MANWIDTH: '80' } },
      )
      assert.equal(stderr, '')
    })
    await check('an .rpm of the same app holds the same files, with the same rights', async () => {
      const listed = await run('rpm', ['-qp', '--qf', '[%{FILEMODES:perms} %{FILENAMES}\n]', rpm])
      const contents = await run('dpkg-deb', ['-c', deb])
      const ofDeb = contents.stdout
        .split('\n')
        .filter((line) => line.startsWith('-'))
        .map((line) => line.replace(/^(\S+).* \./, '$1 '))
      const ofRpm = listed.stdout.split('\n').filter((line) => line.startsWith('-'))
      const onlyDebian = /lintian|changelog\.Debian/
      assert.deepEqual(ofRpm.sort(), ofDeb.filter((line) => !onlyDebian.test(line)).sort())
    })
    await check('it carries the licences of all that it is made of', async () => {
      const { stdout } = await run('cat', [join(folder, 'usr/share/doc/countersign/copyright')])
      for (const name of ['@peculiar/x509', 'node-forge', 'react', 'pkcs11js', 'LICENSES.chromium.html'])
        assert.ok(stdout.includes(name), name)
      const { code } = await run('test', ['-s', join(folder, 'opt/Countersign/LICENSES.chromium.html')])
      assert.equal(code, 0)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
