import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyService, isPlainHttp, serviceOf } from '../../../renderer/authority/service-form.ts'
import { findIssued, issuedState } from '../../../shared/authority/book-search.ts'
import { listDueAt, listState, nextListNumber, planList } from '../../../shared/authority/list-plan.ts'
import { nextName } from '../../../shared/authority/next-name.ts'
import { hasInvalidity, revocationReasons } from '../../../shared/authority/reason-words.ts'
import { RevocationReason } from '../../../shared/authority/revocation-reason.ts'
import type { IssuedSummary } from '../../../shared/calls/authority.ts'

const now = new Date('2026-03-01T12:00:00Z')
const one = (more: Partial<IssuedSummary> = {}): IssuedSummary => ({
  handle: 'aaaaaaaa',
  authority: 'bbbbbbbb',
  authorityName: 'Acme CA',
  serial: '70b8a7130370f7336d1c6599eb529ec5',
  name: 'api.example.com',
  subject: 'CN=api.example.com,O=Käse GmbH',
  notAfter: '2026-12-01T00:00:00Z',
  issuedAt: '2026-01-01T00:00:00Z',
  renewable: true,
  here: true,
  ...more,
})

describe('the state of an issued certificate', () => {
  it.each([
    ['2026-12-01T00:00:00Z', 'valid'],
    ['2026-03-31T12:00:00Z', 'expiring'],
    ['2026-03-01T12:00:00Z', 'expired'],
  ] as const)('is told by its end: %s is %s', (notAfter, state) => {
    expect(issuedState({ notAfter }, now)).toBe(state)
  })

  it('is revoked, whatever its end', () => {
    const revoked = { at: '2026-02-01T00:00:00Z', reason: 'superseded' as const }
    expect(issuedState({ notAfter: '2020-01-01T00:00:00Z', revoked }, now)).toBe('revoked')
  })
})

describe('searching the book', () => {
  const found = (text: string, more = {}) =>
    findIssued([one(more)], { text, state: null, authority: null }, now).length === 1

  it.each([
    'API.example',
    'kase gmbh',
    'käse',
    'acme',
    '70b8a713',
    '70:B8:A7:13:03:70:F7:33:6D:1C:65:99:EB:52:9E:C5',
    '0x70b8a7130370f7336d1c6599eb529ec5',
    '  ',
  ])('finds by %j', (text) => expect(found(text)).toBe(true))

  it.each(['api.example.org', 'b8a713', 'acme other'])('does not find by %j', (text) => expect(found(text)).toBe(false))

  it('looks for state and authority too', () => {
    const wish = { text: '', state: null, authority: null }
    expect(findIssued([one()], { ...wish, state: 'revoked' }, now)).toEqual([])
    expect(findIssued([one()], { ...wish, authority: 'cccccccc' }, now)).toEqual([])
  })

  it('goes through ten thousand in a blink', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => one({ name: `client ${i}`, handle: `h${i}` }))
    const begun = performance.now()
    expect(findIssued(many, { text: 'client 999', state: 'valid', authority: null }, now)).toHaveLength(19)
    expect(performance.now() - begun).toBeLessThan(500)
  })
})

describe('a revocation list', () => {
  const last = {
    number: 5,
    thisUpdate: '2026-03-01T11:55:00Z',
    nextUpdate: '2026-03-08T12:00:00Z',
    madeAt: now.toISOString(),
    revoked: 1,
  }
  const at = (day: string) => new Date(`2026-03-${day}T12:00:00Z`)
  const revoked = (count: number) => Array.from({ length: count }, () => ({ at: '2026-02-01T00:00:00Z' }))

  it('is current, behind, due and over', () => {
    expect(listState(undefined, [], now)).toBe('none')
    expect(listState(undefined, revoked(1), now)).toBe('behind')
    expect(listState(last, revoked(1), now)).toBe('current')
    expect(listState(last, revoked(2), now)).toBe('behind')
    expect(listState(last, revoked(1), at('07'))).toBe('due')
    expect(listState(last, revoked(1), at('08'))).toBe('over')
    expect(listDueAt(last).toISOString()).toBe('2026-03-06T12:00:00.000Z')
  })

  it('counts further from the last number, and from the clock', () => {
    expect(nextListNumber(undefined, now)).toBe(now.getTime() / 1000)
    expect(nextListNumber({ number: 9_000_000_000 }, now)).toBe(9_000_000_001)
  })

  it('has numbers that grow, whatever the clock does', () => {
    const moments = fc.array(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }))
    fc.assert(
      fc.property(moments, (times) => {
        let before = { number: 0 }
        for (const time of times) {
          const number = nextListNumber(before, time)
          expect(number).toBeGreaterThan(before.number)
          before = { number }
        }
      }),
    )
  })

  it('never promises more than its authority lives', () => {
    const plan = planList({ notAfter: '2026-03-03T00:00:00Z' }, [], now, 30)
    expect(plan.nextUpdate.toISOString()).toBe('2026-03-03T00:00:00.000Z')
  })

  it('has words for every reason', () => {
    expect(revocationReasons.map(({ reason }) => reason).sort()).toEqual([...RevocationReason.options].sort())
    expect(RevocationReason.options.filter(hasInvalidity)).toEqual(['keyCompromise', 'CACompromise'])
  })
})

describe('the name of an authority that takes over', () => {
  it.each([
    ['Acme CA', 'Acme CA G2'],
    ['Acme CA G2', 'Acme CA G3'],
    ['Acme CA G99', 'Acme CA G100'],
    ['x'.repeat(64), `${'x'.repeat(61)} G2`],
  ])('counts on: %s', (name, next) => expect(nextName(name)).toBe(next))
})

describe('what is typed about a signing service', () => {
  it('goes out without what was left empty', () => {
    expect(serviceOf({ ...emptyService, url: ' https://ca:8888 ' })).toEqual({
      at: 'cfssl',
      url: 'https://ca:8888',
      plainHttp: false,
    })
    expect(serviceOf({ ...emptyService, at: 'est', url: 'https://est', user: 'me', authKey: 'aa' })).toEqual({
      at: 'est',
      url: 'https://est',
      user: 'me',
    })
  })

  it.each([
    ['http://ca.example.com', true],
    ['http://127.0.0.1:8888', false],
    ['http://localhost', false],
    ['https://ca.example.com', false],
    ['nonsense', false],
  ])('is plain http beyond this computer or not: %s', (url, plain) => expect(isPlainHttp({ url })).toBe(plain))
})
