import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ImportPreview, ImportSource } from '../../shared/calls/imports.ts'
import { verifyKeyPair } from '../support/key-pair.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

// Files as people have them, made by OpenSSL: two identities, a CA, a locked key, a bundle, and what has no key.

const root = mkdtempSync(join(tmpdir(), 'import-'))
const folder = join(root, 'from-the-old-server')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

beforeAll(() => {
  mkdirSync(join(folder, 'deep'), { recursive: true })
  const key = (name: string, ...more: string[]) =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', name, ...more)
  key('ca.key')
  openssl('req', '-x509', '-key', 'ca.key', '-subj', '/CN=Some Client CA', '-days', '900', '-out', 'ca.crt')
  const sign = (name: string, subject: string) => {
    openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`, '-passin', 'pass:open me')
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '300']
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.crt`)
  }
  key('live.key')
  sign('live', '/C=US/O=Truv Inc/CN=api-mtls.acme.truv.com')
  key('deep/second.key')
  sign('deep/second', '/CN=api.acme.payrails.io')
  key('locked.key', '-aes256', '-pass', 'pass:open me')
  sign('locked', '/CN=locked.example.com')
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'locked.crt',
    '-inkey',
    'locked.key',
    '-passin',
    'pass:open me',
    '-certfile',
    'ca.crt',
    '-out',
    '../bundle.p12',
    '-passout',
    'pass:bundle words',
    '-name',
    'From a bundle',
  )
  // Its key is nowhere: only the certificate came along.
  key('../lost.key')
  openssl(
    'req',
    '-x509',
    '-key',
    '../lost.key',
    '-subj',
    '/CN=lost.example.com',
    '-addext',
    'basicConstraints=CA:FALSE',
    '-days',
    '9',
    '-out',
    'lost.crt',
  )
  // The authority's own key stays elsewhere, as it should.
  execFileSync('mv', ['ca.key', '../ca.key'], { cwd: folder })
  writeFileSync(join(folder, 'notes.txt'), 'Ask Jane for the portal password.')
})

async function start(desk: TestDesk, source: ImportSource): Promise<ImportPreview> {
  const { preview } = value(await desk.call('startImport', { source }))
  if (!preview) throw new Error('cancelled')
  return preview
}
const chosen = (preview: ImportPreview) =>
  preview.rows
    .filter(({ known }) => known === null)
    .map(({ id, name, provider, environment }) => ({ id, name, provider, environment }))

describe('a folder', () => {
  it('becomes identities: paired by key, chains in order, the provider guessed by the name', async () => {
    const desk = openTestDesk()
    desk.outside.now = new Date()
    desk.outside.folder = folder
    const preview = await start(desk, { from: 'folder' })
    expect(
      preview.rows
        .map(({ name, provider, environment, guessed, hasRequest, chain, files, unprotected }) => [
          name,
          provider,
          environment,
          guessed,
          hasRequest,
          chain,
          files.length,
          unprotected,
        ])
        .sort(),
    ).toEqual([
      ['api-mtls.acme.truv.com', 'truv', 'sandbox', true, true, 1, 3, true],
      ['api.acme.payrails.io', 'payrails', 'live', true, true, 1, 3, true],
    ])
    expect(preview.locked).toEqual(['from-the-old-server/locked.key'])
    expect(preview.lonely.map(({ what, subject }) => [what, subject]).sort()).toEqual([
      ['certificate', 'CN=locked.example.com'],
      ['certificate', 'CN=lost.example.com'],
      ['request', 'CN=locked.example.com'],
    ])
    expect(preview.leftOut.map(({ file, code }) => [file, code])).toEqual([
      ['from-the-old-server/ca.srl', 'file.unknown-kind'],
      ['from-the-old-server/notes.txt', 'file.unknown-kind'],
    ])

    const unlocking = { from: 'unlock' as const, import: preview.import }
    const wrong = await desk.call('startImport', { source: { ...unlocking, passphrase: 'not it' } })
    expect(codeOf(wrong)).toBe('key.passphrase-wrong')
    const opened = await start(desk, { ...unlocking, passphrase: 'open me' })
    expect([opened.rows.length, opened.locked, opened.lonely.length]).toEqual([3, [], 1])
    expect(opened.rows.find(({ name }) => name === 'locked.example.com')).toMatchObject({
      provider: 'other',
      unprotected: false,
      guessed: false,
    })

    const done = value(await desk.call('finishImport', { import: opened.import, rows: chosen(opened) }))
    expect(done.made).toHaveLength(3)
    expect(done.unprotected).toEqual(['from-the-old-server/live.key', 'from-the-old-server/deep/second.key'])
    const truv = done.made.find(({ name }) => name === 'api-mtls.acme.truv.com')!
    const identity = value(await desk.call('readIdentity', { identity: truv.handle }))
    expect(identity).toMatchObject({
      state: 'ready',
      provider: 'truv',
      plan: { answers: { name: 'acme' }, subject: { C: 'US', O: 'Truv Inc', CN: 'api-mtls.acme.truv.com' } },
      history: [{ what: 'imported' }],
    })
    expect(identity.requestPem.trim()).toBe(readFileSync(join(folder, 'live.csr'), 'utf8').trim())
    expect(identity.chain.map(({ facts }) => facts.subject)).toEqual(['CN=Some Client CA'])
    const sealed = value(await desk.means.vault.identities.secret(truv.handle, 'privateKey'))
    expect(verifyKeyPair(sealed!, identity.certificatePem!)).toBe(true)

    // The keys that waited are gone; the files are as they were.
    const again = await desk.call('finishImport', { import: opened.import, rows: chosen(opened) })
    expect(codeOf(again)).toBe('import.not-kept')
    expect(readFileSync(join(folder, 'live.key'), 'utf8')).toContain('BEGIN PRIVATE KEY')
  })

  it('that was imported before names what is here, and what is in the bin', async () => {
    const desk = openTestDesk()
    desk.outside.folder = folder
    const first = await start(desk, { from: 'folder' })
    const { made } = value(await desk.call('finishImport', { import: first.import, rows: chosen(first) }))
    value(await desk.call('removeIdentity', { identity: made[0]!.handle }))
    const preview = await start(desk, { from: 'folder' })
    expect(preview.rows.map(({ known }) => known?.binned)).toEqual([true, false])
    const rows = preview.rows.map(({ id, name, provider, environment }) => ({ id, name, provider, environment }))
    expect(value(await desk.call('finishImport', { import: preview.import, rows })).made).toEqual([])
  })
})

describe('other forms', () => {
  it('a bundle brings key, certificate and chain, under its own name; its request is made anew', async () => {
    const desk = openTestDesk()
    desk.outside.files = [join(root, 'bundle.p12')]
    const locked = await start(desk, { from: 'files' })
    expect([locked.rows, locked.locked]).toEqual([[], ['bundle.p12']])
    const preview = await start(desk, { from: 'unlock', import: locked.import, passphrase: 'bundle words' })
    expect(preview.rows).toMatchObject([{ name: 'From a bundle', chain: 1, hasRequest: false, unprotected: false }])
    const { made, unprotected } = value(
      await desk.call('finishImport', { import: preview.import, rows: chosen(preview) }),
    )
    expect(unprotected).toEqual([])
    const identity = value(await desk.call('readIdentity', { identity: made[0]!.handle }))
    const { subject, signatureValid, spkiSha256 } = identity.requestFacts
    expect([subject, spkiSha256]).toEqual(['CN=locked.example.com', identity.spkiSha256])
    expect(signatureValid).not.toBe(false)
  })

  it('a curl line is asked for in a dialog that names the files, and only then are they read', async () => {
    const desk = openTestDesk()
    const text = `curl --cert ${join(folder, 'live.crt')} --key ${join(folder, 'live.key')} --cacert /not/there.pem https://x`
    expect(value(await desk.call('startImport', { source: { from: 'text', text } })).preview).toBeNull()
    expect(desk.outside.asked).toEqual(['Read these 2 files?'])
    desk.outside.confirm = true
    const preview = await start(desk, { from: 'text', text })
    expect(preview.rows).toMatchObject([{ name: 'api-mtls.acme.truv.com' }])
    expect(preview.leftOut).toMatchObject([{ file: '/not/there.pem', code: 'file.not-found' }])
  })

  it('names without a folder start from one that is chosen, with the passphrase of the line', async () => {
    const desk = openTestDesk()
    desk.outside.confirm = true
    const text = 'CLIENT_KEY=locked.key\nKEY_PASSWORD=open me'
    expect(value(await desk.call('startImport', { source: { from: 'text', text } })).preview).toBeNull()
    desk.outside.folder = folder
    const source = { from: 'text' as const, text: 'curl --key locked.key --pass "open me" -E locked.crt https://x' }
    expect((await start(desk, source)).rows).toMatchObject([{ name: 'locked.example.com', chain: 0 }])
  })

  it('an authority is told by what it signs, not by what OpenSSL writes into every self-signed certificate', async () => {
    const desk = openTestDesk()
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=own.example',
      '-keyout',
      '../own.key',
      '-out',
      '../own.crt',
    )
    desk.outside.files = ['own.key', 'own.crt', 'ca.key'].map((name) => join(root, name))
    desk.outside.files.push(...['ca.crt', 'live.key', 'live.crt'].map((name) => join(folder, name)))
    const { rows } = await start(desk, { from: 'files' })
    expect(rows.map(({ name, isCa }) => [name, isCa]).sort()).toEqual([
      ['Some Client CA', true],
      ['api-mtls.acme.truv.com', false],
      ['own.example', false],
    ])
  })

  it('a database of XCA says what to export there', async () => {
    const desk = openTestDesk()
    const bytes = gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/xca-2.4.xdb.gz')))
    writeFileSync(join(root, 'mine.xdb'), bytes)
    desk.outside.files = [join(root, 'mine.xdb')]
    expect(codeOf(await desk.call('startImport', { source: { from: 'files' } }))).toBe('import.xca-database')
    writeFileSync(join(root, 'mine.xdb'), Buffer.from('SQLite format 3\0 and nothing of XCA'))
    expect(codeOf(await desk.call('startImport', { source: { from: 'files' } }))).toBe('import.sqlite')
  })

  it.each<[string, string, string]>([
    ['a certificate without its key', 'lost.crt', 'import.nothing-found'],
    ['something else', 'notes.txt', 'file.unknown-kind'],
  ])('%s is refused', async (_, name, code) => {
    const desk = openTestDesk()
    desk.outside.files = [join(folder, name)]
    expect(codeOf(await desk.call('startImport', { source: { from: 'files' } }))).toBe(code)
  })

  it('keys that wait are forgotten when the vault is locked', async () => {
    const desk = openTestDesk()
    desk.outside.folder = folder
    const preview = await start(desk, { from: 'folder' })
    const waiting = desk.means.imports.find(preview.import)!.taken.keys.map(({ pkcs8 }) => pkcs8)
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
    value(await desk.call('lockVault', {}))
    expect(waiting.every((bytes) => bytes.every((octet) => octet === 0))).toBe(true)
    expect(codeOf(await desk.call('startImport', { source: { from: 'folder' } }))).toBe('vault.locked')
  })

  it('no reply holds a key', async () => {
    const desk = openTestDesk()
    desk.outside.folder = folder
    expect(JSON.stringify(await start(desk, { from: 'folder' }))).not.toMatch(/PRIVATE KEY|pkcs8/)
  })
})
