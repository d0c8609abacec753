import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { answerOpen, type Desktop, dropFiles, filesBelow, forget, launch, resize } from './support/app.ts'
import { mailbox } from './support/provider.ts'

// Apata calls you: its request, made by OpenSSL, is signed and handed back; what was signed opens your door, and a
// stranger's does not.

const folder = mailbox()
const handBack = join(folder, 'hand-back')
const pictures = process.env.COUNTERSIGN_OUT ? join(process.env.COUNTERSIGN_OUT, 'pictures') : join(folder, 'pictures')
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const run = promisify(execFile)

// Each step begins where the one before it ended.
test.describe.configure({ mode: 'serial' })

let desktop: Desktop
test.beforeAll(async () => {
  mkdirSync(handBack)
  mkdirSync(pictures, { recursive: true })
  const name = '/C=IE/O=Apata/CN=outbound.apata.example'
  openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'apata.key', '-out', 'apata.csr', '-subj', name)
  const wanting = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'extendedKeyUsage=serverAuth,clientAuth']
  openssl('req', '-new', '-key', 'apata.key', '-out', 'greedy.csr', '-subj', name, ...wanting)
  desktop = await launch()
})
test.afterAll(async () => {
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

test('an authority with an issuing one below it is made', async () => {
  const { page } = desktop
  await openVault(page, 'four plain words together')
  await page.getByRole('button', { name: 'Authority', exact: true }).click()
  await page.getByRole('heading', { name: 'No authorities yet' }).waitFor()
  await both('own-authorities-none')
  await page.getByRole('button', { name: 'New authority…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New authority' })
  await dialog.getByRole('textbox', { name: 'Organisation' }).fill('Acme Ltd')
  await dialog.getByRole('checkbox', { name: 'With an issuing authority below the root' }).check()
  await both('own-authority-new')
  await dialog.getByRole('button', { name: 'Make both' }).click()
  await expect(page.getByRole('heading', { name: 'Acme Ltd Issuing CA' })).toBeVisible()
  await expect(page.getByText('Authorities below it')).toBeVisible()
  await both('own-authority')
})

test('their request is dropped on the room, and nothing is signed that the screen does not show', async () => {
  const { page, app } = desktop
  await dropFiles(page, [join(folder, 'apata.csr')], { x: 700, y: 400 })
  await expect(page.getByLabel('By the rules of').first()).toHaveValue(/^Apata/)
  const row = (field: string) => page.locator(`tr[data-field="${field}"]`)
  await expect(row('subject.2')).toContainText('outbound.apata.example')
  await expect(row('extension.2.5.29.37')).toContainText('added')
  await expect(row('validity').getByRole('textbox', { name: 'Days' })).toHaveValue('365')
  await both('sign-plan')
  await page.getByRole('button', { name: 'Key, serial number, identifiers' }).click()
  const shown = (await row('serial').locator('td').last().textContent()) ?? ''
  const serial = /[0-9A-F]{32}/.exec(shown)?.[0]
  await page.getByRole('button', { name: 'Sign', exact: true }).nth(0).click()
  await expect(page.getByRole('heading', { name: /^Signed:/ })).toBeVisible()
  await answerOpen(app, [handBack])
  await page.getByRole('button', { name: 'Save the hand-back folder…' }).click()
  await expect(page.getByRole('region', { name: 'Signed' }).getByRole('status')).toContainText('is trusted by')
  await both('signed')

  expect(readdirSync(handBack).sort()).toEqual(['apata-outbound.crt', 'ca.crt', 'read-me.txt'])
  for (const file of filesBelow(handBack)) expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY')
  const inBack = (...args: string[]) => execFileSync('openssl', args, { cwd: handBack, encoding: 'utf8' })
  expect(inBack('verify', '-purpose', 'sslclient', '-CAfile', 'ca.crt', 'apata-outbound.crt')).toContain('OK')
  const text = inBack('x509', '-in', 'apata-outbound.crt', '-noout', '-text', '-serial')
  expect(text).toContain(`serial=${serial}`)
  expect(text).toContain('Version: 3')
  expect(text).toContain('TLS Web Client Authentication')
  expect(text).toContain('CA:FALSE')
})

test('what was handed back opens a server that trusts ca.crt, and a stranger is refused', async () => {
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const host = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  openssl(...request, '-keyout', 'server.key', '-out', 'server.crt', ...host)
  const twin = ['-subj', '/C=IE/O=Apata/CN=outbound.apata.example', '-addext', 'extendedKeyUsage=clientAuth']
  openssl(...request, '-keyout', 'stranger.key', '-out', 'stranger.crt', ...twin)
  const file = (name: string) => readFileSync(join(folder, name))
  const server = createServer(
    {
      key: file('server.key'),
      cert: file('server.crt'),
      ca: readFileSync(join(handBack, 'ca.crt')),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (_, answer) => answer.end('welcome'),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `https://localhost:${port}/`
  const curl = (cert: string, key: string) =>
    run('curl', ['-sS', '--noproxy', '*', '--cacert', 'server.crt', '--cert', cert, '--key', key, url], { cwd: folder })
  try {
    expect((await curl(join(handBack, 'apata-outbound.crt'), 'apata.key')).stdout).toBe('welcome')
    // Told apart from what else can fail: the very call before this one went through.
    await expect(curl('stranger.crt', 'stranger.key')).rejects.toThrow(/^Command failed: curl/)
  } finally {
    server.close()
  }
})

test('a request that asks to be an authority is signed as a client, and only after that was seen', async () => {
  const { page } = desktop
  await page.getByRole('button', { name: 'Sign another' }).click()
  await dropFiles(page, [join(folder, 'greedy.csr')], { x: 700, y: 400 })
  const sign = page.getByRole('button', { name: 'Sign', exact: true }).nth(0)
  const accept = page.getByRole('checkbox', { name: /asks to become an authority/ })
  await expect(accept).toBeVisible()
  await expect(sign).toBeDisabled()
  await both('sign-plan-asks')
  await accept.check()
  await sign.click()
  await expect(page.getByRole('heading', { name: /^Signed:/ })).toBeVisible()
})

test('a request that is looked at can be signed, and the plan fits a small window', async () => {
  const { page, app } = desktop
  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Calendar', exact: true })).toBeVisible()
  await dropFiles(page, [join(folder, 'apata.csr')], { x: 700, y: 400 })
  await page.getByRole('button', { name: 'Sign with your authority' }).click()
  await expect(page.locator('tr[data-field="subject.2"]')).toContainText('outbound.apata.example')
  // What is typed and not taken over yet is not signed, nor is what stood there before.
  const name = page.locator('tr[data-field="subject.2"]')
  await name.getByText('Set', { exact: true }).click()
  const field = name.getByRole('textbox', { name: 'Common name, to be issued' })
  await field.fill('other.apata.example')
  const sign = page.getByRole('button', { name: 'Sign', exact: true }).nth(0)
  await expect(sign).toBeDisabled()
  await sign.click({ force: true })
  await expect(page.getByRole('heading', { name: /^Signed:/ })).toHaveCount(0)
  await field.press('Enter')
  await expect(sign).toBeEnabled()
  await resize(app, { width: 800, height: 600 })
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await wide()).toBe(false)
  await both('sign-plan-small')
  await page.getByText('Authorities', { exact: true }).click()
  await page.getByRole('button', { name: 'Bring your CA…' }).click()
  await page.getByRole('dialog', { name: 'Bring your CA' }).waitFor()
  await both('own-authority-bring')
  await page.keyboard.press('Escape')
  await page.getByText('Sign', { exact: true }).first().click()
  await resize(app, { width: 1180, height: 780 })
})

test('a file that is no request is named', async () => {
  const { page } = desktop
  await dropFiles(page, [join(folder, 'apata.key')], { x: 700, y: 400 })
  await expect(page.locator('[data-problem="request.none-in-file"]')).toContainText('private key')
  await both('sign-refused')
})
