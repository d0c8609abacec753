import { ask, makeIdentity } from '../desk.ts'
import { button, close, dialog, room, type Screen, type Stage, tab, view } from './walk.ts'

const at = 'test/call'

async function blanks({ page }: Stage): Promise<void> {
  await page.getByLabel('Client ID', { exact: true }).fill('acme-client')
  await page.getByLabel('Access key', { exact: true }).fill('practice')
}

async function sent(stage: Stage, outcome: 'accepted' | 'refused'): Promise<void> {
  await button(stage.page, 'Send')
  await stage.page.locator(`[data-outcome="${outcome}"]`).first().waitFor({ timeout: 20_000 })
}

/** The Test room: a call that is accepted, one that is refused, what was tested, and a pasted error. */
export const testScreens: readonly Screen[] = [
  {
    name: 'practice provider, ready to hand in',
    at: 'identities',
    reach: async (stage) => {
      const { page, made } = stage
      await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
      const { handle } = await makeIdentity(page, { name: 'Practice at Truv' })
      made.set('practice', handle)
      await room(page, 'Identities')
      await button(page, 'Practice at Truv')
      await page.getByRole('article', { name: 'Practice at Truv' }).waitFor()
      await tab(page, 'Request')
    },
  },
  {
    name: 'test, asking',
    at,
    reach: async (stage) => {
      const { page, made } = stage
      const answer = await ask(page, 'submitToPractice', { identity: made.get('practice')! })
      const source = { from: 'text', text: answer.certificatePem } as const
      await ask(page, 'attachCertificate', { identity: made.get('practice')!, source, despite: [] })
      await room(page, 'Identities')
      await button(page, 'Practice at Truv')
      await button(page, 'Test the connection')
      await page.getByLabel('Client ID', { exact: true }).waitFor()
    },
  },
  {
    name: 'test, what is missing',
    at,
    reach: async ({ page }) => {
      await button(page, 'Send')
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'test, all fields open',
    at,
    reach: async ({ page }) => {
      const closed = page.locator('form[aria-label="Call to test"] [aria-expanded="false"]:not([aria-haspopup])')
      while ((await closed.count()) > 0) await closed.first().click()
    },
  },
  {
    name: 'test, accepted',
    at,
    reach: async (stage) => {
      const opened = stage.page.locator('form[aria-label="Call to test"] button[aria-expanded="true"]')
      while ((await opened.count()) > 0) await opened.first().click()
      await blanks(stage)
      await sent(stage, 'accepted')
    },
  },
  ...[/^Answer/, /^Server chain/, 'Forecast', 'History', 'Code'].map(
    (name): Screen => ({
      name: `test, ${typeof name === 'string' ? name : name.source.slice(1)}`,
      at,
      reach: async ({ page }) => {
        await tab(page, name)
        await page.getByRole('tabpanel').first().waitFor()
      },
    }),
  ),
  {
    name: 'test, save as',
    at,
    reach: async ({ page }) => {
      await button(page, 'Save as')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'test, support bundle',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Save as')
      await page.getByRole('menuitem', { name: /^Support bundle/ }).press('Enter')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'test, capture with secrets',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Save as')
      await page.getByRole('menuitem', { name: /^Packet capture with its secrets/ }).click()
      await dialog(page).waitFor()
    },
  },
  {
    name: 'test, choosing an identity',
    at,
    reach: async ({ page }) => {
      await close(page)
      await page
        .getByRole('combobox', { name: 'Identity' })
        .or(page.getByRole('textbox', { name: 'Identity' }))
        .first()
        .click()
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'test, refused, its causes',
    at,
    reach: async (stage) => {
      const { page } = stage
      await page.getByRole('option', { name: /^None/ }).click()
      await blanks(stage)
      await sent(stage, 'refused')
      await page
        .getByRole('region', { name: /^Causes/ })
        .getByRole('button')
        .first()
        .click()
    },
  },
  {
    name: 'test, an attempt from the history',
    at,
    reach: async (stage) => {
      const { page } = stage
      await sent(stage, 'refused')
      await tab(page, 'History')
      await page.getByRole('tabpanel').getByRole('button').first().click()
    },
  },
  {
    name: 'test, endpoints',
    at: 'test/endpoints',
    reach: async ({ page }) => {
      await view(page, 'Endpoints')
      await page.getByRole('table', { name: 'Endpoints' }).waitFor()
    },
  },
  { name: 'test, error text', at: 'test/text', reach: async ({ page }) => view(page, 'Error text') },
  {
    name: 'test, error text explained',
    at: 'test/text',
    reach: async ({ page }) => {
      await page
        .getByRole('textbox', { name: 'Error text or log of any program' })
        .fill('curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0')
      await button(page, 'Explain')
      await page.getByRole('list', { name: /What the text may mean/ }).waitFor()
    },
  },
]
