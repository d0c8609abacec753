import type { ElectronApplication, Page } from 'playwright'
import { type Desktop, dropFiles } from '../app.ts'

/** What the screens of one walk share: each is reached from where the one before it ended. */
export type Stage = {
  desktop: Desktop
  app: ElectronApplication
  page: Page
  /** Files that are dropped and chosen on the way. */
  folder: string
  /** Handles of what was made on the way, by name. */
  made: Map<string, string>
}

/** One screen in one state. `at` is its room, with the view behind a stroke, as `renderer/place.ts` names them. */
export type Screen = { name: string; at: string; reach: (stage: Stage) => Promise<void> }

export const room = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

export const view = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true }).click()

export const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name }).click()

export const button = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()

export const dialog = (page: Page) => page.getByRole('dialog').first()

/** Closes whatever is open above the room. */
export async function close(page: Page): Promise<void> {
  const above = page.locator('[role="dialog"]:visible, [role="menu"]:visible, [role="listbox"][data-composed]:visible')
  for (let layers = await above.count(); layers > 0; layers--) await page.keyboard.press('Escape')
  await above.first().waitFor({ state: 'hidden' })
}

export const drop = (page: Page, ...paths: string[]) => dropFiles(page, paths, { x: 640, y: 400 })

/** Tabs and views that were met on the way, and those of them that were on show. */
export type Met = { offered: Set<string>; shown: Set<string> }

const choicesOn = (page: Page) =>
  page.evaluate(() => {
    const text = (element: Element) => (element.textContent ?? '').replace(/\s*\([\d,]+\)|\s[\d,]+$/, '').trim()
    const where = (element: Element) => {
      const list = element.closest('[role="tablist"], [role="radiogroup"]')
      const title = document.querySelector('h1')?.textContent ?? ''
      return list?.getAttribute('role') === 'tablist' ? 'tab' : title
    }
    const tabs = Array.from(document.querySelectorAll('[role="tab"]:not([disabled])'), (one) => ({
      name: `${where(one)}: ${text(one)}`,
      on: one.getAttribute('aria-selected') === 'true',
    }))
    const views = Array.from(
      document.querySelectorAll<HTMLInputElement>('[role="radiogroup"][aria-label="View"] input'),
      (one) => ({ name: `${where(one)}: ${text(one.nextElementSibling ?? one)}`, on: one.checked }),
    )
    return [...tabs, ...views]
  })

/**
 * Goes through the screens and has a look at each. One that cannot be reached does not keep the others from being
 * looked at; it is answered with what stood in the way.
 */
export async function walk(
  screens: readonly Screen[],
  stage: Stage,
  look: (screen: Screen) => Promise<void>,
): Promise<{ unreached: string[]; met: Met }> {
  const unreached: string[] = []
  const met: Met = { offered: new Set(), shown: new Set() }
  stage.page.setDefaultTimeout(8000)
  for (const screen of screens) {
    try {
      await screen.reach(stage)
      for (const { name, on } of await choicesOn(stage.page)) (on ? met.shown : met.offered).add(name)
      await look(screen)
    } catch (thrown) {
      unreached.push(`${screen.name}: ${String(thrown).split('\n').slice(0, 4).join(' ')}`)
      await stage.page.keyboard.press('Escape').catch(() => {})
    }
  }
  return { unreached, met }
}
