import { describe, expect, it } from 'vitest'
import { axisAt, namesThatFit, ticksOf, zoomFor, zooms } from '../../../renderer/expiry/calendar-axis.ts'
import { calendarRows, noFilter, passing } from '../../../renderer/expiry/calendar-rows.ts'
import { itemMarks } from '../../../renderer/expiry/item-marks.ts'
import { leftWords } from '../../../renderer/expiry/item-says.ts'
import { nextThings } from '../../../renderer/expiry/next-things.ts'
import { type ExpiryItem, renewFromOf } from '../../../shared/expiry/items.ts'
import { expiryItem } from '../../support/expiry-item.ts'

const today = new Date(2026, 10, 22, 12)
const inDays = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString()

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

  it('starts in the closest zoom that shows a third of the ends to come', () => {
    expect(zoomFor([inDays(12), inDays(4000)], today)).toBe('3-months')
    expect(zoomFor([12, 200, 210, 220, 900, 4000].map(inDays), today)).toBe('1-year')
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

const item = (name: string, more: Partial<ExpiryItem> = {}): ExpiryItem => ({
  ...expiryItem({ name, notAfter: inDays(265) }),
  handle: name,
  notBefore: inDays(-100),
  ...more,
  ...(more.notAfter !== undefined && { renewFrom: renewFromOf([30], inDays(-100), more.notAfter) }),
})
const asked = (days: number) => item('asked', { life: 'waiting', notAfter: undefined, createdAt: inDays(days) })
const tested = (handle: string) => ({
  handle,
  lastTest: { at: inDays(-1), outcome: 'accepted' as const, title: 'Accepted' },
})

describe('the next things to do', () => {
  const all = ['fine', 'soon', 'sooner', 'over'].map(tested)

  it('are ordered by urgency: expired, expiring, waiting', () => {
    const things = nextThings(
      [
        item('fine'),
        item('untested'),
        asked(-3),
        item('soon', { notAfter: inDays(12) }),
        item('sooner', { notAfter: inDays(2), kind: 'server', id: 'server:abcdefgh' }),
        item('over', { notAfter: inDays(-5) }),
      ],
      all,
      today,
    )
    expect(things.map((one) => `${one.what} ${one.item.name}: ${one.verb}`)).toEqual([
      'renew over: Renew',
      'renew sooner: Open test',
      'renew soon: Renew',
      'attach asked: Attach certificate',
      'test untested: Test',
    ])
  })

  it('say nothing of what is renewed, replaced, revoked, seen to, snoozed, or long over', () => {
    const quiet = [
      item('old', { notAfter: inDays(3) }),
      item('gone', { life: 'replaced', notAfter: inDays(1) }),
      item('bad', { life: 'revoked', notAfter: inDays(1) }),
      item('done', { notAfter: inDays(1), done: true }),
      item('later', { notAfter: inDays(1), snoozedUntil: inDays(0.5) }),
      item('past', { notAfter: inDays(-40), kind: 'issued', id: 'issued:abcdefgh' }),
      item('practice', { notAfter: inDays(1), kind: 'provider-ca', practice: true }),
    ]
    expect(nextThings(quiet, [{ handle: 'new', renews: 'old' }], today)).toEqual([])
  })

  it('finish a renewal: the switch, and then the old one at the provider', () => {
    const renewal = {
      side: 'new' as const,
      old: { handle: 'oldoldold', name: 'Acme 2025' },
      new: { handle: 'freshfresh', name: 'Acme 2026' },
      sameKey: false,
      selfSigned: false,
      startedOn: inDays(-20),
      cameBackOn: inDays(-3),
      testedOn: inDays(-2),
    }
    const fresh = item('fresh')
    const says = (more: object) => {
      const identity = { ...tested('fresh'), handle: fresh.handle ?? '', renewal: { ...renewal, ...more } }
      return nextThings([fresh], [identity], today).map(({ what, tone, says }) => [what, tone, says])
    }
    expect(says({})).toEqual([['renewal', 'waiting', 'It works: let your service use it instead of “Acme 2025”']])
    expect(says({ switchedOn: '2026-01-01' })).toEqual([
      ['renewal', 'soon', 'In use: remove “Acme 2025” at the provider, then tick it off'],
    ])
    expect(says({ switchedOn: '2026-01-01', retiredOn: '2026-01-02' })).toEqual([])
    expect(says({ old: null })).toEqual([])
  })

  it('say when a request was made', () => {
    expect(nextThings([asked(0)], [], today)[0]?.says).toContain('Requested today')
    expect(nextThings([asked(-3)], [], today)[0]?.says).toContain('Requested 3 days ago')
  })
})

describe('how long is left', () => {
  it.each([
    [item('x', { notAfter: inDays(29.5) }), '29 days left'],
    [item('x', { notAfter: inDays(0.5) }), 'expires within a day'],
    [item('x', { notAfter: inDays(-0.5) }), 'expired today'],
    [item('x', { notAfter: inDays(-2.5) }), 'expired 2 days ago'],
    [item('x', { notAfter: undefined, life: 'waiting' }), 'no certificate yet'],
    [item('x', { notAfter: undefined }), 'does not expire'],
    [item('x', { life: 'replaced' }), 'replaced'],
  ])('is told in few words', (one, says) => {
    expect(leftWords(one, today)).toBe(says)
  })
})

describe('the lines of the calendar', () => {
  const live = item('Acme live', { environment: 'live', environmentName: 'Live', notAfter: inDays(300) })
  const server = item('api.example.com', {
    id: 'server:abcdefgh',
    kind: 'server',
    provider: 'payrails',
    providerName: 'Payrails',
    notAfter: inDays(20),
    usedBy: ['Acme live'],
  })
  const practice = item('Practice CA', { id: 'provider-ca:abcdefgh', kind: 'provider-ca', practice: true })
  const items = [live, practice, server]
  const names = (rows: ReturnType<typeof calendarRows>) =>
    rows.map((row) => (row.row === 'group' ? `${row.name} (${row.count})` : row.item.name))

  it('have the nearest end first, and practice apart at the end', () => {
    expect(names(calendarRows(items, 'none', today))).toEqual([
      'api.example.com',
      'Acme live',
      'Practice: nothing outside depends on these (1)',
      'Practice CA',
    ])
  })

  it('stand in groups by kind, provider or month', () => {
    const groups = (by: Parameters<typeof calendarRows>[1]) =>
      calendarRows(items, by, today).flatMap((row) => (row.row === 'group' ? [row.name] : []))
    expect(groups('kind').slice(0, 2)).toEqual(['Identities', 'Server certificates'])
    expect(groups('provider').slice(0, 2)).toEqual(['Payrails', 'Truv'])
    expect(groups('month')[0]).toBe('December 2026')
  })

  it.each([
    [{ provider: 'payrails' }, ['api.example.com']],
    [{ environment: 'live' }, ['Acme live']],
    [{ kind: 'provider-ca' as const }, ['Practice CA']],
    [{ text: 'acme' }, ['Acme live', 'api.example.com']],
    [{ text: 'acme SERVER' }, ['api.example.com']],
    [{ text: 'nobody' }, []],
  ])('pass the filter %o', (filter, left) => {
    expect(passing(items, { ...noFilter, ...filter }).map(({ name }) => name)).toEqual(left)
  })

  it('lie where their dates are, cut to the axis', () => {
    const axis = { from: today.getTime(), to: today.getTime() + 100 * 86_400_000 }
    const marks = itemMarks(item('x', { notAfter: inDays(50) }), today, axis)
    expect(marks).toMatchObject({ valid: { from: 0, to: 0.2 }, renewal: { from: 0.2, to: 0.5 }, past: null, end: 0.5 })
    expect(itemMarks(item('x', { notAfter: inDays(500) }), today, axis)).toMatchObject({ goesOn: true, end: null })
    expect(itemMarks(asked(-5), today, { ...axis, from: axis.from - 10 * 86_400_000 }).waiting).not.toBeNull()
  })
})
