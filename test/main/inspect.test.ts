import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createKeptFiles } from '../../electron/kept-files.ts'
import { ok, refuse } from '../../shared/result.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const lockedKey = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'key words' },
})

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
const inspectText = (text: string) => desk.call('inspect', { from: 'text', text })

describe('inspecting', () => {
  it('tells which of my identities an object belongs to', async () => {
    const identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
    const { inspection } = value(await inspectText(`${identity.requestPem}\n${lockedKey.publicKey}`))
    expect(inspection?.objects.map(({ kind }) => kind)).toEqual(['request', 'public-key'])
    expect(inspection?.mine).toEqual([{ object: '0', identity: identity.handle, name: 'Acme sandbox' }])
  })

  it('reads a folder, and tells what it left out', async () => {
    const folder = join(desk.folder, 'pki')
    mkdirSync(folder)
    writeFileSync(join(folder, 'key.pub'), lockedKey.publicKey)
    writeFileSync(join(folder, 'void.pem'), '')
    const { inspection } = value(await desk.call('inspect', { from: 'paths', paths: [folder] }))
    expect(inspection?.objects.map(({ file }) => file)).toEqual(['pki/key.pub'])
    expect(inspection?.leftOut).toMatchObject([{ file: 'pki/void.pem', code: 'file.empty' }])
  })

  it('reads the clipboard, and says when there is no text on it', async () => {
    desk.outside.copied = lockedKey.publicKey
    const { inspection } = value(await desk.call('inspect', { from: 'clipboard' }))
    expect(inspection?.objects).toMatchObject([{ file: '-', kind: 'public-key' }])
    desk.outside.copied = ' \n'
    const empty = value(await desk.call('inspect', { from: 'clipboard' }))
    expect(empty.inspection).toMatchObject({ objects: [], leftOut: [{ code: 'file.empty' }] })
  })

  it('answers nothing when the dialog is closed', async () => {
    expect(await desk.call('inspect', { from: 'choose' })).toEqual(ok({ inspection: null }))
  })

  it('names a file that is gone among what was left out', async () => {
    const { inspection } = value(await desk.call('inspect', { from: 'paths', paths: [join(desk.folder, 'gone.pem')] }))
    expect(inspection?.leftOut).toMatchObject([{ file: 'gone.pem', code: 'file.not-found' }])
  })
})

describe('a locked object', () => {
  it('opens with its passphrase, after wrong ones, and never shows the key', async () => {
    const { inspection } = value(await inspectText(lockedKey.privateKey))
    expect(inspection?.objects).toMatchObject([{ kind: 'private-key', problem: { code: 'key.passphrase-needed' } }])
    const unlock = inspection?.unlock ?? ''
    for (const passphrase of ['', 'no', 'key word']) {
      expect(codeOf(await desk.call('inspect', { from: 'unlock', unlock, passphrase }))).toBe('key.passphrase-wrong')
    }
    const opened = value(await desk.call('inspect', { from: 'unlock', unlock, passphrase: 'key words' }))
    expect(opened.inspection?.objects).toMatchObject([{ problem: null, facts: { keyAlgorithm: 'EC' } }])
    expect(opened.inspection?.unlock).toBeUndefined()
    expect(JSON.stringify(opened)).not.toContain('PRIVATE KEY-----')
  })

  it('cannot be opened with a token that nobody gave', async () => {
    const answer = await desk.call('inspect', { from: 'unlock', unlock: 'f'.repeat(24), passphrase: 'key words' })
    expect(answer).toEqual(refuse({ code: 'file.not-kept' }))
  })

  it('keeps what was opened open while the next one is tried', async () => {
    const other = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'other words' },
    })
    const { inspection } = value(await inspectText(`${lockedKey.privateKey}${other.privateKey}`))
    const first = value(
      await desk.call('inspect', { from: 'unlock', unlock: inspection?.unlock ?? '', passphrase: 'key words' }),
    )
    const second = value(
      await desk.call('inspect', { from: 'unlock', unlock: first.inspection?.unlock ?? '', passphrase: 'other words' }),
    )
    expect(second.inspection?.objects.map(({ problem }) => problem)).toEqual([null, null])
  })
})

describe('files kept for their passphrase', () => {
  const inspection = (byte: number) => ({
    files: [{ file: 'a', bytes: new Uint8Array([byte]) }],
    leftOut: [],
    locked: ['0'],
    passphrases: [],
  })

  it('are zeroed and forgotten after a quarter of an hour', () => {
    let now = 0
    const kept = createKeptFiles(() => now)
    const held = inspection(7)
    const token = kept.keep(held)
    now = 14 * 60_000
    expect(kept.find(token)).toBeDefined()
    now = 16 * 60_000
    expect(kept.find(token)).toBeUndefined()
    expect([...held.files[0]!.bytes]).toEqual([0])
  })

  it('are the last four inspections, no more', () => {
    const kept = createKeptFiles()
    const tokens = [1, 2, 3, 4, 5].map((byte) => kept.keep(inspection(byte)))
    expect(tokens.map((token) => kept.find(token) !== undefined)).toEqual([false, true, true, true, true])
  })
})
