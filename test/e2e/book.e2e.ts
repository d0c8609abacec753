import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { cfsslServer } from '../support/cfssl-server.ts'
import { closeAll, nginxServer } from '../support/test-servers.ts'
import { answerOpen, answerSave, type Desktop, forget, launch, resize } from './support/app.ts'
import { ask } from './support/desk.ts'
import { mailbox } from './support/provider.ts'

// Revoke, list, a real nginx that refuses; an authority that follows another; a company's signing service; a large book.

const folder = mailbox()
const file = (name: string) => join(folder, name)
const pictures = process.env.COUNTERSIGN_OUT ? join(process.env.COUNTERSIGN_OUT, 'pictures') : file('pictures')
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const run = promisify(execFile)
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

// Each step begins where the one before it ended.
test.describe.configure({ mode: 'serial' })

let desktop: Desktop
let authority: string
test.beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  desktop = await launch()
})
test.afterAll(async () => {
  await desktop.close()
  await closeAll()
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

const view = (name: string) => desktop.page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true })
const rowOf = (name: string) =>
  desktop.page.getByRole('list', { name: 'Issued certificates' }).getByRole('button', { name })

/** Signs a request made by OpenSSL, as the Sign view does. Key and certificate lie in files of that name. */
async function issued(by: string, name: string, purposes: string[] = ['clientAuth']): Promise<void> {
  const { page } = desktop
  const server = purposes.includes('serverAuth') ? ['-addext', 'subjectAltName=DNS:localhost'] : []
  openssl('req', '-new', ...ec, '-subj', `/CN=${name}`, ...server, '-keyout', `${name}.key`, '-out', `${name}.csr`)
  const requestPem = readFileSync(file(`${name}.csr`), 'utf8')
  const choices = purposes.includes('serverAuth')
    ? [{ field: 'extension.2.5.29.37', choice: 'set' as const, value: ['serverAuth'] }]
    : []
  const { plan, issues, rows } = await ask(page, 'planSigning', { requestPem, wish: { authority: by, choices } })
  const despite = [...issues, ...rows.flatMap((row) => row.issues)].map(({ code }) => code)
  const signed = await ask(page, 'signRequest', { plan, despite, name })
  writeFileSync(file(`${name}.crt`), signed.certificatePem)
}

async function statusOf(port: number, name: string): Promise<string> {
  const args = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--noproxy', '*', '--cacert', 'trust.pem']
  const { stdout } = await run(
    'curl',
    [...args, '--cert', `${name}.crt`, '--key', `${name}.key`, `https://localhost:${port}/`],
    { cwd: folder },
  )
  return stdout
}

const nginxWith = async (server: string) => {
  const text = (name: string) => readFileSync(file(name), 'utf8')
  const files = { cert: text(`${server}.crt`), key: text(`${server}.key`), clientCa: text('trust.pem') }
  return nginxServer({ ...files, crl: text('lists.pem') })
}

/** Picks from the menu beside an authority’s list. */
async function save(of: string, what: string, to: string) {
  const { page, app } = desktop
  rmSync(file(to), { force: true })
  await answerSave(app, file(to))
  await page.getByRole('region', { name: of, exact: true }).getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('menuitem', { name: what }).click()
  // Written under another name and put in place: what is there is whole.
  await expect.poll(() => existsSync(file(to))).toBe(true)
}

test('the book shows what was issued, and finds it by its serial number', async () => {
  const { page } = desktop
  await openVault(page, 'four plain words together')
  const plan = { name: 'Acme CA', commonName: 'Acme CA', key: 'ec-p256' as const, years: 10, askEachTime: false }
  authority = (await ask(page, 'createAuthority', { work: 'scene', plan })).handle
  await page.getByRole('button', { name: 'Authority', exact: true }).click()
  await view('Issued').click()
  await expect(page.getByText('Nothing issued yet.')).toBeVisible()
  for (const name of ['payments.acme.example', 'reports.acme.example']) await issued(authority, name)
  await issued(authority, 'localhost', ['serverAuth'])
  await expect(page.getByText('3 issued', { exact: true })).toBeVisible()
  await rowOf('reports.acme.example').click()
  await expect(page.getByRole('heading', { name: 'reports.acme.example' })).toBeVisible()
  await both('book-issued')
  const serial = openssl('x509', '-in', 'payments.acme.example.crt', '-noout', '-serial').trim().replace('serial=', '')
  await page.getByRole('searchbox', { name: 'Search issued certificates' }).fill(serial.replace(/(..)(?=.)/g, '$1:'))
  await expect(page.getByText('1 of 3')).toBeVisible()
  await expect(rowOf('payments.acme.example')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search issued certificates' }).fill('')
})

test('it can be walked by keyboard', async () => {
  const { page } = desktop
  await rowOf('localhost').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'localhost' })).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('heading', { name: 'payments.acme.example' })).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('heading', { name: 'reports.acme.example' })).toBeVisible()
  await expect(rowOf('reports.acme.example')).toBeFocused()
})

test('a certificate is revoked with a reason, and nginx refuses it by the list that is saved', async () => {
  const { page } = desktop
  await rowOf('reports.acme.example').click()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Revoke “reports/ })
  await dialog.getByRole('combobox', { name: 'Reason' }).click()
  await page.getByRole('option', { name: 'Its key got into other hands' }).click()
  await dialog.getByLabel('Known or feared since (optional)').fill('2026-01-02')
  await both('book-revoke')
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByText('No list from here names it yet.')).toBeVisible()
  await both('book-revoked')
  await page.getByRole('button', { name: 'Go to lists' }).click()
  await expect(page.getByText('Revoked, but on no list yet')).toBeVisible()
  await page.getByRole('button', { name: 'Make a list' }).click()
  await expect(page.getByText(/List is current/)).toBeVisible()
  await save('Acme CA', 'Revocation lists for a server (PEM)…', 'lists.pem')
  await save('Acme CA', 'Certificates to trust…', 'trust.pem')
  await save('Acme CA', 'Index in OpenSSL’s form…', 'index.txt')
  await both('book-lists')
  const text = openssl('crl', '-in', 'lists.pem', '-CAfile', 'trust.pem', '-noout', '-text')
  expect(text).toContain('Key Compromise')
  expect(text).toContain('Jan  2 00:00:00 2026 GMT')
  expect(readFileSync(file('index.txt'), 'utf8').match(/^R\t/gm)).toHaveLength(1)
  const { port } = await nginxWith('localhost')
  expect([await statusOf(port, 'payments.acme.example'), await statusOf(port, 'reports.acme.example')]).toEqual([
    '200',
    '400',
  ])
})

test('another authority takes over, and servers trust both', async () => {
  const { page } = desktop
  await page.getByRole('button', { name: 'Let another take over…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Let another authority take over' })
  await expect(dialog.getByRole('textbox', { name: 'Name (CN)' })).toHaveValue('Acme CA G2')
  await both('book-follow')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  const region = page.getByRole('region', { name: 'Acme CA G2', exact: true })
  await expect(region.getByText('Takes over from')).toBeVisible()
  await both('book-lists-two')
  const { authorities } = await ask(page, 'readBook', {})
  const successor = authorities.find(({ name }) => name === 'Acme CA G2')?.handle ?? ''
  await issued(successor, 'new.acme.example')
  await save('Acme CA G2', 'Certificates to trust, old and new…', 'trust.pem')
  await save('Acme CA G2', 'Revocation lists for a server (PEM)…', 'lists.pem')
  const { port } = await nginxWith('localhost')
  const seen: string[] = []
  for (const name of ['payments.acme.example', 'new.acme.example', 'reports.acme.example']) {
    seen.push(await statusOf(port, name))
  }
  expect(seen).toEqual(['200', '200', '400'])
})

test('an issued certificate is renewed with the same request, by the authority that took over', async () => {
  const { page } = desktop
  await rowOf('payments.acme.example').click()
  await page.getByRole('button', { name: 'Renew with the same request' }).click()
  await expect(page.getByText('payments.acme.example').first()).toBeVisible()
  await page.getByRole('button', { name: 'Sign', exact: true }).last().click()
  await expect(page.getByRole('heading', { name: /^Signed:/ })).toBeVisible()
  await view('Issued').click()
  await expect(page.getByText('5 issued', { exact: true })).toBeVisible()
  await rowOf('payments.acme.example').first().click()
  await expect(page.getByText('Renews', { exact: true })).toBeVisible()
})

test('a signing service of the company signs, and what it decides otherwise is told', async () => {
  const { page } = desktop
  const cfssl = await cfsslServer()
  await view('Authorities').click()
  await page.getByRole('button', { name: 'Use a service…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Use a signing service' })
  await both('service-empty')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://127.0.0.1:1')
  await dialog.getByLabel('Authentication key').fill(cfssl.authKey)
  await dialog.getByRole('button', { name: 'Ask which CA is behind it' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Nothing answers at 127.0.0.1:1')
  await dialog.getByRole('textbox', { name: 'Address' }).fill(cfssl.url)
  await dialog.getByRole('button', { name: 'Ask which CA is behind it' }).click()
  await expect(dialog.getByText('CN=Cfssl CA,O=Acme')).toBeVisible()
  await both('service-found')
  await dialog.getByRole('textbox', { name: 'What it is called here' }).fill('Company CA')
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByRole('heading', { name: 'Company CA' })).toBeVisible()
  await both('service-authority')
  const { authorities } = await ask(page, 'readBook', {})
  await issued(authorities.find(({ name }) => name === 'Company CA')?.handle ?? '', 'by.service.example')
  writeFileSync(file('service-ca.pem'), cfssl.caPem)
  const verified = openssl('verify', '-purpose', 'sslclient', '-CAfile', 'service-ca.pem', 'by.service.example.crt')
  expect(verified).toContain('OK')
})

test('twelve hundred certificates scroll like ten', async () => {
  const { page, app } = desktop
  const old = file('old-ca')
  mkdirSync(old)
  const subject = ['-subj', '/O=Old/CN=Old CA', '-days', '3650']
  openssl('req', '-x509', ...ec, ...subject, '-keyout', 'old-ca/ca.key', '-out', 'old-ca/ca.crt')
  const lines = Array.from({ length: 1200 }, (_, i) => {
    const serial = (4096 + i).toString(16).toUpperCase()
    const state = i % 5 === 0 ? ['R', '300101000000Z', '260101000000Z,superseded'] : ['V', '300101000000Z', '']
    return [...state, serial, 'unknown', `/O=Old/CN=client-${i}.example`].join('\t')
  })
  writeFileSync(join(old, 'index.txt'), `${lines.join('\n')}\n`)
  writeFileSync(join(old, 'crlnumber'), '1000\n')
  await answerOpen(app, [old])
  const brought = await ask(page, 'bringAuthority', { source: { from: 'folder' }, askEachTime: false })
  expect(brought).toMatchObject({ outcome: 'brought', book: 1200 })
  await view('Issued').click()
  await expect(page.getByText('1,206 issued')).toBeVisible()
  const drawn = () => page.getByRole('list', { name: 'Issued certificates' }).getByRole('button').count()
  expect(await drawn()).toBeLessThan(60)
  const begun = Date.now()
  await page.getByRole('searchbox', { name: 'Search issued certificates' }).fill('client-1199')
  await expect(page.getByText('1 of 1,206')).toBeVisible()
  expect(Date.now() - begun).toBeLessThan(1000)
  await page.getByRole('searchbox', { name: 'Search issued certificates' }).fill('')
  await rowOf('client-0.example').or(rowOf('client-1199.example')).first().click()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  expect(await drawn()).toBeLessThan(60)
  await both('book-many')
  await resize(app, { width: 800, height: 600 })
  await page.waitForTimeout(300)
  await both('book-many-small')
  const { authorities } = await ask(page, 'readBook', {})
  const { handle } = authorities.find(({ name }) => name === 'Old CA')!
  await ask(page, 'makeList', { authority: handle })
  const list = await ask(page, 'readBook', {})
  expect(list.authorities.find((one) => one.handle === handle)?.revoked).toBe(240)
})
