import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { answerSave, root } from './support/app.ts'
import { type Bench, openBench } from './support/inspect.ts'

let bench: Bench
const fixture = (file: string) => join(root, 'test/fixtures/kinds', file)

test.beforeAll(async () => {
  bench = await openBench()
})
test.afterAll(() => bench.close())

/** Mistakes with files, as people drop them, and what the app calls them. */
const mistakes: [file: string, says: RegExp, repaired: boolean][] = [
  ['request-named-certificate.crt', /signing request \(CSR\): what you send/, false],
  ['public-key-named-key.key', /cannot prove who you are/, false],
  ['client.der', /binary form \(DER\)/, true],
  ['collection.p7b', /collection of certificates/, true],
  ['escaped-newlines.env', /spelt “\\n”/, true],
  ['utf-16le.crt', /UTF-16 text, as Windows PowerShell writes it/, true],
  ['web-page-with-pem.html', /found as base64 inside a text of another kind/, true],
  ['mail-source.eml', /source of a mail/, true],
  ['chain-ca-first.pem', /put in order: yours first, then each issuer/, true],
  ['key-one-line-encrypted.pem', /line breaks were lost/, true],
  ['bundle-rc2.p12', /Node\.js, curl and OpenSSL 3 do not/, false],
  ['bundle-no-mac.p12', /Nothing guards the bundle against changes/, false],
  ['key-putty.ppk', /TLS programs do not read it/, false],
]
for (const [file, says, repaired] of mistakes) {
  test(`${file} is named as what it is${repaired ? ', and offered repaired' : ''}`, async () => {
    const { pane, tree } = bench
    await bench.drop(fixture(file))
    await tree.getByRole('treeitem').first().click()
    await expect(pane).toContainText(says)
    await expect(pane.getByRole('region', { name: 'Repair' })).toHaveCount(repaired ? 1 : 0)
  })
}

test('certificates in the wrong order are saved in the right one', async () => {
  const { page, pane, tree, desktop } = bench
  await bench.drop(fixture('chain-ca-first.pem'))
  await tree.getByRole('treeitem').first().click()
  const repair = pane.getByRole('region', { name: 'Repair' })
  await expect(repair).toContainText('yours first, then each issuer')
  const path = join(bench.folder, 'ordered.pem')
  await answerSave(desktop.app, path)
  await repair.getByRole('button', { name: 'Save repaired file' }).click()
  await expect(page.getByText(/^Saved ordered\.pem/)).toBeVisible()
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(fixture('chain.pem'), 'utf8'))
})

test('a locked key that is spoilt too is unlocked in one place, and repaired in another', async () => {
  const { page, pane, tree } = bench
  await bench.drop(fixture('key-one-line-encrypted.pem'))
  await tree.getByRole('treeitem').first().click()
  await expect(pane.getByRole('form', { name: 'Unlock' })).toHaveCount(1)
  await page.getByLabel('Passphrase', { exact: true }).fill('kinds')
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(pane).toContainText('RSA 2048')
  await expect(pane.getByRole('region', { name: 'Repair' })).toHaveCount(1)
})

test('each key of a keystore opens with its own passphrase, and what was open stays so', async () => {
  const { page, pane, tree } = bench
  await bench.drop(fixture('keystore-two-keys.jks'))
  await tree.getByRole('treeitem').first().click()
  await expect(pane).toContainText('2 private keys are locked')
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  const unlock = page.getByRole('button', { name: 'Unlock', exact: true })
  await passphrase.fill('wrong')
  await unlock.click()
  await expect(pane).toContainText(/opens none/)
  await passphrase.fill('kindskinds')
  await unlock.click()
  await expect(pane).toContainText('A private key is locked')
  await passphrase.fill('other-passphrase')
  await unlock.click()
  await expect(passphrase).toBeHidden()
  await expect(tree.getByRole('treeitem')).toHaveCount(6)
  await tree.getByRole('treeitem', { name: /^second Private key/ }).click()
  await expect(pane).toContainText('RSA 2048')
  await tree.getByRole('treeitem', { name: /^client Private key/ }).click()
  await expect(pane).toContainText('EC P-256')
})

test('a key and a certificate that do not belong together say so', async () => {
  const { pane, page } = bench
  await bench.drop(fixture('client.crt'), fixture('key-pkcs1.pem'))
  await page.getByRole('treeitem', { name: /key-pkcs1\.pem/ }).click()
  await expect(pane).toContainText('Node.js takes such a pair without a word, and then sends no certificate')
})
