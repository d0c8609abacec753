import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '../../../../shared/renewal/renewal.ts'
import { answerOpen } from '../app.ts'
import { makeScene } from '../calendar-scene.ts'
import { ask, makeIdentity } from '../desk.ts'
import { put } from '../provider.ts'
import { button, close, dialog, drop, room, type Screen, type Stage, tab } from './walk.ts'

/** As long as names may be: the longest common name, the longest German-looking name of one's own, 200 more names. */
export const long = {
  commonName: `${'rechnungspruefung-zahlungsverkehr-'.repeat(2)}`.slice(0, 55).replace(/-$/, '').concat('.example'),
  name: 'Zahlungsverkehrsdienstleistungsschnittstelle für Rückerstattungsbenachrichtigungen, Produktionsumgebung Süd',
  altNames: Array.from({ length: 200 }, (_, i) => `mandant-${i}.zahlungsverkehrsschnittstelle.acme.example`),
} as const

const open = (name: string) => async (stage: Stage) => {
  await room(stage.page, 'Identities')
  await stage.page.getByRole('button', { name, exact: true }).first().click()
  await stage.page.getByRole('article', { name }).waitFor()
}

async function prepare(stage: Stage): Promise<void> {
  const { page, made, folder } = stage
  const [live, sandbox, card, old] = await makeScene(page)
  made.set('live', live!).set('sandbox', sandbox!).set('card', card!).set('old', old!)
  await ask(page, 'tagIdentities', { identities: [live!, card!], add: ['pci', 'team payments'], remove: [] })
  const renewing = await makeIdentity(page, { name: 'Acme sandbox 2027', renews: sandbox! })
  const sent = { to: 'support@truv.com, ticket 4711', on: dayOf(new Date(Date.now() - 12 * 86_400_000)) }
  await ask(page, 'tickRenewal', { identity: renewing.handle, tick: { step: 'sent', sent } })
  await ask(page, 'noteIdentity', { identity: renewing.handle, note: 'Jane at Truv signs.\nInstalled on gateway-2.' })
  const withLongNames = await makeIdentity(page, {
    name: long.name,
    provider: 'other',
    environment: 'live',
    answers: {},
    subject: { CN: long.commonName, O: `${long.name.slice(0, 60)}` },
    subjectAltNames: long.altNames.map((name) => `DNS:${name}`),
  })
  made.set('long', withLongNames.handle)
  const files = join(folder, 'from-the-old-server')
  mkdirSync(files)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: files, stdio: 'pipe' })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...ec, '-subj', '/C=DE/CN=api.acme.payrails.io', '-keyout', 'live.key', '-out', 'live.crt')
  openssl('req', '-new', ...ec, '-subj', '/CN=gateway.acme.example', '-keyout', 'gateway.key', '-out', 'gateway.csr')
  const locked = ['-aes256', '-pass', 'pass:open me']
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', ...locked, '-out', 'locked.key')
  writeFileSync(join(files, 'notes.txt'), 'Ask Jane for the portal password.')
}

const at = 'identities'

/** The list of identities, an identity's page with its tabs, import and bin. */
export const identityScreens: readonly Screen[] = [
  {
    name: 'identities',
    at,
    reach: async (stage) => {
      await prepare(stage)
      await room(stage.page, 'Identities')
      await stage.page.getByRole('region', { name: 'Reminders' }).waitFor()
    },
  },
  {
    name: 'identities, more',
    at,
    reach: async ({ page }) => {
      await button(page, 'More')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'identities, remind later',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, /^Remind later of/)
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'identities, filter and chosen ones',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Filter')
      await page.getByRole('checkbox', { name: 'Choose Acme live' }).check()
      await page.getByRole('checkbox', { name: 'Choose Card authentication' }).check()
    },
  },
  {
    name: 'identities, nothing fits',
    at,
    reach: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Search identities' }).fill('nothing is called this')
      await page.getByText('Nothing here fits').waitFor()
    },
  },
  {
    name: 'identities, export of many',
    at,
    reach: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Search identities' }).fill('')
      await button(page, 'Export…')
      await page.getByRole('checkbox', { name: 'Bundles with key, certificate and chain' }).check()
    },
  },
  {
    name: 'identities, tag many',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Tag…')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'identities, remove many',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Remove…')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'identity, certificate',
    at,
    reach: async (stage) => {
      await close(stage.page)
      await button(stage.page, 'Choose none')
      await open('Acme live')(stage)
      await tab(stage.page, 'Certificate')
    },
  },
  {
    name: 'identity, another certificate, and the wrong file',
    at,
    reach: async ({ page, folder }) => {
      await button(page, 'Attach another certificate')
      const file = put(folder, 'not-mine.pem', 'not a certificate')
      await drop(page, file)
      await page.locator('[data-problem]').first().waitFor()
    },
  },
  ...['Request', 'Hand over', 'Export', 'History'].map(
    (name): Screen => ({
      name: `identity, ${name.toLowerCase()}`,
      at,
      reach: async ({ page }) => {
        await tab(page, name)
        await page.getByRole('tabpanel').waitFor()
      },
    }),
  ),
  {
    name: 'identity, export in a form of one’s own',
    at,
    reach: async ({ page }) => {
      await tab(page, 'Export')
      await page.getByText('Choose the form yourself').click()
    },
  },
  {
    name: 'identity, who can open the export',
    at,
    reach: async ({ page }) => {
      await page.getByText('Who can open this').click()
      await page
        .getByRole('table', { name: /^Who can open/ })
        .first()
        .waitFor()
    },
  },
  {
    name: 'identity, menu',
    at,
    reach: async ({ page }) => {
      await button(page, 'More actions')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'identity, rename',
    at,
    reach: async ({ page }) => {
      await page.getByRole('menuitem', { name: 'Rename…' }).click()
      await dialog(page).waitFor()
    },
  },
  {
    name: 'identity, remove',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'More actions')
      await page.getByRole('menuitem', { name: 'Remove…' }).click()
      await dialog(page).waitFor()
    },
  },
  {
    name: 'identity, tag and note being written',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Add tag')
      await button(page, 'Add note')
    },
  },
  { name: 'identity, renewal and note', at, reach: open('Acme sandbox 2027') },
  {
    name: 'identity, request waits',
    at,
    reach: async ({ page }) => {
      await tab(page, 'Certificate')
      await page.getByText('No certificate yet').waitFor()
    },
  },
  {
    name: 'identity, renewal seen from the old one',
    at,
    reach: async (stage) => {
      await open('Acme sandbox')(stage)
      await stage.page.getByRole('region', { name: 'Renewal' }).waitFor()
    },
  },
  {
    name: 'identity, expired',
    at,
    reach: open('Old production'),
  },
  {
    name: 'identity with long names',
    at,
    reach: open(long.name),
  },
  {
    name: 'import, start',
    at: 'identities/import',
    reach: async ({ page }) => {
      await room(page, 'Identities')
      await button(page, 'More')
      await page.getByRole('menuitem', { name: 'Import…' }).click()
      await page.getByRole('button', { name: 'Choose a folder' }).waitFor()
    },
  },
  {
    name: 'import, preview',
    at: 'identities/import',
    reach: async ({ app, page, folder }) => {
      await answerOpen(app, [join(folder, 'from-the-old-server')])
      await button(page, 'Choose a folder')
      await page.getByRole('list', { name: 'What becomes an identity' }).waitFor()
    },
  },
  {
    name: 'import, done',
    at: 'identities/import',
    reach: async ({ page }) => {
      await button(page, /^Import (2|one) identit/)
      await page.getByRole('heading', { name: /^Imported/ }).waitFor()
    },
  },
  {
    name: 'bin, empty',
    at: 'identities/bin',
    reach: async ({ page }) => {
      await room(page, 'Identities')
      await button(page, 'More')
      await page.getByRole('menuitem', { name: 'Bin' }).click()
      await page.getByRole('heading', { name: 'The bin is empty' }).waitFor()
    },
  },
  {
    name: 'bin',
    at: 'identities/bin',
    reach: async ({ page, made }) => {
      await ask(page, 'removeIdentities', { identities: [made.get('card')!] })
      await room(page, 'Identities')
      await button(page, 'More')
      await page.getByRole('menuitem', { name: 'Bin' }).click()
      await page.getByRole('table', { name: 'Bin' }).waitFor()
    },
  },
  {
    name: 'bin, erase',
    at: 'identities/bin',
    reach: async ({ page }) => {
      await button(page, /^Erase /)
      await dialog(page).waitFor()
    },
  },
  {
    name: 'wizard, renewal',
    at: 'create',
    reach: async (stage) => {
      const { page, made } = stage
      await close(page)
      await ask(page, 'restoreIdentities', { identities: [made.get('card')!] })
      await open('Acme live')(stage)
      await button(page, 'More actions')
      await page.getByRole('menuitem', { name: 'Renew…' }).click()
      await page.getByText('The answers are those of the identity it will replace').waitFor()
    },
  },
]
