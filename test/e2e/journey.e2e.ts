import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import {
  answerNames,
  answersFor,
  bringHome,
  chooseKey,
  chooseProvider,
  createIt,
  exportBundle,
  handIn,
  onward,
  openVault,
  signItYourself,
  startPractice,
  testCall,
} from '../../scripts/tour/journey.mjs'
import { answerSave, forget, launch } from './support/app.ts'

const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const expected = {
  nuapay: { subject: 'O=Acme Payments Ltd,CN=payments.acme.example', key: 'rsaEncryption', days: 365 },
  truv: { subject: 'C=US,ST=Florida,L=Miami,O=Truv Inc,CN=api-mtls.acme.truv.com', key: 'id-ecPublicKey', days: 365 },
  payrails: {
    subject: 'C=DE,ST=Berlin,O=Acme Zürich GmbH,CN=acme-api.staging.payrails.io',
    key: 'rsaEncryption',
    days: 3650,
  },
  apata: { subject: 'C=IE,O=Acme Bank plc,CN=api.apata.io', key: 'rsaEncryption', days: undefined },
} as const

for (const provider of ['nuapay', 'truv', 'payrails', 'apata'] as const) {
  const answers = answersFor[provider]
  test(`${answers.name}: from nothing to an answered call and a bundle that OpenSSL opens`, async () => {
    const desktop = await launch()
    const { app, page, userData } = desktop
    try {
      await openVault(page, 'four plain words together')
      await chooseProvider(page, answers)
      await answerNames(page, answers)
      await onward(page)
      await chooseKey(page, answers)
      await onward(page)
      await createIt(page)

      const request = join(userData, 'saved.csr')
      await answerSave(app, request)
      await page.getByRole('button', { name: 'Save request' }).click()
      await expect(page.getByText(/^Saved /).first()).toBeVisible()
      const read = openssl('req', '-in', request, '-noout', '-verify', '-subject', '-nameopt', 'utf8,sep_comma_plus')
      expect(read).toContain(expected[provider].subject)

      if (answers.selfSigned) {
        await signItYourself(page)
        const uploaded = join(userData, 'upload.crt')
        await answerSave(app, uploaded)
        await page.getByRole('button', { name: 'Save certificate' }).first().click()
        await expect.poll(() => statSync(uploaded, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
        expect(openssl('verify', '-x509_strict', '-CAfile', uploaded, uploaded)).toContain('OK')
      }
      await startPractice(page)
      await handIn(page, answers)
      await bringHome(page, answers)
      await testCall(page, answers)
      await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'accepted')
      await expect(page.locator('[data-outcome]')).toHaveAttribute('data-cause', 'ok')

      await page.getByRole('button', { name: 'Identities', exact: true }).click()
      const bundle = join(userData, 'saved.p12')
      await answerSave(app, bundle)
      if (!(await page.getByRole('tab', { name: 'Export' }).isVisible())) {
        await page.getByRole('row').filter({ hasText: answers.name }).first().click()
      }
      await exportBundle(page, 'bundle passphrase')
      await expect(page.getByText(/^Saved /).last()).toBeVisible()
      await expect.poll(() => statSync(bundle, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500)
      expect(statSync(bundle).mode & 0o777).toBe(0o600)
      const pem = openssl('pkcs12', '-in', bundle, '-passin', 'pass:bundle passphrase', '-clcerts', '-nokeys')
      const leaf = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? ''
      const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: leaf, encoding: 'utf8' })
      expect(text).toContain('TLS Web Client Authentication')
      expect(text).toContain('Version: 3')
      expect(text).toContain(`Public Key Algorithm: ${expected[provider].key}`)
      const [from, to] = ['-startdate', '-enddate'].map((which) =>
        Date.parse(
          execFileSync('openssl', ['x509', '-noout', which], { input: leaf, encoding: 'utf8' }).split('=')[1]!,
        ),
      )
      const { days } = expected[provider]
      if (days) expect(Math.round((to! - from!) / 86_400_000)).toBe(days)

      // What rests on disk holds no key in the clear.
      const settings = readFileSync(join(userData, 'vault', 'vault.json'), 'utf8')
      expect(settings).not.toContain('PRIVATE KEY')
    } finally {
      await desktop.close()
      forget(desktop)
    }
  })
}
