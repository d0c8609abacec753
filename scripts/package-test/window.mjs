// @ts-check
// The desktop entry: what starts, in which sandbox, and where opened files arrive.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './checks.mjs'
import { pageInSandbox, processes } from './desktop.mjs'

const entry = '/usr/share/applications/countersign.desktop'

/**
 * @param {import('./clean-tree.mjs').CleanTree} tree @param {import('./checks.mjs').Checks} checks
 * @param {import('./desktop.mjs').Desktop} desktop
 */
export async function tryWindow(tree, { check }, desktop) {
  const { as } = desktop
  await check('the desktop entry starts the app, with a window', async () => {
    tree.start(['gio', 'launch', entry], as)
    await eventually(
      async () => /"Countersign"/.test((await tree.run(['xwininfo', '-root', '-tree'], as)).stdout),
      'the window',
    )
  })
  await check('its page is in the sandbox: own namespaces, system calls filtered, no switch that says otherwise', () =>
    pageInSandbox(tree),
  )
  await desktop.quit()

  await check('every promised file type belongs to the app', async () => {
    const wrong = []
    for (const end of ['pem', 'crt', 'cer', 'der', 'csr', 'p10', 'p7b', 'p12', 'pfx', 'jks', 'crl']) {
      const asked = `xdg-mime query default "$(xdg-mime query filetype client.${end})"`
      const { stdout } = await tree.sh(`cp -n client.pem client.${end}; ${asked}`, as)
      if (stdout.trim() !== 'countersign.desktop') wrong.push(`.${end}: ${stdout.trim() || 'nobody'}`)
    }
    assert.deepEqual(wrong, [])
  })

  // The user's own entry is the package's, and lets a screen reader in: without one, nothing can be read off the screen.
  const own = readFileSync(join(tree.root, entry), 'utf8').replace(' -- ', ' --force-renderer-accessibility -- ')
  tree.put('home/anna/.local/share/applications/countersign.desktop', own)
  await tree.sh('chown -R anna: /home/anna/.local')
  await check('a .pem opened by xdg-open starts the app in the inspector', async () => {
    tree.start(['xdg-open', 'client.pem'], as)
    await desktop.sees('Client certificate for client.example', 60_000)
    assert.ok((await desktop.readAloud()).includes('heading\tInspect'))
  })
  await tree.sh('rm -r /home/anna/.local/share/applications')
  await check('a .pem opened by xdg-open lands in the window that is there', async () => {
    const before = (await processes(tree)).filter(({ words }) => !words.includes('--type=')).length
    assert.equal((await tree.run(['xdg-open', 'other.pem'], as)).code, 0)
    await desktop.sees('Client certificate for other.example')
    const after = (await processes(tree)).filter(({ words }) => !words.includes('--type='))
    assert.deepEqual([before, after.length], [1, 1])
  })
  const app = '/opt/Countersign/countersign'
  await check('several files, a file: address and a path from another folder arrive together', async () => {
    const words = ['--', '../anna/client.pem', 'file:///home/anna/other.pem', 'third%20one.pem']
    assert.equal((await tree.run([app, ...words], { ...as, folder: '/home/anna' })).code, 0)
    await desktop.sees('3 objects in 3 files')
  })
  await check('five hundred files at once arrive', async () => {
    await tree.sh(
      'mkdir -p many; for i in $(seq 500); do ln -f client.pem "many/a-rather-long-name-of-a-certificate-$i.pem"; done',
      as,
    )
    const { code, stderr } = await tree.sh(`${app} -- many/*.pem`, { ...as, limitMs: 60_000 })
    assert.equal(code, 0, stderr)
    await desktop.sees('500 objects in 500 files', 60_000)
  })
  await check('a file with the name of a switch is a file', async () => {
    await tree.sh('cp client.pem ./--remote-debugging-port=9333', as)
    assert.equal((await tree.run([app, '--', '--remote-debugging-port=9333'], as)).code, 0)
    await desktop.sees('--remote-debugging-port=9333')
    assert.notEqual((await tree.sh('exec 3<>/dev/tcp/127.0.0.1/9333', as)).code, 0)
  })
  await desktop.quit()
  await check('a switch that it does not know is refused, and nothing starts', async () => {
    for (const word of ['--remote-debugging-port=9333', '--no-sandbox', '--gpu-launcher=/bin/true', '--inspect']) {
      const { code, stderr } = await tree.run([app, word], { ...as, limitMs: 20_000 })
      assert.equal(code, 2, `${word}: ended with ${code}`)
      assert.match(stderr, /countersign: unknown: --/)
    }
    assert.deepEqual(await processes(tree), [])
  })
}
