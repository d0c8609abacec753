import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../../electron/clock.ts'
import { watchClock } from '../../electron/expiry/clock-watch.ts'
import { createReminderFile, type ReminderFile, snoozedOn } from '../../electron/expiry/reminder-file.ts'
import { createReminders, type Notice } from '../../electron/expiry/reminders.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { ReminderChange } from '../../shared/expiry/reminders.ts'
import { expiryItem } from '../support/expiry-item.ts'
import { nuapayPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

let folder: string
let shown: Notice[]
let today: Date
let items: ExpiryItem[]
let supported: boolean
let file: ReminderFile

const end = '2026-12-31T12:00:00Z'
const at = (date: string) => {
  today = new Date(date)
}
const titles = () => shown.map(({ title }) => title)

/** As the app sees its items: with what the file says of them. */
const known = async () => {
  const marks = await file.read()
  return items.map((item) => {
    const mark = marks[item.id]
    const notAfter = item.notAfter ?? ''
    const snoozed = mark?.snoozedUntil !== undefined && snoozedOn(mark, notAfter, today)
    return {
      ...item,
      done: mark?.done === true && mark.notAfter === notAfter,
      ...(snoozed && { snoozedUntil: mark.snoozedUntil }),
    }
  })
}

/** As after a start of the app: what was told is only in the file. */
const start = () => {
  shown = []
  file = createReminderFile(folder)
  const show = async (notice: Notice) => {
    if (supported) shown.push(notice)
    return supported
  }
  return createReminders({ items: known, enabled: () => true, now: () => today, show, file })
}
const check = async () => {
  await start().check()
  return titles()
}
const change = (to: ReminderChange, item = items[0]) =>
  file.change([{ id: item?.id ?? '', notAfter: item?.notAfter }], to, today)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'told-'))
  supported = true
  items = [expiryItem({ name: 'acme', notAfter: end })]
  file = createReminderFile(folder)
})

describe('reminders', () => {
  it('come once for each threshold, however often the app starts', async () => {
    const told: [string, string[]][] = []
    for (const day of ['11-30', '12-02', '12-05', '12-17', '12-18', '12-20', '12-24', '12-30', '12-31']) {
      at(`2026-${day}T12:30:00Z`)
      const now = await check()
      expect(await check()).toEqual([])
      if (now.length > 0) told.push([day, now])
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
    items = [expiryItem({ name: 'acme', notAfter: '2027-12-31T12:00:00Z' })]
    at('2027-12-28T00:00:00Z')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
  })

  it('are one digest at the start, and one each for up to three while the app runs', async () => {
    at('2026-12-28T00:00:00Z')
    items = ['a', 'b', 'c', 'd', 'e'].map((name) => expiryItem({ name, notAfter: end }))
    const running = start()
    await running.check()
    expect(titles()).toEqual(['Certificates: 5 expiring soon'])
    expect(shown[0]?.body).toBe('“a” expires in 3 days; “b” expires in 3 days; “c” expires in 3 days; and 2 more.')
    expect(shown[0]?.items).toHaveLength(5)
    items.push(...['f', 'g'].map((name) => expiryItem({ name, notAfter: end })))
    await running.check()
    expect(titles().slice(1)).toEqual(['“f” expires in 3 days', '“g” expires in 3 days'])
    expect(await check()).toEqual([])
  })

  it('have the buttons that do something about it', async () => {
    at('2026-12-28T00:00:00Z')
    await check()
    expect(shown[0]?.actions.map(({ label }) => label)).toEqual(['Renew', 'Tomorrow', 'In 1 week', 'Done'])
  })

  it('do not count as told where the system shows none', async () => {
    at('2026-12-28T00:00:00Z')
    supported = false
    await check()
    supported = true
    expect(await check()).toEqual(['“acme” expires in 3 days'])
  })

  it('are told by the version before when the file is damaged, and once more when that is gone too', async () => {
    at('2026-12-01T00:00:00Z')
    await check()
    at('2026-12-28T00:00:00Z')
    await check()
    writeFileSync(join(folder, 'reminders.json'), '{"x":')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
    for (const name of ['reminders.json', 'reminders.json.previous']) writeFileSync(join(folder, name), '')
    expect(await check()).toEqual(['“acme” expires in 3 days'])
    expect(await check()).toEqual([])
  })
})

describe('a clock that is set', () => {
  it('back by weeks tells nothing twice', async () => {
    at('2026-12-18T12:30:00Z')
    expect(await check()).toEqual(['“acme” expires in 12 days'])
    at('2026-12-05T12:30:00Z')
    const back = await check()
    at('2026-12-18T12:30:00Z')
    // On the earlier day an earlier threshold is due, which had been passed over.
    expect([back, await check()]).toEqual([['“acme” expires in 25 days'], []])
  })

  it('forward by years and back again loses no later reminder', async () => {
    at('2026-12-01T12:30:00Z')
    expect(await check()).toEqual(['“acme” expires in 29 days'])
    at('2031-01-01T00:00:00Z')
    expect(await check()).toEqual(['“acme” has expired'])
    const told: string[] = []
    for (const day of ['12-02', '12-18', '12-25', '12-30', '12-31']) {
      at(`2026-${day}T12:30:00Z`)
      told.push(...(await check()))
    }
    expect(told).toEqual([
      '“acme” expires in 12 days',
      '“acme” expires in 5 days',
      '“acme” expires within a day',
      '“acme” has expired',
    ])
  })

  it('is noticed, and so is a sleep', () => {
    let [wall, steady, noticed] = [1_000_000, 0, 0]
    const { look, stop } = watchClock(
      () => noticed++,
      () => wall,
      () => steady,
    )
    wall += 20_000
    steady += 20_000
    look()
    expect(noticed).toBe(0)
    wall += 8 * 3_600_000
    look()
    look()
    wall -= 400 * 86_400_000
    look()
    expect(noticed).toBe(2)
    stop()
  })
})

describe('what the user decides', () => {
  it('snoozes until the morning, and is then told once more', async () => {
    at('2026-12-20T12:30:00Z')
    await check()
    await change({ to: 'snooze', until: 'tomorrow' })
    at('2026-12-20T20:00:00Z')
    expect(await check()).toEqual([])
    at('2026-12-21T23:00:00Z')
    expect(await check()).toEqual(['“acme” expires in 9 days'])
    expect(await check()).toEqual([])
  })

  it('never snoozes past the last day', async () => {
    at('2026-12-28T12:30:00Z')
    await check()
    await change({ to: 'snooze', until: 'week' })
    at('2026-12-30T12:30:00Z')
    expect(await check()).toEqual(['“acme” expires within a day'])
  })

  it('is not snoozed for years by a clock that is set back', async () => {
    at('2031-01-01T00:00:00Z')
    items = [expiryItem({ name: 'acme', notAfter: '2031-01-20T12:00:00Z' })]
    await check()
    await change({ to: 'snooze', until: 'week' })
    at('2027-01-01T00:00:00Z')
    items = [expiryItem({ name: 'acme', notAfter: '2031-01-20T12:00:00Z', remindDays: [365] })]
    at('2030-12-01T00:00:00Z')
    expect(await check()).toEqual(['“acme” expires in 50 days'])
  })

  it('is done with this end, and reminded of the next one', async () => {
    at('2026-12-20T12:30:00Z')
    await check()
    await change({ to: 'done' })
    at('2027-01-02T12:30:00Z')
    expect(await check()).toEqual([])
    await change({ to: 'again' })
    expect(await check()).toEqual(['“acme” has expired'])
    await change({ to: 'done' })
    items = [expiryItem({ name: 'acme', notAfter: '2027-01-05T12:00:00Z' })]
    expect(await check()).toEqual(['“acme” expires in 2 days'])
  })
})

describe('in the window', () => {
  const open = async () => {
    const desk = openTestDesk()
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
    value(await desk.call('selfSign', { identity: handle, days: 365 }))
    return { desk, handle, due: async () => value(await desk.call('listReminders', {})).reminders }
  }

  it('lists what is due on the app’s own day', async () => {
    const { desk, handle, due } = await open()
    expect(await due()).toEqual([])
    desk.outside.now = new Date('2027-02-20T12:00:00Z')
    expect(await due()).toMatchObject([{ identity: handle, name: 'Nuapay test', threshold: 14 }])
    expect(value(await desk.call('readClock', {})).now).toBe('2027-02-20T12:00:00.000Z')
  })

  it('follows days of its own, off, snoozed and done', async () => {
    const { desk, handle, due } = await open()
    const change = async (change: ReminderChange) =>
      value(await desk.call('changeReminder', { items: [`identity:${handle}`], change }))
    const item = async () => value(await desk.call('listExpiring', {})).items[0]
    desk.outside.now = new Date('2027-01-01T12:00:00Z')
    await change({ to: 'own', days: [60, 3] })
    expect(await item()).toMatchObject({ reminders: 'own', remindDays: [60, 3] })
    expect(await due()).toMatchObject([{ threshold: 60 }])
    await change({ to: 'snooze', until: 'week' })
    expect(await due()).toEqual([])
    desk.outside.now = new Date('2027-01-09T12:00:00Z')
    expect(await due()).toHaveLength(1)
    await change({ to: 'done' })
    expect(await due()).toEqual([])
    await change({ to: 'again' })
    await change({ to: 'off' })
    expect(await due()).toEqual([])
    expect(await item()).toMatchObject({ reminders: 'off', remindDays: [] })
    await change({ to: 'usual' })
    expect(await item()).toMatchObject({ reminders: 'usual', remindDays: [30, 14, 7, 1] })
    expect(desk.outside.news).toContainEqual({ kind: 'reminders-changed' })
  })
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
