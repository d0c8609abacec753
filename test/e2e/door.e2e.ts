import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import type { DoorReport } from '../../shared/door/door-report.ts'
import { nginxDoor } from '../support/door-servers.ts'
import { closeAll } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'
import { answerOpen, answerSave, type Desktop, forget, launch, resize } from './support/app.ts'
import { axeFinds } from './support/axe.ts'
import { ask } from './support/desk.ts'
import { mailbox } from './support/provider.ts'

// An endpoint on nginx, first with its door open, then with it shut: by an authority of the vault, and its list.

const folder = mailbox()
const list = join(folder, 'clients.crl')
const pictures = process.env.COUNTERSIGN_OUT ? join(process.env.COUNTERSIGN_OUT, 'pictures') : join(folder, 'pictures')
const serverCa = issue({ subject: ['CN=Door server CA'], isCa: true })
const sans = ['DNS:localhost', 'IP:127.0.0.1']
const server = issue({ subject: ['CN=localhost'], issuer: serverCa, purposes: ['serverAuth'], sans })

// Each step begins where the one before it ended.
test.describe.configure({ mode: 'serial' })

let desktop: Desktop
let clientPem = ''
test.beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  desktop = await launch({ size: { width: 1180, height: 780 } })
  const { page } = desktop
  await openVault(page, 'four plain words together')
  const plan = {
    name: 'Webhooks',
    commonName: 'Acme Webhooks CA',
    key: 'ec-p256',
    years: 5,
    askEachTime: false,
  } as const
  clientPem = (await ask(page, 'createAuthority', { work: 'scene', plan })).certificatePem
})
test.afterAll(async () => {
  await closeAll()
  await desktop.close()
  forget(desktop)
  rmSync(folder, { recursive: true })
})

const both = async (name: string) => {
  for (const scheme of ['light', 'dark'] as const) {
    await desktop.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await desktop.page.waitForTimeout(250)
    await desktop.page.screenshot({ path: join(pictures, `${name}-${scheme}.png`) })
  }
  await desktop.page.emulateMedia({ colorScheme: 'light' })
}

const nginx = (lines: string) =>
  nginxDoor(
    { serverCa, server, clientCa: { ...serverCa, pem: clientPem }, provider: server, revoked: server, crl: '' },
    () => lines,
  )
const row = (name: string) => desktop.page.locator(`table[aria-label="Door check"] tr[data-case="${name}"]`)

test('asks whether the host may be tested, and makes a certificate that is revoked', async () => {
  const { page, app } = desktop
  await page.getByRole('button', { name: 'Webhooks', exact: true }).click()
  await page.getByText('Door check', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Is my door shut?' })).toBeVisible()
  await expect(page.getByLabel('Your door trusts').first()).toHaveValue('Your authority “Webhooks”')
  await both('door-asking')
  await answerSave(app, list)
  await page.getByRole('button', { name: 'Prepare one…' }).click()
  await page.getByRole('button', { name: 'Issue, revoke and save the list' }).click()
  await expect(page.getByText(/Prepared, good until/)).toBeVisible()
  expect(readFileSync(list, 'utf8')).toContain('BEGIN X509 CRL')
})

test('shows in red what an open door accepts', async () => {
  const { page } = desktop
  const port = await nginx('ssl_verify_client optional_no_ca;')
  await page.getByLabel('Your endpoint').fill(`https://localhost:${port}/`)
  await page.getByRole('button', { name: 'Check the door' }).click()
  const question = page.getByRole('dialog', { name: `Is localhost:${port} yours to test?` })
  await expect(question).toBeVisible()
  await both('door-yours')
  await question.getByRole('button', { name: 'It is mine: check it' }).click()
  await expect(page.getByText('is not trusted here, so its door was not checked')).toBeVisible()
  await both('door-untrusted')
  await page.getByRole('button', { name: 'Trust this certificate for now and check' }).click()
  await expect(page.getByRole('heading', { name: /^The door is open/ })).toBeVisible()
  for (const name of ['none', 'self-signed', 'other-ca', 'revoked']) {
    await expect(row(name).getByText('Open: accepts it')).toHaveCount(2)
  }
  const mark = row('none').getByText('Open: accepts it').first()
  const [red, text] = await mark.evaluate((element) => [
    getComputedStyle(element).color,
    getComputedStyle(element.ownerDocument.body).color,
  ])
  expect(red).not.toBe(text)
  await expect(row('expired').getByText('Shut')).toHaveCount(2)
  await expect(row('right').getByText('Lets in')).toHaveCount(2)
  await both('door-open')
})

test('says that a door is shut to all of them, and saves the report', async () => {
  const { page, app } = desktop
  const port = await nginx(`ssl_verify_client on; ssl_crl ${list};`)
  await page.getByLabel('Your endpoint').fill(`https://localhost:${port}/`)
  await page.getByRole('button', { name: 'Check the door' }).click()
  await page.getByRole('button', { name: 'It is mine: check it' }).click()
  await expect(
    page.getByRole('heading', { name: /^The door is shut to what must be refused, and lets the right one in$/ }),
  ).toBeVisible()
  for (const name of [
    'none',
    'self-signed',
    'other-ca',
    'same-name-ca',
    'expired',
    'not-yet-valid',
    'server-only',
    'revoked',
  ])
    await expect(row(name).getByText('Shut')).toHaveCount(2)
  await both('door-shut')
  for (const [as, path] of [
    ['Markdown', 'door.md'],
    ['JSON', 'door.json'],
  ] as const) {
    await answerSave(app, join(folder, path))
    await page.getByRole('button', { name: 'Save report' }).click()
    await page.getByRole('menuitem', { name: as }).click()
    await expect.poll(() => readOr(join(folder, path))).not.toBe('')
  }
  const report: DoorReport = JSON.parse(readFileSync(join(folder, 'door.json'), 'utf8'))
  expect(report).toMatchObject({ outcome: 'shut', connections: 18 })
  expect(readFileSync(join(folder, 'door.md'), 'utf8')).toContain(
    '| Revoked | TLS 1.3 | refused | HTTP 400 Bad Request | ✓ Shut |',
  )
  // Asked once for each host.
  await page.getByRole('button', { name: 'Check the door' }).click()
  await expect(page.getByRole('heading', { name: /^The door is shut/ })).toBeVisible()
  await resize(app, { width: 800, height: 600 })
  await both('door-narrow')
  await resize(app, { width: 1180, height: 780 })
})

test('a check under way is shown, also to a screen reader, and can be stopped', async () => {
  const { page } = desktop
  const silent = createServer(() => {})
  await new Promise<void>((up) => silent.listen(0, '127.0.0.1', up))
  const { port } = silent.address() as AddressInfo
  await page.getByLabel('Your endpoint').fill(`https://localhost:${port}/`)
  await page.getByRole('button', { name: 'Check the door' }).click()
  await page.getByRole('button', { name: 'It is mine: check it' }).click()
  const stop = page.getByRole('button', { name: 'Stop, and keep what was seen' })
  await expect(stop).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await axeFinds(page), colorScheme).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await stop.click()
  await expect(page.getByRole('button', { name: 'Check the door' })).toBeVisible()
  silent.close()
})

test('writes a server configuration for the provider, with the authority and its list beside it', async () => {
  const { page, app } = desktop
  await page.getByText('Server configuration', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'nginx', exact: true })).toBeVisible()
  await expect(page.getByText('Started from this file, and its door checked, by our tests: nginx 1.22')).toBeVisible()
  await expect(page.getByLabel('Its name')).toHaveValue('mtls-prod.truv.com')
  await both('server-nginx')
  await page.getByLabel('It is called as').fill('hooks example')
  await expect(page.getByText('Something on the left cannot be written')).toBeVisible()
  await page.getByLabel('It is called as').fill('hooks.acme.example')
  const choose = async (field: string, option: string) => {
    await page.getByLabel(field).first().click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await choose('Who calls', 'Webhooks with a certificate of yours')
  await expect(page.getByLabel('Authority of the callers').first()).toHaveValue('Your authority “Webhooks”')
  await choose('Your server', 'Go')
  await expect(page.getByText('var lists atomic.Pointer')).toBeVisible()
  await both('server-go')
  await choose('Your server', 'AWS Application Load Balancer')
  await expect(page.getByText('our tests do not start this one')).toBeVisible()
  await both('server-alb')
  await choose('Your server', 'nginx')
  const out = join(folder, 'server')
  mkdirSync(out)
  await answerOpen(app, [out])
  await page.getByRole('button', { name: 'Save the files…' }).click()
  await expect.poll(() => readOr(join(out, 'clients.crl'))).toContain('BEGIN X509 CRL')
  expect(readFileSync(join(out, 'hooks.acme.example.conf'), 'utf8')).toContain('server_name hooks.acme.example;')
  expect(readFileSync(join(out, 'clients.crt'), 'utf8')).toBe(clientPem)
  await resize(app, { width: 800, height: 600 })
  await both('server-narrow')
  await page.getByRole('button', { name: 'Once it runs: check its door' }).click()
  await expect(page.getByLabel('Your endpoint')).toHaveValue('https://hooks.acme.example/')
})

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
