import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '../../shared/contract.ts'
import { isInTheClear, receivers } from '../../shared/handover/receivers.ts'
import { snippetIds } from '../../shared/handover/snippet-ids.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { forms } from '../../shared/pki/convert-forms.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { truvPlan } from '../support/plans.ts'
import { filesBelow, foundIn, keyNeedles, type Needle, passphraseNeedle } from '../support/secret-scan.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const passphrase = 'Wandering-Otter-4711'
const vaultPassphrase = 'Lantern under seven bridges'
const token = 'client-secret-0815-hunter2'

let desk: TestDesk
let identity: IdentityDetail
let pkcs8: Uint8Array
let keys: Needle[]
const phrases = [passphraseNeedle(passphrase), passphraseNeedle(vaultPassphrase)]
const out = (...names: string[]) => {
  const folder = join(desk.folder, 'out', ...names)
  mkdirSync(folder, { recursive: true })
  desk.outside.folder = folder
  return folder
}
const saveAs = (name: string) => {
  desk.outside.saveAs = join(out('saved'), name)
}

beforeAll(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  desk.outside.mayReplace = true
  value(await desk.call('setVaultPassphrase', { passphrase: vaultPassphrase }))
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' }))
  const { certificatePem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
  value(await desk.call('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] }))
  identity = value(await desk.call('readIdentity', { identity: identity.handle }))
  pkcs8 = (value(await desk.means.vault.identities.secret(identity.handle, 'privateKey')) as Uint8Array).slice()
  keys = keyNeedles(pkcs8)
})
afterAll(() => desk.means.practice.stop())

const isPhrase = (leak: string) => leak.includes(': the passphrase')

/** Names of files in which something was found that must not be there. */
const leaks = (folder: string, needles: readonly Needle[]) =>
  filesBelow(folder).flatMap(({ name, content }) => foundIn(content, needles).map((what) => `${name}: ${what}`))

describe('the scan', () => {
  it('finds a key in every open form, in base64 of base64, in JSON and in a ZIP', async () => {
    const { zipSync } = await import('fflate')
    const pem = toPem('PRIVATE KEY', pkcs8)
    const bytes = (text: string) => new TextEncoder().encode(text)
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const hidden: Record<string, Uint8Array> = {
      pem: bytes(pem),
      der: pkcs8,
      json: bytes(JSON.stringify({ key: pem })),
      yaml: bytes(`data:\n  tls.key: ${base64(pem)}\n`),
      twice: bytes(base64(base64(pem))),
      zip: zipSync({ 'a/b.txt': bytes(base64(pem)) }),
      hex: bytes(Buffer.from(pkcs8).toString('hex')),
    }
    for (const [name, content] of Object.entries(hidden)) expect(foundIn(content, keys), name).not.toEqual([])
    const said = Buffer.from(passphrase, 'utf16le').swap16()
    for (const content of [bytes(`x${passphrase}y`), said, bytes(base64(` ${passphrase}`))]) {
      expect(foundIn(content, phrases)).toHaveLength(1)
    }
    expect(foundIn(bytes(identity.requestPem), [...keys, ...phrases])).toEqual([])
  })
})

describe('what is written for others', () => {
  it.each(receivers)('$name: a plain key only where it was chosen, and no passphrase', async (receiver) => {
    for (const chosen of receiver.passphrase === 'optional' ? [passphrase, null] : [passphrase]) {
      const given = receiver.passphrase === 'none' ? null : chosen
      const folder = out('receivers', `${receiver.id}-${given === null ? 'open' : 'locked'}`)
      const input = { identity: identity.handle, receiver: receiver.id, passphrase: given }
      expect(value(await desk.call('exportFor', input)).saved.length).toBeGreaterThan(0)
      const found = leaks(folder, [...keys, ...phrases])
      expect(found.filter(isPhrase)).toEqual([])
      expect(found.length > 0).toBe(isInTheClear(receiver, given))
    }
  })

  it('bundles hold the key for their passphrase alone, and the passphrase nowhere inside', async () => {
    const bundles = filesBelow(join(desk.folder, 'out', 'receivers')).filter(({ name }) =>
      /(?<!truststore)\.(p12|pfx)$/.test(name),
    )
    expect(bundles.length).toBeGreaterThan(4)
    for (const { name, content } of bundles) {
      const opened = value(await openPkcs12(content, passphrase))
      expect(foundIn(opened.keys[0]!.pkcs8, keys), name).toContain('PKCS#8')
      const rest = [
        JSON.stringify(opened.keys.map(({ friendlyName }) => friendlyName)),
        ...opened.certificates.map(({ der }) => Buffer.from(der).toString('latin1')),
      ]
      expect(foundIn(Buffer.from(rest.join('\n'), 'latin1'), [...keys, ...phrases]), name).toEqual([])
      for (const wrong of ['', 'changeit', vaultPassphrase]) expect((await openPkcs12(content, wrong)).ok).toBe(false)
    }
  })

  it('files of the forms that one chooses oneself', async () => {
    const folder = out('forms')
    const { handle } = identity
    value(await desk.call('exportIdentity', { identity: handle, as: { format: 'pem', passphrase } }))
    value(await desk.call('exportIdentity', { identity: handle, as: { format: 'certificate' } }))
    for (const readers of ['modern', 'older'] as const) {
      desk.outside.saveAs = join(folder, `${readers}.p12`)
      value(await desk.call('exportIdentity', { identity: handle, as: { format: 'pkcs12', readers, passphrase } }))
    }
    const wish = {
      certificates: true,
      requests: true,
      chains: true,
      bundles: { passphrase, readers: 'modern' as const },
    }
    value(await desk.call('exportIdentities', { work: 'many', identities: [handle], wish }))
    expect(filesBelow(folder).length).toBeGreaterThan(6)
    expect(leaks(folder, [...keys, ...phrases])).toEqual([])
  })

  it.each(snippetIds)('the snippet for %s', async (id) => {
    for (const locked of [true, false]) {
      const folder = out('snippets', `${id}-${locked}`)
      value(await desk.call('saveSnippet', { identity: identity.handle, for: id, locked }))
      expect(filesBelow(folder).length).toBeGreaterThan(0)
      expect(leaks(folder, [...keys, ...phrases])).toEqual([])
    }
  })

  it('files that were dropped and converted, into every form', async () => {
    const pem = new TextEncoder().encode(`${toPem('PRIVATE KEY', pkcs8)}${identity.certificatePem}`)
    const source = { from: 'contents' as const, files: [{ name: 'acme.pem', bytes: pem }] }
    const { inspection } = value(await desk.call('startInspection', { work: 'drop', source })).inspection!
    for (const { to, keys: place } of forms) {
      for (const choice of ['protect', 'leave-out', 'open'] as const) {
        const folder = out('converted', `${to}-${choice}`)
        const wish = { to, readers: 'modern' as const, keys: choice, together: false }
        const done = value(await desk.call('convertFiles', { work: 'convert', inspection, wish, passphrase }))
        expect(done.written.length, `${to} ${choice}`).toBe(filesBelow(folder).length)
        const found = leaks(folder, [...keys, ...phrases])
        expect(found.filter(isPhrase)).toEqual([])
        // A bundle or keystore is never open, whatever was chosen; a form without keys has none.
        const open = choice === 'open' && place !== 'never' && to !== 'p12' && to !== 'jks' && to !== 'der'
        const fits = to !== 'pkcs1'
        expect(found.length > 0, `${to} ${choice}`).toBe(open && fits)
      }
    }
  })

  it('requests, certificates, sheets, and what is dragged out', async () => {
    const { handle } = identity
    saveAs('acme.csr')
    value(await desk.call('saveRequest', { identity: handle }))
    saveAs('acme.crt')
    value(await desk.call('saveCertificate', { identity: handle }))
    for (const what of ['certificate', 'chain', 'request'] as const)
      value(await desk.call('dragOut', { what, identity: handle }))
    const folders = [join(desk.folder, 'out', 'saved'), join(desk.folder, 'dragged')]
    for (const folder of folders) expect(leaks(folder, [...keys, ...phrases])).toEqual([])
    expect(folders.flatMap(filesBelow).length).toBe(5)
  })

  it('transcripts and the support bundle of a call, what was sent included', async () => {
    const { apiUrl } = value(await desk.call('practiceState', {})).running!
    const answer: Output<'testConnection'> = value(
      await desk.call('testConnection', {
        work: 't',
        identity: identity.handle,
        url: `${apiUrl}/v1/orders/`,
        method: 'GET',
        headers: [
          { name: 'X-Access-Client-Id', value: 'me' },
          { name: 'X-Access-Secret', value: token },
        ],
        blanks: {},
        remember: false,
        trust: { by: 'practice' },
      }),
    )
    expect(answer.verdict.outcome).toBe('accepted')
    const attempt = answer.kept ?? ''
    for (const as of ['text', 'json', 'pcapng'] as const) {
      saveAs(`transcript.${as}`)
      value(await desk.call('saveTranscript', { attempt, as }))
    }
    saveAs('support.zip')
    value(await desk.call('saveSupportBundle', { attempt }))
    expect(leaks(join(desk.folder, 'out', 'saved'), [...keys, ...phrases, passphraseNeedle(token)])).toEqual([])
  })
})

it('the app’s own folder holds neither the key nor a passphrase in the clear', async () => {
  const own = filesBelow(desk.folder).filter(({ name }) => !name.startsWith('out/'))
  expect(own.length).toBeGreaterThan(5)
  const found = own.flatMap(({ name, content }) =>
    foundIn(content, [...keys, ...phrases]).map((what) => `${name}: ${what}`),
  )
  expect(found).toEqual([])
  expect(foundIn(new TextEncoder().encode(JSON.stringify(desk.outside.news)), [...keys, ...phrases])).toEqual([])
  expect(desk.outside.logged.join('\n')).not.toContain(passphrase)
})
