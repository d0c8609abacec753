import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { outNames } from '../../electron/handlers/conversion/out-names.ts'
import { ungoverned } from '../../electron/policy/load-policy.ts'
import type { ConversionWish } from '../../shared/calls/conversion.ts'
import { readKeystore } from '../../shared/pki/jks.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

const root = issue({ subject: ['CN=Root'], isCa: true })
const leaf = issue({ subject: ['CN=client'], issuer: root })
const bytes = (text: string) => new TextEncoder().encode(text)
const usual: ConversionWish = { to: 'pem', readers: 'modern', keys: 'protect', together: false }

let desk: TestDesk
let folder: string
let locked: string
beforeEach(async () => {
  desk = openTestDesk()
  folder = join(desk.folder, 'out')
  mkdirSync(folder)
  locked = await sealPkcs8(pemBlocks(leaf.keyPem)[0]!.der, 'open me')
})

async function drop(...files: [name: string, text: string][]) {
  const given = files.map(([name, text]) => ({ name, bytes: bytes(text) }))
  const source = { from: 'contents' as const, files: given }
  return value(await desk.call('startInspection', { work: 'drop', source })).inspection!.inspection
}
const dropped = () =>
  drop(['client.crt', leaf.pem], ['client.key', leaf.keyPem], ['ca.crt', root.pem], ['notes.txt', 'nothing here'])
const preview = async (inspection: string, wish: Partial<ConversionWish> = {}) =>
  value(await desk.call('previewConversion', { work: 'look', inspection, wish: { ...usual, ...wish } })).rows
const convert = (inspection: string, wish: Partial<ConversionWish>, passphrase: string | null = 'new words') => {
  desk.outside.folder = folder
  return desk.call('convertFiles', { work: 'convert', inspection, wish: { ...usual, ...wish }, passphrase })
}
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
const text = (name: string) => readFileSync(join(folder, name), 'utf8')
const modeOf = (name: string) => statSync(join(folder, name)).mode & 0o777

describe('what would become of dropped files', () => {
  it('is told for each of them, with why not', async () => {
    const rows = await preview(await dropped())
    expect(rows.map(({ file, state, becomes, holds, secret }) => [file, state, becomes, holds, secret])).toEqual([
      ['client.crt', 'ready', 'client.pem', 'a certificate', false],
      ['client.key', 'ready', 'client.key', 'a private key', true],
      ['ca.crt', 'ready', 'ca.pem', 'a certificate', false],
      ['notes.txt', 'refused', '', '', false],
    ])
    expect(rows[3]).toMatchObject({ code: expect.stringMatching(/^file\./), title: expect.stringMatching(/\S/) })
    expect(readdirSync(folder)).toEqual([])
  })

  it('holds no key and no passphrase, whatever the form', async () => {
    const inspection = await drop(['client.crt', leaf.pem], ['client.key', leaf.keyPem])
    const secret = pemBlocks(leaf.keyPem)[0]!.der
    for (const to of ['pem', 'der', 'p12', 'jks', 'pkcs8', 'sec1'] as const) {
      const told = JSON.stringify(await preview(inspection, { to, keys: 'open' }))
      expect(told).not.toContain('PRIVATE KEY')
      expect(told).not.toContain(Buffer.from(secret).toString('base64').slice(8, 40))
    }
  })

  it('says of a bundle that its key takes certificate and chain from the other files', async () => {
    const rows = await preview(await dropped(), { to: 'p12' })
    expect(rows.map(({ file, state, holds }) => [file, state, holds]).slice(0, 2)).toEqual([
      ['client.crt', 'refused', ''],
      ['client.key', 'ready', 'a private key, 2 certificates'],
    ])
    expect(rows[0]?.next).toContain('the key that they belong to')
  })

  it('waits for the passphrase of what is locked', async () => {
    const inspection = await drop(['client.crt', leaf.pem], ['client.key', locked])
    expect((await preview(inspection, { to: 'p12' }))[1]).toMatchObject({
      state: 'locked',
      code: 'key.passphrase-needed',
    })
    const source = { from: 'unlock' as const, unlock: inspection, passphrase: 'open me' }
    value(await desk.call('startInspection', { work: 'unlock', source }))
    expect((await preview(inspection, { to: 'p12' }))[1]).toMatchObject({ state: 'ready', becomes: 'client.p12' })
  })

  it('is broken off when it is no longer wanted', async () => {
    const inspection = await dropped()
    const asked = desk.call('previewConversion', { work: 'look', inspection, wish: usual })
    await desk.call('cancelWork', { work: 'look' })
    expect(codeOf(await asked)).toBe('app.cancelled')
  })
})

describe('converting what was dropped', () => {
  it('writes keys protected and for their owner alone, the rest as it is', async () => {
    const done = value(await convert(await dropped(), {}))
    expect(done).toMatchObject({ folder, refused: 1, stopped: false })
    expect(readdirSync(folder).sort()).toEqual(['ca.pem', 'client.key', 'client.pem'])
    expect([modeOf('client.pem'), modeOf('client.key')]).toEqual([0o644, 0o600])
    expect(text('client.key')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    const opened = createPrivateKey({ key: text('client.key'), passphrase: 'new words' })
    expect(new X509Certificate(text('client.pem')).checkPrivateKey(opened)).toBe(true)
  })

  it('makes a bundle of a locked key and the certificates beside it', async () => {
    const inspection = await drop(['client.crt', leaf.pem], ['client.key', locked], ['ca.crt', root.pem])
    const source = { from: 'unlock' as const, unlock: inspection, passphrase: 'open me' }
    value(await desk.call('startInspection', { work: 'unlock', source }))
    value(await convert(inspection, { to: 'p12' }))
    expect(readdirSync(folder)).toEqual(['client.p12'])
    const { keys, certificates } = value(await openPkcs12(read('client.p12'), 'new words'))
    expect([keys.length, certificates.length, modeOf('client.p12')]).toEqual([1, 2, 0o600])
    value(await convert(inspection, { to: 'jks' }))
    expect(readKeystore(read('client.jks'))?.entries[0]).toMatchObject({ kind: 'key', certificates: [{}, {}] })
  })

  it('joins many into one where the form holds many', async () => {
    const inspection = await dropped()
    expect(value(await convert(inspection, { keys: 'leave-out', together: true }, null)).written).toHaveLength(1)
    expect(pemBlocks(text('all.pem'))).toHaveLength(2)
    value(await convert(inspection, { to: 'truststore', together: true }))
    const opened = value(await openPkcs12(read('all.truststore.p12'), 'new words'))
    expect([opened.certificates.length, opened.keys.length]).toEqual([2, 0])
  })

  it('leaves a key in the clear only where that was said, and keys where they are where that was said', async () => {
    const inspection = await dropped()
    expect(codeOf(await convert(inspection, {}, null))).toBe('convert.key-exposed')
    expect(codeOf(await convert(inspection, { to: 'p12' }, null))).toBe('convert.key-exposed')
    expect(readdirSync(folder)).toEqual([])
    value(await convert(inspection, { to: 'pkcs8', keys: 'open' }, null))
    expect([text('client.key').includes('BEGIN PRIVATE KEY'), modeOf('client.key')]).toEqual([true, 0o600])
    value(await convert(inspection, { to: 'der', keys: 'leave-out' }, null))
    expect(readdirSync(folder).sort()).toEqual(['ca.der', 'client.der', 'client.key'])
    expect(outNames([{ file: 'a.crt' }, { file: 'a.key', keyAlone: true }], 'pem')).toEqual(['a.pem', 'a.key'])
  })

  it('obeys a policy that lets keys leave only under a passphrase, and one of some length', async () => {
    const rules = { export: { unprotectedKeys: false as const }, passphrase: { minimum: 12 } }
    desk = openTestDesk({ policy: { ...ungoverned(), state: 'good', policy: rules } })
    const inspection = await dropped()
    expect(codeOf(await convert(inspection, { keys: 'open' }, null))).toBe('policy.key-unprotected')
    expect(codeOf(await convert(inspection, { to: 'p12' }, 'short one'))).toBe('policy.passphrase-short')
    expect(readdirSync(folder)).toEqual([])
    expect(value(await convert(inspection, { keys: 'leave-out' }, null)).written).toHaveLength(2)
  })

  it('replaces nothing without consent', async () => {
    writeFileSync(join(folder, 'ca.pem'), 'mine')
    const inspection = await dropped()
    expect(value(await convert(inspection, {}))).toMatchObject({ written: [], stopped: true })
    expect([desk.outside.asked.at(-1), readdirSync(folder), text('ca.pem')]).toEqual(['replace 1', ['ca.pem'], 'mine'])
    desk.outside.mayReplace = true
    expect(value(await convert(inspection, {})).written).toHaveLength(3)
    expect(text('ca.pem')).toContain('BEGIN CERTIFICATE')
  })

  it('tells how far it is, and writes nothing when it is broken off before', async () => {
    const inspection = await dropped()
    const asked = convert(inspection, { to: 'p12' })
    for (let i = 0; i < 200 && !desk.outside.news.some(({ kind }) => kind === 'work'); i++)
      await new Promise(setImmediate)
    await desk.call('cancelWork', { work: 'convert' })
    expect(codeOf(await asked)).toBe('app.cancelled')
    expect(readdirSync(folder)).toEqual([])
    expect(desk.outside.news.filter((news) => news.kind === 'work').length).toBeGreaterThan(0)
  })

  it('does nothing when the dialog is closed, and knows what is no longer kept', async () => {
    const inspection = await dropped()
    const wish = { ...usual }
    desk.outside.folder = null
    const closed = await desk.call('convertFiles', { work: 'convert', inspection, wish, passphrase: 'new words' })
    expect(value(closed)).toEqual({ folder: null, written: [], refused: 0, stopped: false })
    value(await desk.call('closeInspection', { inspection }))
    expect(codeOf(await convert(inspection, {}))).toBe('file.not-kept')
  })
})

describe('names of converted files', () => {
  it.each<[string[], string[]]>([
    [
      ['a/client.crt', 'b/client.pem', 'CLIENT.cer'],
      ['client.p12', 'client-2.p12', 'CLIENT-3.p12'],
    ],
    [
      ['-', 'archive.tar', 'no-ending'],
      ['pasted.p12', 'archive.p12', 'no-ending.p12'],
    ],
    [
      ['..\\..\\evil.crt', '../../etc/passwd', '..', 'a:b\u0000.crt'],
      ['evil.p12', 'passwd.p12', 'file.p12', 'a-b-.p12'],
    ],
  ])('of %j are %j', (files, names) => {
    expect(
      outNames(
        files.map((file) => ({ file })),
        'p12',
      ),
    ).toEqual(names)
  })
})
