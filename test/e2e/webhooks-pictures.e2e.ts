import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { forget, launch, resize, root } from './support/app.ts'
import { ask } from './support/desk.ts'
import { webhookPictures } from './support/webhook-pictures.ts'

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')

test('the Webhooks room, light and dark, wide and small', async () => {
  mkdirSync(pictures, { recursive: true })
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  const { app, page } = desktop
  const both = (size: string) => async (name: string) => {
    for (const appearance of ['light', 'dark'] as const) {
      if (size !== '' && appearance === 'dark') continue
      await ask(page, 'changeSettings', { appearance })
      await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
      await page.mouse.move(0, 0)
      await page.waitForTimeout(250)
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
      await page.screenshot({ path: join(pictures, `${size}${name}-${appearance}.png`), animations: 'disabled' })
      expect(fits, `${name} fits its window`).toBe(true)
    }
  }
  try {
    await ask(page, 'setVaultPassphrase', { passphrase: 'correct horse battery staple' })
    await webhookPictures({ page, both: both(''), port: 9443 })
    await ask(page, 'stopListener', {})
    await ask(page, 'clearArrivals', {})
    await resize(app, { width: 800, height: 600 })
    await webhookPictures({ page, both: both('small-'), port: 9443 })
  } finally {
    await desktop.close()
    forget(desktop)
  }
})
