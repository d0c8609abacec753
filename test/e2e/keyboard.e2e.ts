import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { shortcutGroups } from '../../shared/shortcuts.ts'
import { answerSave, type Desktop, dropFiles, forget, launch, root } from './support/app.ts'
import { keyboardOf, stopOf } from './support/by-keyboard.ts'
import { corpus } from './support/inspect.ts'

// The whole tour without a mouse: nothing here clicks, and each stop on the way must be seen.

test.describe.configure({ mode: 'serial' })

let desktop: Desktop
test.beforeAll(async () => {
  desktop = await launch({ size: { width: 1180, height: 780 } })
  await desktop.page.emulateMedia({ reducedMotion: 'reduce' })
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
})

test('Truv from the first start to a bundle, by keys alone', async () => {
  test.setTimeout(180_000)
  const { app, page, userData } = desktop
  const keys = keyboardOf(page)
  const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor({ timeout: 20_000 })
  await keys.to('New passphrase')
  await keys.type('four plain words together')
  await keys.to('The same again')
  await keys.type('four plain words together')
  await keys.press('Enter')
  await heading('Start with your provider')

  await keys.to(/^(Nuapay|Truv|Payrails|Apata|Other provider)$/)
  await keys.to('Truv', 'ArrowDown', 8)
  await keys.press('Space')
  await keys.enter('Start with Truv')
  await heading(/Where will it be used/)
  await keys.to(/^(Sandbox|Production)$/)
  await keys.press('Space')
  await keys.to('Your name at Truv')
  await keys.type('acme')
  await keys.press('Enter')
  await heading('Which key?')
  await keys.enter('Continue')
  await heading('Is this right?')
  await keys.enter('Create key and request')
  await heading(/^Request ready:/)

  await keys.enter('Start practice provider')
  await page.getByRole('button', { name: /^Hand in the/ }).waitFor()
  await keys.enter(/^Hand in the/)
  await page.getByRole('button', { name: 'Use this certificate' }).waitFor()
  await keys.enter('Use this certificate')
  await page.getByRole('tab', { name: 'Certificate', selected: true }).waitFor()
  await keys.enter('Test the connection')
  await page.getByRole('form', { name: 'Call to test' }).waitFor()
  await keys.to('Client ID')
  await keys.type('acme-client')
  await keys.to('Access key')
  await keys.type('practice-access-key')
  await keys.press('Enter')
  await page.locator('[data-outcome="accepted"]').waitFor({ timeout: 30_000 })
  await keys.to('Handshake')
  await keys.to(/^Answer/, 'ArrowRight', 4)
  await page.getByRole('tab', { name: /^Answer/, selected: true }).waitFor()

  await keys.room('Identities')
  await keys.enter(/^Truv/)
  await page.getByRole('article').waitFor()
  await keys.to('Certificate')
  await keys.to('Export', 'ArrowRight', 6)
  await keys.enter('Choose the form yourself')
  await keys.to('Passphrase of the bundle')
  await keys.type('bundle passphrase')
  const bundle = join(userData, 'saved.p12')
  await answerSave(app, bundle)
  await keys.press('Enter')
  await expect.poll(() => statSync(bundle, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
  keys.seesAll()
})

test('webhooks are listened to and played, by keys alone', async () => {
  test.setTimeout(90_000)
  const { page } = desktop
  const keys = keyboardOf(page)
  await keys.room('Webhooks')
  await page.getByRole('button', { name: 'Start listening' }).waitFor()
  await keys.to('Port')
  await keys.press('Control+A')
  await keys.type('9449')
  await keys.enter('Start listening')
  await page.getByRole('heading', { name: 'Listening for Truv' }).waitFor({ timeout: 20_000 })
  await keys.enter('Play Truv')
  await page.getByRole('button', { name: 'Call as Truv' }).waitFor()
  await keys.enter('Call as Truv')
  await page.getByRole('region', { name: 'Result' }).locator('[data-outcome]').waitFor({ timeout: 20_000 })
  // The view itself is a part with that name; the choice of views is before it.
  await keys.to('Play the provider', 'Shift+Tab')
  if ((await stopOf(page)).role !== 'radio') await keys.press('Shift+Tab')
  await keys.press('ArrowLeft')
  const arrivals = page.getByRole('listbox', { name: 'Arrivals, newest first' })
  await arrivals.getByRole('option').first().waitFor()
  await keys.to('Arrivals, newest first')
  await keys.press('ArrowDown')
  await page.getByRole('region', { name: 'Arrival', exact: true }).waitFor()
  await keys.to('Stop listener', 'Shift+Tab')
  await keys.press('Enter')
  await page.getByRole('button', { name: 'Start listening' }).waitFor()
  keys.seesAll()
})

test('an identity is renewed by keys alone', async () => {
  test.setTimeout(90_000)
  const { page } = desktop
  const keys = keyboardOf(page)
  await keys.room('Identities')
  await keys.enter(/^Truv/)
  await page.getByRole('article').waitFor()
  await keys.enter('More actions')
  await expect.poll(async () => (await stopOf(page)).name).toBe('Rename…')
  await keys.press('ArrowDown')
  expect((await stopOf(page)).name).toBe('Renew…')
  await keys.press('Enter')
  await page.getByText('The answers are those of the identity it will replace').waitFor()
  await page.getByRole('heading', { name: 'Is this right?' }).waitFor()
  await keys.enter('Create key and request')
  await page.getByRole('heading', { name: /^Request ready:/ }).waitFor({ timeout: 20_000 })
  keys.seesAll()
})

test('what was opened is closed by Escape, and the focus goes back to what opened it', async () => {
  const { page } = desktop
  const keys = keyboardOf(page)
  await keys.room('Identities')
  await page.getByRole('table', { name: 'Identities' }).waitFor()
  await keys.to('More')
  await keys.press('Enter')
  await page.getByRole('menu').waitFor()
  await keys.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'hidden' })
  expect((await stopOf(page)).name).toBe('More')
  await keys.press('Control+K')
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await keys.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(async () => (await stopOf(page)).name).toBe('More')
  await keys.enter(/^Truv/)
  await page.getByRole('article').waitFor()
  await keys.enter('More actions')
  await expect.poll(async () => (await stopOf(page)).name).toBe('Rename…')
  await keys.press('Enter')
  await page.getByRole('dialog', { name: 'Rename identity' }).waitFor()
  // Round and round inside: what is behind a dialog cannot be reached.
  for (let step = 0; step < 6; step++) {
    await keys.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true)
  }
  await keys.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(async () => (await stopOf(page)).name).toBe('More actions')
})

test('trees, tabs and lists take the keys that such things take', async () => {
  const { page } = desktop
  const keys = keyboardOf(page)
  await keys.room('Inspect')
  await dropFiles(page, [corpus('bundles/certifi__cacert.pem')], { x: 640, y: 400 })
  const tree = page.getByRole('tree', { name: 'What was dropped' })
  await tree.getByRole('treeitem').nth(3).waitFor()
  await keys.to('What was dropped')
  const chosen = () => tree.locator('[aria-selected="true"]').first().innerText()
  await keys.press('End')
  const last = await chosen()
  await keys.press('Home')
  expect(await chosen()).not.toBe(last)
  await keys.type('isrg')
  await expect.poll(chosen).toMatch(/^ISRG/)
  await keys.press('Home', 'ArrowLeft')
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-expanded', 'false')
  await keys.press('ArrowRight')
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-expanded', 'true')
  await keys.press('ArrowDown')
  await keys.to('Facts')
  await keys.press('End')
  expect((await stopOf(page)).role).toBe('tab')
  await keys.press('Home')
  expect((await stopOf(page)).name).toBe('Facts')
})

/** One trial for each key that the app shows in its list of keys: what it does is seen, not only that it is listed. */
const trials: Record<string, (keys: ReturnType<typeof keyboardOf>) => Promise<void>> = {
  palette: async (keys) => {
    await keys.press('Control+K')
    await desktop.page.getByRole('dialog', { name: 'Command palette' }).waitFor()
    await keys.press('Escape')
  },
  keys: async (keys) => {
    await keys.press('?')
    await desktop.page.getByRole('dialog', { name: 'Keys' }).waitFor()
  },
  escape: async (keys) => {
    await keys.press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'hidden' })
  },
  guide: async (keys) => {
    await keys.press('F1')
    await desktop.page
      .getByRole('searchbox')
      .or(desktop.page.getByLabel(/Search/))
      .first()
      .waitFor()
    await keys.press('Escape')
  },
  panes: async (keys) => {
    const before = await stopOf(desktop.page)
    await keys.press('F6')
    expect((await stopOf(desktop.page)).id).not.toBe(before.id)
    await keys.press('Shift+F6')
  },
  find: async (keys) => {
    await keys.room('Inspect')
    await keys.press('Control+F')
    expect((await stopOf(desktop.page)).name).toBe('Search objects')
  },
  compare: async (keys) => {
    await keys.press('Control+D')
    await desktop.page.getByRole('dialog', { name: 'Compare two objects' }).waitFor()
    await keys.press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'hidden' })
  },
  back: async (keys) => {
    await keys.room('Calendar')
    await keys.press('Alt+ArrowLeft')
    await desktop.page.getByRole('heading', { name: 'Inspect', level: 1 }).waitFor()
  },
  time: async (keys) => {
    const { page } = desktop
    await keys.room('Calendar')
    // The choice of views has a name like the list's: it comes first.
    await keys.to('Lifelines')
    await keys.press('Tab')
    await keys.to('Lifelines')
    const scale = () => page.getByRole('listbox', { name: 'Lifelines' }).innerText()
    const before = await scale()
    await keys.press('ArrowRight', 'ArrowRight')
    await expect.poll(scale).not.toBe(before)
  },
  axis: async (keys) => {
    const scale = () => desktop.page.getByRole('listbox', { name: 'Lifelines' }).innerText()
    const before = await scale()
    await keys.press('-')
    await expect.poll(scale).not.toBe(before)
  },
  today: async (keys) => {
    const list = desktop.page.getByRole('listbox', { name: 'Lifelines' })
    await keys.press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 't')
    await expect.poll(() => list.innerText()).toContain('Today')
  },
  arrows: async (keys) => {
    const list = desktop.page.getByRole('listbox', { name: 'Lifelines' })
    await keys.press('End')
    const last = await list.getAttribute('aria-activedescendant')
    await keys.press('ArrowUp')
    await expect(list).not.toHaveAttribute('aria-activedescendant', last ?? '')
  },
  ends: async (keys) => {
    await keys.room('Identities')
    await keys.to(/^Truv/)
    await keys.press('End')
    const last = desktop.page.locator('[data-row]').last()
    await expect(last).toBeFocused()
    await keys.press('Home')
    await expect(desktop.page.locator('[data-row]').first()).toBeFocused()
  },
  all: async (keys) => {
    await keys.press('Control+A')
    await desktop.page.getByText(/^\d+ chosen$/).waitFor()
    await keys.press('Escape')
  },
}

/** Tried in tests above, or kept by the native menu, which no synthetic key reaches; those are read from its template. */
const elsewhere = ['tree', 'type', 'paste']
const inMenu: Record<string, string> = {
  rooms: 'CmdOrCtrl+1',
  settings: 'CmdOrCtrl+,',
  new: 'CmdOrCtrl+N',
  open: 'CmdOrCtrl+O',
  clipboard: 'CmdOrCtrl+Shift+V',
  zoom: 'zoomIn',
}

test('every key in the list of keys does what it says', async () => {
  test.setTimeout(90_000)
  const listed = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.map(({ id }) => id))
  const known = [...Object.keys(trials), ...elsewhere, ...Object.keys(inMenu)]
  expect(listed.filter((id) => !known.includes(id))).toEqual([])
  expect(known.filter((id) => !listed.includes(id))).toEqual([])
  const keys = keyboardOf(desktop.page)
  for (const [id, trial] of Object.entries(trials)) await test.step(id, () => trial(keys))
  const menu = readFileSync(join(root, 'electron/menu.ts'), 'utf8')
  for (const accelerator of Object.values(inMenu)) expect(menu).toContain(accelerator)
})

test('in high contrast what is chosen is framed, and bars are still drawn', async () => {
  const { page } = desktop
  const keys = keyboardOf(page)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await keys.room('Identities')
  const framed = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle)
  expect(await framed('nav [aria-current="page"]')).toBe('solid')
  await keys.enter(/^Truv/)
  await page.getByRole('article').waitFor()
  expect(await framed('[role="tab"][aria-selected="true"]')).toBe('solid')
  const bars = page.locator('article [class*="_track_"] [class*="_valid_"]')
  await bars.first().waitFor({ state: 'attached' })
  expect(await bars.first().evaluate((bar) => getComputedStyle(bar).forcedColorAdjust)).toBe('none')
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
})

test('with reduced motion nothing moves', async () => {
  const { page } = desktop
  const keys = keyboardOf(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await keys.press('Control+K')
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor()
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationDuration } = getComputedStyle(one)
        return [transitionDuration, animationDuration].some((all) =>
          all.split(',').some((s) => Number.parseFloat(s) > 0.01),
        )
      }).length,
  )
  expect(moving).toBe(0)
  await keys.press('Escape')
})
