import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVault } from '../../electron/vault/vault.ts'
import type { IdentityPlan } from '../../shared/identity.ts'
import { ok, refuse } from '../../shared/result.ts'
import { noKeychain } from '../support/fake-keychain.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const create = async (desk: TestDesk, plan = truvPlan) => value(await desk.call('createIdentity', { work: 'w', plan }))

describe('creating an identity', () => {
  it('answers the request and public facts, with the subject that the provider prescribes', async () => {
    const desk = openTestDesk()
    const identity = await create(desk)
    expect(identity).toMatchObject({
      name: 'Acme sandbox',
      providerName: 'Truv',
      environmentName: 'Sandbox',
      state: 'requested',
      commonName: 'api-mtls.acme.truv.com',
      keptBy: 'keychain',
      requestFacts: { subject: 'CN=api-mtls.acme.truv.com,O=Truv Inc,L=Miami,ST=Florida,C=US' },
      history: [{ what: 'created' }],
    })
    expect(identity.requestPem).toContain('BEGIN CERTIFICATE REQUEST')
    expect(identity.requestFacts.spkiSha256).toBe(identity.spkiSha256)
    expect(desk.outside.news).toContainEqual({ kind: 'identities-changed' })
    expect(value(await desk.call('listIdentities', {})).identities).toHaveLength(1)
  })

  it('tells progress under the name of the work', async () => {
    const desk = openTestDesk()
    await create(desk, { ...nuapayPlan, key: 'rsa-3072' })
    expect(desk.outside.news.find(({ kind }) => kind === 'work')).toMatchObject({
      work: 'w',
      says: 'Making the RSA 3072 key',
    })
  })

  it.each<[string, Partial<IdentityPlan>, string]>([
    ['an answer is missing', { answers: {} }, 'plan.breaks-rules'],
    ['a fixed field was changed', { subject: { O: 'Acme' } }, 'plan.breaks-rules'],
    ['the key is not allowed', { key: 'ed25519' }, 'plan.breaks-rules'],
    ['the provider is unknown', { provider: 'nobody' }, 'plan.provider-unknown'],
    ['the environment is unknown', { environment: 'moon' }, 'plan.environment-unknown'],
    ['the name is blank', { name: '   ' }, 'app.input-invalid'],
  ])('refuses when %s, and stores nothing', async (_, change, code) => {
    const desk = openTestDesk()
    const answer = await desk.call('createIdentity', { work: 'w', plan: { ...truvPlan, ...change } })
    expect(codeOf(answer)).toBe(code)
    expect(value(await desk.call('listIdentities', {})).identities).toEqual([])
  })

  it('refuses where no keychain and no passphrase could keep the key', async () => {
    const folder = openTestDesk().folder
    const desk = openTestDesk({ vault: createVault(join(folder, 'vault'), noKeychain) })
    const answer = await desk.call('createIdentity', { work: 'w', plan: truvPlan })
    expect(answer).toEqual(refuse({ code: 'vault.not-set-up' }))
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
    expect((await create(desk)).keptBy).toBe('passphrase')
    value(await desk.call('lockVault', {}))
    expect(codeOf(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))).toBe('vault.locked')
  })

  it('answers a cancel at once and stores nothing afterwards', async () => {
    const desk = openTestDesk()
    const creating = desk.call('createIdentity', { work: 'w', plan: { ...nuapayPlan, key: 'rsa-4096' } })
    await new Promise((resolve) => setTimeout(resolve, 40))
    const since = performance.now()
    value(await desk.call('cancelWork', { work: 'w' }))
    expect(codeOf(await creating)).toBe('app.cancelled')
    expect(performance.now() - since).toBeLessThan(200)
    // A small key made after the cancelled one waits behind it in the same pool, so it is done when this one is.
    await create(desk, { ...truvPlan, name: 'Second' })
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const { identities } = value(await desk.call('listIdentities', {}))
    expect(identities.map(({ name }) => name)).toEqual(['Second'])
    expect(desk.outside.logged).toEqual([])
  })

  it('keeps the private key out of every reply and of every stored byte', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    const pkcs8 = value(await desk.means.vault.identities.secret(handle, 'privateKey'))!
    const replies = [
      await desk.call('readIdentity', { identity: handle }),
      await desk.call('listIdentities', {}),
      await desk.call('startInspection', { work: 'w', source: { from: 'text', text: 'x' } }),
      desk.outside.news,
    ]
    const stored = readFileSync(join(desk.folder, 'vault', 'identities', `${handle}.json`), 'latin1')
    for (const form of ['base64', 'hex'] as const) {
      const tail = pkcs8.toString(form).slice(40, 100)
      expect(JSON.stringify(replies)).not.toContain(tail)
      expect(stored).not.toContain(tail)
    }
  })
})

describe('an identity', () => {
  it('can be renamed, and remembers its old name', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    const renamed = value(await desk.call('renameIdentity', { identity: handle, name: ' Acme EU ' }))
    expect([renamed.name, renamed.history.at(-1)]).toMatchObject([
      'Acme EU',
      { what: 'renamed', detail: 'Acme sandbox' },
    ])
  })

  it('is gone from the list once removed', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    expect(await desk.call('removeIdentity', { identity: handle })).toEqual(ok({}))
    expect(codeOf(await desk.call('readIdentity', { identity: handle }))).toBe('vault.no-such-identity')
    expect(codeOf(await desk.call('removeIdentity', { identity: handle }))).toBe('vault.no-such-identity')
  })

  it.each([
    'readIdentity',
    'saveRequest',
    'saveCertificate',
    'removeIdentity',
    'submitToPractice',
    'forgetBlanks',
  ] as const)('%s refuses a handle that nobody has', async (name) => {
    expect(codeOf(await openTestDesk().call(name, { identity: 'aaaaaaaa' }))).toBe('vault.no-such-identity')
  })
})

describe('signing oneself', () => {
  it('makes a certificate of the chosen validity where the provider permits it', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk, nuapayPlan)
    const signed = value(await desk.call('selfSign', { identity: handle, days: 730 }))
    expect(signed).toMatchObject({
      state: 'ready',
      practice: false,
      chain: [],
      certificateFacts: { selfSigned: true, version: 3, extendedKeyUsage: ['clientAuth'] },
    })
    expect(signed.notAfter?.slice(0, 10)).toBe('2028-02-29')
    expect(signed.findings.filter(({ severity }) => severity === 'refuses')).toEqual([])
  })

  it('is refused where the provider signs', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    expect(codeOf(await desk.call('selfSign', { identity: handle, days: 365 }))).toBe('plan.breaks-rules')
    expect(value(await desk.call('readIdentity', { identity: handle })).state).toBe('requested')
  })
})

describe('saving the request', () => {
  it('writes it where the user says and proposes a name that every system takes', async () => {
    const desk = openTestDesk()
    const { handle, requestPem } = await create(desk)
    desk.outside.saveAs = join(desk.folder, 'acme.csr')
    expect(await desk.call('saveRequest', { identity: handle })).toEqual(ok({ saved: desk.outside.saveAs }))
    expect(desk.outside.asked).toEqual(['acme-sandbox.csr'])
    expect(readFileSync(desk.outside.saveAs, 'utf8')).toBe(requestPem)
    expect(statSync(desk.outside.saveAs).mode & 0o777).toBe(0o644)
  })

  it('writes nothing when the dialog is closed, and says by name when it cannot', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    expect(await desk.call('saveRequest', { identity: handle })).toEqual(ok({ saved: null }))
    desk.outside.saveAs = join(desk.folder, 'no', 'acme.csr')
    expect(await desk.call('saveRequest', { identity: handle })).toEqual(
      refuse({ code: 'file.not-writable', name: 'acme.csr' }),
    )
  })
})

describe('saving the certificate', () => {
  it('writes the certificate alone, for the provider to take', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk, nuapayPlan)
    expect(codeOf(await desk.call('saveCertificate', { identity: handle }))).toBe('export.no-certificate')
    const { certificatePem } = value(await desk.call('selfSign', { identity: handle, days: 365 }))
    desk.outside.saveAs = join(desk.folder, 'nuapay.crt')
    expect(await desk.call('saveCertificate', { identity: handle })).toEqual(ok({ saved: desk.outside.saveAs }))
    expect(readFileSync(desk.outside.saveAs, 'utf8')).toBe(certificatePem)
    const { history } = value(await desk.call('readIdentity', { identity: handle }))
    expect(history.map(({ what }) => what)).toContain('saved-certificate')
  })
})

describe('the draft', () => {
  it('survives, changes, and goes', async () => {
    const desk = openTestDesk()
    expect(await desk.call('readDraft', {})).toEqual(ok({ draft: null }))
    const draft = {
      step: 'subject' as const,
      plan: { provider: 'truv', answers: { name: 'ac' } },
      savedAt: '2026-01-01T00:00:00Z',
    }
    value(await desk.call('saveDraft', { draft }))
    expect(await desk.call('readDraft', {})).toEqual(ok({ draft }))
    value(await desk.call('saveDraft', { draft: null }))
    expect(await desk.call('readDraft', {})).toEqual(ok({ draft: null }))
  })
})
