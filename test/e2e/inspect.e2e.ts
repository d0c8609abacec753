import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { type Desktop, dropFiles, forget, launch, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { mailbox, makeAuthority, put } from './support/provider.ts'

const corpus = (file: string) => join(root, 'test/fixtures/corpus', file)
const folder = mailbox()
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

let desktop: Desktop
test.beforeAll(async () => {
  desktop = await launch()
  await openVault(desktop.page, 'four plain words together')
  await desktop.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'a.key',
    '-out',
    'a.crt',
    '-subj',
    '/CN=api.acme.example',
    '-days',
    '90',
  )
  openssl('req', '-new', '-key', 'a.key', '-out', 'a.csr', '-subj', '/CN=api.acme.example')
  openssl('pkcs8', '-topk8', '-in', 'a.key', '-out', 'locked.key', '-passout', 'pass:open it', '-v2', 'aes-256-cbc')
  openssl('pkey', '-in', 'a.key', '-pubout', '-out', 'a.pub')
  openssl('x509', '-in', 'a.crt', '-outform', 'DER', '-out', 'a.der')
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.crt', '-out', 'a.p7b')
  openssl('pkcs12', '-export', '-in', 'a.crt', '-inkey', 'a.key', '-out', 'a.p12', '-passout', 'pass:open it')
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
  rmSync(folder, { recursive: true })
})

const tree = () => desktop.page.getByRole('tree', { name: 'What was dropped' })
const pane = () => desktop.page.getByRole('article', { name: 'Opened object' })

/** A real drop on the middle of the window, while it shows a room that takes no files itself. */
async function drop(...paths: string[]) {
  await desktop.page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await desktop.page.getByRole('heading', { name: 'Calendar' }).waitFor()
  await dropFiles(desktop.page, paths, { x: 640, y: 400 })
  await expect(tree()).toBeVisible()
}

const kinds: [file: string, opened: RegExp][] = [
  ['a.crt', /certificate.*api\.acme\.example/i],
  ['a.der', /certificate.*api\.acme\.example/i],
  ['a.csr', /signing request.*api\.acme\.example/i],
  ['a.key', /private key/i],
  ['a.pub', /public key/i],
  ['a.p7b', /certificate collection/i],
  ['crls/bssl__crl-bad_thisupdate_too_old.crl', /revocation list/i],
  ['pkcs12/bssl__no_encryption.p12', /bundle/i],
]
for (const [file, opened] of kinds) {
  test(`says what ${file} is, dropped on another room`, async () => {
    await drop(file.includes('/') ? corpus(file) : join(folder, file))
    await expect(pane()).toContainText(opened)
  })
}

test('an encrypted key and a bundle open with their passphrase, a wrong one says so', async () => {
  const { page } = desktop
  for (const file of ['locked.key', 'a.p12']) {
    await drop(join(folder, file))
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
    await page
      .getByRole('button', { name: 'Open', exact: true })
      .or(page.getByRole('button', { name: 'Unlock', exact: true }))
      .click()
    await expect(pane()).toContainText(/does not open/)
    await page.getByLabel('Passphrase', { exact: true }).fill('open it')
    await page
      .getByRole('button', { name: 'Open', exact: true })
      .or(page.getByRole('button', { name: 'Unlock', exact: true }))
      .click()
    await expect(page.getByLabel('Passphrase', { exact: true })).toBeHidden()
    await expect(page.getByText(/2048/).first()).toBeVisible()
  }
})

test('key, request and certificate in one drop find each other', async () => {
  const { page } = desktop
  await drop(join(folder, 'a.key'), join(folder, 'a.csr'), join(folder, 'a.crt'))
  await page.getByRole('treeitem', { name: /a\.crt/ }).click()
  const together = page.getByRole('list', { name: 'Belongs together here' })
  await expect(together).toContainText('Its private key')
  await expect(together).toContainText('Its signing request')
})

test('a certificate of mine leads to its identity', async () => {
  const { page } = desktop
  const identity = await makeIdentity(page)
  const { pem } = await (await makeAuthority()).sign(identity.requestPem)
  await ask(page, 'attachCertificate', { identity: identity.handle, source: { from: 'text', text: pem }, despite: [] })
  await drop(put(folder, 'mine.crt', pem))
  await page.getByRole('button', { name: `Open identity ${identity.name}` }).click()
  await expect(page.getByRole('article', { name: identity.name })).toBeVisible()
})

test('what cannot be read is named, with the next step, and nothing of it is drawn as code', async () => {
  const hostile = put(
    folder,
    '<img src=x onerror=alert(1)>.crt',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  )
  await drop(hostile, put(folder, 'photo.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])))
  await desktop.page.getByRole('treeitem').first().click()
  await expect(pane().locator('[data-problem]')).toBeVisible()
  expect(await desktop.page.locator('img[src="x"]').count()).toBe(0)
})

test('a bundle of root certificates opens at once and filters', async () => {
  const { page } = desktop
  const bundle = corpus('bundles/certifi__cacert.pem')
  const count = readFileSync(bundle, 'utf8').split('BEGIN CERTIFICATE').length - 1
  await drop(bundle)
  await expect(page.getByText(`${count} objects in 1 file`)).toBeVisible()
  await page.getByRole('textbox', { name: 'Search objects' }).fill('DigiCert')
  await expect(page.getByRole('treeitem').nth(1)).toContainText('DigiCert')
})

test('pasted text is inspected wherever one is', async () => {
  const { page } = desktop
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await ask(page, 'copyText', { text: readFileSync(join(folder, 'a.crt'), 'utf8') })
  await page.keyboard.press('Control+V')
  await expect(pane()).toContainText('api.acme.example')
})
