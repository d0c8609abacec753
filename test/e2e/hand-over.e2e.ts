import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import type { IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import { answerSave, type Desktop, forget, launch, resize, root } from './support/app.ts'
import { axeFaults } from './support/axe.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { makeAuthority } from './support/provider.ts'

// What is left with a provider, on the screen and on paper: the sheet is judged by what other programs read in it.

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'sheets')
const passphrase = 'four plain words together'
const production: Partial<IdentityPlan> = { environment: 'production', name: 'Acme production' }
const longName =
  'Zahlungsverkehrsdienstleistungsgesellschaft-für-Überweisungen-und-Lastschriften-Österreich-Südost-2026-Nachfolge'.slice(
    0,
    120,
  )

let desktop: Desktop
let page: Page
test.beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  desktop = await launch({ size: { width: 1180, height: 900 } })
  page = desktop.page
  await openVault(page, passphrase)
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
})

/** The screen in both colours, for the eye. */
async function shoot(name: string) {
  for (const appearance of ['light', 'dark'] as const) {
    await ask(page, 'changeSettings', { appearance })
    await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
  }
}

async function bringHome(plan: Partial<IdentityPlan>): Promise<IdentityDetail> {
  const made = await makeIdentity(page, plan)
  const provider = await makeAuthority(new Date(Date.now() - 86_400_000))
  const { pem } = await provider.sign(made.requestPem, { days: 365, now: new Date() })
  const source = { from: 'text' as const, text: pem + provider.caPem }
  await ask(page, 'attachCertificate', { identity: made.handle, source, despite: [] })
  return ask(page, 'readIdentity', { identity: made.handle })
}

async function openTab(name: string) {
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByRole('button', { name, exact: true }).first().click()
  await page.getByRole('article', { name, exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Hand over' }).click()
}

/** Saves the sheet through the menu; what poppler says of the file. */
async function savePdf(paper: 'A4' | 'Letter', name: string) {
  const path = join(pictures, `${name}.pdf`)
  rmSync(path, { force: true })
  await answerSave(desktop.app, path)
  await page.getByRole('button', { name: 'Onboarding sheet' }).click()
  await page.getByRole('menuitem', { name: `PDF, ${paper}` }).click()
  await expect
    .poll(() => statSync(path, { throwIfNoEntry: false })?.size ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(1000)
  execFileSync('pdftoppm', ['-png', '-r', '80', path, join(pictures, name)])
  return {
    info: execFileSync('pdfinfo', [path], { encoding: 'utf8' }),
    text: execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }),
    raw: readFileSync(path, 'latin1'),
  }
}

test('the checklist is ticked by keyboard, keeps its state, and knows what is not needed', async () => {
  await bringHome(production)
  await openTab('Acme production')
  const mine = page.getByRole('region', { name: 'You call Truv' })
  await expect(mine.getByRole('listitem').filter({ hasText: 'Bring the certificate home' })).toContainText(
    'seen by the app',
  )
  // The next step is open, with what it takes.
  await expect(mine.getByRole('button', { name: /^Mutual TLS is switched on/ })).toHaveAttribute(
    'aria-expanded',
    'true',
  )

  const firewall = mine.getByRole('button', { name: /^Let the addresses of Production/ })
  await firewall.focus()
  await page.keyboard.press('Enter')
  await expect(mine.getByText('35.167.32.174')).toBeVisible()
  await shoot('firewall')
  await mine.getByRole('button', { name: /^Done: Let the addresses/ }).focus()
  await page.keyboard.press('Enter')
  await expect(mine.getByLabel('On', { exact: true })).toBeFocused()
  expect(await axeFaults(page, 'every rule')).toEqual([])
  await mine.getByRole('button', { name: 'Tick off' }).press('Enter')
  await expect(mine.getByRole('button', { name: /^Undo: Let the addresses/ })).toBeVisible()

  const theirs = page.getByRole('region', { name: 'Truv calls you' })
  await theirs.getByRole('button', { name: /^Sign the request that Truv sends/ }).click()
  await theirs.getByRole('button', { name: /^Not used: webhooks with a certificate of yours/ }).click()
  await expect(theirs.getByText('not needed', { exact: true })).toHaveCount(2)
  await expect(theirs.getByRole('heading')).toContainText('0 of 6')
  await shoot('own-webhooks')

  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await expect(page.getByText('hand-over: 3 of 13')).toBeVisible()
  await openTab('Acme production')
  await expect(page.getByRole('button', { name: /^Undo: Let the addresses/ })).toBeVisible()
})

test('the request for Nuapay’s interface is there once the certificate is, without the API key', async () => {
  const plan = { provider: 'nuapay', name: 'Nuapay sandbox', answers: {}, subject: { CN: 'payments.acme.example' } }
  const made = await makeIdentity(page, { ...plan, key: 'rsa-2048' })
  await openTab('Nuapay sandbox')
  await page.getByRole('button', { name: /^Upload the certificate/ }).click()
  await expect(page.getByText(/is prepared once the certificate is here/)).toBeVisible()
  await ask(page, 'selfSign', { identity: made.handle, days: 365 })
  const prepared = page.getByRole('region', { name: 'Prepared request' })
  await expect(prepared).toContainText('POST https://sandbox.nuapay.com/tpp/certificates')
  await expect(prepared).toContainText('NUAPAY_API_KEY')
  await expect(prepared.getByRole('region', { name: 'curl line' })).toContainText('"mtlsCert"')
  await prepared.scrollIntoViewIfNeeded()
  expect(await axeFaults(page, 'every rule')).toEqual([])
  await shoot('nuapay')
  expect(await axeFaults(page, 'colours')).toEqual([])
  await resize(desktop.app, { width: 800, height: 600 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await shoot('nuapay-small')
  await resize(desktop.app, { width: 1180, height: 900 })
})

test('the onboarding sheet is a tagged PDF with its facts as text, its pages counted, and no secret', async () => {
  const [summary] = (await ask(page, 'listIdentities', {})).identities.filter(({ name }) => name === 'Acme production')
  await ask(page, 'noteIdentity', { identity: summary!.handle, note: 'the PIN is 4711-4711' })
  const identity = await ask(page, 'readIdentity', { identity: summary!.handle })
  await openTab('Acme production')
  const { info, text, raw } = await savePdf('A4', 'sheet')
  expect(info).toMatch(/Title:\s+Onboarding sheet: Acme production/)
  expect(info).toMatch(/Tagged:\s+yes/)
  expect(info).toMatch(/JavaScript:\s+no/)
  expect(info).toMatch(/Page size:.*A4/)
  expect(raw).toMatch(/\/Lang \(en\)/)
  const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1])
  expect(text).toContain(`page 1 of ${pages}`)
  expect(text).toContain(`page ${pages} of ${pages}`)
  const groups = identity.certificateFacts!.sha256!.match(/.{4}/g)!
  expect(text).toContain(groups.slice(0, 8).join(' '))
  expect(text).toContain(groups.slice(8).join(' '))
  for (const fact of [
    'api-mtls.truv.com',
    '35.167.32.174',
    'EC P-256',
    'CN=api-mtls.acme.truv.com',
    'Truv, Production',
  ])
    expect(text).toContain(fact)
  expect(text).toMatch(/Let the addresses of Production through your firewall\s+done, \d{4}-\d{2}-\d{2}/)
  expect(text).toMatch(/Sign the request that Truv sends\s+not needed/)
  for (const secret of ['PRIVATE KEY', passphrase, '4711']) expect(text + raw).not.toContain(secret)
  expect((await savePdf('Letter', 'sheet-letter')).info).toMatch(/Page size:.*letter/)
})

test('long names break, and nothing leaves the paper', async () => {
  const subject = {
    O: 'Überweisungsgesellschaft '.repeat(2).trim(),
    CN: `${'payments-with-a-long-name-'.repeat(2)}a.example`,
  }
  await bringHome({
    provider: 'other',
    environment: 'live',
    name: longName,
    answers: { host: `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com` },
    subject,
    subjectAltNames: Array.from({ length: 12 }, (_, i) => `DNS:host-${i}.payments.example.com`),
  })
  await openTab(longName)
  const { text, info } = await savePdf('A4', 'sheet-long')
  expect(text.replace(/\s/g, '')).toContain(longName)
  expect(info).toMatch(/Pages:\s+[1-4]\n/)
  expect(text).toContain('Überweisungsgesellschaft')
  const boxes = execFileSync('pdftotext', ['-bbox', join(pictures, 'sheet-long.pdf'), '-'], { encoding: 'utf8' })
  const right = [...boxes.matchAll(/xMax="([\d.]+)"/g)].map(([, at]) => Number(at))
  expect(Math.max(...right)).toBeLessThan(595 - 36)
})

test('the call of the Test room is code for other programs, its secrets in the environment', async () => {
  await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
  const made = await makeIdentity(page, { name: 'Acme practice' })
  const { certificatePem: text } = await ask(page, 'submitToPractice', { identity: made.handle })
  const source = { from: 'text' as const, text }
  await ask(page, 'attachCertificate', { identity: made.handle, source, despite: [] })
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByRole('button', { name: 'Acme practice', exact: true }).first().click()
  await page.getByRole('button', { name: 'Test the connection' }).first().click()
  await page.getByLabel('Client ID', { exact: true }).fill('client-4711')
  await page.getByLabel('Access key', { exact: true }).fill('sandbox-hush-hush')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('[data-outcome="accepted"]').waitFor({ timeout: 30_000 })
  await page.getByRole('tab', { name: 'Code' }).click()
  const panel = page.getByRole('region', { name: 'The same call in another program' })
  await expect(panel.getByRole('region', { name: 'Code' }).first()).toContainText('node:https')
  await panel.getByLabel('Program or library').click()
  await page.getByRole('option', { name: 'Python, requests' }).click()
  const code = panel.getByRole('region', { name: 'Code' }).first()
  await expect(code).toContainText('/v1/orders/')
  await expect(code).toContainText('client-4711')
  await expect(code).toContainText('ACCESS_KEY')
  await panel.scrollIntoViewIfNeeded()
  await shoot('code')
  expect(await page.getByRole('tabpanel').allTextContents()).not.toContain('hush')
  await ask(page, 'stopPractice', {})
})
