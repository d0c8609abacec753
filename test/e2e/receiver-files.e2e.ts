import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Locator } from 'playwright'
import { expect, test } from 'playwright/test'
import { answerOpen, resize, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { type Bench, makeChain, openBench } from './support/inspect.ts'
import { makeAuthority } from './support/provider.ts'

// Files for whoever loads them: who can open what, many files converted at once, and dragged out of the window.

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')
let bench: Bench

const at = (name: string) => join(bench.folder, name)
const folder = (name: string) => {
  mkdirSync(at(name), { recursive: true })
  return at(name)
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  mkdirSync(pictures, { recursive: true })
  bench = await openBench({ width: 1180, height: 780 })
  makeChain(bench)
  bench.openssl('ec', '-in', 'leaf.key', '-aes256', '-passout', 'pass:open me', '-out', 'locked.key')
  bench.file('notes.txt', 'call Jane about the gateway')
  const { requestPem } = await makeIdentity(bench.page, { name: 'Acme live' })
  const provider = await makeAuthority()
  const text = (await provider.sign(requestPem)).pem + provider.caPem
  await ask(bench.page, 'attachCertificate', { source: { from: 'text', text }, despite: [] })
})
test.afterAll(() => bench.close())

async function picture(name: string) {
  for (const [size, small] of [
    [{ width: 1180, height: 780 }, ''],
    [{ width: 800, height: 600 }, '-small'],
  ] as const) {
    await resize(bench.desktop.app, size)
    for (const appearance of ['light', 'dark'] as const) {
      await ask(bench.page, 'changeSettings', { appearance })
      await bench.page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
      await bench.page.waitForTimeout(250)
      const fits = await bench.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
      expect(fits, `${name} fits ${size.width}`).toBe(true)
      await bench.page.screenshot({ path: join(pictures, `${name}${small}-${appearance}.png`), animations: 'disabled' })
    }
  }
  await resize(bench.desktop.app, { width: 1180, height: 780 })
}

/** What the system is asked to drag, instead of the drag itself, which takes the mouse of the whole desktop. */
const listen = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const seen = globalThis as unknown as { dragged: { file: string; icon: boolean }[] }
    seen.dragged = []
    window!.webContents.startDrag = ({ file, icon }) => {
      seen.dragged.push({ file: file ?? '', icon: typeof icon !== 'string' && !icon.isEmpty() })
    }
  })
const dragged = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as unknown as { dragged: { file: string; icon: boolean }[] }).dragged)
const drag = (control: Locator) => control.dispatchEvent('dragstart')

async function openExport() {
  const { page } = bench
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByText('Acme live').first().click()
  await page.getByRole('tab', { name: 'Export' }).click()
}

test('the export says who can open what is written, and what of that was measured', async () => {
  const { page } = bench
  await openExport()
  const form = page.getByRole('form', { name: 'Who will load it' })
  await form.getByRole('combobox', { name: 'Receiver' }).click()
  await page.getByRole('option', { name: /^Java 8u301/ }).click()
  await form.getByText('Who can open this').click()
  const table = form.getByRole('table', { name: /Bundle \(PKCS#12\) with AES/ })
  await expect(table.getByRole('row', { name: /^Java 8u301/ })).toContainText('Measured: OpenJDK 17')
  await expect(table.getByRole('row', { name: /^macOS Keychain/ })).toContainText('Not measured here')
  await expect(table.getByRole('row', { name: /^Java before 8u301/ })).toContainText('No')
  await picture('export-who-opens')
})

test('a bundle that was exported can be dragged out, and nothing with a key before', async () => {
  const { page, desktop } = bench
  await listen(desktop.app)
  await openExport()
  const form = page.getByRole('form', { name: 'Who will load it' })
  await form.getByRole('combobox', { name: 'Receiver' }).click()
  await page.getByRole('option', { name: /^Java 8u301/ }).click()
  await expect(form.getByText('drag it to where it is needed')).toBeHidden()
  await form.getByRole('button', { name: 'Make one' }).click()
  await answerOpen(desktop.app, [folder('java')])
  await form.getByRole('button', { name: /^Save for Java/ }).click()
  await drag(form.getByText('drag it to where it is needed'))
  await expect.poll(() => dragged(desktop.app)).toEqual([{ file: join(at('java'), 'acme-live.p12'), icon: true }])
  expect(statSync(join(at('java'), 'acme-live.p12')).mode & 0o777).toBe(0o600)
})

test('requests and certificates are dragged out by the buttons that save them', async () => {
  const { page, desktop } = bench
  await listen(desktop.app)
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByText('Acme live').first().click()
  await page.getByRole('tab', { name: 'Certificate' }).click()
  await drag(page.getByRole('button', { name: 'Save certificate' }))
  await expect.poll(async () => (await dragged(desktop.app)).length).toBe(1)
  await drag(page.getByRole('button', { name: 'Save with chain' }))
  await expect.poll(async () => (await dragged(desktop.app)).length).toBe(2)
  const [certificate, chain] = (await dragged(desktop.app)).map(({ file }) => file)
  expect(readFileSync(certificate!, 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
  expect(chain).toContain('acme-live.chain.crt')
  expect([statSync(dirname(certificate!)).mode & 0o777, statSync(certificate!).mode & 0o777]).toEqual([0o700, 0o600])
  await expect(ask(page, 'dragOut', { what: 'bundle', identity: 'abcdefgh' })).rejects.toThrow('drag.bundle-gone')
})

test('many dropped files become one form, keys protected, each told before it is written', async () => {
  const { page, desktop } = bench
  await bench.drop(at('leaf.crt'), at('ca.crt'), at('root.crt'), at('locked.key'), at('leaf.csr'), at('notes.txt'))
  await page.getByRole('button', { name: 'Convert' }).click()
  const dialog = page.getByRole('dialog', { name: 'Convert these files' })
  const rows = dialog.getByRole('region', { name: 'What becomes of each file' })
  await expect(rows.getByRole('row', { name: /leaf\.crt/ })).toContainText('leaf.pem')
  await dialog.getByRole('combobox', { name: 'Into' }).click()
  await page.getByRole('option', { name: /^Bundle/ }).click()
  await expect(rows.getByRole('row', { name: /locked\.key/ })).toContainText('Locked')
  await picture('convert-locked')
  const unlock = dialog.getByRole('form', { name: 'Unlock files' })
  await unlock.getByLabel('Passphrase of the locked file').fill('wrong')
  await unlock.getByRole('button', { name: 'Unlock' }).click()
  await expect(unlock).toContainText('passphrase')
  await unlock.getByLabel('Passphrase of the locked file').fill('open me')
  await unlock.getByRole('button', { name: 'Unlock' }).click()
  await expect(rows.getByRole('row', { name: /locked\.key/ })).toContainText('a private key, 3 certificates')
  await expect(dialog.getByText(/^1 file would be written, all with a private key/)).toBeVisible()
  await dialog.getByLabel('Passphrase of what is written').fill('new words 17')
  await picture('convert')
  await answerOpen(desktop.app, [folder('converted')])
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
  await expect(dialog).toBeHidden()
  expect(readdirSync(at('converted'))).toEqual(['locked.p12'])
  expect(statSync(at('converted/locked.p12')).mode & 0o777).toBe(0o600)
  const inside = bench.openssl('pkcs12', '-in', at('converted/locked.p12'), '-passin', 'pass:new words 17', '-noenc')
  expect(inside).toContain('PRIVATE KEY')
})

test('a row of the inspector is dragged out when it is public, and has no such handle when it holds a key', async () => {
  const { tree, desktop } = bench
  await listen(desktop.app)
  await bench.drop(at('leaf.crt'), at('leaf.key'))
  // What was dropped before has gone: among it was a request of the same name.
  await expect(tree.getByRole('treeitem')).toHaveCount(2)
  await drag(tree.getByRole('treeitem', { name: /api\.chain\.example/ }))
  await expect.poll(async () => (await dragged(desktop.app)).length).toBe(1)
  const key = tree.getByRole('treeitem', { name: /Private key/ })
  await expect(key).not.toHaveAttribute('draggable', 'true')
})
