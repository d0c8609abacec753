import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import type { IdentityDetail } from '../../shared/identity.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import { answerOpen, type Desktop, dropFiles, forget, launch } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { mailbox, makeAuthority, put } from './support/provider.ts'

// Step 5 of the journey: what comes back is looked at before anything stored changes.

const folder = mailbox()
const day = 86_400_000
let desktop: Desktop
let mine: IdentityDetail
let other: IdentityDetail
let provider: Awaited<ReturnType<typeof makeAuthority>>

test.beforeAll(async () => {
  desktop = await launch()
  const { page } = desktop
  await openVault(page, 'four plain words together')
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  mine = await makeIdentity(page)
  other = await makeIdentity(page, { name: 'Beta at Truv', answers: { name: 'beta' } })
  // An authority that is older than everything it signs here.
  provider = await makeAuthority(new Date(Date.now() - 2000 * day))
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
  rmSync(folder, { recursive: true })
})

const plainRequest = async (commonName: string) => {
  const { pkcs8 } = await generateKey('ec-p256')
  const subject = [{ type: 'CN', value: commonName }]
  return { pkcs8, ...(await buildRequest({ pkcs8, key: 'ec-p256', subject, subjectAltNames: [] })) }
}

/** Chooses a file for `mine` on its page; what the panel answers is for the caller to judge. */
async function choose(path: string) {
  const { app, page } = desktop
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByRole('row').filter({ hasText: mine.name }).first().click()
  await page.getByRole('tab', { name: 'Certificate' }).click()
  await answerOpen(app, [path])
  await page.getByRole('button', { name: 'Choose file' }).first().click()
}

const stored = () => ask(desktop.page, 'readIdentity', { identity: mine.handle })

async function refused(path: string, code: string, says: RegExp) {
  await choose(path)
  const note = desktop.page.locator(`[data-problem="${code}"]`)
  await expect(note).toBeVisible()
  await expect(note).toContainText(says)
  expect((await stored()).certificatePem).toBeUndefined()
}

test('the request that was sent is named as such', async () => {
  await refused(put(folder, 'domain.pem', mine.requestPem), 'attach.is-own-request', /the signing request you sent/)
})

test('a request of somebody else is a request all the same', async () => {
  const { pem } = await plainRequest('elsewhere.example')
  await refused(put(folder, 'other.csr', pem), 'attach.is-request', /not a certificate/)
})

test('a private key is not what comes back', async () => {
  const { pkcs8 } = await generateKey('ec-p256')
  await refused(put(folder, 'domain.key', toPem('PRIVATE KEY', pkcs8)), 'attach.is-private-key', /private key/)
})

test('somebody else’s certificate finds no identity', async () => {
  const { pem } = await plainRequest('stranger.example')
  const { pem: certificate } = await provider.sign(pem)
  await refused(put(folder, 'stranger.crt', certificate), 'attach.no-identity', /stranger\.example/)
})

test('the certificate of my other identity is named by its name', async () => {
  const { pem } = await provider.sign(other.requestPem)
  await refused(put(folder, 'beta.crt', pem), 'attach.other-identity', /Beta at Truv/)
})

test('a file that is none of it is refused', async () => {
  await refused(
    put(folder, 'invoice.txt', 'Dear customer, your invoice is attached.'),
    'file.unknown-kind',
    /invoice\.txt/,
  )
  await refused(put(folder, 'empty.crt', ''), 'file.empty', /empty/)
})

const flagged: [what: string, order: { days?: number; now?: Date; purposes?: ['serverAuth'] }, says: RegExp][] = [
  ['an expired certificate', { days: 30, now: new Date(Date.now() - 60 * day) }, /expired/i],
  ['a certificate that is not valid yet', { days: 365, now: new Date(Date.now() + 10 * day) }, /not yet/i],
  ['a certificate for servers', { purposes: ['serverAuth'] }, /client/i],
]
for (const [what, order, says] of flagged) {
  test(`${what} is flagged, and left if one says so`, async () => {
    const { page } = desktop
    const { pem } = await provider.sign(mine.requestPem, order)
    await choose(put(folder, 'flagged.crt', pem))
    const note = page.getByRole('alert').filter({ hasText: 'not as it should be' })
    await expect(note).toContainText(says)
    await page.getByRole('button', { name: 'Leave it' }).click()
    await expect(note).toBeHidden()
    expect((await stored()).certificatePem).toBeUndefined()
  })
}

test('a bundle asks for its passphrase, and a wrong one changes nothing', async () => {
  const { page } = desktop
  const { pem } = await provider.sign(other.requestPem)
  put(folder, 'chain.pem', pem + provider.caPem)
  const bundle = `${folder}/returned.p12`
  const make = [
    'pkcs12',
    '-export',
    '-nokeys',
    '-in',
    `${folder}/chain.pem`,
    '-out',
    bundle,
    '-passout',
    'pass:secret words',
  ]
  execFileSync('openssl', make)
  await choose(bundle)
  await page.getByLabel('Passphrase of the file', { exact: true }).fill('not it')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.locator('[data-problem="key.passphrase-wrong"]')).toBeVisible()
  await page.getByLabel('Passphrase of the file', { exact: true }).fill('secret words')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.locator('[data-problem="attach.other-identity"]')).toBeVisible()
})

test('the right one comes home by a drop: PKCS#7, in DER, with its chain', async () => {
  const { page } = desktop
  const { pem } = await provider.sign(mine.requestPem)
  // The CA first, as many tools write it: the order does not matter.
  const chain = put(folder, 'all.pem', provider.caPem + pem)
  const returned = `${folder}/returned.p7b`
  execFileSync('openssl', ['crl2pkcs7', '-nocrl', '-certfile', chain, '-outform', 'DER', '-out', returned])
  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  await page.getByRole('row').filter({ hasText: mine.name }).first().click()
  await page.getByRole('tab', { name: 'Certificate' }).click()
  const zone = await page.getByRole('region', { name: 'Attach the certificate' }).boundingBox()
  await dropFiles(page, [returned], { x: zone!.x + zone!.width / 2, y: zone!.y + 20 })
  await expect(page.getByRole('region', { name: 'Chain', exact: true })).toBeVisible()
  const now = await stored()
  expect(now.certificatePem?.trim()).toBe(pem.trim())
  expect(now.chain).toHaveLength(1)
  expect(now.state).toBe('ready')
})
