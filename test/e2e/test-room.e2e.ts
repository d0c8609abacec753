import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as listenPlainly, type Socket } from 'node:net'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { issue } from '../support/throwaway-pki.ts'
import { answerSave, type Desktop, forget, launch, resize, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'test-room')
const secret = 'sandbox-hunter2-never-shown'

async function shoot(page: Page, name: string) {
  mkdirSync(pictures, { recursive: true })
  for (const appearance of ['light', 'dark'] as const) {
    await ask(page, 'changeSettings', { appearance })
    await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
    await page.waitForTimeout(200)
    await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
  }
}

/** A ready identity for the practice provider, which runs. */
async function atPractice(page: Page, name = 'Acme at Truv') {
  const { running } = await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
  const identity = await makeIdentity(page, { name })
  const { certificatePem } = await ask(page, 'submitToPractice', { identity: identity.handle })
  await ask(page, 'attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] })
  return { identity, apiUrl: running?.apiUrl ?? '' }
}

const goToTest = (page: Page) => page.getByRole('button', { name: 'Test', exact: true }).click()
const result = (page: Page) => page.locator('[data-outcome][data-cause]')

async function send(page: Page) {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.locator('[data-screen]')).toHaveAttribute('data-screen', /answered|refused/, { timeout: 30_000 })
}

/** A call to the practice provider by hand, blanks filled in and remembered. */
async function callTruv(page: Page) {
  await goToTest(page)
  await page.getByLabel('Client ID', { exact: true }).fill('client-0815')
  await page.getByLabel('Access key', { exact: true }).fill(secret)
  await page.getByRole('checkbox', { name: /Keep these with the identity/ }).check()
  await send(page)
  await expect(result(page)).toHaveAttribute('data-cause', 'ok')
}

async function scene(work: (desktop: Desktop) => Promise<void>) {
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  try {
    await openVault(desktop.page, 'four plain words together')
    await desktop.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
    await work(desktop)
  } finally {
    await desktop.close()
    forget(desktop)
  }
}

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

/** Asks for a certificate of one of `cas`, and refuses any other; from its second connection on it takes its time. */
async function pickyServer(cas: string[], slowMs = 0) {
  const ca = issue({ subject: ['CN=Foreign CA'], isCa: true })
  const leaf = issue({ subject: ['CN=localhost'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
  const options = { cert: leaf.pem, key: leaf.keyPem, ca: cas, requestCert: true }
  const server = createServer(options, (_, answer) => answer.end('Welcome'))
  const sockets = new Set<Socket>()
  let connections = 0
  const door = listenPlainly((socket) => {
    sockets.add(socket.on('error', () => {}))
    setTimeout(() => server.emit('connection', socket), connections++ === 0 ? 0 : slowMs)
  })
  await new Promise<void>((ready) => door.listen(0, '127.0.0.1', ready))
  const { port } = door.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    door.close()
  }
  return { url: `https://127.0.0.1:${port}/`, caPem: ca.pem, close }
}

/** The form filled in for a server that nobody knows. */
async function callTo(page: Page, { url, caPem }: { url: string; caPem: string }) {
  await goToTest(page)
  await page.getByLabel('Address', { exact: false }).first().fill(url)
  await page.getByRole('radio', { name: 'Another CA, pasted here' }).check()
  await page.getByRole('textbox', { name: 'CA certificate as PEM' }).fill(caPem)
  for (const name of ['Client ID', 'Access key']) {
    const blank = page.getByLabel(name, { exact: true })
    if (await blank.isVisible()) await blank.fill('none-of-it-matters')
  }
}

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

const addressOf = (page: Page) => page.getByLabel('Address', { exact: false }).first().inputValue()

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
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-screen]')).toHaveAttribute('data-screen', 'running')
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
