import { answerNames, answersFor, onward, openVault } from '../../../../scripts/tour/journey.mjs'
import { ask } from '../desk.ts'
import { button, close, dialog, room, type Screen } from './walk.ts'

export const passphrase = 'four plain words together'

/** From the first start to a request that waits for its certificate; and the vault's door. */
export const firstScreens: readonly Screen[] = [
  {
    name: 'vault, first start',
    at: 'vault',
    reach: async ({ page }) => page.getByRole('button', { name: 'Create the vault' }).waitFor(),
  },
  {
    name: 'vault, two passphrases that differ',
    at: 'vault',
    reach: async ({ page }) => {
      await page.getByLabel('New passphrase', { exact: true }).fill('short')
      await page.getByLabel('The same again', { exact: true }).fill('other')
      await page.keyboard.press('Tab')
    },
  },
  {
    name: 'welcome',
    at: 'identities',
    reach: async ({ page }) => {
      await openVault(page, passphrase)
      await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
      await page.getByRole('radio', { name: 'Payrails', exact: true }).click()
    },
  },
  ...(
    [
      ['Inspect', 'inspect'],
      ['Test', 'test/call'],
      ['Authority', 'authority/authorities'],
      ['Webhooks', 'webhooks/listen'],
      ['Calendar', 'calendar'],
    ] as const
  ).map(
    ([name, at]): Screen => ({
      name: `${name}, empty`,
      at,
      reach: async ({ page }) => {
        await room(page, name)
        await page
          .getByRole('heading', { name, level: 1 })
          .or(page.getByRole('heading', { level: 2 }))
          .first()
          .waitFor()
      },
    }),
  ),
  {
    name: 'Test, no endpoints yet',
    at: 'test/endpoints',
    reach: async ({ page }) => {
      await room(page, 'Test')
      await page.getByText('Endpoints', { exact: true }).click()
      await page.getByText('No address was tested yet').waitFor()
    },
  },
  {
    name: 'wizard, provider',
    at: 'create',
    reach: async ({ page }) => {
      await room(page, 'Identities')
      await page.keyboard.press('Control+K')
      await page.getByLabel('Command', { exact: true }).fill('New identity')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Which provider is it for?' }).waitFor()
    },
  },
  {
    name: 'wizard, names that are missing',
    at: 'create',
    reach: async ({ page }) => {
      await page.getByRole('radio', { name: 'Payrails', exact: true }).click()
      await onward(page)
      await page.getByRole('radio', { name: 'Staging', exact: true }).click()
      await onward(page)
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'wizard, names',
    at: 'create',
    reach: async ({ page }) => answerNames(page, answersFor.payrails),
  },
  {
    name: 'wizard, countries',
    at: 'create',
    reach: async ({ page }) => {
      await page.getByRole('combobox', { name: 'Country (C)', exact: true }).click()
      await page.getByRole('listbox').first().waitFor()
    },
  },
  {
    name: 'wizard, key',
    at: 'create',
    reach: async ({ page }) => {
      await page.keyboard.press('Escape')
      await onward(page)
      await page.getByRole('heading', { name: 'Which key?' }).waitFor()
    },
  },
  {
    name: 'wizard, key in a token',
    at: 'create',
    reach: async ({ page }) => page.getByRole('radio', { name: 'In a token' }).click(),
  },
  {
    name: 'wizard, start over',
    at: 'create',
    reach: async ({ page }) => {
      await page.getByRole('radio', { name: 'In this computer’s vault' }).click()
      await button(page, 'Start over')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'wizard, review',
    at: 'create',
    reach: async ({ page }) => {
      await close(page)
      await onward(page)
      await page.getByRole('heading', { name: 'Is this right?' }).waitFor()
    },
  },
  {
    name: 'wizard, key being made',
    at: 'create',
    reach: async ({ page }) => {
      await button(page, 'Create key and request')
      await page
        .getByRole('progressbar')
        .or(page.getByRole('heading', { name: /^Request ready/ }))
        .first()
        .waitFor()
    },
  },
  {
    name: 'wizard, done',
    at: 'create',
    reach: async ({ page }) => page.getByRole('heading', { name: /^Request ready:/ }).waitFor({ timeout: 60_000 }),
  },
  {
    name: 'vault, locked',
    at: 'vault',
    reach: async ({ page }) => {
      await ask(page, 'lockVault', {})
      await room(page, 'Identities')
      await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    },
  },
  {
    name: 'vault, wrong passphrase',
    at: 'vault',
    reach: async ({ page }) => {
      await page.getByLabel('Vault passphrase', { exact: true }).fill('not this one')
      await button(page, 'Unlock')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'Authority, vault locked',
    at: 'authority/authorities',
    reach: async ({ page }) => {
      await room(page, 'Authority')
      await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    },
  },
  {
    name: 'Settings, vault locked',
    at: 'settings',
    reach: async ({ page }) => {
      await room(page, 'Settings')
      await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
      await ask(page, 'unlockVault', { passphrase })
    },
  },
]
