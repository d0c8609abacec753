import type { Page } from 'playwright'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { firstSetup } from '../../../shared/webhooks/setup.ts'
import { ask } from './desk.ts'

type Scene = {
  page: Page
  /** Takes a picture in light and dark. */
  both: (name: string) => Promise<void>
  port: number
}

const secret = 'sandbox-0123456789abcdef'

/** The listener before and while it runs, what arrives at it, and Truv played to it. */
export async function webhookPictures({ page, both, port }: Scene): Promise<void> {
  const view = (name: string) => page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true }).click()
  await page.getByRole('button', { name: 'Webhooks', exact: true }).click()
  await page.getByRole('button', { name: 'Start listening' }).waitFor()
  await both('webhooks-listen')
  const demand = { name: 'It demands certificates', exact: true }
  const option = page.getByRole('listbox', demand).getByRole('option')
  await page.getByRole('combobox', demand).or(page.getByRole('textbox', demand)).first().click()
  await option.filter({ hasText: '(file)' }).click()
  await page.getByRole('button', { name: 'Refusals, TLS, secrets' }).click()
  await both('webhooks-setup')
  await page.getByRole('combobox', demand).or(page.getByRole('textbox', demand)).first().click()
  await option.filter({ hasText: 'practice' }).click()
  await ask(page, 'startListener', { setup: { ...firstSetup('truv'), port }, secret })
  await page.getByRole('heading', { name: 'Listening for Truv' }).waitFor()
  const call = builtInProfiles.find(({ id }) => id === 'truv')!.callsYou[0]!
  const sample = call.sample!
  const played = {
    ...{ provider: 'truv', call: call.id, url: `https://127.0.0.1:${port}${sample.path}` },
    ...{ method: 'POST' as const, body: JSON.stringify(sample.body), trust: { by: 'listener' as const } },
  }
  const headers = [...sample.headers, { name: 'X-Access-Secret', value: 'prod-secret' }]
  const certificate = { by: 'practice' as const }
  const sign = { with: 'kept' as const }
  for (let i = 0; i < 4; i++) await ask(page, 'playProvider', { ...played, work: `p-${i}`, headers, certificate, sign })
  const other = { with: 'secret' as const, secret: 'another' }
  await ask(page, 'playProvider', { ...played, work: 'p-5', headers, certificate, sign: other })
  await ask(page, 'playProvider', { ...played, work: 'p-6', headers, certificate: { by: 'none' }, sign })
  await ask(page, 'playProvider', { ...played, work: 'p-7', headers, certificate, sign })
  const rows = page.getByRole('listbox', { name: 'Arrivals, newest first' }).getByRole('option')
  await rows.nth(6).waitFor()
  await rows.first().click()
  await page.getByRole('region', { name: 'Arrival', exact: true }).locator('[data-outcome]').waitFor()
  await both('webhooks-arrivals')
  await rows.nth(1).click()
  await page.locator('[data-code="client.none-shown"]').waitFor()
  await both('webhooks-refused')
  await rows.nth(2).click()
  await page.locator('[data-code="signature.body-altered"]').scrollIntoViewIfNeeded()
  await both('webhooks-signature')
  await page.getByRole('button', { name: 'Send it elsewhere' }).click()
  await page.getByRole('dialog').waitFor()
  await both('webhooks-replay')
  await page.keyboard.press('Escape')
  await view('Play the provider')
  await both('webhooks-play')
  await page.getByRole('button', { name: 'Call as Truv' }).click()
  await page.getByRole('region', { name: 'Result' }).locator('[data-outcome="accepted"]').waitFor()
  await both('webhooks-played')
  await view('What they do')
  await both('webhooks-providers')
  await view('Listen')
}
