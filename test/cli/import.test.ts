import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ImportOut } from '../../electron/cli/output-import.ts'
import { countersign } from '../support/cli.ts'
import { verifyKeyPair } from '../support/key-pair.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const passphrase = 'correct horse battery'
let desk: TestDesk
let folder: string

beforeAll(async () => {
  desk = openTestDesk()
  value(await desk.call('setVaultPassphrase', { passphrase }))
  folder = join(desk.folder, 'files')
  mkdirSync(join(folder, 'old'), { recursive: true })
  writeFileSync(join(folder, 'vault.txt'), `${passphrase}\n`)
  writeFileSync(join(folder, 'keys.txt'), 'open me\n')
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: join(folder, 'old'), stdio: 'pipe' })
  const key = ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
  openssl(...key, '-out', 'a.key')
  openssl('req', '-x509', '-key', 'a.key', '-subj', '/CN=api.acme.payrails.io', '-days', '20', '-out', 'a.crt')
  openssl(...key, '-aes256', '-pass', 'pass:open me', '-out', 'b.key')
})

const run = (...more: string[]) =>
  countersign(['import', 'old', '--data', desk.folder, '--passphrase-file', 'vault.txt', ...more, '--json'], {
    cwd: folder,
  })
const names = async () => value(await desk.call('listIdentities', {})).identities.map(({ name }) => name)

describe('countersign import', () => {
  it('says what it would do, and does it when it is asked to', async () => {
    const tried = await run('--dry-run')
    expect(tried.code).toBe(0)
    expect(ImportOut.parse(tried.json())).toMatchObject({
      imported: [{ name: 'api.acme.payrails.io', provider: 'payrails', environment: 'live', unprotected: true }],
      locked: ['old/b.key'],
    })
    expect(await names()).toEqual([])

    const done = await run('--key-passphrase-file', 'keys.txt')
    expect(done.json()).toMatchObject({ imported: [{ files: ['old/a.key', 'old/a.crt'] }, { name: 'b' }], locked: [] })
    expect(done.out + done.err).not.toMatch(/PRIVATE KEY|open me/)
    // What another process wrote is there by itself.
    expect((await names()).sort()).toEqual(['api.acme.payrails.io', 'b'])
    const { identities } = value(await desk.call('listIdentities', {}))
    const { handle } = identities.find(({ name }) => name !== 'b')!
    const { certificatePem } = value(await desk.call('readIdentity', { identity: handle }))
    const sealed = value(await desk.means.vault.identities.secret(handle, 'privateKey'))
    expect(verifyKeyPair(sealed!, certificatePem!)).toBe(true)

    const again = await run('--key-passphrase-file', 'keys.txt')
    expect([again.code, again.json()]).toMatchObject([1, { imported: [], known: [{ as: 'api.acme.payrails.io' }, {}] }])
  })

  it.each<[string, string[], string]>([
    ['a file that is not there', ['nowhere'], 'file.not-found'],
    ['an environment without its provider', ['old', '--environment', 'live'], 'cli.usage'],
    ['nothing', [], 'cli.usage'],
  ])('refuses %s', async (_, args, code) => {
    const ran = await countersign(['import', ...args, '--data', desk.folder, '--json'], { cwd: folder })
    expect(ran.json()).toMatchObject({ problem: { code } })
  })
})
