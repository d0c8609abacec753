import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuthorityPlan } from '../../shared/authority/authority-plan.ts'
import type { PlanChoice } from '../../shared/authority/plan-row.ts'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const desk = openTestDesk()
const mail = mkdtempSync(join(tmpdir(), 'mail-'))
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: mail, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const plan: AuthorityPlan = {
  name: 'Acme webhooks',
  commonName: 'Acme CA',
  organization: 'Acme Ltd',
  country: 'IE',
  key: 'ec-p256',
  years: 10,
  askEachTime: false,
}
const create = async (on: TestDesk, change: Partial<AuthorityPlan> = {}) =>
  value(await on.call('createAuthority', { work: 'make-1', plan: { ...plan, ...change } }))

openssl(
  'req',
  '-new',
  '-newkey',
  'rsa:2048',
  '-nodes',
  '-keyout',
  'apata.key',
  '-out',
  'apata.csr',
  '-subj',
  '/C=IE/O=Apata/CN=outbound.apata.example',
)

const authority: AuthorityDetail = await create(desk)
const apata = { provider: 'apata', callsYou: 'outbound' }

const openApata = async (on = desk) =>
  value(await on.call('openRequest', { source: { from: 'paths', paths: [join(mail, 'apata.csr')] } })).request!

const planned = async (choices: PlanChoice[] = [], on = desk, handle = authority.handle) =>
  value(
    await on.call('planSigning', {
      requestPem: (await openApata(on)).pem,
      wish: { authority: handle, profile: apata, choices },
    }),
  )

describe('an authority of one’s own', () => {
  it('is listed, and its key is nowhere to be seen', async () => {
    const { authorities } = value(await desk.call('listAuthorities', {}))
    expect(authorities).toMatchObject([{ name: 'Acme webhooks', kind: 'root', keyAt: 'vault', issued: 0 }])
    const detail = value(await desk.call('readAuthority', { authority: authority.handle }))
    expect(JSON.stringify(detail)).not.toContain('PRIVATE')
    const folder = join(desk.folder, 'vault', 'authorities')
    for (const file of readdirSync(folder))
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain('PRIVATE KEY')
  })

  it('with an issuing one below it signs with that one', async () => {
    const other = openTestDesk()
    const made = await create(other, { issuing: { commonName: 'Acme Issuing CA', years: 5 } })
    expect(made).toMatchObject({ kind: 'issuing', name: 'Acme webhooks' })
    expect(made.chain.map(({ facts }) => facts.subject)).toEqual(['CN=Acme CA,O=Acme Ltd,C=IE'])
    const { authorities } = value(await other.call('listAuthorities', {}))
    expect(authorities.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'Acme webhooks issuing',
      'Acme webhooks (root) root',
    ])
    const { issued } = value(await other.call('readBook', {}))
    expect(issued).toMatchObject([{ name: 'Acme Issuing CA', authority: made.parent, here: true, renewable: false }])
  })

  it('stops asking before each use only when that is allowed in main’s own dialog', async () => {
    const made = await create(desk, { name: 'Careful', askEachTime: true })
    const change = { authority: made.handle, askEachTime: false }
    desk.outside.confirm = false
    expect(codeOf(await desk.call('changeAuthority', change))).toBe('authority.use-declined')
    desk.outside.confirm = true
    expect(value(await desk.call('changeAuthority', change)).askEachTime).toBe(false)
    value(await desk.call('removeAuthority', { authority: made.handle }))
    expect(codeOf(await desk.call('readAuthority', { authority: made.handle }))).toBe('authority.no-such')
  })

  it('is not removed without a yes', async () => {
    desk.outside.confirm = false
    expect(codeOf(await desk.call('removeAuthority', { authority: authority.handle }))).toBe('app.cancelled')
    value(await desk.call('readAuthority', { authority: authority.handle }))
  })
})

describe('a request from a provider', () => {
  it('is found in a file, and a near miss is named', async () => {
    expect(await openApata()).toMatchObject({ name: 'apata.csr', subject: 'CN=outbound.apata.example,O=Apata,C=IE' })
    const wrong = await desk.call('openRequest', { source: { from: 'paths', paths: [join(mail, 'apata.key')] } })
    expect(wrong).toMatchObject({ problem: { code: 'request.none-in-file', found: 'a private key' } })
    const text = await desk.call('openRequest', { source: { from: 'text', text: 'hello' } })
    expect(text.ok).toBe(false)
  })

  it('becomes exactly the certificate that was shown', async () => {
    const shown = await planned()
    expect(shown).toMatchObject({ blocked: null, days: 365, files: ['apata-outbound.crt', 'ca.crt', 'read-me.txt'] })
    const signed = value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
    const [serial] = shown.rows.find(({ field }) => field === 'serial')!.value
    expect(signed.issued).toMatchObject({
      name: 'outbound.apata.example',
      serial: serial!.toLowerCase(),
      provider: 'apata',
      renewable: true,
    })
    expect(signed.differences).toEqual([])
    writeFileSync(join(mail, 'issued.crt'), signed.certificatePem)
    const text = openssl('x509', '-in', 'issued.crt', '-noout', '-text')
    expect(text).toContain('Version: 3')
    expect(text).toContain('TLS Web Client Authentication')
  })

  it('is signed once for each plan', async () => {
    const shown = await planned()
    value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
    expect(codeOf(await desk.call('signRequest', { plan: shown.plan, despite: [] }))).toBe('sign.plan-gone')
    const twice = await planned()
    const both = await Promise.all([1, 2].map(() => desk.call('signRequest', { plan: twice.plan, despite: [] })))
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('is not signed by a plan that is an hour old', async () => {
    const shown = await planned()
    const before = desk.outside.now
    desk.outside.now = new Date(before.getTime() + 61 * 60_000)
    expect(codeOf(await desk.call('signRequest', { plan: shown.plan, despite: [] }))).toBe('sign.plan-gone')
    desk.outside.now = before
  })

  it('is signed despite a point only when that point was accepted', async () => {
    const choices: PlanChoice[] = [{ field: 'validity', choice: 'set', value: ['500'] }]
    const shown = await planned(choices)
    const refused = await desk.call('signRequest', { plan: shown.plan, despite: [] })
    expect(refused).toMatchObject({ problem: { code: 'sign.needs-consent', findings: 1 } })
    value(await desk.call('signRequest', { plan: shown.plan, despite: ['sign.validity-long'] }))
  })

  it('is not signed while the question before each use is answered no', async () => {
    const careful = await create(desk, { name: 'Careful', askEachTime: true })
    const shown = await planned([], desk, careful.handle)
    desk.outside.confirm = false
    expect(codeOf(await desk.call('signRequest', { plan: shown.plan, despite: [] }))).toBe('authority.use-declined')
    expect(desk.outside.asked.at(-1)).toBe('Use the key of “Careful”?')
    desk.outside.confirm = true
    value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
  })

  it('is kept, to be signed again', async () => {
    const shown = await planned()
    const { issued } = value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
    const again = value(await desk.call('openRequest', { source: { from: 'issued', issued: issued.handle } })).request!
    expect(again).toMatchObject({ provider: 'apata', callsYou: 'outbound', renews: issued.handle })
    expect(again.pem).toBe((await openApata()).pem)
  })

  it('is not signed by the rules of a provider that sends none', async () => {
    const wish = { authority: authority.handle, profile: { provider: 'truv', callsYou: 'webhooks-own' }, choices: [] }
    const asked = await desk.call('planSigning', { requestPem: (await openApata()).pem, wish })
    expect(codeOf(asked)).toBe('sign.not-yours')
  })
})

describe('what is handed back', () => {
  it('is certificate, authority and a text, without any key, and OpenSSL accepts it', async () => {
    const shown = await planned()
    const { issued } = value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
    desk.outside.folder = mkdtempSync(join(tmpdir(), 'hand-back-'))
    const { saved } = value(await desk.call('saveHandBack', { issued: issued.handle }))
    expect(readdirSync(desk.outside.folder).sort()).toEqual(['apata-outbound.crt', 'ca.crt', 'read-me.txt'])
    for (const path of saved) expect(readFileSync(path, 'utf8')).not.toContain('PRIVATE')
    const at = String(Math.floor(desk.outside.now.getTime() / 1000))
    const check = [
      'verify',
      '-purpose',
      'sslclient',
      '-x509_strict',
      '-attime',
      at,
      '-CAfile',
      'ca.crt',
      'apata-outbound.crt',
    ]
    const said = execFileSync('openssl', check, { cwd: desk.outside.folder, encoding: 'utf8' })
    expect(said).toContain('apata-outbound.crt: OK')
  })

  it('is not saved when a server would refuse it', async () => {
    const shown = await planned()
    const { issued } = value(await desk.call('signRequest', { plan: shown.plan, despite: [] }))
    const before = desk.outside.now
    desk.outside.now = new Date(before.getTime() + 400 * 86_400_000)
    expect(codeOf(await desk.call('saveHandBack', { issued: issued.handle }))).toBe('hand-back.not-good')
    desk.outside.now = before
  })
})
