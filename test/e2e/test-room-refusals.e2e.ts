import { createServer as createHttpServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { issue } from '../support/throwaway-pki.ts'
import { resize } from './support/app.ts'
import { ask } from './support/desk.ts'
import {
  addressOf,
  atPractice,
  callTo,
  callTruv,
  goToTest,
  pickyServer,
  result,
  scene,
  send,
  shoot,
} from './support/test-room.ts'

test('the search for a reason is seen as it runs, and stopping it keeps the verdict and what was found', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    const server = await pickyServer([issue({ subject: ['CN=Wanted CA'], isCa: true }).pem], 1500)
    try {
      await callTo(page, server)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      const probes = page.getByRole('region', { name: 'Further connections' })
      await expect(probes).toContainText('Connecting …', { timeout: 15_000 })
      await expect(probes).toContainText('Waiting')
      await expect(probes.getByText('Refused').first()).toBeVisible({ timeout: 15_000 })
      await shoot(page, 'finding-out')
      await page.getByRole('button', { name: 'Stop here' }).click()
      await expect(result(page)).toHaveAttribute('data-outcome', 'refused', { timeout: 2500 })
      const done = await probes.getByRole('row').count()
      expect(done).toBeGreaterThan(0)
      await expect(probes).not.toContainText(/Waiting|Connecting/)
      await expect(page.locator('[data-code]').first()).toBeVisible()
      await shoot(page, 'stopped')
    } finally {
      server.close()
    }
  }))

test('a thousand accepted authorities are searched, and the words say that none of them fits', () =>
  scene(async ({ page }) => {
    await atPractice(page)
    const cas = Array.from({ length: 1000 }, (_, at) => issue({ subject: [`CN=Member ${at} CA`], isCa: true }).pem)
    const server = await pickyServer(cas)
    try {
      await callTo(page, server)
      await send(page)
      const asked = page.getByRole('region', { name: /What it asked for/ })
      await expect(asked).toContainText('None of the 1,000 fits: yours comes from Practice Truv client CA')
      await expect(asked).toContainText(/Your EC key can make \d+ of the \d+ it accepts/)
      await asked.getByRole('button', { name: /^Authorities/ }).press('Enter')
      await asked.getByRole('button', { name: /^Signatures/ }).press('Enter')
      expect(await asked.getByRole('listitem').count()).toBeLessThan(80)
      await shoot(page, 'asked')
      await asked.getByRole('textbox', { name: 'Search the authorities' }).fill('member 777')
      await expect(asked.getByRole('status')).toHaveText('1 of 1,000 found')
      await expect(asked.getByText('CN=Member 777 CA')).toBeVisible()
    } finally {
      server.close()
    }
  }))

test('a call that worked before is laid beside its refusal', () =>
  scene(async ({ page, app }) => {
    await atPractice(page)
    const ca = issue({ subject: ['CN=Foreign CA'], isCa: true })
    const leaf = () => {
      const made = issue({ subject: ['CN=localhost'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
      return { cert: made.pem, key: made.keyPem }
    }
    const wanted = ['Old CA', 'New CA'].map((name) => issue({ subject: [`CN=${name}`], isCa: true }).pem)
    let status = 200
    const options = { ...leaf(), ca: wanted[0], requestCert: true, rejectUnauthorized: false }
    const server = createServer(options, (_, answer) => answer.writeHead(status).end())
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    try {
      await callTo(page, { url: `https://127.0.0.1:${port}/`, caPem: ca.pem })
      await send(page)
      await expect(result(page)).toHaveAttribute('data-outcome', 'accepted')
      status = 403
      server.setSecureContext({ ...leaf(), ca: wanted[1] })
      await send(page)
      await expect(result(page)).toHaveAttribute('data-outcome', 'refused')
      await page.getByRole('tab', { name: 'History' }).click()
      const table = page.getByRole('table', { name: 'What differs from the last success' })
      const what = () =>
        table.locator('[data-what]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-what')))
      await expect.poll(what).toEqual(['server', 'asked', 'outcome'])
      await expect(table.locator('[data-what="asked"]')).toContainText('one of CN=Old CAone of CN=New CA')
      await expect(table.locator('[data-what="outcome"]')).toContainText('HTTP 200 OKHTTP 403 Forbidden')
      await shoot(page, 'differences')
      await resize(app, { width: 800, height: 600 })
      await table.scrollIntoViewIfNeeded()
      await shoot(page, 'differences-small')
      await page.getByRole('table', { name: 'Tests of this endpoint' }).getByRole('row').last().scrollIntoViewIfNeeded()
      await shoot(page, 'history-small')
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    } finally {
      server.close()
    }
  }))

test('a redirect is named and not followed, over HTTP/2', () =>
  scene(async ({ page }) => {
    const ca = issue({ subject: ['CN=Foreign CA'], isCa: true })
    const leaf = issue({ subject: ['CN=localhost'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
    let asked = 0
    const server = createSecureServer({ cert: leaf.pem, key: leaf.keyPem }, (_, answer) => {
      asked++
      answer.writeHead(302, { location: 'https://login.example.com/start' }).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    try {
      await callTo(page, { url: `https://127.0.0.1:${port}/`, caPem: ca.pem })
      await page.getByRole('button', { name: 'Connection as usual' }).press('Enter')
      await page.getByLabel('HTTP versions offered (ALPN)').selectOption('HTTP/2 only')
      await send(page)
      await page.getByRole('tab', { name: 'Answer (302)' }).click()
      const note = page.getByRole('note', { name: 'Redirect' })
      await expect(note).toContainText('https://login.example.com/start, not followed. It is another server')
      await expect(page.getByText(/over HTTP\/2/)).toBeVisible()
      expect(asked).toBe(1)
      await shoot(page, 'redirect')
      await note.getByRole('button', { name: 'Take this address' }).press('Enter')
      await expect(page.getByLabel('Address', { exact: false }).first()).toBeFocused()
      expect(await addressOf(page)).toBe('https://login.example.com/start')
    } finally {
      server.close()
    }
  }))

test('a proxy of the settings that wants a login leads to the fields for it', () =>
  scene(async ({ page }) => {
    const proxy = createHttpServer()
    proxy.on('connect', (request, socket) => {
      const known = request.headers['proxy-authorization'] === `Basic ${btoa('acme:open')}`
      socket.end(
        `HTTP/1.1 ${known ? '403 Forbidden' : '407 Proxy Authentication Required'}\r\n${'Proxy-Authenticate: Basic realm="x"\r\n'}\r\n`,
      )
    })
    await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
    const { port } = proxy.address() as AddressInfo
    try {
      await page.getByRole('button', { name: 'Settings', exact: true }).click()
      await page.getByRole('radio', { name: 'This one' }).check()
      await page.getByLabel('Address of the proxy').fill('proxy.example.com')
      await page.keyboard.press('Tab')
      await expect(page.getByText(/An address such as http:/)).toBeVisible()
      await page.getByLabel('Address of the proxy').fill(`http://127.0.0.1:${port}`)
      await page.keyboard.press('Tab')
      await expect.poll(async () => (await ask(page, 'readSettings', {})).proxy.by).toBe('address')
      await shoot(page, 'proxy-settings')
      await goToTest(page)
      await page.getByLabel('Address', { exact: false }).first().fill('https://api.example.com/')
      await send(page)
      await expect(result(page)).toHaveAttribute('data-cause', 'net.proxy')
      await shoot(page, 'proxy-login')
      await page.getByRole('button', { name: 'Enter user and password of the proxy' }).press('Enter')
      await expect(page.getByLabel('User at the proxy, if it asks')).toBeFocused()
      await page.keyboard.type('acme')
      await page.getByLabel('Password at the proxy').fill('open')
      await send(page)
      await expect(page.getByRole('button', { name: 'Change the proxy' })).toBeVisible()
    } finally {
      proxy.close()
    }
  }))

test('the palette tests all endpoints, and opens the explanation of error texts', () =>
  scene(async ({ page, app }) => {
    await page.keyboard.press('Control+K')
    await page.getByRole('textbox', { name: 'Command' }).fill('Endpoints')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No address was tested yet')).toBeVisible()
    await shoot(page, 'endpoints-none')
    await atPractice(page)
    await callTruv(page)
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.keyboard.press('Control+K')
    await page.getByRole('textbox', { name: 'Command' }).fill('Test all')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: 'Endpoints' })).toBeVisible()
    await expect.poll(async () => (await ask(page, 'listEndpoints', {})).endpoints[0]?.attempts).toBe(2)
    await page.keyboard.press('Control+K')
    await page.getByRole('textbox', { name: 'Command' }).fill('Explain an error')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Error text or log of any program' })).toBeVisible()
    await goToTest(page)
    await resize(app, { width: 800, height: 600 })
    for (const view of ['Call', 'Endpoints', 'Error text']) {
      await page.getByText(view, { exact: true }).click()
      await shoot(page, `small-${view.toLowerCase().replace(' ', '-')}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    }
  }))
