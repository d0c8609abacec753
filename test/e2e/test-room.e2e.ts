import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { issue } from '../support/throwaway-pki.ts'
import { answerSave, resize } from './support/app.ts'
import { ask } from './support/desk.ts'
import { atPractice, callTruv, goToTest, result, scene, secret, send, shoot } from './support/test-room.ts'

test('a good call is told message by message, and each opens by keyboard to its fields', () =>
  scene(async ({ page, app }) => {
    await atPractice(page)
    await callTruv(page)
    await shoot(page, 'accepted')
    const asked = page.getByRole('button', { name: /Asks for a certificate; accepts 1 authority/ })
    await asked.focus()
    await page.keyboard.press('Enter')
    await expect(asked).toHaveAttribute('aria-expanded', 'true')
    await expect(page.getByText('CN=Practice Truv client CA').first()).toBeVisible()
    await expect(page.getByRole('region', { name: 'Times of the steps' })).toContainText('Handshake (TLS)')
    await shoot(page, 'message-opened')

    await page.getByRole('tab', { name: 'Forecast' }).click()
    const forecast = page.getByRole('table', { name: 'What other programs would do' })
    await expect(forecast.getByRole('row')).not.toHaveCount(1)
    await expect(forecast).toContainText('curl')
    await shoot(page, 'forecast')
    await resize(app, { width: 800, height: 600 })
    await shoot(page, 'forecast-small')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  }))

test('a refusal shows its causes, and the further connections that tell them apart', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    await goToTest(page)
    await page.getByLabel('Client ID', { exact: true }).fill('client-0815')
    await page.getByLabel('Access key', { exact: true }).fill(secret)
    await page.getByLabel('Identity').first().click()
    await page.getByRole('option', { name: 'None: send no certificate' }).click()
    await send(page)
    await expect(result(page)).toHaveAttribute('data-cause', 'client.none-sent')
    await expect(page.locator('[data-code="client.none-sent"]')).toBeVisible()
    await shoot(page, 'none-sent')
  }))

test('an untrusted server can be trusted for one test, by its fingerprint', () =>
  scene(async ({ page }) => {
    const ca = issue({ subject: ['CN=Foreign CA'], isCa: true })
    const leaf = issue({
      subject: ['CN=localhost'],
      issuer: ca,
      purposes: ['serverAuth'],
      sans: ['DNS:localhost', 'IP:127.0.0.1'],
    })
    const server = createServer({ cert: leaf.pem, key: leaf.keyPem }, (_, answer) => answer.end('hello'))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    try {
      await goToTest(page)
      await page.getByLabel('Address', { exact: false }).first().fill(`https://localhost:${port}/`)
      await send(page)
      await expect(result(page)).toHaveAttribute('data-cause', /^server\./)
      await page.getByRole('tab', { name: /^Server chain/ }).click()
      await shoot(page, 'untrusted')
      await page.getByRole('button', { name: 'Trust this certificate for one test' }).click()
      await expect(result(page)).toHaveAttribute('data-outcome', 'accepted')
      await expect(page.getByText('trusted for this test only')).toBeVisible()
      await expect(page.getByRole('radio', { name: 'This computer’s roots' })).toBeChecked()
    } finally {
      server.close()
    }
  }))

test('two tests are in the history, an old one is opened, and all endpoints are tested again', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    await callTruv(page)
    await send(page)
    await page.getByRole('tab', { name: 'History' }).click()
    const history = page.getByRole('table', { name: 'Tests of this endpoint' })
    await expect(history.getByRole('row')).toHaveCount(3)
    await shoot(page, 'history')
    await history.getByRole('button').first().click()
    const old = page.getByRole('note').filter({ hasText: 'From the history' })
    await expect(old).toBeVisible()
    await expect(page.getByRole('button', { name: /Asks for a certificate/ })).toBeVisible()
    await page.getByRole('button', { name: 'Back to the last test' }).press('Enter')
    await expect(old).toBeHidden()
    await expect(page.getByRole('region', { name: 'Result' })).toBeFocused()

    await page.getByText('Endpoints', { exact: true }).click()
    await expect(page.getByRole('table', { name: 'Endpoints' })).toContainText('127.0.0.1')
    await page.getByRole('button', { name: 'Test all 1' }).click()
    await expect.poll(async () => (await ask(page, 'listEndpoints', {})).endpoints[0]?.attempts).toBe(3)
    await page.getByRole('switch', { name: /every day/ }).check({ force: true })
    await expect.poll(async () => (await ask(page, 'listEndpoints', {})).endpoints[0]?.watched).toBe(true)
    await shoot(page, 'endpoints')
  }))

test('a support bundle can be read before it is written, and holds no secret', () =>
  scene(async ({ page, app, userData }) => {
    await atPractice(page)
    await callTruv(page)
    await page.getByRole('button', { name: 'Save as' }).click()
    await shoot(page, 'save-as')
    await page.getByRole('menuitem', { name: /Support bundle/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Support bundle' })
    await dialog.getByRole('button', { name: /transcript\.txt/ }).click()
    await expect(dialog.getByRole('region', { name: 'transcript.txt' })).toContainText('CertificateRequest')
    await shoot(page, 'support-bundle')
    const path = join(userData, 'bundle.zip')
    await answerSave(app, path)
    await dialog.getByRole('button', { name: 'Save as zip' }).click()
    await expect.poll(() => statSync(path, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
    const texts = Object.values(unzipSync(new Uint8Array(readFileSync(path)))).map((one) =>
      new TextDecoder().decode(one),
    )
    expect(texts.join('\n')).not.toContain(secret)
    expect(texts.join('\n')).not.toContain('PRIVATE KEY')
  }))

test('an error text of another program is put into words, and what the identity rules out is struck', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    await goToTest(page)
    await page.getByText('Error text', { exact: true }).click()
    await page
      .getByRole('textbox', { name: 'Error text or log of any program' })
      .fill('curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0')
    await page.getByRole('button', { name: 'Explain' }).click()
    const rows = page.getByRole('list', { name: /What the text may mean/ })
    await expect(rows.getByRole('listitem').first()).toBeVisible()
    await expect(rows).toContainText(/certificate/i)
    await shoot(page, 'error-text')
  }))

/** The name that a screen reader says for what has the focus, and whether its ring can be seen. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    const labels = [...((at as HTMLInputElement).labels ?? [])].map((one) => one.textContent)
    const by = (at.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
    const name =
      [at.getAttribute('aria-label'), ...labels, ...by, at.textContent].find((word) => word?.trim())?.trim() ?? ''
    const { outlineStyle, borderColor } = getComputedStyle(at)
    const ringed = outlineStyle !== 'none' || at.matches('input, textarea, select') || borderColor !== ''
    return { name, ringed, html: at.outerHTML.slice(0, 200) }
  })

test('by keyboard alone a call is sent, read to its end, and found again in the history', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    await callTruv(page)
    await page.getByLabel('Address', { exact: false }).first().focus()
    // A call to this computer is over sooner than one can look.
    const ran = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = () => document.querySelector('[data-screen="running"]') && resolve()
          const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ['data-screen'] }
          new MutationObserver(look).observe(document.body, watched)
        }),
    )
    await page.keyboard.press('Enter')
    await ran
    await expect(result(page)).toHaveAttribute('data-cause', 'ok', { timeout: 30_000 })
    const names: string[] = []
    for (let step = 0; step < 60 && names.at(-1) !== 'Handshake'; step++) {
      await page.keyboard.press('Tab')
      const { name, ringed, html } = await focused(page)
      expect(name, html).not.toBe('')
      expect(ringed, html).toBe(true)
      names.push(name)
    }
    expect(names).toEqual(expect.arrayContaining(['Send', 'Result', 'Save as', 'Handshake']))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('list', { name: 'Authorities it accepts' })).toBeVisible()
    await shoot(page, 'keyboard')
    await page.getByRole('tab', { name: 'Handshake' }).focus()
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name: 'History' })).toBeFocused()
    await expect(page.getByRole('table', { name: 'Tests of this endpoint' }).getByRole('button')).toHaveCount(1)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('note').filter({ hasText: 'From the history' })).toBeVisible()
  }))
