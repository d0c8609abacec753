import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from '../desk.ts'
import { button, close, dialog, drop, room, type Screen, type Stage, view } from './walk.ts'

const at = 'authority/authorities'

async function issue({ page, folder, made }: Stage, name: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
  execFileSync('openssl', ['req', '-new', ...key, '-subj', `/CN=${name}`, '-out', `${name}.csr`], {
    cwd: folder,
    stdio: 'pipe',
  })
  const requestPem = readFileSync(join(folder, `${name}.csr`), 'utf8')
  const { plan, issues, rows } = await ask(page, 'planSigning', {
    requestPem,
    wish: { authority: made.get('authority')!, choices: [] },
  })
  const despite = [...issues, ...rows.flatMap((row) => row.issues)].map(({ code }) => code)
  await ask(page, 'signRequest', { plan, despite, name })
}

/** The Authority room: its authorities and the ways to more, signing, what was issued, and lists. */
export const authorityScreens: readonly Screen[] = [
  {
    name: 'authority, those depended on',
    at,
    reach: async ({ page }) => {
      await room(page, 'Authority')
      await view(page, 'Authorities')
      await page.getByRole('region', { name: 'Details' }).waitFor()
    },
  },
  {
    name: 'sign, no authority yet',
    at: 'authority/sign',
    reach: async ({ page }) => {
      await view(page, 'Sign')
      await page.getByRole('heading', { name: 'An authority first' }).waitFor()
    },
  },
  {
    name: 'authority, new',
    at,
    reach: async ({ page }) => {
      await button(page, 'New authority…')
      await page
        .getByRole('dialog', { name: 'New authority' })
        .getByRole('textbox', { name: 'Organisation' })
        .fill('Acme')
    },
  },
  {
    name: 'authority, bring',
    at,
    reach: async ({ page }) => {
      await close(page)
      await view(page, 'Authorities')
      await button(page, /^Bring/)
      await dialog(page).waitFor()
    },
  },
  {
    name: 'authority, service',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, /^Use a/)
      await dialog(page).waitFor()
    },
  },
  {
    name: 'authority, one of one’s own',
    at,
    reach: async ({ page, made }) => {
      await close(page)
      const plan = { name: 'Acme CA', commonName: 'Acme CA', key: 'ec-p256' as const, years: 10, askEachTime: false }
      const { handle } = await ask(page, 'createAuthority', { work: 'scene', plan })
      made.set('authority', handle)
      await page
        .getByRole('button', { name: /^Acme CA/ })
        .first()
        .click()
      await page.getByRole('heading', { name: 'Acme CA' }).waitFor()
    },
  },
  {
    name: 'sign, waiting',
    at: 'authority/sign',
    reach: async ({ page }) => {
      await view(page, 'Sign')
      await page.getByRole('heading', { name: /^Drop a signing request/ }).waitFor()
    },
  },
  {
    name: 'sign, wrong file',
    at: 'authority/sign',
    reach: async ({ page, folder }) => {
      await drop(page, join(folder, 'acme-live.pem'))
      await page.locator('[data-problem]').first().waitFor()
    },
  },
  { name: 'issued, nothing yet', at: 'authority/authorities', reach: async ({ page }) => view(page, 'Issued') },
  {
    name: 'sign, what will be issued',
    at: 'authority/sign',
    reach: async (stage) => {
      for (const name of ['payments.acme.example', 'reports.acme.example']) await issue(stage, name)
      await drop(stage.page, join(stage.folder, 'payments.acme.example.csr'))
      await stage.page.locator('tr[data-field="validity"]').waitFor()
    },
  },
  {
    name: 'sign, all its lines',
    at: 'authority/sign',
    reach: async ({ page }) => button(page, 'Key, serial number, identifiers'),
  },
  {
    name: 'sign, signed',
    at: 'authority/sign',
    reach: async ({ page }) => {
      const accept = page.getByRole('checkbox', { name: /Sign|despite|anyway|seen/i })
      for (const one of await accept.all()) await one.check()
      await page.getByRole('button', { name: 'Sign', exact: true }).last().click()
      await page.getByRole('heading', { name: /^Signed:/ }).waitFor()
    },
  },
  {
    name: 'issued, lists and trust',
    at,
    reach: async ({ page }) => {
      await view(page, 'Issued')
      await page.getByRole('button', { name: /^Lists and trust/ }).click()
      await page.getByRole('region', { name: 'Acme CA', exact: true }).waitFor()
    },
  },
  {
    name: 'issued, save',
    at,
    reach: async ({ page }) => {
      await page
        .getByRole('region', { name: 'Acme CA', exact: true })
        .getByRole('button', { name: 'Save', exact: true })
        .click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'issued, take over',
    at,
    reach: async ({ page }) => {
      await close(page)
      await button(page, 'Let another take over…')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'issued, one of them',
    at,
    reach: async ({ page }) => {
      await close(page)
      await page
        .getByRole('list', { name: 'Issued certificates' })
        .getByRole('button', { name: 'reports.acme.example' })
        .click()
      await page.getByRole('heading', { name: 'reports.acme.example' }).waitFor()
    },
  },
  {
    name: 'issued, revoke',
    at,
    reach: async ({ page }) => {
      await button(page, 'Revoke…')
      await dialog(page).waitFor()
    },
  },
  {
    name: 'issued, revoked',
    at,
    reach: async ({ page }) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
      await page.getByText('No list from here names it yet.').waitFor()
    },
  },
]
