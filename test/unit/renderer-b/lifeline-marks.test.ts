import { describe, expect, it } from 'vitest'
import { axisOf, type LifelineOf, marksOf, renewFrom } from '../../../renderer/parts/lifeline-marks.ts'

const today = new Date('2026-07-01T00:00:00Z')
const year: LifelineOf = {
  state: 'ready',
  createdAt: '2026-01-01T00:00:00Z',
  notBefore: '2026-01-11T00:00:00Z',
  notAfter: '2027-01-11T00:00:00Z',
}
const axis = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-01-31T00:00:00Z') }

describe('the marks of a lifeline', () => {
  it('puts validity, renewal window and expiry one after the other', () => {
    const marks = marksOf(year, today, 30, axis)
    expect(marks.waiting?.to).toBe(marks.valid?.from)
    expect(marks.valid?.to).toBe(marks.renewal?.from)
    expect(marks.renewal?.to).toBe(marks.expiry)
    expect(marks.past).toBeNull()
  })

  it('has today in the axis it chooses itself, with a margin at both ends', () => {
    const own = axisOf(year, today)
    const { today: tick, expiry, created } = marksOf(year, today, 30, own)
    for (const at of [tick, expiry, created]) {
      expect(at).toBeGreaterThan(0)
      expect(at).toBeLessThan(1)
    }
  })

  it('draws the time since an expiry', () => {
    const { past } = marksOf({ ...year, notAfter: '2026-06-01T00:00:00Z' }, today, 30, axis)
    expect(past).not.toBeNull()
    expect(past?.to).toBe(marksOf(year, today, 30, axis).today)
  })

  it('waits until today while no certificate has come back', () => {
    const marks = marksOf({ state: 'requested', createdAt: year.createdAt }, today, 30, axis)
    expect(marks.waiting?.to).toBe(marks.today)
    expect(marks.valid).toBeNull()
    expect(marks.expiry).toBeNull()
  })

  it('cuts what lies outside the axis, and leaves out marks that do', () => {
    const near = { from: Date.parse('2026-06-01T00:00:00Z'), to: Date.parse('2026-09-01T00:00:00Z') }
    const marks = marksOf(year, today, 30, near)
    expect(marks.valid).toEqual({ from: 0, to: 1 })
    expect(marks.renewal).toBeNull()
    expect(marks.expiry).toBeNull()
    expect(marks.created).toBeNull()
  })

  it('opens the renewal window with the certificate when that lives shorter than the window', () => {
    expect(renewFrom({ ...year, notAfter: '2026-01-20T00:00:00Z' }, 30)).toBe(Date.parse(year.notBefore ?? ''))
  })

  it('draws nothing for dates that cannot be read', () => {
    const marks = marksOf({ ...year, notBefore: 'never', notAfter: 'soon' }, today, 30, axis)
    expect(marks.valid).toBeNull()
    expect(marks.renewal).toBeNull()
  })
})
