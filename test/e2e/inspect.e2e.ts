import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { type Bench, corpus, openBench } from './support/inspect.ts'
import { makeAuthority } from './support/provider.ts'

let bench: Bench
const inFolder = (...names: string[]) => names.map((name) => join(bench.folder, name))

test.beforeAll(async () => {
  bench = await openBench()
  const { openssl } = bench
  const subject = ['-subj', '/CN=api.acme.example']
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
    ...subject,
    '-days',
    '90',
  )
  openssl('req', '-new', '-key', 'a.key', '-out', 'a.csr', ...subject)
  const locked = ['-passout', 'pass:open it']
  openssl('pkcs8', '-topk8', '-in', 'a.key', '-out', 'locked.key', ...locked, '-v2', 'aes-256-cbc')
  openssl('pkey', '-in', 'a.key', '-out', 'other.key', '-aes128', '-passout', 'pass:another one')
  openssl('pkey', '-in', 'a.key', '-pubout', '-out', 'a.pub')
  openssl('x509', '-in', 'a.crt', '-outform', 'DER', '-out', 'a.der')
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'a.crt', '-out', 'a.p7b')
  openssl('pkcs12', '-export', '-in', 'a.crt', '-inkey', 'a.key', '-out', 'a.p12', ...locked)
})
test.afterAll(() => bench.close())

const fixture = (file: string) => join(root, 'test/fixtures/kinds', file)
const kinds: [file: string, opened: RegExp][] = [
  ['a.crt', /certificate.*api\.acme\.example/i],
  ['a.der', /certificate.*api\.acme\.example/i],
  ['a.csr', /signing request.*api\.acme\.example/i],
  ['a.key', /private key.*never shown/i],
  ['a.pub', /public key/i],
  ['a.p7b', /certificate collection/i],
  [corpus('crls/bssl__crl-bad_thisupdate_too_old.crl'), /revocation list/i],
  [corpus('pkcs12/bssl__no_encryption.p12'), /bundle/i],
  [fixture('keystore.jks'), /keystore/i],
  [fixture('keystore.jceks'), /keystore/i],
  [fixture('key-openssh.pem'), /private key/i],
  [fixture('key-putty.ppk'), /private key/i],
  [fixture('web-page.cer'), /web page/i],
]
for (const [file, opened] of kinds) {
  test(`says what ${file.split('/').pop()} is, dropped on another room`, async () => {
    await bench.drop(file.includes('/') ? file : join(bench.folder, file))
    await bench.tree.getByRole('treeitem').first().click()
    await expect(bench.pane).toContainText(opened)
  })
}

test('locked ones open together with one passphrase, a wrong one says so, another keeps its lock', async () => {
  const { page, pane, tree } = bench
  await bench.drop(...inFolder('locked.key', 'a.p12', 'other.key'))
  await tree.getByRole('treeitem', { name: /a\.p12/ }).click()
  await expect(pane).toContainText('Bundle, locked')
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  const unlock = page.getByRole('button', { name: 'Unlock', exact: true })
  await passphrase.fill('wrong')
  await unlock.click()
  await expect(pane).toContainText('opens none of the 3 locked objects')
  await passphrase.fill('open it')
  await unlock.click()
  await expect(passphrase).toBeHidden()
  await expect(page.getByText('Opened 2 of 3 locked objects')).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: /^RSA 2048.*locked\.key/ })).toBeVisible()
  await tree.getByRole('treeitem', { name: /other\.key/ }).click()
  await expect(pane).toContainText('other.key')
  await passphrase.fill('another one')
  await unlock.click()
  await expect(pane).toContainText(/RSA 2048/)
})

test('an opened key shows its algorithm and fingerprint, and nothing of itself', async () => {
  const { page, pane, openssl } = bench
  await bench.drop(...inFolder('a.key'))
  await expect(pane).toContainText('RSA 2048')
  await bench.tab('Fingerprints')
  const secret =
    openssl('pkey', '-in', 'a.key', '-text', '-noout').match(/privateExponent:\s+([0-9a-f:\s]+)/)?.[1] ?? ''
  const start = secret.replace(/[\s:]/g, '').slice(2, 34)
  expect(start).toHaveLength(32)
  expect(await page.content()).not.toContain(start)
  const base64 = readFileSync(join(bench.folder, 'a.key'), 'utf8').split('\n')[5] ?? ''
  expect(await page.content()).not.toContain(base64)
  await expect(page.getByRole('tab', { name: 'PEM' })).toBeHidden()
})

test('key, request and certificate in one drop find each other', async () => {
  const { page } = bench
  await bench.drop(...inFolder('a.key', 'a.csr', 'a.crt'))
  await page.getByRole('treeitem', { name: /a\.crt/ }).click()
  const together = page.getByRole('list', { name: 'Belongs together here' })
  await expect(together).toContainText('Its private key')
  await expect(together).toContainText('Its signing request')
})

test('a certificate of mine leads to its identity', async () => {
  const { page } = bench
  const identity = await makeIdentity(page)
  const { pem } = await (await makeAuthority()).sign(identity.requestPem)
  await ask(page, 'attachCertificate', { identity: identity.handle, source: { from: 'text', text: pem }, despite: [] })
  await bench.drop(bench.file('mine.crt', pem))
  await expect(bench.pane).toContainText(`fits your identity ${identity.name}`)
  await page.getByRole('button', { name: `Open identity ${identity.name}` }).click()
  await expect(page.getByRole('article', { name: identity.name })).toBeVisible()
})

test('what cannot be read is named, with the next step, and nothing of it is drawn as code', async () => {
  const { page, pane } = bench
  const hostile = bench.file(
    '<img src=x onerror=alert(1)>.crt',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  )
  const photo = bench.file('photo.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
  await bench.drop(hostile, photo)
  await page.getByRole('treeitem').first().click()
  await expect(pane.locator('[data-problem]')).toBeVisible()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
})

test('pasted text is inspected wherever one is', async () => {
  const { page } = bench
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await ask(page, 'copyText', { text: readFileSync(join(bench.folder, 'a.crt'), 'utf8') })
  await page.keyboard.press('Control+V')
  await expect(bench.pane).toContainText('api.acme.example')
})

test('an empty room tells the ways in, and Clear leads back to it', async () => {
  const { page } = bench
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Drop files or a folder anywhere in the window' })).toBeVisible()
  await page.getByLabel('Or paste text').fill('nothing of the kind')
  await page.getByRole('button', { name: 'Inspect text' }).click()
  await expect(bench.pane).toContainText(/not recognised/i)
})
