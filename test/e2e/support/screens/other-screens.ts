import type { Page } from 'playwright'
import { ask } from '../desk.ts'
import { button, close, dialog, room, type Screen, view } from './walk.ts'

async function drag(page: Page, folder: string, ...steps: ('dragEnter' | 'dragOver')[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [`${folder}/acme-live.pem`], dragOperationsMask: 1 }
  for (const type of steps) await session.send('Input.dispatchDragEvent', { type, x: 500, y: 300, data })
  await session.detach()
}

/** Calendar, Settings, Help, and what stands above every room. */
export const otherScreens: readonly Screen[] = [
  {
    name: 'calendar',
    at: 'calendar',
    reach: async ({ page }) => {
      await room(page, 'Calendar')
      await page.getByRole('listbox', { name: 'Lifelines' }).waitFor()
    },
  },
  {
    name: 'calendar, details',
    at: 'calendar',
    reach: async ({ page }) => {
      await page
        .getByRole('option', { name: /^Acme sandbox/ })
        .first()
        .click()
      await page.getByRole('complementary', { name: /^Details of/ }).waitFor()
    },
  },
  {
    name: 'calendar, table',
    at: 'calendar',
    reach: async ({ page }) => {
      await button(page, 'Close details')
      await view(page, 'Table')
      await page.getByRole('table').first().waitFor()
    },
  },
  {
    name: 'calendar, nothing fits',
    at: 'calendar',
    reach: async ({ page }) =>
      page.getByRole('textbox', { name: 'Search the calendar' }).fill('nothing is called this'),
  },
  {
    name: 'calendar, export dates',
    at: 'calendar',
    reach: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Search the calendar' }).fill('')
      await view(page, 'Lifelines')
      await button(page, 'Export dates')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'calendar, a file of dates',
    at: 'calendar',
    reach: async ({ page }) => {
      await button(page, 'Choose a file…')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'settings',
    at: 'settings',
    reach: async ({ page }) => {
      await page.keyboard.press('Escape')
      await close(page)
      await ask(page, 'backupNow', {}).catch(() => {})
      await room(page, 'Settings')
      await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    },
  },
  {
    name: 'settings, journal checked',
    at: 'settings',
    reach: async ({ page }) => {
      await button(page, 'Check that it is whole')
      await page.getByText(/^Whole:/).waitFor()
    },
  },
  {
    name: 'settings, change the passphrase',
    at: 'settings',
    reach: async ({ page }) => button(page, 'Change the passphrase'),
  },
  {
    name: 'settings, save a backup',
    at: 'settings',
    reach: async ({ page }) => {
      await button(page, 'Save a backup…')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'settings, restore',
    at: 'settings',
    reach: async ({ page }) => {
      await close(page)
      await button(page, /^Restore from the backup/)
      await dialog(page).getByRole('region', { name: 'What the backup holds' }).waitFor()
    },
  },
  {
    name: 'settings, licences',
    at: 'settings',
    reach: async ({ page }) => {
      await close(page)
      await button(page, /licen[cs]es/i)
    },
  },
  {
    name: 'help',
    at: 'help',
    reach: async ({ page }) => {
      await room(page, 'Help')
      await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor()
    },
  },
  {
    name: 'help, words found',
    at: 'help',
    reach: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Search the guide' }).fill('revocation list')
      await page.getByRole('list', { name: 'Found in the guide' }).waitFor()
    },
  },
  {
    name: 'help, a provider',
    at: 'help',
    reach: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Search the guide' }).fill('')
      const contents = page.getByRole('button', { name: 'Contents', exact: true })
      if (await contents.isVisible()) await contents.click()
      await page
        .getByRole('navigation', { name: 'Contents of the guide' })
        .getByRole('button', { name: 'Apata' })
        .click()
      await page.getByRole('article', { name: 'Apata' }).waitFor()
    },
  },
  {
    name: 'files held over a room',
    at: 'help',
    reach: async ({ page, folder }) => {
      await drag(page, folder, 'dragEnter', 'dragOver')
      await page.getByText('Drop to inspect').waitFor()
    },
  },
  {
    name: 'keys',
    at: 'help',
    reach: async ({ page }) => {
      await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave')))
      await page.getByText('Drop to inspect').waitFor({ state: 'hidden' })
      await room(page, 'Settings')
      await page.keyboard.press('?')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'guide beside a room',
    at: 'settings',
    reach: async ({ page }) => {
      await close(page)
      await page.keyboard.press('F1')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'palette',
    at: 'help',
    reach: async ({ page }) => {
      await close(page)
      await page.keyboard.press('Control+K')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'palette, nothing found',
    at: 'help',
    reach: async ({ page }) => {
      await page.keyboard.type('nothing is called this')
      await page.getByText('Nothing of that name').waitFor()
    },
  },
]
