import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { answerNames, answersFor, onward, openVault } from '../../scripts/tour/journey.mjs'
import type { IdentityPlan } from '../../shared/identity.ts'
import { dropFiles, forget, launch, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { corpus } from './support/inspect.ts'
import { inspectPictures } from './support/inspect-pictures.ts'
import { makeAuthority } from './support/provider.ts'

// Every screen, light and dark, as the README and the guides show them; each must also hold its own in a small window.

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')
const day = 86_400_000

const scene: [plan: Partial<IdentityPlan>, valid: { days: number; since: number } | null][] = [
  [
    {
      name: 'Acme live',
      provider: 'payrails',
      environment: 'live',
      answers: { company: 'acme' },
      key: 'rsa-4096',
      subject: { C: 'DE', ST: 'Berlin', O: 'Acme Payments GmbH' },
    },
    { days: 3650, since: 90 },
  ],
  [
    { name: 'Acme sandbox', provider: 'truv' },
    { days: 365, since: 344 },
  ],
  [
    {
      name: 'Card authentication',
      provider: 'apata',
      environment: 'live',
      answers: { host: 'api.apata.io' },
      subject: { C: 'IE', O: 'Acme Bank plc' },
      key: 'rsa-2048',
    },
    { days: 365, since: 120 },
  ],
  [
    { name: 'Old production', provider: 'truv', environment: 'production' },
    { days: 365, since: 372 },
  ],
  [
    {
      name: 'Direct debit',
      provider: 'nuapay',
      environment: 'live',
      answers: {},
      subject: { O: 'Acme Payments Ltd', CN: 'payments.acme.example' },
      key: 'rsa-2048',
    },
    null,
  ],
]

/** No sideways scrolling, and nothing cut off at the right. */
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

test('every screen, light and dark', async () => {
  test.setTimeout(300_000)
  mkdirSync(pictures, { recursive: true })
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  const { page } = desktop
  const both = async (name: string) => {
    for (const appearance of ['light', 'dark'] as const) {
      await ask(page, 'changeSettings', { appearance })
      await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
      await page.mouse.move(0, 0)
      await page.waitForTimeout(250)
      expect(await fits(page), `${name} fits its window`).toBe(true)
      await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
    }
  }
  const room = (name: string) => page.getByRole('button', { name, exact: true }).click()
  try {
    await both('vault')
    await openVault(page, 'four plain words together')
    await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
    await page.getByRole('radio', { name: 'Payrails', exact: true }).click()
    await both('welcome')

    await page.getByRole('button', { name: 'Start with Payrails' }).click()
    await answerNames(page, answersFor.payrails)
    await both('create-names')
    await onward(page)
    await both('create-key')
    await onward(page)
    await both('create-review')
    await room('Identities')
    await ask(page, 'saveDraft', { draft: null })

    const provider = await makeAuthority(new Date(Date.now() - 600 * day))
    for (const [plan, valid] of scene) {
      const identity = await makeIdentity(page, plan)
      if (!valid) continue
      const now = new Date(Date.now() - valid.since * day)
      const { pem } = await provider.sign(identity.requestPem, { days: valid.days, now })
      const source = { from: 'text', text: pem + provider.caPem } as const
      const first = await ask(page, 'attachCertificate', { identity: identity.handle, source, despite: [] })
      if (first.outcome !== 'flagged') continue
      const despite = first.findings.map((finding) => finding.code)
      await ask(page, 'attachCertificate', { identity: identity.handle, source, despite })
    }
    await room('Identities')
    await page.getByText('Card authentication').first().waitFor()
    await both('identities')
    await page.getByText('Acme live').first().click()
    await page.getByRole('article', { name: 'Acme live' }).waitFor()
    await both('identity')
    await page.getByRole('tab', { name: 'Export' }).click()
    await both('identity-export')
    await page.getByRole('tab', { name: 'Hand over' }).click()
    await page.getByRole('button', { name: 'Onboarding sheet' }).waitFor()
    await both('identity-hand-over')
    await page.getByRole('tab', { name: 'Request' }).click()
    await both('identity-request')

    const { handle } = await makeIdentity(page, { name: 'Practice at Truv' })
    await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
    const answer = await ask(page, 'submitToPractice', { identity: handle })
    const source = { from: 'text', text: answer.certificatePem } as const
    await ask(page, 'attachCertificate', { identity: handle, source, despite: [] })
    await room('Identities')
    await page.getByText('Practice at Truv').first().click()
    await page.getByRole('article', { name: 'Practice at Truv' }).waitFor()
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByLabel('Client ID', { exact: true }).fill('acme-client')
    await page.getByLabel('Access key', { exact: true }).fill('practice')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.locator('[data-outcome="accepted"]').waitFor()
    await both('test-accepted')
    await page
      .getByRole('textbox', { name: 'Identity' })
      .or(page.getByRole('combobox', { name: 'Identity' }))
      .first()
      .click()
    await page.getByRole('option', { name: /^None/ }).click()
    await page.getByLabel('Client ID', { exact: true }).fill('acme-client')
    await page.getByLabel('Access key', { exact: true }).fill('practice')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.locator('[data-outcome="refused"]').waitFor()
    await both('test-refused')
    await page
      .getByRole('region', { name: /^Causes/ })
      .getByRole('button')
      .first()
      .click()
    await both('test-refused-causes')
    await page.getByText('Endpoints', { exact: true }).click()
    await page.getByRole('table', { name: 'Endpoints' }).waitFor()
    await both('test-endpoints')
    await page.getByText('Error text', { exact: true }).click()
    await page
      .getByRole('textbox', { name: 'Error text or log of any program' })
      .fill('curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0')
    await page.getByRole('button', { name: 'Explain' }).click()
    await page.getByRole('list', { name: /What the text may mean/ }).waitFor()
    await both('test-error-text')

    await room('Calendar')
    await page.getByRole('heading', { name: 'Calendar' }).waitFor()
    await both('calendar')
    await inspectPictures({ page, both, provider })
    for (const name of ['Authority', 'Webhooks', 'Settings', 'Help']) {
      await room(name)
      await page.getByRole('heading', { name, level: 1 }).first().waitFor()
      await both(name.toLowerCase())
    }
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog').waitFor()
    await both('palette')
    await page.keyboard.press('Escape')
  } catch (thrown) {
    await page.screenshot({ path: join(pictures, 'stopped-here.png') })
    throw thrown
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

test('every room fits a window of 800 by 600', async () => {
  const desktop = await launch({ size: { width: 800, height: 600 } })
  const { page } = desktop
  try {
    await openVault(page, 'four plain words together')
    await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
    expect(await fits(page)).toBe(true)
    await makeIdentity(page)
    for (const name of ['Identities', 'Inspect', 'Test', 'Authority', 'Webhooks', 'Calendar', 'Help', 'Settings']) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.waitForTimeout(300)
      expect(await fits(page), `${name} fits`).toBe(true)
      await page.screenshot({ path: join(pictures, `small-${name.toLowerCase()}.png`) })
    }
    await dropFiles(page, [corpus('bundles/badssl__wildcard-rsa2048.pem')], { x: 400, y: 300 })
    await page.getByRole('article', { name: 'Opened object' }).waitFor()
    for (const tab of ['Facts', 'Extensions', 'Fingerprints', 'PEM', 'ASN.1', 'Trust', 'Provider']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.waitForTimeout(300)
      expect(await fits(page), `an object’s ${tab} fits`).toBe(true)
      await page.screenshot({ path: join(pictures, `small-inspect-${tab.toLowerCase().replace('.', '')}.png`) })
    }
  } finally {
    await desktop.close()
    forget(desktop)
  }
})
