import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { dayOf } from '../../shared/renewal/renewal.ts'
import { answerOpen, forget, launch, resize, root } from './support/app.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { mailbox, makeAuthority } from './support/provider.ts'

// The list of many, a renewal that waits, the import and the bin: light, dark, and in the smallest window.

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')
const day = 86_400_000
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)

test('list, renewal, import and bin fit their windows, light and dark', async () => {
  test.setTimeout(240_000)
  mkdirSync(pictures, { recursive: true })
  const folder = join(mailbox(), 'from-the-old-server')
  mkdirSync(folder)
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  const { app, page } = desktop
  const all = async (name: string) => {
    for (const size of [
      { width: 1180, height: 780 },
      { width: 800, height: 600 },
    ]) {
      await resize(app, size)
      for (const appearance of ['light', 'dark'] as const) {
        await ask(page, 'changeSettings', { appearance })
        await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
        await page.mouse.move(0, 0)
        await page.waitForTimeout(250)
        expect(await fits(page), `${name} fits ${size.width}`).toBe(true)
        const small = size.width === 800 ? '-small' : ''
        await page.screenshot({ path: join(pictures, `${name}${small}-${appearance}.png`), animations: 'disabled' })
      }
    }
    await resize(app, { width: 1180, height: 780 })
  }
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  try {
    await openVault(page, 'four plain words together')
    await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
    const provider = await makeAuthority(new Date(Date.now() - 600 * day))
    const names = [
      'Acme sandbox',
      'Acme live',
      'Beta Logistics at Truv',
      'Card data, region Europe',
      'Delta',
      'Epsilon',
    ]
    const handles: string[] = []
    for (const [at, name] of names.entries()) {
      const environment = at % 2 === 0 ? 'sandbox' : 'production'
      const { handle, requestPem } = await makeIdentity(page, { name, environment, answers: { name: `acme${at}` } })
      handles.push(handle)
      if (at === 5) continue
      const now = new Date(Date.now() - (345 - 60 * at) * day)
      const { pem } = await provider.sign(requestPem, { days: 365, now })
      const source = { from: 'text' as const, text: pem + provider.caPem }
      await ask(page, 'attachCertificate', { identity: handle, source, despite: [] })
    }
    await ask(page, 'tagIdentities', { identities: handles.slice(1, 4), add: ['pci', 'team payments'], remove: [] })
    const renewing = await makeIdentity(page, {
      name: 'Acme sandbox 2027',
      answers: { name: 'acme0' },
      renews: handles[0]!,
    })
    const sent = { to: 'support@truv.com, ticket 4711', on: dayOf(new Date(Date.now() - 12 * day)) }
    await ask(page, 'tickRenewal', { identity: renewing.handle, tick: { step: 'sent', sent } })
    await ask(page, 'noteIdentity', { identity: renewing.handle, note: 'Jane at Truv signs.\nInstalled on gateway-2.' })

    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('checkbox', { name: 'Choose Delta' }).check()
    await page.getByRole('checkbox', { name: 'Choose Acme live' }).check()
    await all('identities-many')
    await page.getByRole('button', { name: 'Export…' }).click()
    await page.getByRole('checkbox', { name: 'Bundles with key, certificate and chain' }).check()
    await all('export-many')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Tag…' }).click()
    await all('tag-many')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Choose none' }).click()
    await page.getByRole('button', { name: 'Acme sandbox 2027', exact: true }).click()
    await page.getByRole('region', { name: 'Renewal' }).waitFor()
    await all('renewal')
    const renewed = await provider.sign(renewing.requestPem, { days: 365 })
    const source = { from: 'text' as const, text: renewed.pem + provider.caPem }
    await ask(page, 'attachCertificate', { identity: renewing.handle, source, despite: [] })
    const on = dayOf(new Date())
    await ask(page, 'tickRenewal', { identity: renewing.handle, tick: { step: 'switched', on } })
    await page.getByRole('button', { name: 'Removed there…' }).click()
    await all('renewal-retire')
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByRole('button', { name: 'Acme live', exact: true }).click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Renew…' }).click()
    await page.getByRole('button', { name: 'Change key' }).click()
    await page.getByRole('radio', { name: 'A new key' }).waitFor()
    await all('renewal-key')

    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'live.key')
    const subject = '/C=DE/O=Acme GmbH/CN=api.acme.payrails.io'
    openssl('req', '-x509', '-key', 'live.key', '-subj', subject, '-days', '300', '-out', 'live.crt')
    openssl('genpkey', '-algorithm', 'RSA', '-out', 'gateway.key')
    openssl('req', '-new', '-key', 'gateway.key', '-subj', '/CN=gateway.acme.example', '-out', 'gateway.csr')
    const locked = ['-aes256', '-pass', 'pass:open me']
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', ...locked, '-out', 'locked.key')
    writeFileSync(join(folder, 'notes.txt'), 'Ask Jane for the portal password.')
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Import…' }).click()
    await page.getByRole('button', { name: 'Choose a folder' }).waitFor()
    await all('import-start')
    await answerOpen(app, [folder])
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await page.getByRole('list', { name: 'What becomes an identity' }).waitFor()
    await all('import')
    await page.getByRole('button', { name: 'Import 2 identities' }).click()
    await page.getByRole('note').waitFor()
    await all('import-done')

    await ask(page, 'removeIdentities', { identities: handles.slice(2, 4) })
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Bin' }).click()
    await page.getByRole('table', { name: 'Bin' }).waitFor()
    await all('bin')
  } finally {
    await desktop.close()
    forget(desktop)
    rmSync(folder, { recursive: true })
  }
})
