import { describe, expect, it } from 'vitest'
import { type Renewing, renewalsAmong, stageOf, stageWords, waitingDays } from '../../../shared/renewal/renewal.ts'

const today = new Date(2026, 5, 20, 23, 30)

const old: Renewing = {
  handle: 'oldoldold',
  plan: { name: 'Acme 2025' },
  state: 'ready',
  createdAt: '2025-06-01T10:00:00Z',
  notAfter: '2026-07-01T10:00:00Z',
  certificatePem: 'pem',
  history: [],
}
const fresh: Renewing = {
  handle: 'newnewnew',
  plan: { name: 'Acme 2026', renews: old.handle },
  state: 'requested',
  createdAt: '2026-06-01T10:00:00Z',
  history: [],
}
const sent = { sent: { to: 'Truv Support', on: '2026-06-08' } }
const home: Partial<Renewing> = {
  state: 'ready',
  certificatePem: 'pem',
  history: [{ at: '2026-06-10T10:00:00Z', what: 'attached' }],
}
const tested: Partial<Renewing> = { ...home, lastTest: { at: '2026-06-11T10:00:00Z', outcome: 'accepted' } }
const retired: Partial<Renewing> = { state: 'replaced', replacedBy: fresh.handle, retiredOn: '2026-06-20' }

const told = (change: Partial<Renewing>, ofOld: Partial<Renewing> = {}) =>
  renewalsAmong([
    { ...old, ...ofOld },
    { ...fresh, ...change },
  ]).get(fresh.handle)!

describe('a renewal', () => {
  it.each<[string, Partial<Renewing>, Partial<Renewing>, string]>([
    ['to send', {}, {}, 'renewal: to send'],
    ['waiting', { ticks: sent }, {}, 'renewal: waiting 12 days'],
    ['to test once the certificate is here', { ...home, ticks: sent }, {}, 'renewal: to test'],
    [
      'to test again after a test that failed',
      { ...home, lastTest: { at: '2026-06-12T10:00:00Z', outcome: 'refused' } },
      {},
      'renewal: to test',
    ],
    ['to switch over once a test was accepted', tested, {}, 'renewal: to switch over'],
    ['to retire the old one', { ...tested, ticks: { switchedOn: '2026-06-12' } }, {}, 'retire the old one'],
    ['done', { ...tested, ticks: { switchedOn: '2026-06-12' } }, retired, 'renewed'],
    [
      'to hand in, where one signs it oneself',
      { ...home, history: [{ at: '2026-06-10T10:00:00Z', what: 'self-signed' }] },
      {},
      'renewal: to send',
    ],
  ])('is %s', (_, change, ofOld, words) => {
    expect(stageWords(told(change, ofOld), today)).toBe(words)
  })

  it('is told of both sides', () => {
    const renewals = renewalsAmong([old, { ...fresh, ticks: sent }])
    expect(renewals.get(old.handle)).toEqual({ ...renewals.get(fresh.handle), side: 'old' })
    expect(renewals.get(old.handle)).toMatchObject({ side: 'old', new: { name: 'Acme 2026' }, ...sent })
  })

  it('counts the days of the calendar, not the hours', () => {
    expect(waitingDays(told({ ticks: { sent: { to: '', on: '2026-06-20' } } }), today)).toBe(0)
    expect(waitingDays(told({ ticks: { sent: { to: '', on: '2026-06-19' } } }), new Date(2026, 5, 20, 0, 10))).toBe(1)
    expect(waitingDays(told({ ticks: { sent: { to: '', on: '2026-06-25' } } }), today)).toBe(0)
  })

  it('has nothing to retire once the old one is gone', () => {
    const alone = (change: Partial<Renewing>) => stageOf(renewalsAmong([{ ...fresh, ...change }]).get(fresh.handle)!)
    expect([alone({}), alone(home), alone(tested)]).toEqual(['to-send', 'to-test', 'done'])
  })

  it('of a vault of an earlier version is done where the old one was replaced at once', () => {
    const before = { state: 'replaced' as const, replacedBy: fresh.handle }
    const renewal = told(home, { ...before, history: [{ at: '2026-06-10T10:00:00Z', what: 'replaced' }] })
    expect([stageOf(renewal), renewal.retiredOn]).toEqual(['done', '2026-06-10'])
  })

  it('that is open is told before one that is done, and the later one before the earlier', () => {
    const again: Renewing = { ...fresh, handle: 'thirdthird', createdAt: '2026-06-15T10:00:00Z' }
    expect(renewalsAmong([old, fresh, again]).get(old.handle)?.new.handle).toBe('thirdthird')
    const next: Renewing = { ...fresh, handle: 'nextnext', plan: { name: 'Acme 2027', renews: fresh.handle } }
    const chain = [{ ...old, ...retired }, { ...fresh, ...tested, ticks: { switchedOn: '2026-06-12' } }, next]
    expect(renewalsAmong(chain).get(fresh.handle)).toMatchObject({ side: 'old', new: { handle: 'nextnext' } })
  })
})
