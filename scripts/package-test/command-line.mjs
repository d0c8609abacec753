// @ts-check
// `countersign` as the package puts it on the path: no Node, no display.

import assert from 'node:assert/strict'

/**
 * @param {import('./clean-tree.mjs').CleanTree} tree @param {import('./checks.mjs').Checks} checks
 * @param {{ user: string, number: string }} who
 */
export async function tryCommandLine(tree, { check }, { user, number }) {
  const as = { as: user }
  const bare = /^$/
  await check('countersign --version answers on the path, without Node and without a display', async () => {
    assert.notEqual((await tree.sh('command -v node')).code, 0)
    const { code, stdout, stderr } = await tree.run(['countersign', '--version'], as)
    assert.deepEqual([code, stdout], [0, `${number}\n`])
    assert.match(stderr, bare)
  })
  await check('countersign inspect reads a file, standard input, and says what is wrong by its exit code', async () => {
    const shown = await tree.run(['countersign', 'inspect', 'client.pem'], as)
    assert.equal(shown.code, 0, shown.stderr)
    assert.match(shown.stdout, /CN=client\.example/)
    const piped = await tree.sh('countersign inspect - --json < client.pem', as)
    assert.equal(JSON.parse(piped.stdout)[0].kind, 'certificate')
    assert.equal((await tree.run(['countersign', 'inspect', 'absent.pem'], as)).code, 1)
    assert.equal((await tree.run(['countersign', 'nonsense'], as)).code, 2)
  })
  await check('a switch of Chromium is a word of the command line, and no switch', async () => {
    for (const word of ['--no-sandbox', '--remote-debugging-port=9333', '--type=renderer', '--version']) {
      const { code, stderr } = await tree.run(['countersign', 'inspect', word, 'client.pem'], as)
      assert.equal(code, 2, `${word}: ${stderr}`)
      assert.match(stderr, /^countersign: /)
    }
  })
  await check('a passphrase is asked for on a terminal, and not shown', async () => {
    const { stdout } = await tree.sh(
      "printf 'open sesame\\n' | timeout 20 script -qec 'countersign inspect locked.key' /dev/null",
      as,
    )
    assert.match(stdout, /passphrase/i)
    assert.doesNotMatch(stdout.replace(/^open sesame\r?\n/, ''), /open sesame/)
    assert.match(stdout, /EC prime256v1/)
  })
  await check('a result that cannot be written is no success', async () => {
    const { code, stderr } = await tree.sh('countersign inspect client.pem > /dev/full', as)
    assert.deepEqual([code, /could not be written/.test(stderr)], [1, true])
  })
  await check('it runs for whoever has no home, and leaves nothing', async () => {
    for (const home of ['HOME=/nonexistent', 'HOME=/', 'HOME=']) {
      const words = ['runuser', '-u', 'nobody', '--', 'env', home, 'countersign', '--version']
      const { code, stdout, stderr } = await tree.run(words)
      assert.deepEqual([code, stdout, stderr], [0, `${number}\n`, ''], home)
    }
    assert.equal((await tree.sh('ls -d /tmp/tmp.* || true')).stdout, '')
  })
  await check('Ctrl-C ends what runs on', async () => {
    const { code, stdout } = await tree.sh(
      'countersign practice --provider truv --environment sandbox --port 18443 --out practice/ & ' +
        'for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/18443) 2>/dev/null && break; sleep 0.1; done; kill -INT $!; wait $!; echo "ended $?"',
      as,
    )
    assert.equal(code, 0)
    assert.match(stdout, /ended 0/)
  })
  await check('root may use it too, with the sandbox on', async () => {
    const { code, stdout, stderr } = await tree.run(['countersign', 'inspect', `/home/${user}/client.pem`])
    assert.equal(code, 0, stderr)
    assert.match(stdout, /CN=client\.example/)
  })
  await check('the man page and --help say the same', async () => {
    const { stdout } = await tree.sh('zcat /usr/share/man/man1/countersign.1.gz')
    assert.match(stdout, /\.SS inspect/)
  })
}
