import { describe, expect, it } from 'vitest'
import { axisAt, namesThatFit, ticksOf, zoomFor, zooms } from '../../../renderer/expiry/calendar-axis.ts'
import { leftWords } from '../../../renderer/expiry/left-words.ts'
import { nextThings } from '../../../renderer/expiry/next-things.ts'
import type { IdentitySummary } from '../../../shared/identity.ts'

const today = new Date(2026, 10, 22, 12)
const inDays = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString()

const identity = (handle: string, more: Partial<IdentitySummary> = {}): IdentitySummary => ({
  handle,
  name: handle,
  provider: 'truv',
  providerName: 'Truv',
  environment: 'live',
  environmentName: 'Live',
  state: 'ready',
  key: 'ec-p256',
  keptBy: 'keychain',
  createdAt: inDays(-100),
  notBefore: inDays(-100),
  notAfter: inDays(265),
  lastTest: { at: inDays(-1), outcome: 'accepted', title: 'Accepted' },
  practice: false,
  spkiSha256: '',
  ...more,
})

describe('the axis of the calendar', () => {
  it.each(zooms)('holds today in each zoom, with most of it ahead (%s)', (zoom) => {
    const { from, to } = axisAt(zoom, today)
    const share = (today.getTime() - from) / (to - from)
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.25)
  })

  it('moves by half its length', () => {
    const now = axisAt('1-year', today)
    const later = axisAt('1-year', today, 1)
    expect((later.from - now.from) / (now.to - now.from)).toBeCloseTo(0.5, 2)
  })

  it('starts in the closest zoom that shows the next expiry', () => {
    expect(zoomFor([inDays(12), inDays(4000)], today)).toBe('3-months')
    expect(zoomFor([inDays(200)], today)).toBe('1-year')
    expect(zoomFor([inDays(900)], today)).toBe('3-years')
    expect(zoomFor([inDays(9000)], today)).toBe('10-years')
    expect(zoomFor([inDays(-5)], today)).toBe('1-year')
  })

  it.each(zooms)('has its ticks in order and inside (%s)', (zoom) => {
    const places = ticksOf(axisAt(zoom, today), zoom).map((tick) => tick.at)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...places)).toBeLessThanOrEqual(1)
    expect(new Set(places).size).toBeGreaterThan(3)
  })

  it('names years in January, and quarters at their own first month', () => {
    const ticks = ticksOf(axisAt('3-years', today), '3-years')
    expect(ticks.filter((tick) => tick.major).every((tick) => / ?20\d\d$/.test(tick.name))).toBe(true)
    expect(ticks.filter((tick) => tick.major)).toHaveLength(3)
  })

  it.each([120, 300, 700])('lets no two names touch on %i pixels', (width) => {
    for (const zoom of zooms) {
      const names = namesThatFit(ticksOf(axisAt(zoom, today), zoom), width)
      names.forEach((tick, at) => {
        const next = names[at + 1]
        if (next) expect(next.at * width).toBeGreaterThanOrEqual(tick.at * width + tick.name.length * 7)
      })
    }
  })
})

describe('the next things to do', () => {
  it('are ordered by urgency: expired, expiring, waiting', () => {
    const things = nextThings(
      [
        identity('fine'),
        identity('untested', { lastTest: undefined }),
        identity('asked', { state: 'requested', notBefore: undefined, notAfter: undefined, createdAt: inDays(-3) }),
        identity('soon', { notAfter: inDays(12) }),
        identity('sooner', { notAfter: inDays(2) }),
        identity('over', { notAfter: inDays(-5) }),
      ],
      today,
      30,
    )
    expect(things.map((one) => `${one.what} ${one.handle}`)).toEqual([
      'renew over',
      'renew sooner',
      'renew soon',
      'attach asked',
      'test untested',
    ])
  })

  it('say nothing of what is renewed, replaced or revoked', () => {
    const list = [
      identity('old', { notAfter: inDays(3) }),
      identity('new', { state: 'requested', notAfter: undefined, renews: 'old' }),
      identity('gone', { state: 'replaced', notAfter: inDays(1) }),
      identity('bad', { state: 'revoked', notAfter: inDays(1) }),
    ]
    expect(nextThings(list, today, 30).map((one) => one.handle)).toEqual(['new'])
  })

  it('say when a request was made', () => {
    const asked = (days: number) =>
      nextThings([identity('x', { state: 'requested', notAfter: undefined, createdAt: inDays(days) })], today, 30)[0]
        ?.says
    expect(asked(0)).toContain('Requested today')
    expect(asked(-3)).toContain('Requested 3 days ago')
  })
})

describe('how long is left', () => {
  it.each([
    [identity('x', { notAfter: inDays(29.5) }), '29 days left'],
    [identity('x', { notAfter: inDays(0.5) }), 'expires within a day'],
    [identity('x', { notAfter: inDays(-0.5) }), 'expired today'],
    [identity('x', { notAfter: inDays(-2.5) }), 'expired 2 days ago'],
    [identity('x', { notAfter: undefined }), 'no certificate yet'],
    [identity('x', { state: 'replaced' }), 'replaced'],
  ])('is told in few words', (one, says) => {
    expect(leftWords(one, today)).toBe(says)
  })
})
