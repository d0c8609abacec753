import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../../electron/clock.ts'
import { createReminders, type Notice } from '../../electron/expiry/reminders.ts'
import { createToldFile } from '../../electron/expiry/told-file.ts'
import { dueReminders } from '../../shared/expiry/lifeline.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { nuapayPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

type Known = Pick<IdentitySummary, 'handle' | 'name' | 'state' | 'notAfter'>

let folder: string
let shown: Notice[]
let today: Date
let identities: Known[]
let supported: boolean

const days = [30, 14, 7, 1]
const expiring = (name: string, on: string): Known => ({
  handle: `handle00${name}`,
  name,
  state: 'ready',
  notAfter: on,
})
const at = (date: string) => {
  today = new Date(date)
}

/** As after a start of the app: what was told is only in the file. */
const check = async () => {
  shown = []
  const show = (notice: Notice) => {
    if (supported) shown.push(notice)
    return supported
  }
  const due = async () => dueReminders(identities, days, today)
  await createReminders({ due, show, told: createToldFile(folder) }).check()
  return shown.map(({ title }) => title)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'told-'))
  supported = true
  identities = [expiring('acme', '2026-12-31T12:00:00Z')]
})

describe('reminders', () => {
  it('come once for each threshold, however often the app starts', async () => {
    const told: [string, string[]][] = []
    for (const day of ['11-30', '12-02', '12-05', '12-17', '12-18', '12-20', '12-24', '12-30', '12-31']) {
      at(`2026-${day}T12:30:00Z`)
      const titles = await check()
      expect(await check()).toEqual([])
      if (titles.length > 0) told.push([day, titles])
    }
    expect(told).toEqual([
      ['11-30', ['“acme” expires in 30 days']],
      ['12-17', ['“acme” expires in 13 days']],
      ['12-24', ['“acme” expires in 6 days']],
      ['12-30', ['“acme” expires within a day']],
      ['12-31', ['“acme” has expired']],
    ])
  })

  it('tell only the most urgent threshold after a long pause', async () => {
    at('2026-12-28T00:00:00Z')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
    at('2026-12-29T00:00:00Z')
    expect(await check()).toEqual([])
  })

  it('begin anew when the certificate was renewed', async () => {
    at('2026-12-28T00:00:00Z')
    await check()
    identities = [expiring('acme', '2027-12-31T12:00:00Z')]
    at('2027-12-28T00:00:00Z')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
  })

  it('lead to the identity; many at once are one, and lead to none', async () => {
    at('2026-12-28T00:00:00Z')
    await check()
    expect(shown[0]?.identity).toBe('handle00acme')
    identities = ['a', 'b', 'c', 'd', 'e'].map((name) => expiring(name, '2026-12-31T12:00:00Z'))
    expect(await check()).toEqual(['5 certificates expire soon or have expired'])
    expect(shown[0]?.identity).toBeUndefined()
    expect(shown[0]?.body).toBe('“a”, “b”, “c” and 2 more.')
    expect(await check()).toEqual([])
  })

  it('do not count as told where the system shows none', async () => {
    at('2026-12-28T00:00:00Z')
    supported = false
    await check()
    supported = true
    expect(await check()).toEqual(['“acme” expires in 3 days'])
  })

  it('survive a damaged memory by telling once more', async () => {
    at('2026-12-28T00:00:00Z')
    await check()
    writeFileSync(join(folder, 'reminded.json'), '{"x":')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
    expect(await check()).toEqual([])
  })
})

it('the window lists what is due on the app’s own day', async () => {
  const desk = openTestDesk()
  const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
  value(await desk.call('selfSign', { identity: handle, days: 365 }))
  expect(value(await desk.call('listReminders', {})).reminders).toEqual([])
  desk.outside.now = new Date('2027-02-20T12:00:00Z')
  expect(value(await desk.call('listReminders', {})).reminders).toMatchObject([
    { identity: handle, name: 'Nuapay test', daysLeft: 9, threshold: 14 },
  ])
})

describe('the clock', () => {
  it('goes on from the day it is given', async () => {
    const now = createClock('2030-01-01T00:00:00Z')
    expect(now().toISOString().slice(0, 16)).toBe('2030-01-01T00:00')
    const first = now().getTime()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(now().getTime()).toBeGreaterThan(first)
  })

  it('is the real one when it is given none, or nonsense', () => {
    for (const start of [undefined, 'tomorrow'])
      expect(Math.abs(createClock(start)().getTime() - Date.now())).toBeLessThan(100)
  })
})
