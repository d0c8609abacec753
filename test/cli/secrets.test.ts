import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { countersign } from '../support/cli.ts'
import { filesBelow, foundIn, keyNeedles, passphraseNeedle } from '../support/secret-scan.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

const passphrase = 'Wandering-Otter-4711'
const phrase = passphraseNeedle(passphrase)
afterAll(closeAll)

describe.each(['rsa-2048', 'ec-p256', 'ed25519'])('the command line with a key of the kind %s', (key) => {
  it('prints neither the key nor a passphrase, and writes the key in the clear to its own file alone', async () => {
    const cwd = scratchFolder()
    writeFileSync(join(cwd, 'pass.txt'), `${passphrase}\n`)
    let said = ''
    const run = async (...args: string[]) => {
      const { code, out, err } = await countersign(args, { cwd })
      said += out + err
      return code
    }
    const request = ['request', '--provider', 'other', '--environment', 'test', '--set', 'CN=cli.example.com']
    const named = [...request, '--key', key, '--name', 'made', '--json']
    expect(await run(...named, '--out', 'open')).toBe(0)
    expect(await run(...named, '--out', 'locked', '--passphrase-file', 'pass.txt')).toBe(0)
    const pem = readFileSync(join(cwd, 'open/made.key'), 'utf8')
    const keys = keyNeedles(pemBlocks(pem)[0]!.der)
    const own = ['--key', 'open/made.key', '--request', 'open/made.csr', '--days', '30', '--out', 'own']
    expect(await run('self-sign', ...own, '--json'), said).toBe(0)
    const pair = ['--cert', 'own/made.crt', '--key', 'open/made.key']
    const bundle = ['--passphrase-file', 'pass.txt', '--out', 'own/made.p12', '--json']
    expect(await run('bundle', ...pair, ...bundle), said).toBe(0)
    const given = ['--passphrase-to', 'made.txt', '--out', 'given']
    expect(await run('export', '--for', 'colleague', ...pair, ...given), said).toBe(0)
    await run('inspect', '.', '--passphrase-file', 'pass.txt', '--json')
    await run('inspect', '.')
    await run('test', 'https://127.0.0.1:1/', ...pair, '--json')
    // Each in the other's place: the reasons must not quote what was in the file.
    await run('test', 'https://127.0.0.1:1/', '--cert', 'open/made.key', '--key', 'own/made.crt', '--json')
    await run('attach', '--key', 'own/made.crt', '--request', 'open/made.csr', 'open/made.key')

    const made = passphraseNeedle(readFileSync(join(cwd, 'made.txt'), 'utf8').trim())
    const needles = [...keys, phrase, made]
    expect(said).toContain('cli.example.com')
    expect(foundIn(Buffer.from(said), needles)).toEqual([])
    const holding = filesBelow(cwd).filter(({ content }) => foundIn(content, needles).length > 0)
    expect(holding.map(({ name }) => name).sort()).toEqual(['made.txt', 'open/made.key', 'pass.txt'])
  })
})
