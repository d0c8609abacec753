import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVault } from '../../electron/vault/vault.ts'
import type { IdentityPlan } from '../../shared/identity.ts'
import { dayOf, stageWords } from '../../shared/renewal/renewal.ts'
import { fakeKeychain } from '../support/fake-keychain.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'

const create = async (desk: TestDesk, plan: IdentityPlan) =>
  value(await desk.call('createIdentity', { work: 'w', plan }))
const read = async (desk: TestDesk, identity: string) => value(await desk.call('readIdentity', { identity }))
/** One that is in use, with a certificate. */
async function createSigned(desk: TestDesk) {
  const made = await create(desk, truvPlan)
  const provider = await openTestProvider(desk.outside.now)
  const text = await provider.sign(made.requestPem, { days: 365, at: desk.outside.now })
  value(await desk.call('attachCertificate', { identity: made.handle, source: { from: 'text', text }, despite: [] }))
  return made
}

const payrailsPlan: IdentityPlan = {
  ...truvPlan,
  provider: 'payrails',
  environment: 'staging',
  answers: { company: 'acme' },
  subject: { C: 'DE', ST: 'Berlin', O: 'Acme GmbH' },
  name: 'Payrails 2026',
}

/** Hands in at the practice provider, brings the certificate home, tests it; answers the verdict. */
async function handIn(desk: TestDesk, identity: string) {
  const answer = value(await desk.call('submitToPractice', { identity }))
  const attach = { identity, source: { from: 'text' as const, text: answer.certificatePem }, despite: [] }
  value(await desk.call('attachCertificate', attach))
}

async function test(desk: TestDesk, identity: string) {
  const { running } = value(await desk.call('practiceState', {}))
  const url = `${running!.apiUrl}${running!.provider === 'nuapay' ? '/tpp/' : '/auth/token/acme'}`
  const call = { work: 'w', identity, url, headers: [{ name: 'x-api-key', value: 'x' }], blanks: {}, remember: false }
  const method = running!.provider === 'nuapay' ? ('GET' as const) : ('POST' as const)
  const made = await desk.call('testConnection', { ...call, method, trust: { by: 'practice' }, probe: 'none' })
  return value(made).verdict.outcome
}

describe('a renewal', () => {
  it('goes from the request to the retired old one, both active side by side until then', async () => {
    const desk = openTestDesk()
    desk.outside.now = new Date()
    const today = dayOf(desk.outside.now)
    value(await desk.call('startPractice', { provider: 'payrails', environment: 'staging' }))
    const old = await create(desk, payrailsPlan)
    await handIn(desk, old.handle)
    expect(await test(desk, old.handle)).toBe('accepted')

    const fresh = await create(desk, { ...payrailsPlan, name: 'Payrails 2036', renews: old.handle })
    const chip = async (of: { handle: string }) => {
      const { renewal } = await read(desk, of.handle)
      return renewal && stageWords(renewal, desk.outside.now)
    }
    expect(await chip(old)).toBe('renewal: to send')
    await handIn(desk, fresh.handle)
    expect((await read(desk, fresh.handle)).renewal?.sent).toEqual({ to: 'the practice provider', on: today })
    expect(await chip(fresh)).toBe('renewal: to test')
    expect([await test(desk, old.handle), await test(desk, fresh.handle)]).toEqual(['accepted', 'accepted'])
    expect(await chip(old)).toBe('renewal: to switch over')

    // Two are active: a third is refused, as the provider's page says.
    const third = await create(desk, { ...payrailsPlan, name: 'Third' })
    expect(codeOf(await desk.call('submitToPractice', { identity: third.handle }))).toBe('practice.refused')

    const tick = (tick: Parameters<typeof desk.call<'tickRenewal'>>[1]['tick']) =>
      desk.call('tickRenewal', { identity: fresh.handle, tick })
    expect(codeOf(await tick({ step: 'retired', on: '2026-03-02' }))).toBe('renewal.not-switched')
    value(await tick({ step: 'switched', on: '2026-03-02' }))
    expect(await chip(old)).toBe('to retire')
    const done = value(await tick({ step: 'retired', on: '2026-03-03' }))
    expect(done.renewal).toMatchObject({ switchedOn: '2026-03-02', retiredOn: '2026-03-03' })
    expect(await read(desk, old.handle)).toMatchObject({ state: 'replaced', replacedBy: fresh.handle })
    expect([await test(desk, old.handle), await test(desk, fresh.handle)]).toEqual(['refused', 'accepted'])
    value(await desk.call('submitToPractice', { identity: third.handle }))

    value(await tick({ step: 'retired', on: null }))
    const back = await read(desk, old.handle)
    expect([back.state, back.replacedBy, back.history.at(-1)?.what]).toEqual(['ready', undefined, 'tick-undone'])
    await desk.call('stopPractice', {})
  })

  it('with the same key has a certificate of its own for each, both on file', async () => {
    const desk = openTestDesk()
    desk.outside.now = new Date()
    value(await desk.call('startPractice', { provider: 'nuapay', environment: 'sandbox' }))
    const key = 'ec-p256' as const
    const old = await create(desk, { ...nuapayPlan, key })
    value(await desk.call('selfSign', { identity: old.handle, days: 365 }))
    value(await desk.call('submitToPractice', { identity: old.handle }))
    const fresh = await create(desk, { ...nuapayPlan, key, name: 'Again', renews: old.handle, sameKey: true })
    expect(fresh.spkiSha256).toBe(old.spkiSha256)
    expect(fresh.renewal).toMatchObject({ sameKey: true, side: 'new' })
    value(await desk.call('selfSign', { identity: fresh.handle, days: 730 }))
    value(await desk.call('submitToPractice', { identity: fresh.handle }))
    expect([await test(desk, old.handle), await test(desk, fresh.handle)]).toEqual(['accepted', 'accepted'])
    // Still so after the practice provider was stopped.
    value(await desk.call('stopPractice', {}))
    value(await desk.call('startPractice', { provider: 'nuapay', environment: 'sandbox' }))
    expect([await test(desk, old.handle), await test(desk, fresh.handle)]).toEqual(['accepted', 'accepted'])
    await desk.call('stopPractice', {})
  })

  it('with the same key gives what comes back to the one that waits for it', async () => {
    const desk = openTestDesk()
    const provider = await openTestProvider(desk.outside.now)
    const sign = (pem: string) => provider.sign(pem, { days: 365, at: desk.outside.now })
    const attach = async (text: string) => {
      const answer = value(await desk.call('attachCertificate', { source: { from: 'text', text }, despite: [] }))
      return answer.outcome === 'attached' ? answer.identity.handle : answer.outcome
    }
    const old = await create(desk, truvPlan)
    const first = await sign(old.requestPem)
    expect(await attach(first)).toBe(old.handle)
    const fresh = await create(desk, { ...truvPlan, name: 'Again', renews: old.handle, sameKey: true })
    expect(await attach(first)).toBe(old.handle)
    expect(await attach(await sign(fresh.requestPem))).toBe(fresh.handle)
    expect((await read(desk, old.handle)).certificatePem?.trim()).toBe(first.trim())
  })

  it('with the same key keeps its kind', async () => {
    const desk = openTestDesk()
    const old = await create(desk, truvPlan)
    const plan = { ...truvPlan, renews: old.handle, sameKey: true, key: 'ec-p384' as const }
    expect(codeOf(await desk.call('createIdentity', { work: 'w', plan }))).toBe('renewal.other-key')
  })

  it('remembers to whom and when it was sent, and forgets it when that was a slip', async () => {
    const desk = openTestDesk()
    const old = await createSigned(desk)
    const fresh = await create(desk, { ...truvPlan, name: 'Next', renews: old.handle })
    const sent = { to: 'support@truv.com', on: '2026-02-20' }
    value(await desk.call('tickRenewal', { identity: fresh.handle, tick: { step: 'sent', sent } }))
    const { identities } = value(await desk.call('listIdentities', {}))
    expect(identities.map(({ renewal }) => renewal && stageWords(renewal, desk.outside.now))).toEqual([
      'renewal: waiting 9 days',
      'renewal: waiting 9 days',
    ])
    value(await desk.call('tickRenewal', { identity: fresh.handle, tick: { step: 'sent', sent: null } }))
    const { renewal, history } = await read(desk, fresh.handle)
    expect([renewal?.sent, history.map(({ what }) => what)]).toEqual([undefined, ['created', 'sent', 'tick-undone']])
  })

  it.each<[string, 'old' | 'fresh', string]>([
    ['the identity renews none', 'old', 'renewal.none-under-way'],
    ['its certificate is not here', 'fresh', 'renewal.not-here-yet'],
  ])('is not switched over when %s', async (_, which, code) => {
    const desk = openTestDesk()
    const old = await create(desk, truvPlan)
    const fresh = await create(desk, { ...truvPlan, renews: old.handle })
    const identity = which === 'old' ? old.handle : fresh.handle
    const tick = { step: 'switched' as const, on: '2026-03-01' }
    expect(codeOf(await desk.call('tickRenewal', { identity, tick }))).toBe(code)
  })

  it('is there after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'renewal-'))
    const keychain = fakeKeychain()
    const desk = openTestDesk({ vault: createVault(folder, keychain) })
    const old = await createSigned(desk)
    const fresh = await create(desk, { ...truvPlan, renews: old.handle })
    const sent = { to: 'Truv', on: '2026-03-01' }
    value(await desk.call('tickRenewal', { identity: fresh.handle, tick: { step: 'sent', sent } }))
    const again = openTestDesk({ vault: createVault(folder, keychain) })
    const { identities } = value(await again.call('listIdentities', {}))
    expect(identities.map(({ renewal }) => renewal?.sent)).toEqual([sent, sent])
  })
})

describe('tags and notes', () => {
  it('rest with the identities, many at once', async () => {
    const desk = openTestDesk()
    const [a, b] = [await create(desk, truvPlan), await create(desk, { ...truvPlan, name: 'B' })]
    const identities = [a.handle, b.handle, 'gonegonegone']
    expect(value(await desk.call('tagIdentities', { identities, add: ['team a', 'pci'], remove: [] }))).toEqual({
      changed: 2,
    })
    value(await desk.call('tagIdentities', { identities: [b.handle], add: [], remove: ['pci'] }))
    value(await desk.call('noteIdentity', { identity: a.handle, note: 'Asked Jane\nTicket 17' }))
    const listed = value(await desk.call('listIdentities', {})).identities
    expect(listed.map(({ tags, note }) => [tags, note])).toEqual(
      expect.arrayContaining([
        [['team a', 'pci'], 'Asked Jane\nTicket 17'],
        [['team a'], undefined],
      ]),
    )
    expect(value(await desk.call('tagIdentities', { identities, add: ['team a'], remove: [] })).changed).toBe(0)
  })
})
