import { builtInProfiles } from '../../../../shared/providers/registry.ts'
import { firstSetup } from '../../../../shared/webhooks/setup.ts'
import { ask } from '../desk.ts'
import { button, close, dialog, room, type Screen, type Stage, view } from './walk.ts'

const port = 9447
const secret = 'sandbox-0123456789abcdef'

/** What Truv would send: one let in, one signed by another secret, one without a certificate. */
async function play({ page }: Stage): Promise<void> {
  const call = builtInProfiles.find(({ id }) => id === 'truv')!.callsYou[0]!
  const sample = call.sample!
  const played = {
    ...{ provider: 'truv', call: call.id, url: `https://127.0.0.1:${port}${sample.path}` },
    ...{ method: 'POST' as const, body: JSON.stringify(sample.body), trust: { by: 'listener' as const } },
    headers: [...sample.headers, { name: 'X-Access-Secret', value: 'prod-secret' }],
  }
  const practice = { by: 'practice' as const }
  const kept = { with: 'kept' as const }
  await ask(page, 'playProvider', {
    ...played,
    work: 'p-1',
    certificate: practice,
    sign: { with: 'secret', secret: 'x' },
  })
  await ask(page, 'playProvider', { ...played, work: 'p-2', certificate: { by: 'none' }, sign: kept })
  await ask(page, 'playProvider', { ...played, work: 'p-3', certificate: practice, sign: kept })
}

const at = 'webhooks/listen'

/** The Webhooks room with all its views, and the line of what runs below. */
export const webhookScreens: readonly Screen[] = [
  {
    name: 'webhooks, set up',
    at,
    reach: async ({ page }) => {
      await room(page, 'Webhooks')
      await page.getByRole('button', { name: 'Start listening' }).waitFor()
    },
  },
  { name: 'webhooks, all of the set-up', at, reach: async ({ page }) => button(page, 'Refusals, TLS, secrets') },
  {
    name: 'webhooks, listening, nothing arrived',
    at,
    reach: async ({ page }) => {
      await ask(page, 'startListener', { setup: { ...firstSetup('truv'), port }, secret })
      await page.getByRole('heading', { name: 'Listening for Truv' }).waitFor()
    },
  },
  {
    name: 'webhooks, an arrival',
    at,
    reach: async (stage) => {
      const { page } = stage
      await play(stage)
      const rows = page.getByRole('listbox', { name: 'Arrivals, newest first' }).getByRole('option')
      await rows.nth(2).waitFor()
      await rows.first().click()
      await page.getByRole('region', { name: 'Arrival', exact: true }).locator('[data-outcome]').waitFor()
    },
  },
  {
    name: 'webhooks, a refused arrival',
    at,
    reach: async ({ page }) => {
      await page.getByRole('listbox', { name: 'Arrivals, newest first' }).getByRole('option').nth(1).click()
      await page.locator('[data-code="client.none-shown"]').waitFor()
    },
  },
  {
    name: 'webhooks, send elsewhere',
    at,
    reach: async ({ page }) => {
      await page.getByRole('listbox', { name: 'Arrivals, newest first' }).getByRole('option').first().click()
      await button(page, 'Send it elsewhere')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'webhooks, clear',
    at,
    reach: async ({ page }) => {
      await close(page)
      await page.getByRole('button', { name: 'Clear all arrivals' }).click()
      await dialog(page).waitFor()
    },
  },
  {
    name: 'play',
    at: 'webhooks/play',
    reach: async ({ page }) => {
      await close(page)
      await view(page, 'Play the provider')
      await page.getByRole('button', { name: 'Call as Truv' }).waitFor()
    },
  },
  {
    name: 'play, played',
    at: 'webhooks/play',
    reach: async ({ page }) => {
      await button(page, 'Call as Truv')
      await page.getByRole('region', { name: 'Result' }).locator('[data-outcome]').waitFor()
    },
  },
  {
    name: 'door',
    at: 'webhooks/door',
    reach: async ({ page }) => {
      await view(page, 'Door check')
      await page.getByRole('heading', { name: 'Is my door shut?' }).waitFor()
    },
  },
  {
    name: 'door, whose it is',
    at: 'webhooks/door',
    reach: async ({ page }) => {
      await page.getByLabel('Your endpoint').fill(`https://127.0.0.1:${port}/`)
      await button(page, 'Check the door')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'door, checked or not trusted',
    at: 'webhooks/door',
    reach: async ({ page }) => {
      await button(page, 'It is mine: check it')
      const trust = page.getByRole('button', { name: 'Trust this certificate for now and check' })
      const report = page.locator('[data-screen="answered"]')
      await trust.or(report).first().waitFor({ timeout: 20_000 })
    },
  },
  {
    name: 'door, report',
    at: 'webhooks/door',
    reach: async ({ page }) => {
      const trust = page.getByRole('button', { name: 'Trust this certificate for now and check' })
      if (await trust.isVisible()) await trust.click()
      await page.locator('[data-screen="answered"]').waitFor({ timeout: 30_000 })
    },
  },
  {
    name: 'server configuration',
    at: 'webhooks/server',
    reach: async ({ page }) => {
      await view(page, 'Server configuration')
      await page.getByRole('heading', { name: 'nginx', exact: true }).waitFor()
    },
  },
  { name: 'what they do', at: 'webhooks/providers', reach: async ({ page }) => view(page, 'What they do') },
]
