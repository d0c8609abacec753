import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { answersFor, chooseProvider, openVault } from '../../scripts/tour/journey.mjs'
import { forget, launch, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { makeAuthority } from './support/provider.ts'

const passphrase = 'four plain words together'
const day = 86_400_000
const cli = join(root, 'bin', 'countersign.mjs')

test('a draft left half-way is there again after a restart', async () => {
  const first = await launch()
  await openVault(first.page, passphrase)
  await chooseProvider(first.page, answersFor.payrails)
  await first.page.getByRole('radio', { name: 'Live', exact: true }).click()
  await first.page.getByRole('textbox', { name: 'Your company in Payrails addresses', exact: true }).fill('acme')
  await first.page.getByRole('textbox', { name: 'Organisation (O)', exact: true }).fill('Acme Zürich GmbH')
  await expect(first.page.getByText('Draft saved')).toBeVisible()
  await first.close()

  const second = await launch({ userData: first.userData })
  try {
    await second.page.getByLabel('Vault passphrase', { exact: true }).fill(passphrase)
    await second.page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await second.page
      .getByRole('region', { name: 'Unfinished request' })
      .getByRole('button', { name: 'Continue' })
      .click()
    await expect(second.page.getByRole('radio', { name: 'Live', exact: true })).toBeChecked()
    await expect(second.page.getByRole('textbox', { name: 'Organisation (O)', exact: true })).toHaveValue(
      'Acme Zürich GmbH',
    )
    await expect(second.page.getByText('api.acme.payrails.io').first()).toBeVisible()
  } finally {
    await second.close()
    forget(second)
  }
})

test('thirty days before expiry a notification and the window say so, and Renew brings the answers back', async () => {
  const first = await launch({ keychain: true })
  const { page } = first
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  const identity = await makeIdentity(page)
  const provider = await makeAuthority()
  const { pem } = await provider.sign(identity.requestPem, { days: 365 })
  const source = { from: 'text', text: pem } as const
  await ask(page, 'attachCertificate', { identity: identity.handle, source, despite: [] })
  expect((await ask(page, 'listReminders', {})).reminders).toEqual([])
  await first.close()

  const bus = spawn('dbus-monitor', ['--session', "interface='org.freedesktop.Notifications',member='Notify'"])
  let heard = ''
  bus.stdout.on('data', (text) => (heard += text))
  await expect.poll(() => heard).toContain('NameAcquired')

  const now = new Date(Date.now() + 340 * day).toISOString()
  const later = await launch({ userData: first.userData, keychain: true, now })
  try {
    const reminders = later.page.getByRole('region', { name: 'Reminders' })
    await expect(reminders).toContainText('Acme at Truv')
    await expect(reminders).toContainText(/expires in 2[45] days/)
    await expect.poll(() => heard, { timeout: 15_000 }).toMatch(/“Acme at Truv” expires in 2[45] days/)

    await reminders.getByRole('button', { name: 'Renew Acme at Truv' }).click()
    await expect(later.page.getByText('The answers are those of the identity it will replace')).toBeVisible()
    await expect(later.page.getByText('api-mtls.acme.truv.com').first()).toBeVisible()
    await later.page.getByRole('button', { name: 'Create key and request' }).click()
    await later.page.getByRole('heading', { name: /^Request ready:/ }).waitFor()
    const { identities } = await ask(later.page, 'listIdentities', {})
    const renewed = identities.find((one) => one.renews === identity.handle)
    expect(renewed?.spkiSha256).not.toBe(identity.spkiSha256)
  } finally {
    bus.kill()
    await later.close()
    forget(later)
  }
})

test('the keychain opens the vault by itself, and no passphrase is asked for', async () => {
  const first = await launch({ keychain: true })
  await first.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  const vault = await ask(first.page, 'vaultState', {})
  expect(vault).toMatchObject({ state: 'open', keptBy: 'keychain' })
  const { handle } = await makeIdentity(first.page)
  await first.close()
  const second = await launch({ userData: first.userData, keychain: true })
  try {
    expect((await ask(second.page, 'readIdentity', { identity: handle })).keptBy).toBe('keychain')
  } finally {
    await second.close()
    forget(second)
  }
})

test('the command line reads a vault that only the keychain opens through the app, without a window', async () => {
  const first = await launch({ keychain: true })
  await first.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  const identity = await makeIdentity(first.page)
  const { running } = await ask(first.page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
  const { certificatePem, serverCaPem } = await ask(first.page, 'submitToPractice', { identity: identity.handle })
  await ask(first.page, 'attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] })
  const call = {
    work: 'scene',
    identity: identity.handle,
    url: `${running?.apiUrl}/v1/orders/`,
    method: 'GET' as const,
    headers: [
      { name: 'X-Access-Client-Id', value: '{clientId}' },
      { name: 'X-Access-Secret', value: '{accessKey}' },
    ],
    blanks: { clientId: 'client-0815', accessKey: 'sandbox-hunter2' },
    remember: true,
    trust: { by: 'pem' as const, pem: serverCaPem },
  }
  expect((await ask(first.page, 'testConnection', call)).verdict.outcome).toBe('accepted')
  try {
    // The window keeps running, and with it the practice provider.
    const ran = spawnSync(process.execPath, [cli, 'doctor', '--data', first.userData, '--json'], {
      encoding: 'utf8',
      // By this Chromium knows which keyring a desktop has.
      env: { ...process.env, XDG_CURRENT_DESKTOP: 'GNOME' },
    })
    expect(ran.stderr).toBe('')
    expect(JSON.parse(ran.stdout).identities).toMatchObject([{ name: 'Acme at Truv', well: true }])
    expect(ran.stdout).not.toContain('hunter2')
    expect(ran.status).toBe(0)
  } finally {
    await first.close()
    forget(first)
  }
})
