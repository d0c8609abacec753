import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import type { IdentityDetail, IdentityPlan } from '../../shared/identity.ts'
import { answerOpen, type Desktop, filesBelow, forget, launch } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { mailbox } from './support/provider.ts'

// Renewals and removals outlive the window; keys that lie in files become identities that work.

const passphrase = 'four plain words together'
const payrails: Partial<IdentityPlan> = {
  provider: 'payrails',
  environment: 'staging',
  name: 'Acme staging',
  answers: { company: 'acme' },
  subject: { C: 'DE', ST: 'Berlin', O: 'Acme GmbH' },
}

async function begin(size?: { width: number; height: number }): Promise<Desktop> {
  const desktop = await launch({ size })
  await openVault(desktop.page, passphrase)
  await desktop.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  return desktop
}

/** The same app, ended and begun again. */
async function restart(before: Desktop): Promise<Desktop> {
  await before.close()
  const desktop = await launch({ userData: before.userData })
  await desktop.page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase)
  await desktop.page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await desktop.page.getByRole('table', { name: 'Identities' }).waitFor()
  return desktop
}

const room = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const row = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Identities' })
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name, exact: true }) })

async function openPage(page: Page, name: string) {
  await room(page, 'Identities')
  await row(page, name).getByRole('button', { name, exact: true }).click()
  await page.getByRole('article', { name, exact: true }).waitFor()
}

async function submit(page: Page, identity: IdentityDetail) {
  const { certificatePem: text } = await ask(page, 'submitToPractice', { identity: identity.handle })
  const source = { from: 'text' as const, text }
  await ask(page, 'attachCertificate', { identity: identity.handle, source, despite: [] })
}

/** Calls the practice provider as this identity; the outcome of the verdict. */
async function outcomeOf(page: Page, identity: string) {
  const { running } = await ask(page, 'practiceState', {})
  const { profile } = (await ask(page, 'listProviders', {})).providers.find(
    (one) => one.profile.id === running!.provider,
  )!
  const { path, method, headers } = profile.firstCall!
  const { verdict } = await ask(page, 'testConnection', {
    work: 'call',
    identity,
    url: running!.apiUrl + path.replace(/\{\w+\}/, 'acme'),
    method,
    headers: headers.map(({ name, value }) => ({ name, value: value.replace(/\{\w+\}/, 'words') })),
    blanks: {},
    remember: false,
    trust: { by: 'practice' },
    probe: 'none',
  })
  return verdict.outcome
}

test('a renewal goes on over a restart: both active, the new one tested, switched over, the old one retired', async () => {
  test.setTimeout(180_000)
  let desktop = await begin()
  try {
    let { page } = desktop
    await ask(page, 'startPractice', { provider: 'payrails', environment: 'staging' })
    const old = await makeIdentity(page, payrails)
    await submit(page, old)
    expect(await outcomeOf(page, old.handle)).toBe('accepted')

    await openPage(page, 'Acme staging')
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Renew…' }).click()
    await expect(page.getByText(/takes 2 active certificates at a time: the new one works beside/)).toBeVisible()
    await page.getByRole('button', { name: 'Change key' }).click()
    await expect(page.getByRole('radio', { name: 'A new key' })).toBeChecked()
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByRole('button', { name: 'Create key and request' }).click()
    await page.getByRole('heading', { name: /^Request ready:/ }).waitFor()
    const fresh = (await ask(page, 'listIdentities', {})).identities.find(({ renews }) => renews === old.handle)!
    await openPage(page, fresh.name)
    const renewal = page.getByRole('region', { name: 'Renewal' })
    await renewal.getByRole('button', { name: 'Sent…' }).click()
    await renewal.getByLabel('To whom').fill('the portal')
    await renewal.getByRole('button', { name: 'Tick off' }).click()
    await expect(renewal.getByText('to the portal')).toBeVisible()

    desktop = await restart(desktop)
    page = desktop.page
    await expect(row(page, fresh.name)).toContainText('renewal: sent today')
    await expect(row(page, 'Acme staging')).toContainText('renewal: sent today')
    await openPage(page, fresh.name)
    await expect(page.getByRole('region', { name: 'Next step' })).toContainText('Waiting for Payrails')
    await ask(page, 'startPractice', { provider: 'payrails', environment: 'staging' })
    const detail = await ask(page, 'readIdentity', { identity: fresh.handle })
    expect(detail.spkiSha256).not.toBe(old.spkiSha256)
    await submit(page, detail)
    expect([await outcomeOf(page, old.handle), await outcomeOf(page, fresh.handle)]).toEqual(['accepted', 'accepted'])

    await openPage(page, 'Acme staging')
    await expect(page.getByRole('region', { name: 'Next step' })).toContainText('is to take over')
    await page.getByRole('button', { name: 'Open the new one' }).click()
    const panel = page.getByRole('region', { name: 'Renewal' })
    await expect(panel).toContainText('2 of yours are')
    await expect(panel.getByRole('button', { name: 'Removed there…' })).toBeDisabled()
    await panel.getByRole('button', { name: 'Switched over…' }).click()
    await panel.getByRole('button', { name: 'Tick off' }).click()
    await expect(page.getByRole('region', { name: 'Next step' })).toContainText(
      'Remove the certificate of “Acme staging”',
    )
    await panel.getByRole('button', { name: 'Undo: Your service uses the new one' }).click()
    await expect(panel.getByRole('button', { name: 'Removed there…' })).toBeDisabled()
    await panel.getByRole('button', { name: 'Switched over…' }).click()
    await panel.getByRole('button', { name: 'Tick off' }).click()
    await panel.getByRole('button', { name: 'Removed there…' }).click()
    await expect(panel).toContainText('whoever has its key can call as you')
    await panel.getByRole('button', { name: 'Tick off' }).click()
    await expect(panel.getByRole('listitem').filter({ hasText: 'Old one removed' }).getByLabel('Done')).toBeVisible()

    desktop = await restart(desktop)
    page = desktop.page
    await expect(row(page, 'Acme staging')).toContainText('Replaced')
    await ask(page, 'startPractice', { provider: 'payrails', environment: 'staging' })
    expect([await outcomeOf(page, old.handle), await outcomeOf(page, fresh.handle)]).toEqual(['refused', 'accepted'])
    await openPage(page, 'Acme staging')
    await expect(page.getByRole('region', { name: 'Next step' })).toContainText('A newer identity has taken its place')
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

test('what is removed is in the bin after a restart, and comes back as it was; erased, nothing is left', async () => {
  let desktop = await begin()
  try {
    let { page } = desktop
    for (const name of ['Keep', 'First', 'Second']) await makeIdentity(page, { name })
    await room(page, 'Identities')
    const { identities } = await ask(page, 'listIdentities', {})
    const first = identities.find(({ name }) => name === 'First')!
    await page.getByRole('checkbox', { name: 'Choose First' }).check()
    await page.getByRole('checkbox', { name: 'Choose Second' }).check()
    const chosen = page.getByRole('region', { name: 'What is chosen' })
    await chosen.getByRole('button', { name: 'Tag…' }).click()
    await page.getByRole('textbox', { name: 'Add', exact: true }).fill('pci, team a')
    await page.getByRole('button', { name: 'Change tags' }).click()
    await expect(row(page, 'First')).toContainText('team a')
    await chosen.getByRole('button', { name: 'Remove…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(row(page, 'First')).toHaveCount(0)

    desktop = await restart(desktop)
    page = desktop.page
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Bin' }).click()
    const bin = page.getByRole('table', { name: 'Bin' })
    await expect(bin).toContainText('erased in 30 days')
    await page.getByRole('button', { name: 'Restore First' }).click()
    await expect(bin.getByRole('row').filter({ hasText: 'First' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Erase Second' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible()
    await page.getByRole('button', { name: 'All identities' }).click()
    await expect(row(page, 'First')).toContainText('pci')
    const back = await ask(page, 'readIdentity', { identity: first.handle })
    expect(back.spkiSha256).toBe(first.spkiSha256)
    const second = identities.find(({ name }) => name === 'Second')!
    const left = filesBelow(join(desktop.userData, 'vault', 'identities'))
    expect(left.filter((file) => readFileSync(file, 'utf8').includes(second.spkiSha256))).toEqual([])
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

/** What the practice provider's portal answers to a request. */
const signAt = (portal: string, ca: string, csr: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const call = request(`${portal}/requests`, { method: 'POST', ca }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => (answer.statusCode === 201 ? resolve(text) : reject(new Error(text))))
    })
    call.on('error', reject)
    call.end(csr)
  })

test('a folder of keys and certificates becomes identities, and a call with one of them is answered', async () => {
  const folder = join(mailbox(), 'from-the-old-server')
  mkdirSync(folder)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const desktop = await begin()
  try {
    const { app, page } = desktop
    const { running } = await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'client.key')
    const subject = '/C=US/ST=Florida/L=Miami/O=Truv Inc/CN=api-mtls.acme.truv.com'
    openssl('req', '-new', '-key', 'client.key', '-subj', subject, '-out', 'client.csr')
    const csr = readFileSync(join(folder, 'client.csr'), 'utf8')
    writeFileSync(join(folder, 'client.crt'), await signAt(running!.portalUrl, running!.serverCaPem, csr))
    const locked = ['-aes256', '-pass', 'pass:open me']
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', ...locked, '-out', 'second.key')

    const named = ask(page, 'startImport', { source: { from: 'paths', paths: [join(folder, 'client.key')] } })
    await expect(named).rejects.toThrow('app.input-invalid')
    await page.getByRole('button', { name: 'Import them' }).click()
    await answerOpen(app, [folder])
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    const rows = page.getByRole('list', { name: 'What becomes an identity' })
    await expect(rows.getByRole('listitem')).toHaveCount(1)
    await expect(rows).toContainText('Provider and environment follow from the common name')
    await page.getByLabel('Passphrase', { exact: true }).fill('not it')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText('This passphrase opens none of them')).toBeVisible()
    await page.getByLabel('Passphrase', { exact: true }).fill('open me')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(rows.getByRole('listitem')).toHaveCount(2)
    await page.getByRole('button', { name: 'Import 2 identities' }).click()
    await expect(page.getByRole('note')).toContainText('still lie unencrypted where they were')
    await expect(page.getByRole('note')).toContainText('client.key')
    await expect(page.getByRole('note')).not.toContainText('second.key')
    await page.getByRole('list').getByRole('button', { name: 'api-mtls.acme.truv.com' }).click()
    await page.getByRole('article', { name: 'api-mtls.acme.truv.com' }).waitFor()
    const { identities } = await ask(page, 'listIdentities', {})
    const imported = identities.find(({ name }) => name === 'api-mtls.acme.truv.com')!
    expect(imported).toMatchObject({ provider: 'truv', state: 'ready', practice: true })
    expect(await outcomeOf(page, imported.handle)).toBe('accepted')
    expect(readFileSync(join(folder, 'client.key'), 'utf8')).toContain('PRIVATE KEY')
  } finally {
    await desktop.close()
    forget(desktop)
    rmSync(folder, { recursive: true })
  }
})
