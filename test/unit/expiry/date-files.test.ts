import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarFile, foldLine } from '../../../shared/expiry/calendar-file.ts'
import { metricsFile } from '../../../shared/expiry/metrics-file.ts'
import { csvFile, jsonFile } from '../../../shared/expiry/table-file.ts'
import { expiryItem } from '../../support/expiry-item.ts'

const now = new Date('2026-12-01T12:00:00Z')
const acme = expiryItem({ name: 'Acme live', notAfter: '2026-12-31T23:30:00.000Z', usedBy: ['One', 'Two'] })
const nasty = `Zürich; "quoted", back\\slash\nsecond line 🎉 ${'long '.repeat(40)}`

/** As another program reads the file. */
const parsed = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

describe('the calendar file', () => {
  it('has the moment of expiry with an alarm for each reminder, and the day to renew from', () => {
    const events = parsed(calendarFile([acme], now))
    expect(events.map(({ summary, startDate }) => [summary, startDate.toString()])).toEqual([
      ['Renew from today: identity “Acme live”', '2026-12-01'],
      ['Expires: identity “Acme live”', '2026-12-31T23:30:00Z'],
    ])
    const alarms = events[1]?.component.getAllSubcomponents('valarm') ?? []
    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger')))).toEqual([
      '-P30D',
      '-P14D',
      '-P7D',
      '-P1D',
    ])
    expect(events[1]?.description).toBe('Renew it, so that calls go on.\nTruv Sandbox.\nUsed by One, Two.')
  })

  it('keeps its UIDs, and a later end of the same thing takes the place of the earlier', () => {
    const uids = (text: string) => parsed(text).map(({ uid }) => uid)
    const later = { ...acme, notAfter: '2027-12-31T23:30:00.000Z' }
    const [before, after] = [calendarFile([acme], now), calendarFile([later], new Date('2027-01-01T00:00:00Z'))]
    expect(uids(after)).toEqual(uids(before))
    const sequence = (text: string) => parsed(text)[1]?.sequence ?? 0
    expect(sequence(after)).toBeGreaterThan(sequence(before))
  })

  it('leaves out what has no end, and what was replaced', () => {
    const waiting = { ...acme, notAfter: undefined, life: 'waiting' as const }
    expect(parsed(calendarFile([waiting, { ...acme, life: 'replaced' }], now))).toEqual([])
  })

  it('gives no alarm of what reminders are off for, or that is done', () => {
    for (const quiet of [{ reminders: 'off' as const }, { done: true }]) {
      const events = parsed(calendarFile([{ ...acme, ...quiet }], now))
      expect(events.at(-1)?.component.getAllSubcomponents('valarm')).toEqual([])
    }
  })

  it('is read back as it was written, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const kept = name.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').replace(/\r\n|\r/g, '\n')
        const text = calendarFile([{ ...acme, name }], now)
        expect(parsed(text)[1]?.summary).toBe(`Expires: identity “${kept}”`)
      }),
      { numRuns: 100 },
    )
  })

  it('has lines of at most 75 octets, which none of them cuts a character of', () => {
    const lines = calendarFile([{ ...acme, name: nasty }], now).split('\r\n')
    for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    expect(lines.join('')).not.toContain('\uFFFD')
    expect(foldLine('é'.repeat(40)).split('\r\n ')).toEqual(['é'.repeat(37), 'é'.repeat(3)])
  })
})

describe('the table', () => {
  it('has a line of names and one for each item', () => {
    expect(csvFile([acme], now)).toBe(
      'kind,name,provider,environment,state,notBefore,notAfter,renewFrom,daysLeft,usedBy,id\r\n' +
        'identity,Acme live,truv,sandbox,renew,2025-12-31T23:30:00.000Z,2026-12-31T23:30:00.000Z,2026-12-01T23:30:00.000Z,30,One; Two,identity:handle00acmelive\r\n',
    )
  })

  it('quotes what needs it, and makes no name a formula', () => {
    const text = csvFile([{ ...acme, name: '=HYPERLINK("x"), y', usedBy: ['-2+3'] }], now)
    expect(text).toContain(`"'=HYPERLINK(""x""), y"`)
    expect(text).toContain(`,'-2+3,`)
  })
})

it('the JSON says the state on the day and the days left', () => {
  expect(JSON.parse(jsonFile([acme], now))).toMatchObject({
    at: '2026-12-01T12:00:00.000Z',
    items: [{ id: acme.id, state: 'renew', daysLeft: 30, notAfter: acme.notAfter }],
  })
})

/** The text format of Prometheus, version 0.0.4, strictly: each line is one of these. */
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
const metricLine = new RegExp(`^[a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{${label}(?:,${label})*\\})? -?[0-9]+(?:\\.[0-9]+)?$`)
const helpLine = /^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* [^\n]+$/
const typeLine = /^# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* gauge$/

describe('the file for node_exporter', () => {
  it('says when each ends, in seconds since 1970', () => {
    const labels = `kind="identity",name="Acme live",provider="truv",environment="sandbox",id="identity:handle00acmelive"`
    const text = metricsFile([acme], now)
    expect(text).toContain(
      `countersign_not_after_timestamp_seconds{${labels}} ${Date.parse(acme.notAfter ?? '') / 1000}\n`,
    )
    expect(text).toContain(`countersign_written_timestamp_seconds ${now.getTime() / 1000}\n`)
  })

  it('keeps to the grammar, names each family once, and repeats no series', () => {
    const items = [
      acme,
      { ...acme, id: 'server:abcdefgh', name: nasty } as typeof acme,
      { ...acme, id: 'crl:abcdefgh' } as typeof acme,
    ]
    const text = metricsFile(items, now)
    expect(text.endsWith('\n')).toBe(true)
    const lines = text.slice(0, -1).split('\n')
    for (const line of lines) {
      expect(
        [metricLine, helpLine, typeLine].some((form) => form.test(line)),
        line,
      ).toBe(true)
    }
    const types = lines.filter((line) => line.startsWith('# TYPE'))
    expect(new Set(types).size).toBe(types.length)
    const series = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')))
    expect(new Set(series).size).toBe(series.length)
  })
})
