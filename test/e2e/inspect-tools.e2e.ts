import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { expect, test } from 'playwright/test'
import { answerSave } from './support/app.ts'
import { makeIdentity } from './support/desk.ts'
import { type Bench, corpus, makeChain, openBench } from './support/inspect.ts'
import { makeAuthority } from './support/provider.ts'

let bench: Bench
const at = (name: string) => join(bench.folder, name)
const read = (name: string) => readFileSync(at(name), 'utf8')

test.beforeAll(async () => {
  bench = await openBench({ width: 1180, height: 780 })
  makeChain(bench)
  bench.file('full.pem', read('leaf.crt') + read('ca.crt') + read('root.crt'))
  bench.file('turned.pem', read('ca.crt') + read('leaf.crt'))
})
test.afterAll(() => bench.close())

test('a chain is drawn below its root, with the order of its file', async () => {
  const { tree, pane, page } = bench
  await bench.drop(at('full.pem'), at('turned.pem'))
  await expect(tree.getByRole('treeitem', { name: /^full\.pem/ })).toContainText('In the order servers want')
  await expect(tree.getByRole('treeitem', { name: /^turned\.pem/ })).toContainText('servers want the leaf first')
  const level = (name: RegExp) => tree.getByRole('treeitem', { name }).first().getAttribute('aria-level')
  const levels = [await level(/^Chain Root/), await level(/^Chain Issuing CA/), await level(/^api\.chain/)]
  expect(levels).toEqual(['2', '3', '4'])
  await tree
    .getByRole('treeitem', { name: /^api\.chain/ })
    .first()
    .click()
  const chain = pane.getByRole('list', { name: 'Chain, from leaf to root' })
  await expect(chain).toContainText('Chain Root')
  await chain.getByRole('button', { name: 'Open Chain Issuing CA' }).click()
  const headline = pane.getByRole('heading', { level: 2 })
  await expect(headline).toContainText('Intermediate CA certificate for Chain Issuing CA')
  await bench.drop(at('leaf.crt'), at('root.crt'))
  await page.getByRole('treeitem', { name: /leaf\.crt/ }).click()
  await expect(chain).toContainText('Missing: Chain Issuing CA')
})

test('the list goes by the keyboard: arrows, Home, End, a typed name, Enter into the object', async () => {
  const { tree, page, pane } = bench
  const headline = pane.getByRole('heading', { level: 2 })
  await bench.drop(at('full.pem'), at('leaf.csr'), at('leaf.key'))
  await tree.focus()
  await page.keyboard.press('Home')
  await expect(tree.getByRole('treeitem', { name: /^full\.pem/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem')).toHaveCount(3)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('End')
  await expect(headline).toContainText('Private key')
  await page.keyboard.type('chain i')
  await expect(headline).toContainText('Chain Issuing CA')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Details' })).toBeFocused()
})

test('two objects marked by the keyboard are compared, differences first', async () => {
  const { tree, page } = bench
  const root = await makeAuthority()
  await bench.drop(at('leaf.csr'), at('leaf.crt'), bench.file('other.crt', root.caPem))
  await tree.getByRole('treeitem', { name: /leaf\.csr/ }).click()
  await tree.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+d')
  const comparison = page.getByRole('article', { name: 'Comparison' })
  await expect(comparison.getByRole('heading', { level: 2 })).not.toBeEmpty()
  const rows = comparison.getByRole('row')
  const few = await rows.count()
  await expect(comparison.getByRole('rowheader', { name: /Fingerprint \(SPKI\)/ })).toBeHidden()
  await comparison.getByRole('switch', { name: 'Only differences' }).click()
  await expect(comparison.getByRole('rowheader', { name: /Fingerprint \(SPKI\)/ })).toBeVisible()
  expect(await rows.count()).toBeGreaterThan(few)
  await comparison.getByRole('button', { name: 'Close' }).click()
  await expect(bench.pane).toBeVisible()
})

test('an object is compared with the request of an identity, chosen in the palette’s dialog', async () => {
  const { page } = bench
  const identity = await makeIdentity(page, { name: 'Compared one' })
  await bench.drop(bench.file('own.csr', identity.requestPem))
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Command' }).fill('Compare two')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Compare two objects' })
  await dialog.getByRole('combobox', { name: 'With' }).click()
  await page.getByRole('option', { name: 'Compared one, its signing request' }).click()
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('article', { name: 'Comparison' })).toContainText('No field differs')
})

test('ASN.1 by keyboard: the tree marks the bytes, the bytes mark the tree', async () => {
  const { page } = bench
  await bench.drop(at('leaf.crt'))
  await bench.tab('ASN.1')
  const nodes = page.getByRole('tree', { name: 'ASN.1 values' })
  const bytes = page.getByRole('grid', { name: 'Bytes' })
  const chosen = nodes.getByRole('treeitem', { selected: true })
  await nodes.focus()
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown')
  await expect(chosen).toContainText('serialNumber')
  await expect(page.getByRole('region', { name: 'Marked value' })).toContainText('serialNumber')
  const content = (await bytes.locator('[data-part="content"]').allTextContents()).join('').toUpperCase()
  const serial = bench.openssl('x509', '-in', 'leaf.crt', '-noout', '-serial').replace('serial=', '').trim()
  expect(content.replace(/^00/, '')).toBe(serial)

  await page.keyboard.press('Tab')
  await expect(bytes).toBeFocused()
  await page.keyboard.press('Control+Home')
  await expect(chosen).toContainText('Certificate')
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
  await expect(chosen).toContainText('tbsCertificate')
  await page.keyboard.press('Control+End')
  await expect(chosen).not.toContainText('tbsCertificate')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(nodes.getByRole('treeitem')).toHaveCount(1)
})

test('a file that programs refuse is shown repaired, and saved', async () => {
  const { page, desktop, pane } = bench
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(read('leaf.crt').replaceAll('\n', '\r\n'), 'utf16le')])
  await bench.drop(bench.file('utf16.crt', utf16))
  const repair = pane.getByRole('region', { name: 'Repair' })
  await expect(repair).toContainText('Programs will refuse this file as it is')
  await repair.getByRole('button', { name: 'Show the repaired text' }).click()
  await expect(repair.getByText('-----BEGIN CERTIFICATE-----').last()).toBeVisible()
  const path = at('repaired.crt')
  await answerSave(desktop.app, path)
  await repair.getByRole('button', { name: 'Save repaired file' }).click()
  await expect(page.getByText(/^Saved repaired\.crt/)).toBeVisible()
  const facts = ['-noout', '-fingerprint', '-sha256']
  expect(bench.openssl('x509', '-in', path, ...facts)).toBe(bench.openssl('x509', '-in', 'leaf.crt', ...facts))
})

test('a private key is repaired into a file only', async () => {
  const { page, desktop, pane } = bench
  await bench.drop(bench.file('bom.key', `\ufeff${read('leaf.key').replaceAll('\n', '\r')}`))
  const repair = pane.getByRole('region', { name: 'Repair' })
  await expect(repair.getByRole('button')).toHaveCount(1)
  const path = at('repaired.key')
  await answerSave(desktop.app, path)
  await repair.getByRole('button', { name: 'Save repaired file' }).click()
  await expect(page.getByText(/^Saved repaired\.key/)).toBeVisible()
  expect(bench.openssl('pkey', '-in', path, '-pubout')).toBe(bench.openssl('pkey', '-in', 'leaf.key', '-pubout'))
})

test('trust: yes by the dropped root, no by this computer’s, no on a day after the end, no as a server', async () => {
  const { page, pane } = bench
  await bench.drop(at('leaf.crt'), at('ca.crt'), at('root.crt'))
  await page.getByRole('treeitem', { name: /leaf\.crt/ }).click()
  await bench.tab('Trust')
  const verdict = pane.getByRole('region', { name: 'Verdict' })
  await expect(verdict).toHaveAttribute('data-trusted', 'true')
  await expect(verdict).toContainText('Yes.')
  await expect(verdict.getByRole('list')).toContainText('Chain Root')

  const roots = pane.getByRole('combobox', { name: 'By someone who trusts' })
  await roots.click()
  await page.getByRole('option', { name: 'This computer’s roots' }).click()
  await expect(verdict).toHaveAttribute('data-trusted', 'false')
  await expect(verdict).toHaveAttribute('data-problem', /^path\./)
  await roots.click()
  await page.getByRole('option', { name: 'Only Chain Root' }).click()
  await expect(verdict).toHaveAttribute('data-trusted', 'true')

  const day = pane.getByLabel('On', { exact: true })
  await day.fill('2050-01-01')
  await expect(verdict).toHaveAttribute('data-trusted', 'false')
  await day.fill(new Date().toISOString().slice(0, 10))
  await expect(verdict).toHaveAttribute('data-trusted', 'true')
  await pane.getByText('As a server').click()
  await expect(verdict).toHaveAttribute('data-trusted', 'false')
})

test('a revocation list tells whether a serial number is in it', async () => {
  const { pane } = bench
  await bench.drop(corpus('crls/pyca__crl_almost_10k.pem'))
  await bench.tab(/^Revoked/)
  const entries = pane.getByRole('table', { name: 'Revoked certificates' })
  await expect(entries.getByRole('row')).not.toHaveCount(0)
  await pane.getByLabel('Search revoked certificates').fill('2AB')
  await expect(pane.getByText('1 of 1,000 found')).toBeVisible()
  await pane.getByLabel('Search revoked certificates').fill('ffffffff')
  await expect(pane).toContainText('Not among the entries shown')
})

test('the rules of a chosen provider are told apart', async () => {
  const { page, pane } = bench
  await bench.drop(at('leaf.csr'))
  await bench.tab('Provider')
  await pane.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: 'Payrails' }).click()
  const rules = pane.getByRole('region', { name: /^By the rules of Payrails/ })
  await expect(rules.getByRole('list', { name: 'Findings' })).toBeVisible()
})

test('a certificate is saved in either encoding', async () => {
  const { page, desktop } = bench
  await bench.drop(at('leaf.crt'))
  await bench.tab('PEM')
  await answerSave(desktop.app, at('saved.der'))
  await page.getByRole('button', { name: 'Save DER' }).click()
  await expect(page.getByText(/^Saved saved\.der/)).toBeVisible()
  const facts = ['-noout', '-fingerprint', '-sha256']
  const saved = bench.openssl('x509', '-inform', 'DER', '-in', at('saved.der'), ...facts)
  expect(saved).toBe(bench.openssl('x509', '-in', 'leaf.crt', ...facts))
})

test('a server is asked for its chain', async () => {
  const { page, pane, tree } = bench
  const options = { key: read('leaf.key'), cert: read('leaf.crt') + read('ca.crt') }
  const server = tls.createServer(options, (socket) => socket.end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  try {
    await page.getByRole('button', { name: 'Ask a server' }).click()
    await page.getByLabel('A server’s chain').fill(`127.0.0.1:${port}`)
    await page.keyboard.press('Enter')
    await expect(tree.getByRole('treeitem', { name: /^Chain Issuing CA/ })).toBeVisible()
    await expect(pane.getByRole('heading', { level: 2 })).toContainText('api.chain.example')
  } finally {
    server.close()
  }
})

test('a server that is not there is said so', async () => {
  const { page } = bench
  await page.getByRole('button', { name: 'Ask a server' }).click()
  await page.getByLabel('A server’s chain').fill('127.0.0.1:1')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-problem^="address."]')).toBeVisible()
})
