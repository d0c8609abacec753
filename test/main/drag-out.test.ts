import { X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createDragFolder } from '../../electron/drag/drag-folder.ts'
import type { DragWhat } from '../../shared/calls/drag.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'
import { issue } from '../support/throwaway-pki.ts'

let desk: TestDesk
let identity: IdentityDetail
let saved: string

beforeEach(async () => {
  desk = openTestDesk()
  saved = join(desk.folder, 'saved')
  mkdirSync(saved)
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
})

async function bringHome() {
  const provider = await openTestProvider(desk.outside.now)
  const text = (await provider.sign(identity.requestPem, { days: 365, at: desk.outside.now })) + provider.caPem
  value(await desk.call('attachCertificate', { source: { from: 'text', text }, despite: [] }))
}
const drag = (what: DragWhat) => desk.call('dragOut', what)
const ofIdentity = (what: 'certificate' | 'chain' | 'request' | 'bundle') => drag({ what, identity: identity.handle })
const last = () => desk.outside.dragged.at(-1)!
const modeOf = (path: string) => statSync(path).mode & 0o777

async function inspected(...files: [name: string, text: string][]) {
  const given = files.map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }))
  const source = { from: 'contents' as const, files: given }
  return value(await desk.call('startInspection', { work: 'drop', source })).inspection!
}

describe('dragging out of the window', () => {
  it('hands the system a file of the request and of the certificate, in a folder of its own', async () => {
    value(await ofIdentity('request'))
    expect([basename(last()), readFileSync(last(), 'utf8')]).toEqual(['acme-sandbox.csr', identity.requestPem])
    expect(codeOf(await ofIdentity('certificate'))).toBe('export.no-certificate')
    await bringHome()
    value(await ofIdentity('certificate'))
    expect(new X509Certificate(readFileSync(last())).ca).toBe(false)
    expect([modeOf(last()), modeOf(dirname(last())), modeOf(dirname(dirname(last())))]).toEqual([0o600, 0o700, 0o700])
    value(await ofIdentity('chain'))
    expect(basename(last())).toBe('acme-sandbox.chain.crt')
    expect(JSON.stringify(await ofIdentity('request'))).toBe('{"ok":true,"value":{}}')
  })

  it('hands out the encrypted bundle that was exported, and no key before', async () => {
    await bringHome()
    expect(codeOf(await ofIdentity('bundle'))).toBe('drag.bundle-gone')
    desk.outside.folder = saved
    const exported = (receiver: 'java' | 'openssl' | 'kubernetes', passphrase: string | null) =>
      desk.call('exportFor', { identity: identity.handle, receiver, passphrase })
    expect(value(await exported('openssl', null)).bundle).toBeNull()
    expect(value(await exported('kubernetes', null)).bundle).toBeNull()
    expect(codeOf(await ofIdentity('bundle'))).toBe('drag.bundle-gone')
    expect(value(await exported('java', 'Correct-Horse-7')).bundle).toBe('acme-sandbox.p12')
    value(await ofIdentity('bundle'))
    expect(last()).toBe(join(saved, 'acme-sandbox.p12'))
    const bytes = new Uint8Array(readFileSync(last()))
    expect([(await openPkcs12(bytes, '')).ok, (await openPkcs12(bytes, 'Correct-Horse-7')).ok]).toEqual([false, true])
    rmSync(last())
    expect(codeOf(await ofIdentity('bundle'))).toBe('drag.bundle-gone')
  })

  it('hands out public objects of the inspector, byte for byte, and nothing that may hold a key', async () => {
    const leaf = issue({ subject: ['CN=client'] })
    const { inspection, rows } = await inspected(['client.crt', leaf.pem], ['client.key', leaf.keyPem])
    const object = (kind: string, format: 'pem' | 'der' = 'pem') =>
      drag({ what: 'object', inspection, object: rows.find((row) => row.kind === kind)!.id, format })
    value(await object('certificate', 'der'))
    expect([basename(last()), new Uint8Array(readFileSync(last()))]).toEqual(['client.cer', new Uint8Array(leaf.der)])
    const before = desk.outside.dragged.length
    expect(codeOf(await object('private-key'))).toBe('drag.holds-key')
    expect(codeOf(await object('private-key', 'der'))).toBe('drag.holds-key')
    expect(desk.outside.dragged).toHaveLength(before)
    const text = readdirSync(join(desk.folder, 'dragged'), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
      .join('')
    expect(text).not.toContain(Buffer.from(pemBlocks(leaf.keyPem)[0]!.der).toString('latin1').slice(0, 60))
  })
})

describe('the folder for dragging', () => {
  it('keeps the last twenty files, and none once it is cleared', async () => {
    const folder = join(desk.folder, 'other')
    const drags = createDragFolder(folder)
    for (let i = 0; i < 25; i++) await drags.put('acme.crt', `${i}`)
    expect(readdirSync(folder)).toHaveLength(20)
    expect(readFileSync(await drags.put('acme.crt', 'newest'), 'utf8')).toBe('newest')
    // As after a crash: somebody else made what is in it.
    await createDragFolder(folder).clear()
    expect(readdirSync(folder)).toEqual([])
    await createDragFolder(join(desk.folder, 'never')).clear()
  })
})
