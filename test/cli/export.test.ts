import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExportOut, ReceiversOut } from '../../electron/cli/output-export.ts'
import { fits } from '../../shared/handover/passphrases.ts'
import { receivers } from '../../shared/handover/receivers.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { countersign, shell } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

let folder: string
const root = issue({ subject: ['CN=Root'], isCa: true })
const leaf = issue({ subject: ['CN=Acme live'], issuer: root })

beforeAll(() => {
  folder = scratchFolder()
  writeFileSync(join(folder, 'acme.crt'), leaf.pem)
  writeFileSync(join(folder, 'acme.key'), leaf.keyPem)
  writeFileSync(join(folder, 'root.crt'), root.pem)
  writeFileSync(join(folder, 'good.txt'), 'Correct-Horse-7\n')
  writeFileSync(join(folder, 'short.txt'), 'abc\n')
  mkdirSync(join(folder, 'there'))
  writeFileSync(join(folder, 'there', 'acme-live.p12'), 'mine')
})
afterAll(closeAll)

const files = ['--cert', 'acme.crt', '--key', 'acme.key', '--chain', 'root.crt']
const run = (id: string, ...more: string[]) =>
  countersign(['export', '--for', id, ...files, ...more, '--json'], { cwd: folder })
const modeOf = (file: string) => statSync(join(folder, file)).mode & 0o777

describe('countersign export', () => {
  it('lists every receiver with what it takes', async () => {
    const listed = await countersign(['export', '--receivers', '--json'], { cwd: folder })
    expect(ReceiversOut.parse(listed.json()).map(({ id }) => id)).toEqual(receivers.map(({ id }) => id))
  })

  it('makes a passphrase that the receiver takes, into a file for its owner alone and nowhere else', async () => {
    const ran = await run('windows', '--passphrase-to', 'pfx/pass.txt', '--out', 'pfx')
    expect(ran.code).toBe(0)
    const out = ExportOut.parse(ran.json())
    expect(out).toMatchObject({ passphrase: 'made', keyInTheClear: false, files: [{ file: 'pfx/acme-live.pfx' }] })
    expect([modeOf('pfx/acme-live.pfx'), modeOf('pfx/pass.txt')]).toEqual([0o600, 0o600])
    const passphrase = readFileSync(join(folder, 'pfx/pass.txt'), 'utf8').trimEnd()
    expect(fits(receivers.find(({ id }) => id === 'windows')!.rule, passphrase)).toBe(true)
    const bytes = new Uint8Array(readFileSync(join(folder, 'pfx/acme-live.pfx')))
    expect((await openPkcs12(bytes, passphrase)).ok).toBe(true)
    expect(ran.out + ran.err).not.toContain(passphrase)
    expect(ran.out + ran.err).not.toContain('PRIVATE KEY')
  })

  it('shows a passphrase that is made once on a terminal, and in nothing that is written', async () => {
    // util-linux's `script` gives it a terminal of its own.
    const ran = await shell(
      `script -qec 'countersign export --for colleague ${files.join(' ')} --out seen' /dev/null`,
      folder,
    )
    const shown = [...ran.out.matchAll(/shown this once: ((?:\w{6}-){3}\w{6})/g)].map(([, passphrase]) => passphrase!)
    expect(shown).toHaveLength(1)
    expect(ran.out.split(shown[0]!)).toHaveLength(2)
    const bytes = new Uint8Array(readFileSync(join(folder, 'seen/acme-live.p12')))
    expect((await openPkcs12(bytes, shown[0]!)).ok).toBe(true)
    expect(readdirSync(join(folder, 'seen'))).toEqual(['acme-live.p12'])
    expect(ran.out).toMatch(/opens in +OpenSSL 3\.0 to 3\.3/)
    expect(ran.out).toContain('macOS Keychain *')
  })

  it('protects by a passphrase that is given, and says who opens the files', async () => {
    const ran = await run('openssl', '--passphrase-out-file', 'good.txt', '--out', 'pem', '--server-ca', 'root.crt')
    const out = ran.json() as { opens: { rows: { who: string; opens: string; measured: string | null }[] }[] }
    expect(out.opens[0]!.rows.find(({ who }) => who === 'Go')).toMatchObject({
      opens: 'no',
      measured: expect.stringContaining('Go 1'),
    })
    expect(readFileSync(join(folder, 'pem/acme-live.key'), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(readdirSync(join(folder, 'pem'))).toEqual(['acme-live.crt', 'acme-live.key', 'acme-live.server-ca.pem'])
    expect([modeOf('pem/acme-live.key'), modeOf('pem/acme-live.crt')]).toEqual([0o600, 0o644])
  })

  it('writes a key in the clear only where that was said, and warns', async () => {
    const ran = await run('kubernetes', '--key-unencrypted', '--out', 'cluster')
    expect(ran.json()).toMatchObject({ keyInTheClear: true, passphrase: null })
    expect(ran.err).toContain('in the clear')
    expect(modeOf('cluster/acme-live.secret.yaml')).toBe(0o600)
  })

  it('hands the certificate alone to who takes no key', async () => {
    const ran = await countersign(['export', '--for', 'nuapay', '--cert', 'acme.crt', '--out', 'nuapay'], {
      cwd: folder,
    })
    expect([ran.code, ran.out.includes('acme-live.nuapay.json')]).toEqual([0, true])
  })

  it.each<[string, string, string[], string]>([
    ['a passphrase too short', 'java', ['--passphrase-out-file', 'short.txt'], 'handover.passphrase-unfit'],
    ['a key in the clear that nobody asked for', 'aws-acm', [], 'handover.key-exposed'],
    ['a made passphrase without a terminal', 'java', [], 'cli.usage'],
    ['two ways to protect', 'java', ['--key-unencrypted', '--passphrase-to', 'x'], 'cli.usage'],
    ['a bundle without a passphrase', 'java', ['--key-unencrypted'], 'cli.usage'],
    ['a receiver that is none', 'nobody', [], 'cli.usage'],
    ['files and an identity', 'java', ['--identity', 'Acme', '--passphrase-out-file', 'good.txt'], 'cli.usage'],
  ])('refuses %s, and writes nothing', async (_, id, more, code) => {
    const ran = await run(id, ...more, '--out', 'never')
    expect([ran.code === 0, ran.json()]).toMatchObject([false, { problem: { code } }])
    expect(existsSync(join(folder, 'never'))).toBe(false)
  })

  it('replaces nothing without being told to, and leaves no passphrase behind then', async () => {
    const ran = await run('java', '--passphrase-to', 'there/pass.txt', '--out', 'there')
    expect(ran.json()).toMatchObject({ problem: { code: 'file.exists' } })
    expect(readdirSync(join(folder, 'there'))).toEqual(['acme-live.p12'])
    expect(readFileSync(join(folder, 'there/acme-live.p12'), 'utf8')).toBe('mine')
  })
})
