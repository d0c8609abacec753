import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, test } from 'playwright/test'
import { answerNames, answersFor } from '../../scripts/tour/journey.mjs'
import { issue } from '../support/throwaway-pki.ts'
import { resize, root } from './support/app.ts'
import { axeFaults } from './support/axe.ts'
import { ask, makeIdentity } from './support/desk.ts'
import { scene } from './support/test-room.ts'

// The guide in the app: beside what one is doing, as a room of its own, and from every problem.

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'pictures')

async function both(page: Page, name: string) {
  mkdirSync(pictures, { recursive: true })
  for (const appearance of ['light', 'dark'] as const) {
    await ask(page, 'changeSettings', { appearance })
    await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
    await page.waitForTimeout(250)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name).toBe(true)
    await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
  }
}

/** By every rule; what axe cannot tell because something lies over it is seen free elsewhere. */
async function sound(page: Page) {
  expect((await axeFaults(page, 'every rule')).filter(({ unsure }) => !unsure)).toEqual([])
}

const help = (page: Page) => page.getByRole('dialog', { name: 'Help' })
const paper = (page: Page, name: string) => page.getByRole('article', { name })
const search = (page: Page) => page.getByRole('textbox', { name: 'Search the guide' })

test('F1 opens the guide beside the wizard, found by keyboard, and nothing that was typed is lost', () =>
  scene(async ({ page }) => {
    await page.getByRole('radio', { name: 'Payrails', exact: true }).click()
    await page.getByRole('button', { name: 'Start with Payrails' }).click()
    await answerNames(page, answersFor.payrails)
    await page.keyboard.press('F1')
    await expect(paper(page, 'Make a request')).toBeVisible()
    await both(page, 'help-beside')

    await search(page).fill('revocation list')
    const found = page.getByRole('list', { name: 'Found in the guide' })
    await expect(found.locator('mark').first()).toHaveText(/^(revocation|list)/i)
    await both(page, 'help-search')
    await sound(page)
    await search(page).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await expect(found.getByRole('button').first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Revocation lists', exact: true })).toBeFocused()
    await page.getByRole('button', { name: 'Back in the guide' }).click()
    await expect(paper(page, 'Make a request')).toBeVisible()

    await search(page).fill('key')
    await page.keyboard.press('Escape')
    await expect(search(page)).toHaveValue('')
    await page.keyboard.press('Escape')
    await expect(help(page)).toBeHidden()
    await expect(page.getByRole('heading', { name: 'Where will it be used, and what does it say?' })).toBeVisible()
    await expect(page.getByLabel(/^Your company in Payrails addresses/)).toHaveValue(/.+/)
  }))

test('Escape in the guide leaves a dialog beneath it open', () =>
  scene(async ({ page }) => {
    await makeIdentity(page, { name: 'Acme at Truv' })
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByText('Acme at Truv').first().click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    const rename = page.getByRole('dialog', { name: 'Rename identity' })
    await rename.getByLabel('Name').fill('Another')
    await page.keyboard.press('F1')
    await expect(help(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(help(page)).toBeHidden()
    await expect(rename.getByLabel('Name')).toHaveValue('Another')
  }))

test('a problem, a finding and a verdict lead to their paragraphs', () =>
  scene(async ({ page }) => {
    const identity = await makeIdentity(page, { name: 'Acme at Truv' })
    await page.getByRole('button', { name: 'Identities', exact: true }).click()
    await page.getByText('Acme at Truv').first().click()
    const attach = page.getByRole('region', { name: 'Attach the certificate' })
    await attach.getByRole('button', { name: 'Paste text' }).click()
    await attach.getByLabel('Certificate as text').fill(identity.requestPem)
    await attach.getByRole('button', { name: 'Attach', exact: true }).click()
    const note = page.locator('[data-problem="attach.is-own-request"]')
    await note.getByRole('button', { name: 'Read about this' }).click()
    await expect(page.getByRole('heading', { name: 'The wrong file came back' })).toBeFocused()
    await both(page, 'help-problem')
    await sound(page)
    await page.keyboard.press('Escape')
    await expect(note).toBeVisible()

    await page.getByRole('button', { name: 'Inspect', exact: true }).click()
    const expired = issue({ subject: ['CN=old.acme.example'], fromDays: -400, toDays: -30 })
    await page.getByLabel('Or paste text').fill(expired.pem)
    await page.getByRole('button', { name: 'Inspect text' }).click()
    await page.locator('[data-finding="certificate.expired"]').getByRole('button').first().click()
    await expect(page.locator('[data-marked]')).toContainText('It has expired')
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByLabel('Address', { exact: true }).fill('https://127.0.0.1:1/')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const causes = page.getByRole('region', { name: 'Causes, likeliest first' })
    await causes.getByRole('button', { expanded: false }).first().click()
    await causes.getByRole('button', { name: 'Read about this' }).click()
    await expect(page.locator('[data-marked]')).toContainText('net.')
  }))

test('the Help room works while the vault is locked, at 800 by 600 too, and asks nobody', () =>
  scene(async ({ page, app }) => {
    await ask(page, 'lockVault', {})
    const asked: string[] = []
    page.on('request', (request) => request.url().startsWith('app://') || asked.push(request.url()))
    await page.getByRole('button', { name: 'Help', exact: true }).click()
    await expect(search(page)).toBeFocused()
    await page.getByRole('navigation', { name: 'Contents of the guide' }).getByRole('button', { name: 'Truv' }).click()
    await expect(paper(page, 'Truv').getByRole('table').first()).toContainText('EC P-256')
    await both(page, 'help-provider')
    await resize(app, { width: 800, height: 600 })
    await page.getByRole('button', { name: 'Contents', exact: true }).click()
    await page.getByRole('button', { name: 'Findings', exact: true }).click()
    await search(page).fill('certificate.expired')
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-marked]')).toContainText('It has expired')
    await both(page, 'help-small')
    await sound(page)
    expect(asked).toEqual([])
  }))
