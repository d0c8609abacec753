import { execFileSync } from 'node:child_process'
import { ask } from '../desk.ts'
import { corpus } from '../inspect.ts'
import { put } from '../provider.ts'
import { long } from './identity-screens.ts'
import { button, close, dialog, drop, room, type Screen, type Stage, tab } from './walk.ts'

const at = 'inspect'
const item = ({ page }: Stage, name: RegExp) => page.getByRole('treeitem', { name }).first()

async function files(stage: Stage): Promise<string[]> {
  const { page, folder, made } = stage
  const live = await ask(page, 'readIdentity', { identity: made.get('live')! })
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...ec, '-subj', '/CN=webhooks.acme.example', '-keyout', 'k', '-out', 'c')
  const pass = ['-passout', 'pass:acme']
  openssl('pkcs12', '-export', '-in', 'c', '-inkey', 'k', '-name', 'webhooks', '-out', 'webhooks.p12', ...pass)
  const names = `subjectAltName=${long.altNames.map((name) => `DNS:${name}`).join(',')}`
  const subject = `/O=${long.name.slice(0, 60)}/CN=${long.commonName}`
  openssl('req', '-x509', ...ec, '-utf8', '-subj', subject, '-addext', names, '-keyout', 'l', '-out', 'long-names.pem')
  return [
    put(folder, 'acme-live.pem', live.certificatePem ?? ''),
    put(folder, 'acme-live.csr', live.requestPem),
    put(folder, 'from-windows.crt', new Uint8Array([0xff, 0xfe, ...Buffer.from(live.certificatePem ?? '', 'utf16le')])),
    put(folder, 'notes.txt', 'Ask Jane.'),
    `${folder}/webhooks.p12`,
    `${folder}/long-names.pem`,
  ]
}

const tabs = ['Facts', 'Extensions', 'Fingerprints', 'PEM', 'ASN.1', 'Trust', 'Provider'] as const

/** The Inspect room: what was dropped, each tab of what is opened, comparing, unlocking, asking a server. */
export const inspectScreens: readonly Screen[] = [
  {
    name: 'inspect, several files',
    at,
    reach: async (stage) => {
      await room(stage.page, 'Inspect')
      await drop(stage.page, ...(await files(stage)))
      await item(stage, /long-names|rechnungs/).waitFor()
      await item(stage, /^api\.acme\.payrails\.io.*Client certificate/).click()
    },
  },
  ...tabs.map(
    (name): Screen => ({
      name: `inspect, ${name}`,
      at,
      reach: async ({ page }) => {
        await tab(page, name)
        await page.getByRole('tabpanel').first().waitFor()
      },
    }),
  ),
  {
    name: 'inspect, signing request',
    at,
    reach: async (stage) => {
      await item(stage, /signing request|CSR/i).click()
      await tab(stage.page, 'Facts')
    },
  },
  {
    name: 'inspect, repair',
    at,
    reach: async (stage) => {
      await item(stage, /from-windows/).click()
      await button(stage.page, 'Show the repaired text')
    },
  },
  { name: 'inspect, not known', at, reach: async (stage) => item(stage, /notes\.txt/).click() },
  ...(['Facts', 'Extensions', 'Provider'] as const).map(
    (name): Screen => ({
      name: `inspect, long names, ${name}`,
      at,
      reach: async (stage) => {
        await item(stage, /rechnungs/).click()
        await tab(stage.page, name)
      },
    }),
  ),
  {
    name: 'inspect, locked bundle',
    at,
    reach: async (stage) => {
      await item(stage, /webhooks\.p12/).click()
      await stage.page.getByLabel('Passphrase', { exact: true }).waitFor()
    },
  },
  {
    name: 'inspect, wrong passphrase',
    at,
    reach: async ({ page }) => {
      await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
      await button(page, 'Unlock')
      await page.locator('form[data-problem="key.passphrase-wrong"]').waitFor()
    },
  },
  {
    name: 'inspect, structure of a bundle',
    at,
    reach: async ({ page }) => {
      await page.getByLabel('Passphrase', { exact: true }).fill('acme')
      await button(page, 'Unlock')
      await page.getByLabel('Passphrase', { exact: true }).waitFor({ state: 'hidden' })
      await tab(page, 'Structure')
    },
  },
  {
    name: 'inspect, filter',
    at,
    reach: async ({ page }) => {
      await button(page, /^Filter/)
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'inspect, group and sort',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, /^(Arrange|Group|Order|Sort|View)/)
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'inspect, ask a server',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Ask a server')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'inspect, convert',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Convert')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'inspect, choose what to compare',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Compare')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'inspect, comparison',
    at,
    reach: async (stage) => {
      const { page } = stage
      await close(page)
      await item(stage, /rechnungs/).click({ modifiers: ['Control'] })
      await item(stage, /^api\.acme\.payrails\.io.*Client certificate/).click({ modifiers: ['Control'] })
      await page.keyboard.press('Control+d')
      await page.getByRole('article', { name: 'Comparison' }).getByRole('table').waitFor()
    },
  },
  {
    name: 'inspect, revoked ones',
    at,
    reach: async ({ page }) => {
      await drop(page, corpus('crls/pyca__crl_almost_10k.pem'))
      await tab(page, /^Revoked/)
    },
  },
  {
    name: 'inspect, roots',
    at,
    reach: async ({ page }) => {
      await drop(page, corpus('bundles/certifi__cacert.pem'))
      await page.getByText(/^1\d\d objects in 1 file/).waitFor()
    },
  },
]
