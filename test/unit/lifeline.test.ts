import { describe, expect, it } from 'vitest'
import { daysLeft, stateOn } from '../../shared/expiry/lifeline.ts'

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
