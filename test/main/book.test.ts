import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { currentList, makeList } from '../../electron/authority/make-list.ts'
import { readIndex } from '../../shared/authority/openssl-index.ts'
import { readCrl } from '../../shared/pki/crl.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { revokedEntries } from '../../shared/pki/revoked-entries.ts'
import { issueHere } from '../support/issue-here.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const plan = {
  name: 'Acme',
  commonName: 'Acme CA',
  key: 'ec-p256' as const,
  years: 5,
  askEachTime: false,
}
const folder = mkdtempSync(join(tmpdir(), 'book-'))

async function withAuthority(more: object = {}): Promise<{ desk: TestDesk; authority: string }> {
  const desk = openTestDesk()
  const made = value(await desk.call('createAuthority', { work: 'w', plan: { ...plan, ...more } }))
  return { desk, authority: made.handle }
}

const listOf = async (desk: TestDesk, authority: string) => {
  const { crl } = (await desk.means.vault.authorities.find(authority)) ?? {}
  const der = pemBlocks(crl?.pem ?? '')[0]?.der ?? new Uint8Array()
  return { facts: readCrl(der)?.facts, serials: revokedEntries(der).map((one) => one.serialHex.toLowerCase()) }
}
const later = (desk: TestDesk, days: number) => {
  desk.outside.now = new Date(desk.outside.now.getTime() + days * 86_400_000)
}

describe('the book of issued certificates', () => {
  let desk: TestDesk
  let authority: string
  beforeAll(async () => {
    ;({ desk, authority } = await withAuthority())
  })

  it('lists what was issued, with its authority and its facts', async () => {
    const issued = await issueHere(desk.means, authority, 'api.example.com')
    const book = value(await desk.call('readBook', {}))
    expect(book.issued).toMatchObject([{ handle: issued.handle, authorityName: 'Acme', renewable: true, here: true }])
    expect(book.authorities).toMatchObject([{ handle: authority, issued: 1, revoked: 0, list: { state: 'none' } }])
    const detail = value(await desk.call('readIssued', { issued: issued.handle }))
    expect(detail.facts?.subject).toBe('CN=api.example.com')
    expect(detail.requestPem).toContain('BEGIN CERTIFICATE REQUEST')
  })

  it('revokes once, with a reason and the day since which the key is unsafe', async () => {
    const { handle, serial } = await issueHere(desk.means, authority, 'lost.example.com')
    const invalidSince = '2026-02-20T00:00:00.000Z'
    const asked = { issued: handle, reason: 'keyCompromise' as const, invalidSince }
    expect(codeOf(await desk.call('revokeIssued', { ...asked, invalidSince: '2026-03-02T00:00:00.000Z' }))).toBe(
      'issued.invalid-later',
    )
    expect(value(await desk.call('revokeIssued', asked)).revoked).toMatchObject({ reason: 'keyCompromise' })
    expect(codeOf(await desk.call('revokeIssued', { issued: handle, reason: 'superseded' }))).toBe(
      'issued.revoked-already',
    )
    const [book] = value(await desk.call('readBook', {})).authorities
    expect(book?.list.state).toBe('behind')
    const made = value(await desk.call('makeList', { authority }))
    expect(made.list).toMatchObject({ state: 'current', nextUpdate: '2026-03-08T12:00:00.000Z' })
    expect((await listOf(desk, authority)).serials).toEqual([serial])
    expect(desk.outside.news).toContainEqual({ kind: 'authorities-changed' })
  })

  it('certifies no key again that was revoked because it is in other hands', async () => {
    const { handle } = await issueHere(desk.means, authority, 'spent.example.com')
    const { requestPem = '' } = value(await desk.call('readIssued', { issued: handle }))
    const planned = async () =>
      value(await desk.call('planSigning', { requestPem, wish: { authority, choices: [] } })).blocked?.code
    expect(await planned()).toBeUndefined()
    value(await desk.call('revokeIssued', { issued: handle, reason: 'keyCompromise' }))
    expect(await planned()).toBe('sign.key-compromised')
  })

  it('signs nothing with an authority that its root has revoked', async () => {
    const own = await withAuthority({ issuing: { commonName: 'Acme Issuing CA', years: 2 } })
    const { requestPem = '' } = await issueHere(own.desk.means, own.authority, 'api.example.com')
    const { issued } = value(await own.desk.call('readBook', {}))
    const below = issued.find(({ authority: by }) => by !== own.authority)
    value(await own.desk.call('revokeIssued', { issued: below?.handle ?? '', reason: 'CACompromise' }))
    const wish = { authority: own.authority, choices: [] }
    expect(value(await own.desk.call('planSigning', { requestPem, wish })).blocked?.code).toBe('sign.authority-revoked')
  })

  it('refuses handles that it does not know', async () => {
    const stranger = 'abcdefghijklmnop'
    expect(codeOf(await desk.call('readIssued', { issued: stranger }))).toBe('issued.no-such')
    expect(codeOf(await desk.call('revokeIssued', { issued: stranger, reason: 'superseded' }))).toBe('issued.no-such')
    expect(codeOf(await desk.call('makeList', { authority: stranger }))).toBe('authority.no-such')
    expect(codeOf(await desk.call('saveIndex', { authority: stranger }))).toBe('authority.no-such')
  })

  it('is exported as OpenSSL keeps it', async () => {
    desk.outside.saveAs = join(folder, 'index.txt')
    value(await desk.call('saveIndex', { authority }))
    const { entries, strange } = readIndex(readFileSync(join(folder, 'index.txt'), 'utf8'))
    expect(strange).toEqual([])
    expect(entries.map(({ state, subject }) => `${state} ${subject}`)).toEqual([
      'valid /CN=api.example.com',
      'revoked /CN=lost.example.com',
      'revoked /CN=spent.example.com',
    ])
  })
})

describe('revocation lists', () => {
  it('have numbers that only grow, also after an older vault was restored', async () => {
    const { desk, authority } = await withAuthority()
    const numbers: number[] = []
    const make = async () => {
      const made = value(await makeList(desk.means, authority))
      numbers.push(made.crl?.number ?? 0)
      return made
    }
    const first = await make()
    await make()
    later(desk, 3)
    await make()
    await desk.means.vault.authorities.change(authority, () => first)
    later(desk, 1)
    await make()
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
    expect(new Set(numbers).size).toBe(4)
  })

  it('have numbers of their own when asked for at the same time', async () => {
    const { desk, authority } = await withAuthority()
    const made = await Promise.all([1, 2, 3].map(() => makeList(desk.means, authority)))
    expect(new Set(made.map((one) => value(one).crl?.number)).size).toBe(3)
  })

  it('are good for as long as was chosen, and stay so', async () => {
    const { desk, authority } = await withAuthority()
    value(await desk.call('makeList', { authority, days: 30 }))
    later(desk, 10)
    const again = value(await desk.call('makeList', { authority }))
    expect(again.list.nextUpdate).toBe('2026-04-10T12:00:00.000Z')
    expect(again.listDays).toBe(30)
  })

  it('become due, and then over', async () => {
    const { desk, authority } = await withAuthority()
    const state = async () => value(await desk.call('readBook', {})).authorities[0]?.list.state
    value(await desk.call('makeList', { authority }))
    const seen = [await state()]
    for (const days of [4, 1.5, 2]) {
      later(desk, days)
      seen.push(await state())
    }
    expect(seen).toEqual(['current', 'current', 'due', 'over'])
  })

  it('keep who has expired until one list after that has named it', async () => {
    const { desk, authority } = await withAuthority()
    const { handle, serial } = await issueHere(desk.means, authority, 'short', { days: 3 })
    value(await desk.call('revokeIssued', { issued: handle, reason: 'superseded' }))
    const seen: boolean[] = []
    for (const days of [1, 1, 3, 3]) {
      later(desk, days)
      value(await makeList(desk.means, authority))
      seen.push((await listOf(desk, authority)).serials.includes(serial))
    }
    expect(seen).toEqual([true, true, true, false])
  })

  it('are made anew for whoever serves them, without a question', async () => {
    const { desk, authority } = await withAuthority()
    expect(value(await currentList(desk.means, authority)).state).toBe('current')
    const { handle, serial } = await issueHere(desk.means, authority, 'gone')
    value(await desk.call('revokeIssued', { issued: handle, reason: 'cessationOfOperation' }))
    const { der, state } = value(await currentList(desk.means, authority))
    expect([state, revokedEntries(der ?? new Uint8Array()).map((one) => one.serialHex.toLowerCase())]).toEqual([
      'current',
      [serial],
    ])
  })

  it('are not made in the background where each use of the key is asked about', async () => {
    const { desk, authority } = await withAuthority({ askEachTime: true })
    expect(value(await currentList(desk.means, authority))).toEqual({ state: 'none' })
    expect(desk.outside.asked).toEqual([])
    expect(codeOf(await desk.call('makeList', { authority }))).toBe('authority.use-declined')
  })

  it('are not made by an authority that has ended', async () => {
    const { desk, authority } = await withAuthority()
    later(desk, 6 * 366)
    expect(codeOf(await desk.call('makeList', { authority }))).toBe('list.authority-over')
  })

  it('are written as PEM with those of the issuers above, or alone as DER', async () => {
    const { desk, authority } = await withAuthority({ issuing: { commonName: 'Acme Issuing CA', years: 2 } })
    desk.outside.saveAs = join(folder, 'all.crl.pem')
    const saved = value(await desk.call('saveList', { authority, format: 'pem' }))
    expect(saved).toMatchObject({ of: ['Acme', 'Acme (root)'], missing: [] })
    const lists = pemBlocks(readFileSync(join(folder, 'all.crl.pem'), 'utf8')).map(
      ({ der }) => readCrl(der)?.facts.issuer,
    )
    expect(lists).toEqual(['CN=Acme Issuing CA', 'CN=Acme CA'])
    desk.outside.saveAs = join(folder, 'own.crl')
    value(await desk.call('saveList', { authority, format: 'der' }))
    expect(readCrl(new Uint8Array(readFileSync(join(folder, 'own.crl'))))?.facts.issuer).toBe('CN=Acme Issuing CA')
  })
})

describe('roll-over', () => {
  const next = { ...plan, name: 'Acme G2', commonName: 'Acme CA G2' }
  const bundle = async (desk: TestDesk, authority: string) => {
    const path = join(folder, `${authority}.pem`)
    desk.outside.saveAs = path
    value(await desk.call('saveTrustBundle', { authority }))
    return pemBlocks(readFileSync(path, 'utf8')).length
  }

  it('lets a new authority take over, both trusted until the old one ends', async () => {
    const { desk, authority } = await withAuthority()
    expect(await bundle(desk, authority)).toBe(1)
    later(desk, 365)
    const made = value(await desk.call('succeedAuthority', { work: 'w', authority, plan: next, underParent: false }))
    const { authorities } = value(await desk.call('readBook', {}))
    expect(authorities).toMatchObject([
      { name: 'Acme', successor: made.handle },
      { name: 'Acme G2', predecessor: authority },
    ])
    expect([await bundle(desk, authority), await bundle(desk, made.handle)]).toEqual([2, 2])
    later(desk, 4.5 * 365)
    expect(await bundle(desk, authority)).toBe(1)
    const again = { work: 'w', authority, plan: next, underParent: false }
    expect(codeOf(await desk.call('succeedAuthority', again))).toBe('authority.followed-already')
  })

  it('keeps the root where it certified the old one', async () => {
    const { desk, authority } = await withAuthority({ issuing: { commonName: 'Acme Issuing CA', years: 2 } })
    const made = value(await desk.call('succeedAuthority', { work: 'w', authority, plan: next, underParent: true }))
    expect(made.facts.issuer).toBe('CN=Acme CA')
    expect(await bundle(desk, made.handle)).toBe(3)
    const { handle } = await issueHere(desk.means, made.handle, 'by the new one')
    expect(handle).toBeTruthy()
    const alone = await withAuthority()
    const refused = { work: 'w', authority: alone.authority, plan: next, underParent: true }
    expect(codeOf(await alone.desk.call('succeedAuthority', refused))).toBe('authority.key-elsewhere')
  })
})
