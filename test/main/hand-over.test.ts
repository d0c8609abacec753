import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checklistOf } from '../../shared/handover/checklist.ts'
import type { IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})

const create = async (plan: IdentityPlan) => value(await desk.call('createIdentity', { work: 'w', plan }))
const read = async ({ handle }: { handle: string }) => value(await desk.call('readIdentity', { identity: handle }))
const tick = (identity: IdentityDetail, steps: string[], tick: { on: string; skipped?: true; to?: string } | null) =>
  desk.call('tickHandover', { identity: identity.handle, steps, tick })

function stateOf(identity: IdentityDetail, step: string) {
  const profile = builtInProfiles.find(({ id }) => id === identity.provider)!
  return checklistOf(profile, identity.environment, identity.handover!).find((item) => item.step.id === step)
}

async function bringHome(identity: IdentityDetail) {
  const { now } = desk.outside
  const provider = await openTestProvider(now)
  const text = (await provider.sign(identity.requestPem, { days: 365, at: now })) + provider.caPem
  value(
    await desk.call('attachCertificate', { identity: identity.handle, source: { from: 'text', text }, despite: [] }),
  )
  return read(identity)
}

describe('the hand-over of an identity', () => {
  it('keeps what was ticked, with its day and to whom, and gives it back', async () => {
    const made = await create(truvPlan)
    const sent = value(await tick(made, ['send'], { on: '2026-03-01', to: 'Jane at Truv' }))
    expect(stateOf(sent, 'send')).toMatchObject({ state: 'done', on: '2026-03-01', to: 'Jane at Truv' })
    expect(sent.history.at(-1)).toMatchObject({ what: 'sent', detail: 'Jane at Truv' })
    const firewall = value(await tick(made, ['firewall'], { on: '2026-03-01' }))
    expect(firewall.history.at(-1)?.detail).toBe('Let the addresses of Sandbox through your firewall')
    expect(stateOf(await read(made), 'firewall')?.state).toBe('done')
    const back = value(await tick(made, ['firewall', 'send'], null))
    expect([stateOf(back, 'firewall')?.state, stateOf(back, 'send')?.state]).toEqual(['open', 'next'])
  })

  it('leaves out a whole way in which the provider could call, in one write', async () => {
    const made = await create(truvPlan)
    const steps = ['webhook-sign', 'webhook-return']
    const without = value(await tick(made, steps, { on: '2026-03-01', skipped: true }))
    expect(steps.map((step) => stateOf(without, step)?.state)).toEqual(['skipped', 'skipped'])
  })

  it('ticks off by itself what can be seen: the certificate is here', async () => {
    const made = await create(truvPlan)
    expect(stateOf(made, 'bring-home')?.state).toBe('open')
    const home = await bringHome(made)
    expect(stateOf(home, 'bring-home')).toMatchObject({ state: 'done', seen: true })
    expect(stateOf(home, 'send')).toMatchObject({ state: 'done', seen: true })
  })

  it('refuses steps that the provider’s checklist does not have', async () => {
    const made = await create(truvPlan)
    expect(codeOf(await tick(made, ['send', 'no-such-step'], { on: '2026-03-01' }))).toBe('handover.no-such-step')
    expect(stateOf(await read(made), 'send')?.state).toBe('next')
  })

  it('shares the tick of a sent request with its renewal', async () => {
    const old = await bringHome(await create(truvPlan))
    const fresh = await create({ ...truvPlan, name: 'Acme next', renews: old.handle })
    value(await tick(fresh, ['send'], { on: '2026-03-01', to: 'Jane' }))
    expect((await read(fresh)).renewal?.sent).toEqual({ to: 'Jane', on: '2026-03-01' })
    value(await desk.call('tickRenewal', { identity: fresh.handle, tick: { step: 'sent', sent: null } }))
    expect(stateOf(await read(fresh), 'send')?.state).toBe('next')
  })

  it('begins a renewal with what stays true: the firewall is open, the request is to be sent anew', async () => {
    const old = await create(truvPlan)
    value(await tick(old, ['send'], { on: '2026-03-01', to: 'Jane' }))
    value(await tick(old, ['firewall'], { on: '2026-03-01' }))
    const fresh = await create({ ...truvPlan, name: 'Acme next', renews: old.handle })
    expect(stateOf(fresh, 'firewall')).toMatchObject({ state: 'done', on: '2026-03-01' })
    expect(stateOf(fresh, 'send')?.state).toBe('next')
    const elsewhere = await create({ ...truvPlan, environment: 'production', name: 'Live', renews: old.handle })
    expect(stateOf(elsewhere, 'firewall')?.state).toBe('open')
  })

  it('counts a call to the practice provider for nothing at the real one', async () => {
    desk.outside.now = new Date()
    const made = await create(nuapayPlan)
    value(await desk.call('selfSign', { identity: made.handle, days: 365 }))
    value(await desk.call('startPractice', { provider: 'nuapay', environment: 'sandbox' }))
    value(await desk.call('submitToPractice', { identity: made.handle }))
    const { running } = value(await desk.call('practiceState', {}))
    const call = { work: 'w', identity: made.handle, url: `${running!.apiUrl}/tpp/`, headers: [], blanks: {} }
    const wish = { ...call, method: 'GET' as const, remember: false, trust: { by: 'practice' as const } }
    const tested = value(await desk.call('testConnection', { ...wish, probe: 'none' }))
    expect(tested.verdict.outcome).toBe('accepted')
    const after = await read(made)
    expect(after.lastTest).toMatchObject({ outcome: 'accepted', practice: true })
    expect(stateOf(after, 'test')?.state).toBe('open')
    value(await desk.call('stopPractice', {}))
  })

  it('tells of webhooks from outside, not of those this computer sent itself', async () => {
    const made = await create(truvPlan)
    const row = { provider: 'truv', kind: 'request', outcome: 'accepted', code: 'ok', says: 'Let in.' } as const
    const more = { chain: [], headers: [], masked: [], body: '', bodyForm: 'text' as const, bodyCut: false }
    const at = (second: number, from: string) => ({ ...row, ...more, at: `2026-03-01T12:00:0${second}.000Z`, from })
    await desk.means.arrivals.append([at(1, '44.235.37.104:5000'), at(2, '127.0.0.1:5001'), at(3, '[::1]:5002')])
    const { webhook } = value(await desk.call('readHandover', { identity: made.handle }))
    expect(webhook).toEqual({ at: '2026-03-01T12:00:01.000Z', from: '44.235.37.104:5000' })
    await desk.means.arrivals.close()
  })
})

describe('the onboarding sheet', () => {
  const folder = () => {
    const path = join(desk.folder, 'out')
    mkdirSync(path, { recursive: true })
    return path
  }
  const save = async (identity: IdentityDetail, form: 'pdf-a4' | 'pdf-letter' | 'html' | 'markdown') => {
    desk.outside.saveAs = join(folder(), `sheet.${form}`)
    return value(await desk.call('saveSheet', { identity: identity.handle, form })).saved
  }
  const grouped = (hex: string) => hex.replace(/(.{4})(?=.)/g, '$1 ')

  it('holds the facts, the steps and the addresses, as Markdown, HTML and for the printer', async () => {
    const made = await create({ ...truvPlan, environment: 'production' })
    const home = await bringHome(made)
    value(await tick(home, ['firewall'], { on: '2026-03-01' }))
    const markdown = readFileSync((await save(home, 'markdown'))!, 'utf8')
    for (const fact of ['api-mtls.truv.com', '35.167.32.174', 'EC P-256', grouped(home.certificateFacts!.sha256!)])
      expect(markdown).toContain(fact)
    expect(markdown).toMatch(/- \[x\] Let the addresses of Production through your firewall \(2026-03-01\)/)
    expect(markdown).toMatch(/- \[ \] Make the first call/)
    const html = readFileSync((await save(home, 'html'))!, 'utf8')
    expect(html).toContain('<html lang="en">')
    expect(html).not.toMatch(/<script|<img|<link|http-equiv="refresh"/)
    await save(home, 'pdf-letter')
    expect(desk.outside.printed[0]).toMatchObject({ html, paper: 'Letter' })
    expect(statSync(desk.outside.saveAs!).mode & 0o777).toBe(0o644)
  })

  it('holds no secret: no key, no passphrase, no note, no value of a blank', async () => {
    const made = await bringHome(await create(truvPlan))
    value(await desk.call('noteIdentity', { identity: made.handle, note: 'the PIN is 4711-4711' }))
    for (const form of ['markdown', 'html'] as const) {
      const text = readFileSync((await save(made, form))!, 'utf8')
      expect(text).not.toMatch(/PRIVATE KEY|4711|BEGIN/)
    }
  })

  it('stays a sheet when names try to be something else', async () => {
    const name = '<img src=x onerror=alert(1)> [click](https://evil.example) `x` & "Acme" | *bold*'
    const made = await create({ ...truvPlan, name })
    const html = readFileSync((await save(made, 'html'))!, 'utf8')
    expect(html).not.toContain('<img')
    await save(made, 'pdf-a4')
    expect(desk.outside.printed.at(-1)?.foot).not.toContain('<img')
    const markdown = readFileSync((await save(made, 'markdown'))!, 'utf8')
    expect(markdown).not.toMatch(/(?<!\\)\]\(/)
    expect(markdown).not.toMatch(/(?<!\\)<img/)
  })

  it('is written nowhere when the dialog is closed, and says so when it cannot be printed', async () => {
    const made = await create(truvPlan)
    desk.outside.saveAs = null
    expect(value(await desk.call('saveSheet', { identity: made.handle, form: 'pdf-a4' }))).toEqual({ saved: null })
    expect(desk.outside.printed).toEqual([])
    const broken = openTestDesk({ print: () => Promise.reject(new Error('destroyed')) })
    const one = value(await broken.call('createIdentity', { work: 'w', plan: truvPlan }))
    broken.outside.saveAs = join(broken.folder, 'sheet.pdf')
    const said = await broken.call('saveSheet', { identity: one.handle, form: 'pdf-a4' })
    expect(codeOf(said)).toBe('handover.not-printed')
  })
})

describe('the call of the Test room as code', () => {
  it('is written as it was given, less the secrets that may still stand in it', async () => {
    const made = await create(truvPlan)
    const folder = join(desk.folder, 'code')
    mkdirSync(folder)
    desk.outside.folder = folder
    const files = { certificate: 'a.crt', key: 'a.key', bundle: 'a.p12' }
    const headers = [{ name: 'Authorization', value: 'Bearer typed' }]
    const call = { url: 'https://api.example.com/v9/things', method: 'DELETE', headers, blanks: [], files }
    const wish = { identity: made.handle, for: 'python-requests' as const, locked: false, call }
    const [path] = value(await desk.call('saveSnippet', wish)).saved
    const text = readFileSync(path!, 'utf8')
    for (const part of ['DELETE', 'https://api.example.com/v9/things', 'os.environ["AUTHORIZATION"]', 'a.crt'])
      expect(text).toContain(part)
    expect(text).not.toContain('typed')
  })

  it('names files beside it, and no others', async () => {
    const made = await create(truvPlan)
    const files = { certificate: '../../etc/a.crt', key: 'a.key', bundle: 'a.p12' }
    const call = { url: 'https://api.example.com/', method: 'GET', headers: [], blanks: [], files }
    const wish = { identity: made.handle, for: 'curl' as const, locked: false, call }
    expect(codeOf(await desk.call('saveSnippet', wish))).toBe('app.input-invalid')
  })
})
