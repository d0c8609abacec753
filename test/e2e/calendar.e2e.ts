import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { answerSave, type Desktop, forget, launch, root } from './support/app.ts'
import { makeScene, writeThousand } from './support/calendar-scene.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { notificationService } from './support/notification-service.ts'
import { makeAuthority } from './support/provider.ts'
import { trayWatcher } from './support/tray-watcher.ts'

const day = 86_400_000
const cli = join(root, 'bin', 'countersign.mjs')
const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

/** Certificates that end after so many days, by name. */
async function makeIdentities(page: Page, ends: Record<string, number>): Promise<void> {
  const provider = await makeAuthority()
  for (const [name, days] of Object.entries(ends)) {
    const identity = await makeIdentity(page, { name })
    const { pem } = await provider.sign(identity.requestPem, { days })
    await ask(page, 'attachCertificate', {
      identity: identity.handle,
      source: { from: 'text', text: pem },
      despite: [],
    })
  }
}

const openCalendar = async ({ page }: Desktop) => {
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('heading', { name: 'Calendar' }).waitFor()
}

test('thirty days before, a real notification service shows a reminder; its buttons do what they say, and nothing comes twice', async () => {
  const first = await launch({ keychain: true })
  await makeIdentities(first.page, { 'Acme live': 365 })
  await first.close()
  const service = await notificationService()
  let desktop = await launch({ userData: first.userData, keychain: true, now: inDays(335) })
  const titles = () => service.history().map(({ title }) => title)
  const tellAgain = async (now: string) => {
    await desktop.close()
    desktop = await launch({ userData: first.userData, keychain: true, now })
  }
  try {
    // What is on the screen is in the history once it is taken off.
    const shown = async () => {
      service.close()
      return titles()
    }
    await expect.poll(shown).toContainEqual(expect.stringMatching(/^“Acme live” expires in (29|30) days$/))
    expect(service.history()[0]).toMatchObject({ app: 'Countersign', body: expect.stringContaining('Renew it') })

    await tellAgain(inDays(336))
    await expect(desktop.page.getByRole('region', { name: 'Reminders' })).toContainText('Acme live')
    // The page goes by the app's day, not by its own clock.
    await openCalendar(desktop)
    await expect(
      desktop.page.getByRole('option', { name: /^Acme live .*Renew now: .* 2[89] days left$/ }),
    ).toBeVisible()
    expect(await shown()).toHaveLength(1)

    // Two weeks before: snoozed by the button of the notification itself.
    await tellAgain(inDays(352))
    await desktop.page.waitForTimeout(2000)
    await service.press('In 1 week')
    await expect.poll(async () => (await ask(desktop.page, 'listExpiring', {})).items[0]?.snoozedUntil).toBeDefined()
    expect((await ask(desktop.page, 'listReminders', {})).reminders).toEqual([])
    expect(await shown()).toHaveLength(2)

    await tellAgain(inDays(354))
    await desktop.page.waitForTimeout(1500)
    expect(await shown()).toHaveLength(2)
    await tellAgain(inDays(359.5))
    await desktop.page.waitForTimeout(2000)
    await service.press('Renew')
    await expect(desktop.page.getByText('The answers are those of the identity it will replace')).toBeVisible()
    expect(await shown()).toHaveLength(3)
  } finally {
    await desktop.close()
    service.stop()
    forget(first)
  }
})

test('a digest at the start, files that follow the dates, and exit codes', async () => {
  const first = await launch({ keychain: true })
  await makeIdentities(first.page, { One: 100, Two: 95, Three: 400 })
  const folder = join(first.userData, 'outside')
  mkdirSync(folder)
  await openCalendar(first)
  await answerSave(first.app, join(folder, 'dates.ics'))
  await first.page.getByRole('button', { name: 'Export dates' }).click()
  await first.page.getByRole('button', { name: 'Choose a file…' }).click()
  await first.page.getByRole('menuitem', { name: /^Calendar \(iCalendar\)/ }).click()
  await expect(first.page.getByRole('button', { name: 'Stop writing Calendar (iCalendar)' })).toBeVisible()
  const calendar = () => readFileSync(join(folder, 'dates.ics'), 'utf8')
  expect(calendar()).toContain('“Three”')
  await first.page.keyboard.press('Escape')
  await makeIdentities(first.page, { Four: 500 })
  await expect.poll(calendar).toContain('“Four”')

  const expiring = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'expiring', '--data', first.userData, ...args], { encoding: 'utf8' })
  const soon = expiring('--within', '102d', '--json')
  expect([soon.status, JSON.parse(soon.stdout).items.map(({ name }: { name: string }) => name)]).toEqual([
    1,
    ['Two', 'One'],
  ])
  expect(expiring('--within', '5d').status).toBe(0)
  await first.close()

  const service = await notificationService()
  rmSync(join(first.userData, 'reminders.json'), { force: true })
  rmSync(join(first.userData, 'reminders.json.previous'), { force: true })
  const second = await launch({ userData: first.userData, keychain: true, now: inDays(80) })
  try {
    await expect
      .poll(() => {
        service.close()
        return service.history().map(({ title }) => title)
      })
      .toEqual(['Certificates: 2 expiring soon'])
    await expect(second.page.getByRole('list', { name: 'Due now' }).getByRole('listitem')).toHaveCount(2)
  } finally {
    await second.close()
    service.stop()
    forget(first)
  }
})

test('with the window closed it goes on reminding, says that this desktop has no tray, and starts at login', async () => {
  const first = await launch({ keychain: true })
  const { page, app } = first
  const entry = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart', 'countersign.desktop')
  const service = await notificationService()
  try {
    await makeIdentities(page, { Soon: 95 })
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    expect(existsSync(entry)).toBe(false)
    await page.getByRole('switch', { name: 'Remind also while the window is closed' }).click({ force: true })
    await expect(page.getByText('This desktop shows no icons beside the clock')).toBeVisible()
    expect(readFileSync(entry, 'utf8')).toMatch(/Exec=.*"--background"\n/)

    await page.close()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
    // The clock is set on by days, as after a long sleep.
    await app.evaluate(({ powerMonitor }) => {
      const real = Date.now
      const ahead = real() + 70 * 86_400_000 - real()
      globalThis.Date = class extends Date {
        constructor(...args: unknown[]) {
          super(...((args.length > 0 ? args : [real() + ahead]) as []))
        }
        static override now = () => real() + ahead
      } as DateConstructor
      powerMonitor.emit('resume')
    })
    await expect
      .poll(() => {
        service.close()
        return service.history().map(({ title }) => title)
      })
      .toEqual([expect.stringMatching(/^“Soon” expires in 2[45] days$/)])

    // Started once more, it shows its window again, at the calendar.
    const again = app.waitForEvent('window')
    await app.evaluate(({ app: electron }) => electron.emit('second-instance', {}, []))
    const window = await again
    await window.waitForSelector('[data-ready]')
    await window.getByRole('button', { name: 'Settings', exact: true }).click()
    await window.getByRole('switch', { name: 'Remind also while the window is closed' }).click({ force: true })
    await expect.poll(() => existsSync(entry)).toBe(false)
  } finally {
    await first.close()
    service.stop()
    forget(first)
  }
})

test('started at login it has no window until one is asked for', async () => {
  const first = await launch({ keychain: true })
  await ask(first.page, 'changeBackground', { enabled: true })
  await first.close()
  const { _electron } = await import('playwright')
  const app = await _electron.launch({
    args: [
      '-r',
      join(root, 'scripts/tour/real-keyring.cjs'),
      root,
      `--user-data-dir=${first.userData}`,
      '--background',
    ],
    chromiumSandbox: true,
    cwd: root,
    env: process.env as Record<string, string>,
  })
  try {
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
    const opened = app.waitForEvent('window')
    await app.evaluate(({ app: electron }) => electron.emit('second-instance', {}, []))
    const window = await opened
    await window.waitForSelector('[data-ready]')
    await ask(window, 'changeBackground', { enabled: false })
  } finally {
    await app.close()
    forget(first)
  }
})

test('where the desktop has a tray, its icon tells what is next, and its menu opens the calendar there', async () => {
  const watcher = await trayWatcher()
  const first = await launch({ keychain: true })
  const { page, app } = first
  try {
    await makeIdentities(page, { 'Acme & Sons': 100, Later: 300 })
    const state = await ask(page, 'changeBackground', { enabled: true })
    expect(state).toMatchObject({ enabled: true, tray: 'shown' })
    const icon = async () => (await watcher.icon())?.menu
    await expect
      .poll(icon)
      .toEqual([
        expect.stringMatching(/^Next: “Acme & Sons” expires in (99|100) days$/),
        expect.stringMatching(/^“Later” expires in (299|300) days$/),
        'Open Countersign',
        'Quit',
      ])
    expect((await watcher.icon())?.tip).toMatch(/^Next: “Acme & Sons” expires in/)

    await page.close()
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
    const opened = app.waitForEvent('window')
    const [next = ''] = (await icon()) ?? []
    await watcher.choose(next)
    const window = await opened
    await window.getByRole('complementary', { name: 'Details of Acme & Sons' }).waitFor()
    await ask(window, 'changeBackground', { enabled: false })
  } finally {
    await first.close()
    watcher.stop()
    forget(first)
  }
})

test('a thousand items are drawn, filtered and walked by keyboard without a wait', async () => {
  const before = await launch({ keychain: true })
  const handles = await makeScene(before.page)
  await before.close()
  writeThousand(before.userData, handles)
  const first = await launch({ userData: before.userData, keychain: true, size: { width: 1180, height: 780 } })
  try {
    const { page } = first
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    const list = page.getByRole('listbox', { name: 'Lifelines' })
    await list.waitFor()
    const { items } = await ask(page, 'listExpiring', {})
    expect(items.length).toBeGreaterThanOrEqual(1000)
    expect(await list.getByRole('option').count()).toBeLessThan(60)

    const listed = await page.evaluate(async () => {
      const begun = performance.now()
      await (globalThis as unknown as { desk: { listExpiring(input: object): Promise<unknown> } }).desk.listExpiring({})
      return performance.now() - begun
    })
    /** Milliseconds between frames while something goes on. */
    const frames = async (act: () => Promise<void>) => {
      await page.evaluate(() => {
        const kept: number[] = []
        let last = performance.now()
        const tick = (now: number) => {
          kept.push(now - last)
          last = now
          requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
        Object.assign(globalThis, { kept })
      })
      await act()
      const kept = await page.evaluate(() => (globalThis as unknown as { kept: number[] }).kept.slice(2))
      kept.sort((a, b) => a - b)
      return { median: kept[Math.floor(kept.length / 2)] ?? 0, worst: kept.at(-1) ?? 0 }
    }
    await list.focus()
    const walked = await frames(async () => {
      for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowDown')
    })
    const panned = await frames(async () => {
      for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight')
    })
    const scrolled = await frames(async () => {
      await list.hover()
      for (let i = 0; i < 40; i++) await page.mouse.wheel(0, 400)
    })
    const typed = await frames(async () => {
      await page.getByRole('textbox', { name: 'Search the calendar' }).pressSequentially('api-99')
    })
    const rounded = (one: { median: number; worst: number }) => `${one.median.toFixed(0)}/${one.worst.toFixed(0)} ms`
    console.log(
      `1,000 items: listed in ${listed.toFixed(0)} ms; frames median/worst: walking ${rounded(walked)}, panning ${rounded(panned)}, scrolling ${rounded(scrolled)}, searching ${rounded(typed)}`,
    )
    expect(await list.getByRole('option').count()).toBeLessThan(60)
    for (const { median } of [walked, panned, scrolled]) expect(median).toBeLessThan(50)
    mkdirSync(pictures, { recursive: true })
    await page.getByRole('textbox', { name: 'Search the calendar' }).fill('')
    for (const appearance of ['light', 'dark'] as const) {
      await ask(page, 'changeSettings', { appearance })
      await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
      await page.waitForTimeout(250)
      await page.screenshot({ path: join(pictures, `calendar-thousand-${appearance}.png`) })
    }
  } finally {
    await first.close()
    forget(first)
  }
})

test('the calendar in pictures: groups, details, table, files, small', async () => {
  mkdirSync(pictures, { recursive: true })
  const desktop = await launch({ size: { width: 1180, height: 780 }, keychain: true })
  const { page } = desktop
  const both = async (name: string) => {
    for (const appearance of ['light', 'dark'] as const) {
      await ask(page, 'changeSettings', { appearance })
      await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
      await page.mouse.move(0, 0)
      await page.waitForTimeout(250)
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
    }
  }
  try {
    await makeScene(page)
    const waiting = await makeIdentity(page, {
      name: 'Direct debit',
      provider: 'nuapay',
      answers: {},
      subject: { CN: 'a.example', O: 'Acme' },
      key: 'rsa-2048',
    })
    expect(waiting.state).toBe('requested')
    const practice = await makeIdentity(page, { name: 'Practice at Truv' })
    const { running } = await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
    const { certificatePem } = await ask(page, 'submitToPractice', { identity: practice.handle })
    await ask(page, 'attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] })
    await ask(page, 'testConnection', {
      work: 'scene',
      identity: practice.handle,
      url: `${running?.apiUrl}/v1/orders/`,
      method: 'GET',
      headers: [],
      blanks: {},
      remember: false,
      trust: { by: 'practice' },
    })
    const { endpoints } = await ask(page, 'listEndpoints', {})
    await ask(page, 'watchEndpoint', { endpoint: endpoints[0]?.id ?? '', watched: true })
    await openCalendar(desktop)
    await page.getByRole('option', { name: /^Acme sandbox/ }).waitFor()
    await both('calendar')
    await page.getByRole('listbox', { name: 'Lifelines' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('complementary', { name: /^Details of/ }).waitFor()
    await both('calendar-details')
    await page
      .getByRole('combobox', { name: 'Groups' })
      .or(page.getByRole('textbox', { name: 'Groups' }))
      .first()
      .click()
    await page.getByRole('option', { name: 'By kind' }).click()
    await both('calendar-groups')
    await page.getByRole('button', { name: 'Close details' }).click()
    await page.getByText('Table', { exact: true }).click()
    await both('calendar-table')
    await page.getByRole('button', { name: 'Export dates' }).click()
    await both('calendar-outside')
    await page.keyboard.press('Escape')
    await page.getByText('Lifelines', { exact: true }).click()
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByRole('list', { name: 'Due now' }).waitFor()
    await both('identities-reminders')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('region', { name: 'In the background' }).scrollIntoViewIfNeeded()
    await both('settings-background')
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    await page.getByRole('listbox', { name: 'Lifelines' }).waitFor()
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600))
    await page.waitForTimeout(400)
    await both('small-calendar-lines')
    await page.getByRole('option', { name: /^Acme sandbox/ }).click()
    await both('small-calendar-details')
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

test('the service that these tests talk to is the real one', () => {
  expect(execFileSync('dunst', ['--version'], { encoding: 'utf8' })).toContain('Dunst')
})
