import { describe, expect, it } from 'vitest'
import { daysLeft, dueReminders, stateOn } from '../../shared/expiry/lifeline.ts'

const today = new Date('2026-03-01T12:00:00Z')
const inDays = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString()
const identity = (name: string, days: number, state: 'ready' | 'replaced' | 'requested' = 'ready') => ({
  handle: `aaaaaaaa${name}`,
  name,
  state,
  notAfter: inDays(days),
})

describe('days left', () => {
  it.each([
    [30, 30],
    [29.99, 29],
    [0.5, 0],
    [0, 0],
    [-0.01, -1],
    [-2, -2],
  ])('%f days ahead counts as %i whole days', (ahead, whole) => {
    expect(daysLeft(inDays(ahead), today)).toBe(whole)
  })
})

describe('the state on a day', () => {
  it.each([
    [40, 'ready'],
    [30.5, 'expiring'],
    [0, 'expiring'],
    [-0.1, 'expired'],
  ] as const)('an identity with %f days left and 30 days of warning is %s', (days, state) => {
    expect(stateOn(identity('a', days), today, 30)).toBe(state)
  })

  it('leaves a replaced identity replaced, however old it is', () => {
    expect(stateOn(identity('a', -100, 'replaced'), today, 30)).toBe('replaced')
  })

  it('leaves a request without certificate as it is', () => {
    expect(stateOn({ state: 'requested' }, today, 30)).toBe('requested')
  })
})

describe('reminders that are due', () => {
  it('names the smallest threshold that was passed, whatever the order of the thresholds', () => {
    const due = dueReminders([identity('a', 12), identity('b', 3), identity('c', 60)], [1, 30, 7, 14], today)
    expect(due.map((r) => [r.name, r.threshold])).toEqual([
      ['b', 7],
      ['a', 14],
    ])
  })

  it('gives an expired identity threshold 0 and puts it first', () => {
    const due = dueReminders([identity('soon', 1), identity('over', -3)], [30, 7], today)
    expect(due.map((r) => [r.name, r.threshold, r.daysLeft])).toEqual([
      ['over', 0, -3],
      ['soon', 7, 1],
    ])
  })

  it('says nothing about replaced identities and open requests', () => {
    expect(dueReminders([identity('a', 2, 'replaced'), identity('b', 2, 'requested')], [30], today)).toEqual([])
  })
})
