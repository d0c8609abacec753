import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { answerOpen, type Desktop, filesBelow, forget, launch } from './support/app.ts'
import { ask } from './support/desk.ts'

const secret = 'sandbox-0123456789abcdef'
const body = '{"event_type":"task-status-updated","status":"done"}'
const signature = `X-WEBHOOK-SIGN: v1=${createHmac('sha256', secret).update(body).digest('hex')}`

const run = (program: string, args: string[], cwd: string) =>
  new Promise<string>((resolve) => {
    execFile(program, args, { cwd }, (_, stdout, stderr) => resolve(stdout + stderr))
  })

const room = (page: Page) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Webhooks' })
const view = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true })
const arrivals = (page: Page) => page.getByRole('listbox', { name: 'Arrivals, newest first' }).getByRole('option')
const listener = (page: Page) => page.getByRole('form', { name: 'Listener' })

async function choose(page: Page, label: string, option: string | RegExp) {
  const named = { name: label, exact: true }
  await page.getByRole('combobox', named).or(page.getByRole('textbox', named)).first().click()
  await page.getByRole('listbox', named).getByRole('option', { name: option }).click()
}

let desktop: Desktop
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  desktop = await launch()
  page = desktop.page
  await ask(page, 'setVaultPassphrase', { passphrase: 'correct horse battery staple' })
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
})

test('Truv’s own way: its certificate is played to the listener, with its signature', async () => {
  await room(page).click()
  await expect(page.getByText('Nothing is listening')).toBeVisible()
  await listener(page).getByLabel('Access key').fill(secret)
  await page.getByRole('button', { name: 'Start listening' }).click()
  await expect(page.getByRole('heading', { name: 'Listening for Truv' })).toBeVisible()
  await expect(page.getByText(/Listening for Truv at 127\.0\.0\.1:9443/)).toBeVisible()

  await page.getByRole('button', { name: 'Play Truv' }).click()
  await page.getByRole('button', { name: 'Call my listener' }).click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.locator('[data-outcome="accepted"]')).toBeVisible()
  await expect(result.getByText('CN=mtls-prod.truv.com', { exact: true })).toBeVisible()

  await view(page, 'Listen').click()
  await arrivals(page).first().click()
  const arrival = page.getByRole('region', { name: 'Arrival', exact: true })
  await expect(arrival.locator('[data-outcome="accepted"]')).toBeVisible()
  await expect(arrival.locator('[data-state="good"]')).toContainText('X-WEBHOOK-SIGN fits')
  await expect(arrival.getByText('CN=mtls-prod.truv.com').first()).toBeVisible()
  await expect(arrival.getByRole('region', { name: 'Body of the request' })).toContainText('task-status-updated')
  await arrival.getByRole('button', { name: 'Close the arrival' }).click()
  await page.getByRole('button', { name: 'Stop listener' }).click()
  await expect(page.getByRole('button', { name: 'Start listening' })).toBeVisible()
})

test('Truv’s other way: its request is signed by an own authority, and curl presents what came of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'truv-'))
  const plan = { name: 'Acme webhooks', commonName: 'Acme Webhooks CA', key: 'ec-p256' as const, years: 5 }
  await ask(page, 'createAuthority', { work: 'authority-1', plan: { ...plan, askEachTime: false } })
  const { authorities } = await ask(page, 'listAuthorities', {})
  const authority = authorities[0]?.handle ?? ''

  const subject = ['-subj', '/C=US/O=Truv Inc/CN=webhooks.truv.com']
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await run('openssl', ['req', '-new', ...made, '-keyout', 'truv.key', '-out', 'truv.csr', ...subject], folder)
  const requestPem = readFileSync(join(folder, 'truv.csr'), 'utf8')
  const wish = { authority, profile: { provider: 'truv', callsYou: 'webhooks-signed' }, choices: [] }
  const shown = await ask(page, 'planSigning', { requestPem, wish })
  const despite = shown.issues.map(({ code }) => code)
  const signed = await ask(page, 'signRequest', { plan: shown.plan, despite })
  writeFileSync(join(folder, 'truv.crt'), signed.certificatePem)

  await view(page, 'What they do').click()
  await view(page, 'Listen').click()
  await choose(page, 'It shows the certificate', /Acme webhooks/)
  await choose(page, 'It demands certificates', /Acme webhooks/)
  await page.getByRole('button', { name: 'Start listening' }).click()
  await expect(page.getByRole('heading', { name: 'Listening for Truv' })).toBeVisible()
  const { running } = await ask(page, 'listenerState', {})
  writeFileSync(join(folder, 'ca.pem'), running?.serverCaPem ?? '')
  const common = ['-sS', '--noproxy', '*', '--cacert', 'ca.pem', '-d', body, '-H', signature]
  const url = `${running?.url}/webhooks/truv`
  expect(await run('curl', [...common, '--cert', 'truv.crt', '--key', 'truv.key', url], folder)).toBe(
    '{"received":true}',
  )
  await expect(arrivals(page).first()).toHaveAccessibleName(/^Accepted POST \/webhooks\/truv.*signature good/)

  // A stranger: of the same name, signed by itself.
  const own = ['-x509', '-keyout', 's.key', '-out', 's.crt']
  await run('openssl', ['req', ...own, ...made, ...subject], folder)
  expect(await run('curl', [...common, '--cert', 's.crt', '--key', 's.key', url], folder)).toContain('self-signed')
  await expect(arrivals(page).first()).toHaveAccessibleName(/^Refused.*self-signed/)
  await arrivals(page).first().click()
  const arrival = page.getByRole('region', { name: 'Arrival', exact: true })
  await expect(arrival.locator('[data-code="path.self-signed"]')).toContainText('is self-signed')
  await arrival.getByRole('button', { name: 'Open in Inspect' }).click()
  await expect(page.getByText('CN=webhooks.truv.com').first()).toBeVisible()
})

test('Apata’s request is signed and handed back, opens the listener, and closes it once it is revoked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apata-'))
  const { authorities } = await ask(page, 'listAuthorities', {})
  const authority = authorities[0]?.handle ?? ''
  const subject = ['-subj', '/C=IE/O=Apata/CN=outbound.apata.example']
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'apata.key']
  await run('openssl', ['req', '-new', ...made, '-out', 'apata.csr', ...subject], folder)
  const requestPem = readFileSync(join(folder, 'apata.csr'), 'utf8')
  const wish = { authority, profile: { provider: 'apata', callsYou: 'outbound' }, choices: [] }
  const shown = await ask(page, 'planSigning', { requestPem, wish })
  const signed = await ask(page, 'signRequest', { plan: shown.plan, despite: shown.issues.map(({ code }) => code) })
  await answerOpen(desktop.app, [folder])
  const { saved } = await ask(page, 'saveHandBack', { issued: signed.issued.handle })
  expect(saved.join(' ')).toContain('apata-outbound.crt')
  const certificate = filesBelow(folder).find((path) => path.endsWith('apata-outbound.crt')) ?? ''

  await room(page).click()
  await page.getByRole('button', { name: 'Stop listening' }).click()
  await choose(page, 'Webhooks of', 'Apata')
  await choose(page, 'It shows the certificate', /Acme webhooks/)
  await choose(page, 'It demands certificates', /Acme webhooks/)
  await page.getByRole('checkbox', { name: 'Refuse whoever is revoked' }).check()
  await page.getByRole('button', { name: 'Refusals, TLS, secrets' }).click()
  await page.getByRole('radio', { name: /TLS alert/ }).check()
  await page.getByRole('button', { name: 'Start listening' }).click()
  await expect(page.getByRole('heading', { name: 'Listening for Apata' })).toBeVisible()
  const { running } = await ask(page, 'listenerState', {})
  writeFileSync(join(folder, 'ca.pem'), running?.serverCaPem ?? '')
  const common = ['-sS', '--noproxy', '*', '--cacert', 'ca.pem', '-d', '{}', `${running?.url}/finalised`]
  const call = (cert: string, key: string) => run('curl', [...common, '--cert', cert, '--key', key], folder)
  expect(await call(certificate, 'apata.key')).toBe('{"received":true}')
  await expect(arrivals(page).first()).toHaveAccessibleName(/^Accepted POST \/finalised.*CN=outbound\.apata\.example/)

  const own = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 's.key', '-out', 's.crt']
  await run('openssl', ['req', '-x509', ...own, ...subject], folder)
  // Electron’s TLS library is another than Node’s; curl has to see the alert all the same.
  expect(await call('s.crt', 's.key')).toContain('unknown ca')
  await expect(arrivals(page).first()).toHaveAccessibleName(/^Refused.*self-signed/)

  await ask(page, 'revokeIssued', { issued: signed.issued.handle, reason: 'keyCompromise' })
  expect(await call(certificate, 'apata.key')).toContain('certificate revoked')
  await expect(arrivals(page).first()).toHaveAccessibleName(/^Refused.*was revoked/)
})
