import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import {
  answerNames,
  answersFor,
  bringHome,
  chooseProvider,
  createIt,
  handIn,
  onward,
  openVault,
  startPractice,
} from '../../scripts/tour/journey.mjs'
import { pkcs11Tool, softHsm } from '../support/softhsm.ts'
import { answerOpen, answerSave, filesBelow, forget, launch, resize, root } from './support/app.ts'
import { axeFinds } from './support/axe.ts'

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'tokens')

async function picture(page: Page, name: string) {
  mkdirSync(pictures, { recursive: true })
  for (const appearance of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: appearance, reducedMotion: 'reduce' })
    expect(await axeFinds(page), `${name}, ${appearance}`).toEqual([])
    await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Runs a line in a terminal of its own and types the PIN where it is asked for. */
function typed(line: string, pin: string, cwd: string): Promise<string> {
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd, timeout: 20_000 })
  let says = ''
  child.stdout.on('data', (part) => {
    says += part
    if (/PIN for .*:/.test(says) && !child.stdin.writableEnded) child.stdin.end(`${pin}\n`)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve(says.replaceAll('\r\n', '\n')))
  })
}

test('A key in a token: from the PIN to a call with the line that the app shows', async () => {
  const hsm = softHsm(['Ops token'])
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  const { app, page, userData } = desktop
  const answers = answersFor.truv
  try {
    await openVault(page, 'four plain words together')
    await chooseProvider(page, answers)
    await answerNames(page, answers)
    await onward(page)

    await page.getByRole('radio', { name: 'In a token' }).click()
    await expect(page.getByRole('radio', { name: 'Ops token', exact: true })).toBeVisible()
    await onward(page)
    await expect(page.getByText('Choose a token first, or keep the key in the vault.')).toBeVisible()
    await page.getByRole('radio', { name: 'Ops token', exact: true }).click()
    const pin = page.getByLabel('PIN of Ops token', { exact: true })
    await pin.fill('000000')
    await page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await expect(page.getByText('That is not the PIN of “Ops token”')).toBeVisible()
    await expect(page.getByText('few tries are left').first()).toBeVisible()
    await picture(page, 'wrong-pin')
    await pin.fill(hsm.pin)
    await pin.press('Enter')
    await expect(page.getByRole('radio', { name: 'Make a new EC P-256 key there' })).toBeChecked()
    await picture(page, 'key-step')
    await resize(app, { width: 800, height: 600 })
    await page.getByRole('radio', { name: 'Make a new EC P-256 key there' }).scrollIntoViewIfNeeded()
    await picture(page, 'key-step-small')
    await resize(app, { width: 1180, height: 780 })
    await onward(page)
    await expect(page.getByText('in the token “Ops token”, and never leaves it')).toBeVisible()
    await picture(page, 'review')
    await createIt(page)
    await picture(page, 'request-ready')

    const request = join(userData, 'saved.csr')
    await answerSave(app, request)
    await page.getByRole('button', { name: 'Save request' }).click()
    await expect.poll(() => existsSync(request)).toBe(true)
    const verified = ['req', '-in', request, '-noout', '-verify', '-text']
    expect(execFileSync('openssl', verified, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toContain('acme')
    const objects = pkcs11Tool(['--list-objects', '--login', '--pin', hsm.pin, '--token-label', 'Ops token'])
    expect(objects).toMatch(/Private Key Object; EC[\s\S]*never extractable/)

    await startPractice(page)
    await handIn(page, answers)
    await bringHome(page, answers)

    await page.getByRole('tab', { name: 'Export' }).click()
    await answerOpen(app, [userData])
    await page.getByRole('button', { name: 'Save certificate' }).click()
    await expect.poll(() => existsSync(join(userData, 'truv-sandbox.crt'))).toBe(true)
    await picture(page, 'export')

    await page.getByRole('button', { name: 'Test the connection' }).first().click()
    await expect(page.getByRole('heading', { name: 'This call is made in a terminal' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
    await picture(page, 'test-room')
    const line = (await page.getByRole('region', { name: 'curl line' }).locator('pre').textContent()) ?? ''
    const filled = line.replaceAll('{clientId}', 'me').replaceAll('{accessKey}', 'key')
    const says = await typed(`${filled} --silent --show-error --include`, hsm.pin, userData)
    expect(says).toContain('Enter PKCS#11 token PIN for Ops token')
    expect(says).toMatch(/^HTTP\/1\.1 200 /m)
    expect(says).toContain('"clientCertificate"')

    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const section = page.getByRole('region', { name: 'Tokens' })
    await section.scrollIntoViewIfNeeded()
    await expect(section.getByText('unlocked', { exact: true })).toBeVisible()
    await picture(page, 'settings')
    await section.getByRole('button', { name: 'Lock Ops token' }).click()
    await expect(section.getByText('locked', { exact: true })).toBeVisible()

    await page.getByRole('button', { name: 'Authority', exact: true }).click()
    await page.getByRole('button', { name: 'New authority' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New authority' })
    await dialog.getByRole('textbox', { name: 'Organisation' }).fill('Acme Ltd')
    await dialog.getByRole('checkbox', { name: 'Keep its key in a token' }).check()
    await expect(dialog.getByRole('button', { name: 'Make it' })).toBeDisabled()
    await dialog.getByRole('radio', { name: 'Ops token', exact: true }).click()
    await dialog.getByLabel('PIN of Ops token', { exact: true }).fill(hsm.pin)
    await dialog.getByRole('button', { name: 'Unlock', exact: true }).click()
    await expect(dialog.getByRole('radio', { name: 'Make a new EC P-256 key there' })).toBeChecked()
    await picture(page, 'new-authority')
    await dialog.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('button', { name: /^Acme Ltd CA.*in a token/ }).click()
    await expect(page.getByText('Private key: in the token Ops token')).toBeVisible()
    await picture(page, 'authority')

    const written = filesBelow(userData).map((path) => readFileSync(path))
    expect(written.some((bytes) => bytes.includes(hsm.pin))).toBe(false)
  } finally {
    await desktop.close()
    forget(desktop)
    hsm.remove()
  }
})
