import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright'
import { dropFiles } from './app.ts'
import { ask } from './desk.ts'
import { corpus } from './inspect.ts'
import { mailbox, type makeAuthority, put } from './provider.ts'

const day = 86_400_000

type Scene = {
  page: Page
  /** Takes a picture in light and dark. */
  both: (name: string) => Promise<void>
  provider: Awaited<ReturnType<typeof makeAuthority>>
}

/** The Inspect room in its states, with files as a provider sends them for the identity “Acme live”. */
export async function inspectPictures({ page, both, provider }: Scene): Promise<void> {
  const { identities } = await ask(page, 'listIdentities', {})
  const handle = identities.find((one) => one.name === 'Acme live')!.handle
  const { requestPem, certificatePem } = await ask(page, 'readIdentity', { identity: handle })
  const folder = mailbox()
  const old = await provider.sign(requestPem, { days: 365, now: new Date(Date.now() - 360 * day) })
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=webhooks.acme.example',
    '-keyout',
    'k',
    '-out',
    'c',
  )
  openssl(
    'pkcs12',
    '-export',
    '-in',
    'c',
    '-inkey',
    'k',
    '-name',
    'webhooks',
    '-out',
    'webhooks.p12',
    '-passout',
    'pass:acme',
  )
  const files = [
    put(folder, 'acme-live.pem', certificatePem + provider.caPem),
    put(folder, 'acme-live.csr', requestPem),
    put(folder, 'acme-2025.crt', old.pem),
    put(folder, 'from-windows.crt', new Uint8Array([0xff, 0xfe, ...Buffer.from(old.pem, 'utf16le')])),
    `${folder}/webhooks.p12`,
  ]
  const item = (name: RegExp) => page.getByRole('treeitem', { name }).first()
  const headline = page.getByRole('article', { name: 'Opened object' }).getByRole('heading', { level: 2 })
  const drop = async (...paths: string[]) => {
    await dropFiles(page, paths, { x: 640, y: 400 })
    await page.getByRole('tree', { name: 'What was dropped' }).waitFor()
  }

  await page.getByRole('button', { name: 'Inspect', exact: true }).click()
  await page.getByRole('heading', { name: 'Inspect', level: 1 }).waitFor()
  await both('inspect-start')
  await drop(...files)
  await headline.filter({ hasText: 'fits your identity Acme live' }).waitFor()
  await both('inspect')
  await page.getByRole('tab', { name: 'ASN.1' }).click()
  await page.getByRole('tree', { name: 'ASN.1 values' }).focus()
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowDown')
  await both('inspect-asn1')
  await page.getByRole('tab', { name: 'Trust' }).click()
  await page.getByRole('region', { name: 'Verdict' }).waitFor()
  await both('inspect-trust')

  await page.getByRole('tab', { name: 'Facts' }).click()
  await item(/from-windows/).click()
  await page.getByRole('button', { name: 'Show the repaired text' }).click()
  await both('inspect-repair')
  await item(/webhooks\.p12/).click()
  await page.getByLabel('Passphrase', { exact: true }).fill('acme')
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByLabel('Passphrase', { exact: true }).waitFor({ state: 'hidden' })
  await page.getByRole('tab', { name: 'Structure' }).click()
  await both('inspect-bundle')
  await item(/acme-2025/).click({ modifiers: ['Control'] })
  await item(/^api\.acme\.payrails\.io.*Client certificate/).click({ modifiers: ['Control'] })
  await page.keyboard.press('Control+d')
  await page.getByRole('article', { name: 'Comparison' }).getByRole('table').waitFor()
  await both('inspect-compare')

  await drop(corpus('crls/pyca__crl_almost_10k.pem'))
  await page.getByRole('tab', { name: /^Revoked/ }).click()
  await both('inspect-revoked')
  await drop(corpus('bundles/certifi__cacert.pem'))
  // The list of the drop before stands until this one is read, and what is searched in it goes with it.
  await page.getByText(/^1\d\d objects in 1 file/).waitFor()
  await page.getByRole('textbox', { name: 'Search objects' }).fill('digicert global')
  await item(/DigiCert Global/).waitFor()
  await page.keyboard.press('ArrowDown')
  await headline.filter({ hasText: 'DigiCert Global' }).waitFor()
  await page.getByRole('tab', { name: 'Facts' }).click()
  await both('inspect-roots')
}
