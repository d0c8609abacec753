import { mkdirSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as listenPlainly, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { openVault } from '../../../scripts/tour/journey.mjs'
import { issue } from '../../support/throwaway-pki.ts'
import { type Desktop, forget, launch, root } from './app.ts'
import { axeFinds } from './axe.ts'
import { ask, makeIdentity } from './desk.ts'

const pictures = join(process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e'), 'test-room')
export const secret = 'sandbox-hunter2-never-shown'

export async function shoot(page: Page, name: string) {
  mkdirSync(pictures, { recursive: true })
  for (const appearance of ['light', 'dark'] as const) {
    await ask(page, 'changeSettings', { appearance })
    await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor()
    await page.waitForTimeout(200)
    expect(await axeFinds(page), `${name}, ${appearance}`).toEqual([])
    await page.screenshot({ path: join(pictures, `${name}-${appearance}.png`), animations: 'disabled' })
  }
}

/** A ready identity for the practice provider, which runs. */
export async function atPractice(page: Page, name = 'Acme at Truv') {
  const { running } = await ask(page, 'startPractice', { provider: 'truv', environment: 'sandbox' })
  const identity = await makeIdentity(page, { name })
  const { certificatePem } = await ask(page, 'submitToPractice', { identity: identity.handle })
  await ask(page, 'attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] })
  return { identity, apiUrl: running?.apiUrl ?? '' }
}

export const goToTest = (page: Page) => page.getByRole('button', { name: 'Test', exact: true }).click()
export const result = (page: Page) => page.locator('[data-outcome][data-cause]')

export async function send(page: Page) {
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.locator('[data-screen]')).toHaveAttribute('data-screen', /answered|refused/, { timeout: 30_000 })
}

/** A call to the practice provider by hand, blanks filled in and remembered. */
export async function callTruv(page: Page) {
  await goToTest(page)
  await page.getByLabel('Client ID', { exact: true }).fill('client-0815')
  await page.getByLabel('Access key', { exact: true }).fill(secret)
  await page.getByRole('checkbox', { name: /Keep these with the identity/ }).check()
  await send(page)
  await expect(result(page)).toHaveAttribute('data-cause', 'ok')
}

/** Works in a fresh desktop with an open vault. */
export async function scene(work: (desktop: Desktop) => Promise<void>) {
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  try {
    await openVault(desktop.page, 'four plain words together')
    await desktop.page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
    await work(desktop)
  } finally {
    await desktop.close()
    forget(desktop)
  }
}
/** Asks for a certificate of one of `cas`, and refuses any other; from its second connection on it takes its time. */
export async function pickyServer(cas: string[], slowMs = 0) {
  const ca = issue({ subject: ['CN=Foreign CA'], isCa: true })
  const leaf = issue({ subject: ['CN=localhost'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
  const options = { cert: leaf.pem, key: leaf.keyPem, ca: cas, requestCert: true }
  const server = createServer(options, (_, answer) => answer.end('Welcome'))
  const sockets = new Set<Socket>()
  let connections = 0
  const door = listenPlainly((socket) => {
    sockets.add(socket.on('error', () => {}))
    setTimeout(() => server.emit('connection', socket), connections++ === 0 ? 0 : slowMs)
  })
  await new Promise<void>((ready) => door.listen(0, '127.0.0.1', ready))
  const { port } = door.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    door.close()
  }
  return { url: `https://127.0.0.1:${port}/`, caPem: ca.pem, close }
}

/** The form filled in for a server that nobody knows. */
export async function callTo(page: Page, { url, caPem }: { url: string; caPem: string }) {
  await goToTest(page)
  await page.getByLabel('Address', { exact: false }).first().fill(url)
  await page.getByRole('radio', { name: 'Another CA, pasted here' }).check()
  await page.getByRole('textbox', { name: 'CA certificate as PEM' }).fill(caPem)
  for (const name of ['Client ID', 'Access key']) {
    const blank = page.getByLabel(name, { exact: true })
    if (await blank.isVisible()) await blank.fill('none-of-it-matters')
  }
}

export const addressOf = (page: Page) => page.getByLabel('Address', { exact: false }).first().inputValue()
