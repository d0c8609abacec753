import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { createArrivals } from '../../electron/webhooks/arrivals.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'
import { forget, launch } from './support/app.ts'

const many = 10_000

const arrival = (at: number): Omit<Arrival, 'id'> => ({
  at: new Date(Date.now() - (many - at) * 1000).toISOString(),
  provider: 'truv',
  from: `127.0.0.1:${20_000 + (at % 30_000)}`,
  kind: 'request',
  outcome: at % 10 === 0 ? 'refused' : 'accepted',
  code: at % 10 === 0 ? 'client.none-shown' : 'ok',
  says: at % 10 === 0 ? 'It showed no certificate.' : '“mtls-prod.truv.com” is trusted by “Truv CA”.',
  method: 'POST',
  path: `/webhooks/truv/${at}`,
  status: at % 10 === 0 ? 400 : 200,
  bodyBytes: 400,
  subject: 'CN=mtls-prod.truv.com',
  signature: 'good',
  chain: [],
  headers: [['Content-Type', 'application/json']],
  masked: [],
  body: JSON.stringify({ webhook_id: `${at}`, filler: 'x'.repeat(360) }),
  bodyForm: 'text',
  bodyCut: false,
})

test('ten thousand arrivals are listed, searched and scrolled through without a hitch', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'countersign-many-'))
  const store = createArrivals(join(userData, 'arrivals'))
  for (let at = 1; at <= many; at += 500) {
    await store.append(Array.from({ length: 500 }, (_, i) => arrival(at + i)))
  }
  await store.close()
  const desktop = await launch({ userData })
  const { page } = desktop
  try {
    await page.evaluate(() => {
      const long = globalThis as unknown as { longest: number }
      long.longest = 0
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) long.longest = Math.max(long.longest, duration)
      }).observe({ type: 'longtask', buffered: false })
    })
    const begun = Date.now()
    await page.getByRole('button', { name: 'Webhooks', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: /^10,000$/ })).toBeVisible()
    const listedMs = Date.now() - begun
    const list = page.getByRole('listbox', { name: 'Arrivals, newest first' })
    await expect(list.getByRole('option').first()).toContainText(`/webhooks/truv/${many}`)
    expect(await list.getByRole('option').count()).toBeLessThan(60)
    for (let i = 0; i < 40; i++) {
      await list.evaluate((element, to) => element.scrollTo(0, to), i * 11_000)
      await page.waitForTimeout(16)
    }
    await page.getByLabel('Search arrivals').fill('/truv/4321')
    await expect(page.getByRole('status').filter({ hasText: '1 of 10,000' })).toBeVisible()
    await list.getByRole('option').first().click()
    await expect(page.getByRole('region', { name: 'Arrival', exact: true })).toContainText('4321')
    const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest)
    console.log(`listed after ${listedMs} ms, longest task of the page ${Math.round(longest)} ms`)
    // Far above what a quiet computer shows: the two cores of the tests are shared.
    expect(longest).toBeLessThan(800)
  } finally {
    await desktop.close()
    forget(desktop)
  }
})
