import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'playwright/test'
import {
  answerNames,
  answersFor,
  bringHome,
  chooseKey,
  chooseProvider,
  createIt,
  handIn,
  onward,
  openVault,
  startPractice,
  testCall,
} from '../../scripts/tour/journey.mjs'
import { dropFiles, forget, launch, root } from '../e2e/support/app.ts'
import { sent } from './sent.ts'

const idleSeconds = Number(process.env.COUNTERSIGN_IDLE_SECONDS ?? 45)

/** Certificates as the world has them, which name lists, responders and issuers to ask. */
const certificates = join(root, 'test/fixtures/corpus/certificates')
const withAddresses = readdirSync(certificates)
  .map((name) => join(certificates, name))
  .filter((path) => {
    const text = readFileSync(path, 'latin1')
    if (!text.includes('-----BEGIN CERTIFICATE-----')) return false
    try {
      return new X509Certificate(text).infoAccess !== undefined
    } catch {
      return false
    }
  })
  .slice(0, 60)
const rooms = ['Identities', 'Inspect', 'Test', 'Authority', 'Webhooks', 'Calendar', 'Settings', 'Help']

test('the counter counts: a look-up, a connection and a datagram are seen', async () => {
  const [udp, tcp, both] = ['203.0.113.9', '203.0.113.10', '2001:db8:1::9']
  const each = async (act: () => Promise<unknown> | undefined) => {
    const before = sent()
    await act()
    await expect.poll(sent).toBeGreaterThan(before)
  }
  await each(() => lookup('updates.countersign.example').catch(() => {}))
  for (const host of [tcp, both]) {
    const socket = connect({ host, port: 443 })
    socket.on('error', () => {})
    await each(() => wait(200))
    socket.destroy()
  }
  const datagram = createSocket('udp4')
  await each(() => new Promise((done) => datagram.send('x', 5353, udp, done)))
  datagram.close()
  // Repetitions of what was begun here die out before anything is counted for the app.
  await expect
    .poll(
      async () => {
        const before = sent()
        await wait(3000)
        return sent() - before
      },
      { timeout: 60_000 },
    )
    .toBe(0)
})

test('the app contacts nobody, from its first start through every room and while it is left alone', async () => {
  const start = sent()
  const quiet = (after: string) => expect(sent() - start, `packets after ${after}`).toBe(0)
  const desktop = await launch()
  const { app, page, userData } = desktop
  try {
    expect(await app.evaluate(({ app: main }) => main.commandLine.hasSwitch('no-sandbox'))).toBe(false)
    quiet('the start')
    const truv = answersFor.truv
    await openVault(page, 'four plain words together')
    await chooseProvider(page, truv)
    await answerNames(page, truv)
    await onward(page)
    await chooseKey(page, truv)
    await onward(page)
    await createIt(page)
    quiet('a new identity')
    await startPractice(page)
    await handIn(page, truv)
    await bringHome(page, truv)
    await testCall(page, truv)
    await expect(page.locator('[data-outcome]')).toHaveAttribute('data-outcome', 'accepted')
    quiet('the call to the practice provider on this computer')

    const said = withAddresses.map((path) => new X509Certificate(readFileSync(path)).infoAccess ?? '')
    for (const kind of ['OCSP - URI:http', 'CA Issuers - URI:http']) {
      expect(said.filter((text) => text.includes(kind)).length, kind).toBeGreaterThan(5)
    }
    await page.getByRole('button', { name: 'Calendar', exact: true }).click()
    await dropFiles(page, withAddresses, { x: 300, y: 300 })
    const tree = page.getByRole('tree', { name: 'What was dropped' })
    await expect(tree).toBeVisible()
    const pane = page.getByRole('article', { name: 'Opened object' })
    for (const item of (await tree.getByRole('treeitem').all()).slice(0, 6)) {
      await item.click()
      for (const tab of await pane.getByRole('tab').all()) await tab.click()
    }
    quiet('looking at certificates that name lists, responders and issuers')

    for (const room of rooms) {
      await page.getByRole('button', { name: room, exact: true }).first().click()
      await wait(500)
      quiet(`the room ${room}`)
    }
    // Where one types, a spell checker would want a dictionary.
    await page.getByRole('button', { name: 'Inspect', exact: true }).click()
    await page.keyboard.type('teh certifcate of exmaple.com')
    await wait(idleSeconds * 1000)
    quiet(`${idleSeconds} seconds alone`)
  } finally {
    await desktop.close()
  }
  const again = await launch({ userData })
  await wait(5000)
  quiet('the second start')
  await again.close()
  await wait(2000)
  quiet('its end')
  forget(desktop)
})

test('the command line contacts nobody but whom it is told to', async () => {
  const start = sent()
  const bin = join(root, 'bin/countersign.mjs')
  // Whether a certificate is good, and with it the exit code, is not the question here.
  const say = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' }).stdout
  expect(say('providers')).toContain('Truv')
  expect(say('inspect', ...withAddresses.slice(0, 20), '--json')).toContain('sha256')
  expect(say('verify', withAddresses[0] ?? '', '--json')).toContain('"reason"')
  expect(say('policy')).toContain('No policy')
  expect(say('--help')).toContain('countersign')
  expect(sent() - start).toBe(0)
})
