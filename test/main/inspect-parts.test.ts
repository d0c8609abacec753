import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { maxObjects } from '../../shared/pki/inspect.ts'
import { ok, refuse } from '../../shared/result.ts'
import { allParts, goOn } from '../support/inspect-all-parts.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

const kinds = join(import.meta.dirname, '..', 'fixtures', 'kinds')
const kind = (name: string) => join(kinds, name)
const chain = readFileSync(kind('chain.pem'), 'utf8')
const client = readFileSync(kind('client.crt'), 'utf8')

const lockedKey = (passphrase: string) =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase },
  }).privateKey

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
const text = (content: string) => ({ from: 'text' as const, text: content })
const start = async (content: string, work = 'w') =>
  value(await desk.call('startInspection', { work, source: text(content) })).inspection!

describe('a drop, part by part', () => {
  it('shows a small one at once, with what belongs together', async () => {
    const part = await start(chain)
    expect(part).toMatchObject({ done: true, total: 2, locked: [], leftOut: [] })
    expect(part.rows.map(({ id, kind: is, facts }) => [id, is, facts.subject])).toEqual([
      ['0', 'certificate', 'CN=client.example,O=Kinds Ltd,C=GB'],
      ['1', 'certificate', 'CN=Kinds CA,O=Kinds Ltd'],
    ])
    expect(part.relations).toEqual([{ kind: 'issued-by', a: '0', b: '1', verified: true }])
  })

  it('brings 1,700 objects in parts of at most 500, in their order, and tells progress', async () => {
    const files = client.repeat(1700)
    const first = await start(files)
    expect(first).toMatchObject({ done: false, total: 1700, relations: [] })
    expect(first.rows.length).toBeGreaterThan(0)
    expect(first.rows.length).toBeLessThanOrEqual(500)
    const all = await goOn(desk, first)
    expect(all.rows.map(({ id }) => id)).toEqual(Array.from({ length: 1700 }, (_, i) => `${i}`))
    expect(all.total).toBe(1700)
    expect(all.relations.length).toBeGreaterThan(0)
    expect(desk.outside.news).toContainEqual({
      kind: 'work',
      work: 'w',
      says: `${first.rows.length} of 1,700 objects`,
      elapsedMs: expect.any(Number),
    })
  })

  it('reads as many objects as a drop may hold, and says where it stopped', async () => {
    const request = readFileSync(kind('public-key.pem'), 'utf8')
    const folder = join(desk.folder, 'many')
    mkdirSync(folder)
    writeFileSync(join(folder, 'a.pem'), request.repeat(maxObjects + 1))
    writeFileSync(join(folder, 'b.pem'), client)
    const all = await allParts(desk, { from: 'paths', paths: [folder] })
    expect(all.rows).toHaveLength(maxObjects + 2)
    expect(all.rows.slice(-3).map(({ file, problem }) => [file, problem?.code])).toEqual([
      ['many/a.pem', undefined],
      ['many/a.pem', 'file.too-many-objects'],
      ['many/b.pem', 'file.too-many-objects'],
    ])
  }, 60_000)

  it('leaves out a file of 65 MiB, and reads the one beside it', async () => {
    const huge = join(desk.folder, 'huge.pem')
    writeFileSync(huge, new Uint8Array(65 * 1024 * 1024))
    const all = await allParts(desk, { from: 'paths', paths: [huge, kind('client.crt')] })
    expect(all.rows.map(({ file }) => file)).toEqual(['client.crt'])
    expect(all.leftOut).toMatchObject([{ file: 'huge.pem', code: 'file.too-large' }])
  })

  it('names a dropped content that is too large to be brought over', async () => {
    const files = [
      { name: 'huge.pem', bytes: new Uint8Array(0), size: 65 * 1024 * 1024 },
      { name: 'client.crt', bytes: new TextEncoder().encode(client) },
    ]
    const all = await allParts(desk, { from: 'contents', files })
    expect(all.rows.map(({ file }) => file)).toEqual(['client.crt'])
    expect(all.leftOut).toMatchObject([{ file: 'huge.pem', code: 'file.too-large' }])
  })

  it('reads a folder and the clipboard, and tells what it left out', async () => {
    const folder = join(desk.folder, 'pki')
    mkdirSync(folder)
    writeFileSync(join(folder, 'client.crt'), client)
    writeFileSync(join(folder, 'void.pem'), '')
    const gone = join(desk.folder, 'gone.pem')
    const found = await allParts(desk, { from: 'paths', paths: [folder, gone] })
    expect(found.rows.map(({ file }) => file)).toEqual(['pki/client.crt'])
    expect(found.leftOut).toMatchObject([
      { file: 'pki/void.pem', code: 'file.empty' },
      { file: 'gone.pem', code: 'file.not-found' },
    ])
    desk.outside.copied = client
    expect((await allParts(desk, { from: 'clipboard' })).rows).toMatchObject([{ file: '-', kind: 'certificate' }])
    desk.outside.copied = ' \n'
    const empty = await allParts(desk, { from: 'clipboard' })
    expect(empty).toMatchObject({ rows: [], done: true, leftOut: [{ code: 'file.empty' }] })
  })

  it('answers nothing when the dialog is closed', async () => {
    const answer = await desk.call('startInspection', { work: 'w', source: { from: 'choose' } })
    expect(answer).toEqual(ok({ inspection: null }))
  })

  it('ends where it was cancelled: what was read stays, and can be opened', async () => {
    const first = await start(client.repeat(3000), 'long')
    await desk.call('cancelWork', { work: 'long' })
    const last = value(await desk.call('moreRows', { inspection: first.inspection, from: first.rows.length }))
    expect(last).toMatchObject({ done: true, leftOut: [{ code: 'app.cancelled' }] })
    expect(last.total).toBeLessThanOrEqual(1000)
    expect(last.leftOut[0]!.file).toBe(`${(3000 - last.total).toLocaleString('en-GB')} more objects`)
    expect(last.relations.length).toBeGreaterThan(0)
    const opened = value(await desk.call('openObject', { inspection: first.inspection, object: `${last.total - 1}` }))
    expect(opened.object.facts.subject).toBe('CN=client.example,O=Kinds Ltd,C=GB')
  })

  it('keeps two drops apart that are read at once', async () => {
    const [one, other] = await Promise.all([
      allParts(desk, text(client.repeat(900)), 'one'),
      allParts(desk, text(chain.repeat(400)), 'other'),
    ])
    expect([one.rows.length, other.rows.length]).toEqual([900, 800])
    expect(one.inspection).not.toBe(other.inspection)
    const open = (part: typeof one, object: string) => desk.call('openObject', { inspection: part.inspection, object })
    expect(value(await open(other, '1')).object.facts.subject).toBe('CN=Kinds CA,O=Kinds Ltd')
    expect(value(await open(one, '1')).object.facts.subject).toBe('CN=client.example,O=Kinds Ltd,C=GB')
  })

  it('refuses whatever is asked about a drop that was closed, or displaced by newer ones', async () => {
    const { inspection } = await start(chain)
    await desk.call('closeInspection', { inspection })
    const older = await start(chain)
    for (let n = 0; n < 4; n++) await start(client)
    for (const token of [inspection, older.inspection, 'f'.repeat(24)]) {
      const about = { inspection: token, object: '0' }
      expect(await desk.call('moreRows', { inspection: token, from: 0 })).toEqual(refuse({ code: 'file.not-kept' }))
      expect(await desk.call('openObject', about)).toEqual(refuse({ code: 'file.not-kept' }))
      expect(await desk.call('objectStructure', about)).toEqual(refuse({ code: 'file.not-kept' }))
      expect(codeOf(await desk.call('saveObject', { ...about, format: 'pem' }))).toBe('file.not-kept')
      expect(codeOf(await desk.call('saveRepaired', about))).toBe('file.not-kept')
    }
  })

  it('refuses an object that is not there', async () => {
    const { inspection } = await start(chain)
    for (const object of ['2', '0.0', '999999']) {
      expect(await desk.call('openObject', { inspection, object })).toEqual(refuse({ code: 'object.not-found' }))
    }
  })
})

describe('an opened object', () => {
  it('has all of its facts, its PEM and its pin', async () => {
    const { inspection } = await start(chain)
    const opened = value(await desk.call('openObject', { inspection, object: '0' }))
    expect(opened.object.pem).toBe(client)
    expect(opened.object.facts.extensions?.length).toBeGreaterThan(2)
    const spki = execFileSync('openssl', ['x509', '-in', kind('client.crt'), '-noout', '-pubkey'])
    const pin = execFileSync('sh', ['-c', 'openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | base64'], {
      input: spki,
    })
    expect(opened.pinSha256).toBe(pin.toString().trim())
  })

  it('is the very same, with the same findings, as its row says', async () => {
    const files = [
      'client.crt',
      'chain.pem',
      'list.crl',
      'bundle.p12',
      'key-encrypted.pem',
      'utf-16le.crt',
      'notes.txt',
    ]
    const all = await allParts(desk, { from: 'paths', paths: files.map(kind) })
    for (const row of all.rows) {
      const { object } = value(await desk.call('openObject', { inspection: all.inspection, object: row.id }))
      const { problem, findings, facts, pem: _, ...named } = object
      expect(row).toMatchObject(named)
      expect(row.findings).toBe(findings.length)
      expect(row.facts.sha256).toBe(facts.sha256)
      expect(row.problem?.code).toBe(problem?.code)
      expect(row.worst === null).toBe(findings.length === 0)
    }
  })

  it('is judged by the rules of a provider', async () => {
    const { inspection } = await start(client)
    const profile = { provider: 'truv', environment: 'sandbox' }
    const opened = value(await desk.call('openObject', { inspection, object: '0', profile }))
    expect(opened.judgement).toMatchObject(profile)
    expect(opened.judgement!.findings.length).toBeGreaterThan(0)
    const unknown = { provider: 'nobody', environment: 'sandbox' }
    expect(codeOf(await desk.call('openObject', { inspection, object: '0', profile: unknown }))).toBe(
      'plan.provider-unknown',
    )
  })

  it('shows a tree of its values, which begin and end where its octets do', async () => {
    const { inspection } = await start(client)
    const { nodes, bytes } = value(await desk.call('objectStructure', { inspection, object: '0' }))
    expect(bytes[0]).toBe(0x30)
    expect(nodes[0]).toMatchObject({ depth: 0, at: 0, tag: 'SEQUENCE' })
    expect(nodes[0]!.headerLength + nodes[0]!.length).toBe(bytes.length)
  })

  it('names what a list revoked, and when', async () => {
    const all = await allParts(desk, { from: 'paths', paths: [kind('list.crl')] })
    const { revoked, object } = value(await desk.call('openObject', { inspection: all.inspection, object: '0' }))
    expect(revoked).toHaveLength(object.facts.revokedCount!)
    const said = execFileSync('openssl', ['crl', '-in', kind('list.crl'), '-noout', '-text']).toString()
    expect(revoked.map(({ serialHex }) => serialHex)).toEqual(
      [...said.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial),
    )
  })
})

describe('what is locked', () => {
  it('opens with its passphrase, after wrong ones, and brings what is inside', async () => {
    const all = await allParts(desk, { from: 'paths', paths: [kind('bundle.p12'), kind('client.crt')] })
    expect(all).toMatchObject({ locked: ['0'] })
    expect(all.rows[0]).toMatchObject({ kind: 'pkcs12', problem: { code: 'key.passphrase-needed' } })
    const unlock = (passphrase: string) =>
      desk.call('startInspection', { work: 'u', source: { from: 'unlock', unlock: all.inspection, passphrase } })
    expect(codeOf(await unlock('no'))).toBe('key.passphrase-wrong')
    const { inspection: opened } = value(await unlock('kinds'))
    expect(opened).toMatchObject({ inspection: all.inspection, locked: [], done: true })
    expect(opened!.rows.map(({ id, kind: is }) => `${id} ${is}`)).toEqual([
      '0 pkcs12',
      '0.0 private-key',
      '0.1 certificate',
      '0.2 certificate',
      '1 certificate',
    ])
    expect(opened!.relations).toContainEqual({ kind: 'same-key', a: '0.0', b: '1' })
    const inner = value(await desk.call('openObject', { inspection: all.inspection, object: '0.1' }))
    expect(inner.object.facts.subject).toBe('CN=client.example,O=Kinds Ltd,C=GB')
  })

  it('of a list that was cut short is opened too, and the list comes to its end', async () => {
    const first = await start(lockedKey('one') + client.repeat(3000), 'long')
    await desk.call('cancelWork', { work: 'long' })
    const cut = await goOn(desk, first)
    expect(cut.leftOut).toHaveLength(1)
    const source = { from: 'unlock' as const, unlock: first.inspection, passphrase: 'one' }
    const whole = await goOn(desk, value(await desk.call('startInspection', { work: 'u', source })).inspection!)
    expect(whole).toMatchObject({ leftOut: [], total: 3001, locked: [] })
    expect(whole.rows).toHaveLength(3001)
  })

  it('stays open while the next one is tried', async () => {
    const first = await start(`${lockedKey('one')}${lockedKey('other')}`)
    const unlock = async (passphrase: string) =>
      value(
        await desk.call('startInspection', {
          work: 'u',
          source: { from: 'unlock', unlock: first.inspection, passphrase },
        }),
      ).inspection!
    expect((await unlock('one')).locked).toEqual(['1'])
    const both = await unlock('other')
    expect(both.rows.map(({ problem, facts }) => [problem, facts.keyAlgorithm])).toEqual([
      [null, 'EC'],
      [null, 'EC'],
    ])
  })
})

describe('what belongs to me', () => {
  it('is told by how: my request, an answer to it, my certificate, its issuer', async () => {
    const identity = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
    const request = await start(identity.requestPem)
    expect(request.mine).toEqual([{ object: '0', identity: identity.handle, name: 'Nuapay test', how: 'request' }])
    const signed = value(await desk.call('selfSign', { identity: identity.handle, days: 30 }))
    const both = await start(`${signed.certificatePem}${client}`)
    expect(both.mine).toEqual([{ object: '0', identity: identity.handle, name: 'Nuapay test', how: 'certificate' }])
  })

  it('a certificate for the key of my request answers it, and its issuer is known again', async () => {
    const identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
    const root = issue({ subject: ['CN=Provider CA'], isCa: true })
    const requested = join(desk.folder, 'request.pem')
    writeFileSync(requested, identity.requestPem)
    writeFileSync(join(desk.folder, 'root.pem'), root.pem)
    writeFileSync(join(desk.folder, 'root.key'), root.keyPem)
    const args = ['x509', '-req', '-in', requested, '-CA', 'root.pem', '-CAkey', 'root.key', '-days', '30']
    const answer = execFileSync('openssl', args, { cwd: desk.folder, stdio: ['ignore', 'pipe', 'ignore'] }).toString()
    expect((await start(answer)).mine).toMatchObject([{ object: '0', how: 'answers-request' }])
    const source = { from: 'text' as const, text: answer }
    const attach = (despite: string[]) => desk.call('attachCertificate', { identity: identity.handle, source, despite })
    const flagged = value(await attach([]))
    const codes = flagged.outcome === 'flagged' ? flagged.findings.map(({ code }) => code) : []
    expect(value(await attach(codes)).outcome).toBe('attached')
    expect((await start(`${root.pem}${answer}`)).mine).toMatchObject([
      { object: '0', how: 'issuer' },
      { object: '1', how: 'certificate' },
    ])
  })
})

describe('saving what was dropped', () => {
  it('writes a certificate as PEM or DER, readable by all', async () => {
    const { inspection } = await start(chain)
    desk.outside.saveAs = join(desk.folder, 'copy')
    for (const format of ['pem', 'der'] as const) {
      const saved = value(await desk.call('saveObject', { inspection, object: '0', format }))
      expect(saved.saved).toBe(desk.outside.saveAs)
      const written = readFileSync(desk.outside.saveAs)
      expect(written).toEqual(readFileSync(kind(format === 'pem' ? 'client.crt' : 'client.der')))
      expect(statSync(desk.outside.saveAs).mode & 0o777).toBe(0o644)
    }
    expect(desk.outside.asked.slice(-2)).toEqual(['client-example.crt', 'client-example.cer'])
  })

  it('writes a private key as it was found, for its owner alone', async () => {
    desk.outside.saveAs = join(desk.folder, 'copy')
    for (const [file, format] of [
      ['key-pkcs8.der', 'der'],
      ['key-pkcs8.pem', 'pem'],
      ['key-encrypted.pem', 'pem'],
      ['key-pkcs1-encrypted.pem', 'pem'],
      ['bundle.p12', 'der'],
    ] as const) {
      const all = await allParts(desk, { from: 'paths', paths: [kind(file)] })
      const key = all.rows[0]!.id
      value(await desk.call('saveObject', { inspection: all.inspection, object: key, format }))
      expect(readFileSync(desk.outside.saveAs).equals(readFileSync(kind(file))), file).toBe(true)
      expect(statSync(desk.outside.saveAs).mode & 0o777).toBe(0o600)
    }
  })

  it('refuses a form that an object does not have', async () => {
    const bundle = await allParts(desk, { from: 'paths', paths: [kind('bundle.p12')] })
    const refused = await desk.call('saveObject', { inspection: bundle.inspection, object: '0', format: 'pem' })
    expect(refused).toEqual(refuse({ code: 'object.no-such-form', name: 'bundle.p12', form: 'PEM' }))
  })

  it('writes a repaired file beside the one it is made from, and nothing when the dialog is closed', async () => {
    const all = await allParts(desk, { from: 'paths', paths: [kind('utf-16le.crt')] })
    expect(all.rows[0]).toMatchObject({ repairable: true })
    const about = { inspection: all.inspection, object: '0' }
    const { repair } = value(await desk.call('openObject', about))
    expect(repair).toMatchObject({ text: client })
    expect(value(await desk.call('saveRepaired', about))).toEqual({ saved: null })
    desk.outside.saveAs = join(desk.folder, 'repaired.crt')
    value(await desk.call('saveRepaired', about))
    expect(readFileSync(desk.outside.saveAs, 'utf8')).toBe(client)
    const fine = await start(client)
    const refused = await desk.call('saveRepaired', { inspection: fine.inspection, object: '0' })
    expect(codeOf(refused)).toBe('object.nothing-to-repair')
  })
})

describe('comparing', () => {
  it('takes dropped objects and what an identity holds', async () => {
    const identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
    const { inspection } = await start(chain)
    const dropped = { of: 'inspection' as const, inspection, object: '0' }
    const mine = { of: 'identity' as const, identity: identity.handle, part: 'request' as const }
    const compared = value(await desk.call('compareObjects', { a: mine, b: dropped }))
    expect([compared.a.kind, compared.b.kind]).toEqual(['request', 'certificate'])
    expect(compared.fields.some(({ same }) => !same)).toBe(true)
    const none = await desk.call('compareObjects', { a: { ...mine, part: 'certificate' }, b: dropped })
    expect(codeOf(none)).toBe('export.no-certificate')
  })
})
