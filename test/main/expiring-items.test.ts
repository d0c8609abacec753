import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeList } from '../../electron/authority/make-list.ts'
import { autostartEntry, setAutostart } from '../../electron/expiry/autostart-file.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { issueHere } from '../support/issue-here.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

let desk: TestDesk
let authority: string
let practised: string
const providerCa = issue({ subject: ['CN=Provider CA'], isCa: true, fromDays: -10, toDays: 900 })

const items = async () => value(await desk.call('listExpiring', {})).items
const named = (all: readonly ExpiryItem[], kind: ExpiryItem['kind'], name: string) =>
  all.find((one) => one.kind === kind && one.name === name)

beforeAll(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  const plan = { name: 'Own CA', commonName: 'Own CA', key: 'ec-p256' as const, years: 5, askEachTime: false }
  authority = value(await desk.call('createAuthority', { work: 'w', plan })).handle
  await issueHere(desk.means, authority, 'partner.example', { days: 90 })
  await makeList(desk.means, authority)

  const own = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
  value(await desk.call('selfSign', { identity: own.handle, days: 365 }))
  await desk.means.vault.identities.change(own.handle, (record) => ({ ...record, serverCaPem: providerCa.pem }))

  const asked = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  practised = asked.handle
  const { running } = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' }))
  const { certificatePem } = value(await desk.call('submitToPractice', { identity: practised }))
  value(await desk.call('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] }))
  await desk.call('testConnection', {
    work: 't',
    identity: practised,
    url: `${running?.apiUrl}/v1/orders/`,
    method: 'GET',
    headers: [],
    blanks: {},
    remember: false,
    trust: { by: 'practice' },
  })
}, 30_000)
afterAll(() => desk.means.practice.stop())

describe('what expires', () => {
  it('is every identity, issued certificate, authority, revocation list and provider’s CA', async () => {
    const all = await items()
    expect(named(all, 'identity', nuapayPlan.name)).toMatchObject({
      provider: 'nuapay',
      life: 'current',
      practice: false,
    })
    expect(named(all, 'authority', 'Own CA')).toMatchObject({ handle: authority, remindDays: [30, 14, 7, 1] })
    expect(named(all, 'issued', 'partner.example')).toMatchObject({ handle: authority, remindDays: [30, 14, 7, 1] })
    expect(named(all, 'provider-ca', 'Provider CA')).toMatchObject({ usedBy: [nuapayPlan.name], provider: 'nuapay' })
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('lists an issuing authority once, though it stands in the book of its root', async () => {
    const before = new Set((await items()).map(({ id }) => id))
    const issuing = { commonName: 'Below CA', years: 2 }
    const plan = {
      name: 'Pair',
      commonName: 'Above CA',
      key: 'ec-p256' as const,
      years: 5,
      issuing,
      askEachTime: false,
    }
    value(await desk.call('createAuthority', { work: 'w2', plan }))
    expect((await desk.means.vault.issued.list()).records.map(({ name }) => name)).toContain('Below CA')
    const added = (await items()).filter(({ id }) => !before.has(id))
    expect(added.map(({ kind }) => kind)).toEqual(['authority', 'authority'])
  })

  it('reminds of a weekly list only when its next one is due', async () => {
    const list = named(await items(), 'crl', 'Own CA')
    expect(list?.remindDays).toEqual([1])
    const left = Date.parse(list?.notAfter ?? '') - Date.parse(list?.renewFrom ?? '')
    expect(left / 86_400_000).toBeCloseTo(2, 1)
  })

  it('has the certificate of a server from when it is watched, and knows whose it is', async () => {
    expect((await items()).some(({ kind }) => kind === 'server')).toBe(false)
    const [endpoint] = value(await desk.call('listEndpoints', {})).endpoints
    value(await desk.call('watchEndpoint', { endpoint: endpoint?.id ?? '', watched: true }))
    const server = (await items()).find(({ kind }) => kind === 'server')
    expect(server).toMatchObject({ provider: 'truv', practice: true, handle: endpoint?.id, usedBy: [truvPlan.name] })
    expect(server?.notAfter).toBeDefined()
  })

  it('keeps practice apart, and reminds only of its identities', async () => {
    const practice = (await items()).filter((one) => one.practice)
    expect(practice.map(({ kind }) => kind)).toContain('provider-ca')
    for (const { kind, reminders } of practice) expect(reminders).toBe(kind === 'identity' ? 'usual' : 'off')
  })

  it('is the same while the vault is locked', async () => {
    const before = await items()
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
    value(await desk.call('lockVault', {}))
    expect(await items()).toEqual(before)
    value(await desk.call('unlockVault', { passphrase: 'correct horse battery' }))
  })

  it('says of an identity whose successor is ready to switch over', async () => {
    const [old] = (await items()).filter(({ name }) => name === nuapayPlan.name)
    value(await desk.call('changeReminder', { items: [old?.id as never], change: { to: 'own', days: [90, 3] } }))
    const plan = { ...nuapayPlan, name: 'Next', renews: old?.handle }
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan }))
    value(await desk.call('selfSign', { identity: handle, days: 365 }))
    const all = await items()
    expect(named(all, 'identity', nuapayPlan.name)?.note).toContain('“Next” is ready')
    expect(named(all, 'identity', 'Next')).toMatchObject({ reminders: 'own', remindDays: [90, 3] })
  })
})

describe('files that follow the dates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
  const ics = join(folder, 'dates.ics')

  it('are written where the user says, readable by other programs, and anew when a date changes', async () => {
    desk.outside.saveAs = ics
    const { feeds } = value(await desk.call('startFeed', { format: 'ics' }))
    expect(feeds).toMatchObject([{ format: 'ics', path: ics, failed: false }])
    expect(statSync(ics).mode & 0o777).toBe(0o644)
    const first = readFileSync(ics, 'utf8')
    expect(first).not.toContain(truvPlan.name)
    await desk.means.feeds.refresh()
    expect(readFileSync(ics, 'utf8')).toBe(first)
    await issueHere(desk.means, authority, 'another.example')
    await desk.means.feeds.refresh()
    expect(readFileSync(ics, 'utf8')).toContain('another.example')
  })

  it('say so when they cannot be written, and are written again once they can', async () => {
    desk.outside.saveAs = join(folder, 'gone', 'dates.prom')
    const { feeds } = value(await desk.call('startFeed', { format: 'prometheus' }))
    expect(feeds.find(({ format }) => format === 'prometheus')).toMatchObject({ failed: true, writtenAt: null })
    value(await desk.call('stopFeed', { format: 'prometheus' }))
    expect(value(await desk.call('listFeeds', {})).feeds.map(({ format }) => format)).toEqual(['ics'])
  })

  it('are refused under a name that their reader would pass over', async () => {
    desk.outside.saveAs = join(folder, 'dates.txt')
    expect(codeOf(await desk.call('startFeed', { format: 'prometheus' }))).toBe('calendar.not-prom')
    expect(existsSync(desk.outside.saveAs)).toBe(false)
  })

  it('are left alone when nobody chose a place', async () => {
    desk.outside.saveAs = null
    expect(value(await desk.call('startFeed', { format: 'csv' })).feeds).toHaveLength(1)
    expect(value(await desk.call('saveDates', { format: 'csv' })).saved).toBeNull()
  })

  it('saves what was chosen, once', async () => {
    desk.outside.saveAs = join(folder, 'one.json')
    const one = named(await items(), 'issued', 'partner.example')
    value(await desk.call('saveDates', { format: 'json', items: [one?.id as never] }))
    expect(JSON.parse(readFileSync(desk.outside.saveAs, 'utf8')).items).toMatchObject([{ name: 'partner.example' }])
    desk.outside.saveAs = join(folder, 'nowhere', 'x.json')
    expect(codeOf(await desk.call('saveDates', { format: 'json' }))).toBe('file.not-writable')
  })
})

describe('the start at login', () => {
  it('is an entry that quotes what a shell would read otherwise', async () => {
    const entry = autostartEntry(['/opt/My "App"/100%/$HOME/a\\b', '--background'])
    expect(entry).toContain('Exec="/opt/My \\\\"App\\\\"/100%%/\\\\$HOME/a\\\\\\\\b" "--background"\n')
    const path = join(mkdtempSync(join(tmpdir(), 'autostart-')), 'deeper', 'countersign.desktop')
    expect(await setAutostart(path, ['/opt/countersign', '--background'])).toBe(true)
    expect(readFileSync(path, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
    expect(await setAutostart(path, null)).toBe(true)
    expect(() => statSync(path)).toThrow()
  })

  it('says when it cannot be put in place', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'autostart-')), 'file')
    writeFileSync(file, '')
    expect(await setAutostart(join(file, 'autostart', 'countersign.desktop'), ['x'])).toBe(false)
  })
})
