import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Input } from '../../shared/contract.ts'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { ok, refuse } from '../../shared/result.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'

let desk: TestDesk
let identity: IdentityDetail
let folder: string

beforeEach(async () => {
  desk = openTestDesk()
  folder = join(desk.folder, 'out')
  mkdirSync(folder)
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
})

async function bringHome() {
  const { now } = desk.outside
  const provider = await openTestProvider(now)
  const text = (await provider.sign(identity.requestPem, { days: 365, at: now })) + provider.caPem
  value(await desk.call('attachCertificate', { source: { from: 'text', text }, despite: [] }))
}
const exportPem = (passphrase: string | null) =>
  desk.call('exportIdentity', { identity: identity.handle, as: { format: 'pem', passphrase } })
const exportBundle = (readers: 'modern' | 'older' = 'modern') =>
  desk.call('exportIdentity', {
    identity: identity.handle,
    as: { format: 'pkcs12', readers, passphrase: 'bundle words' },
  })
const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777

it('there is nothing to export before the certificate is home', async () => {
  expect(await exportPem(null)).toEqual(refuse({ code: 'export.no-certificate' }))
})

describe('as separate PEM files', () => {
  it('key, certificate and chain belong together; the key is for its owner alone', async () => {
    await bringHome()
    desk.outside.folder = folder
    const { saved } = value(await exportPem(null))
    expect(saved).toEqual(
      ['acme-sandbox.crt', 'acme-sandbox.key', 'acme-sandbox.chain.pem', 'acme-sandbox.server-ca.pem'].map((it) =>
        join(folder, it),
      ),
    )
    const [certificate, key, chain, serverCa] = saved.map((path) => readFileSync(path, 'utf8')) as [
      string,
      string,
      string,
      string,
    ]
    const leaf = new X509Certificate(certificate)
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
    expect(leaf.verify(new X509Certificate(chain).publicKey)).toBe(true)
    expect(new X509Certificate(serverCa).ca).toBe(true)
    expect([modeOf('acme-sandbox.key'), modeOf('acme-sandbox.crt')]).toEqual([0o600, 0o644])
    expect(value(await desk.call('readIdentity', { identity: identity.handle })).history.at(-1)).toMatchObject({
      what: 'exported',
      detail: 'acme-sandbox.crt, acme-sandbox.key, acme-sandbox.chain.pem, acme-sandbox.server-ca.pem',
    })
  })

  it('the key opens with its passphrase only', async () => {
    await bringHome()
    desk.outside.folder = folder
    value(await exportPem('key words'))
    const key = readFileSync(join(folder, 'acme-sandbox.key'), 'utf8')
    expect(key).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(() => createPrivateKey({ key, passphrase: 'other words' })).toThrow()
    expect(createPrivateKey({ key, passphrase: 'key words' }).asymmetricKeyType).toBe('ec')
  })

  it('existing files are replaced only with consent', async () => {
    await bringHome()
    desk.outside.folder = folder
    writeFileSync(join(folder, 'acme-sandbox.key'), 'the old key')
    expect(await exportPem(null)).toEqual(ok({ saved: [] }))
    expect(desk.outside.asked.at(-1)).toBe('replace 1')
    expect(readdirSync(folder)).toEqual(['acme-sandbox.key'])
    expect(readFileSync(join(folder, 'acme-sandbox.key'), 'utf8')).toBe('the old key')
    desk.outside.mayReplace = true
    expect(value(await exportPem(null)).saved).toHaveLength(4)
    expect([readFileSync(join(folder, 'acme-sandbox.key'), 'utf8'), modeOf('acme-sandbox.key')]).toEqual([
      expect.stringContaining('BEGIN PRIVATE KEY'),
      0o600,
    ])
  })
})

describe('as a bundle', () => {
  it.each(['modern', 'older'] as const)('for %s readers holds key, certificate and chain', async (readers) => {
    await bringHome()
    desk.outside.saveAs = join(folder, 'acme.p12')
    expect(await exportBundle(readers)).toEqual(ok({ saved: [join(folder, 'acme.p12')] }))
    expect(desk.outside.asked).toEqual(['acme-sandbox.p12'])
    const bytes = new Uint8Array(readFileSync(join(folder, 'acme.p12')))
    const opened = value(await openPkcs12(bytes, 'bundle words'))
    expect([opened.keys.length, opened.certificates.length, modeOf('acme.p12')]).toEqual([1, 2, 0o600])
    expect(opened.keys[0]?.friendlyName).toBe('Acme sandbox')
    expect(codeOf(await openPkcs12(bytes, 'other'))).toBe('key.passphrase-wrong')
  })

  it('is not written without a passphrase, nor when the dialog is closed', async () => {
    await bringHome()
    const as = { format: 'pkcs12', readers: 'modern', passphrase: '' } as const
    expect(codeOf(await desk.call('exportIdentity', { identity: identity.handle, as }))).toBe('app.input-invalid')
    expect(await exportBundle()).toEqual(ok({ saved: [] }))
    expect(readdirSync(folder)).toEqual([])
  })

  it('that cannot be written is refused by name', async () => {
    await bringHome()
    desk.outside.saveAs = join(folder, 'gone', 'acme.p12')
    expect(await exportBundle()).toEqual(refuse({ code: 'file.not-writable', name: 'acme.p12' }))
  })
})

it('nothing leaves a locked vault', async () => {
  await bringHome()
  value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
  value(await desk.call('lockVault', {}))
  desk.outside.folder = folder
  expect(codeOf(await exportPem(null))).toBe('vault.locked')
  expect(readdirSync(folder)).toEqual([])
})

it.each([
  ['Acme live', 'acme-live'],
  ['  Zürich / Größe: „x“  ', 'zurich-große-x'],
  ['../../etc/passwd', 'etc-passwd'],
  ['CON', 'identity-con'],
  ['🔑🔑', 'identity'],
  ['名前', '名前'],
  ['a'.repeat(200), 'a'.repeat(60)],
])('the file name for %j is %j', (name, file) => {
  expect(fileNameOf(name)).toBe(file)
})

describe('a snippet', () => {
  it('is written beside what belongs to it, and names the files of the export', async () => {
    await bringHome()
    desk.outside.folder = folder
    const { saved } = value(await desk.call('saveSnippet', { identity: identity.handle, for: 'bruno', locked: true }))
    expect(saved).toEqual([join(folder, 'call.bru'), join(folder, 'bruno.json')])
    expect(readFileSync(join(folder, 'bruno.json'), 'utf8')).toContain('acme-sandbox.crt')
    expect(readFileSync(join(folder, 'call.bru'), 'utf8')).toContain('{{process.env.ACCESS_KEY}}')
  })

  it('replaces nothing without consent', async () => {
    desk.outside.folder = folder
    writeFileSync(join(folder, 'call.sh'), 'mine')
    const call = () => desk.call('saveSnippet', { identity: identity.handle, for: 'curl', locked: false })
    expect(value(await call())).toEqual({ saved: [] })
    expect(readFileSync(join(folder, 'call.sh'), 'utf8')).toBe('mine')
    desk.outside.mayReplace = true
    expect(value(await call()).saved).toHaveLength(1)
    expect(readFileSync(join(folder, 'call.sh'), 'utf8')).toContain('curl')
  })
})

describe('for a named receiver', () => {
  const exportFor = (receiver: Input<'exportFor'>['receiver'], passphrase: string | null) =>
    desk.call('exportFor', { identity: identity.handle, receiver, passphrase })

  it('what Java loads is written, keys for their owner alone, and noted without a secret', async () => {
    await bringHome()
    desk.outside.folder = folder
    const { saved } = value(await exportFor('java', 'Correct-Horse-7'))
    expect(saved).toEqual([join(folder, 'acme-sandbox.p12'), join(folder, 'acme-sandbox.truststore.p12')])
    expect([modeOf('acme-sandbox.p12'), modeOf('acme-sandbox.truststore.p12')]).toEqual([0o600, 0o644])
    expect((await openPkcs12(new Uint8Array(readFileSync(saved[0]!)), 'Correct-Horse-7')).ok).toBe(true)
    const { history } = value(await desk.call('readIdentity', { identity: identity.handle }))
    expect(history.at(-1)).toMatchObject({ what: 'exported', detail: expect.stringContaining('for Java') })
    expect(JSON.stringify(history)).not.toContain('Correct-Horse')
  })

  it('a passphrase that it does not take is refused before anything is asked', async () => {
    await bringHome()
    for (const [receiver, passphrase] of [
      ['windows', 'x'.repeat(40)],
      ['java', 'short'],
      ['colleague', null],
      ['openssl', 'Zürich-Zürich'],
    ] as const) {
      expect(codeOf(await exportFor(receiver, passphrase)), receiver).toBe('handover.passphrase-unfit')
    }
    expect(desk.outside.asked).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  it('the body for Nuapay holds the certificate and never the key', async () => {
    await bringHome()
    desk.outside.folder = folder
    const { saved } = value(await exportFor('nuapay', null))
    const body = readFileSync(saved[0]!, 'utf8')
    expect(JSON.parse(body).mtlsCert).toContain('BEGIN CERTIFICATE')
    expect(body).not.toContain('PRIVATE KEY')
  })
})
