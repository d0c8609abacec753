import { readdirSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { dropFiles } from './support/app.ts'
import { type Bench, corpus, openBench } from './support/inspect.ts'

let bench: Bench
let many: string
let some: string
let long: string
test.beforeAll(async () => {
  bench = await openBench()
  const pems = manyPems()
  many = bench.file('many.pem', pems.join(''))
  some = bench.file('some.pem', pems.slice(0, 6000).join(''))
  // Some seconds of reading, whatever the computer: long enough for a test to come in between.
  long = bench.file('long.pem', pems.join('').repeat(3))
})
test.afterAll(() => bench.close())

const count = 10_000

/** Ten thousand certificates that differ: one of OpenSSL's with another serial number and name each. */
function manyPems(): string[] {
  const { openssl } = bench
  const subject = ['-subj', '/O=Acme Payments/CN=client-00000.acme.example']
  const serial = '7711223344556677'
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'one.key']
  openssl('req', '-x509', ...key, ...subject, '-set_serial', `0x${serial}`, '-outform', 'DER', '-out', 'one.der')
  const pem = openssl('x509', '-inform', 'DER', '-in', 'one.der')
  const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64')
  const serialAt = der.indexOf(Buffer.from(serial, 'hex')) + 4
  const nameAt: number[] = []
  for (let at = der.indexOf('client-00000'); at >= 0; at = der.indexOf('client-00000', at + 1)) nameAt.push(at + 7)
  return Array.from({ length: count }, (_, number) => {
    der.writeUInt32BE(number, serialAt)
    for (const at of nameAt) der.write(String(number).padStart(5, '0'), at)
    const lines = der.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')
    return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
  })
}

type Timed = Window & { longest: number[] }

test('ten thousand certificates: first rows at once, all of them soon, and the page never holds still', async () => {
  const { page, tree } = bench
  await page.getByRole('button', { name: 'Inspect', exact: true }).click()
  await page.getByRole('heading', { name: 'Inspect' }).waitFor()
  await page.evaluate(() => {
    const longest: number[] = []
    Object.assign(window, { longest })
    new PerformanceObserver((list) => longest.push(...list.getEntries().map((entry) => entry.duration))).observe({
      entryTypes: ['longtask'],
    })
  })
  const longTasks = () => page.evaluate(() => (window as unknown as Timed).longest.splice(0).map(Math.round))

  const start = performance.now()
  await dropFiles(page, [many], { x: 400, y: 300 })
  await tree.getByRole('treeitem', { name: /^client-00000/ }).waitFor()
  const first = performance.now() - start
  await page.getByText('10,000 objects in 1 file').waitFor({ timeout: 60_000 })
  const all = performance.now() - start
  const reading = await longTasks()
  await page.getByRole('textbox', { name: 'Search objects' }).click()
  await page.keyboard.type('client-0777', { delay: 40 })
  await expect(page.getByText('10 of 10,000 shown')).toBeVisible()
  const typing = await longTasks()
  await page.keyboard.press('ArrowDown')
  await expect(bench.pane).toContainText('client-07770.acme.example')
  await page.getByRole('button', { name: 'Show all' }).click()
  await tree.focus()
  await page.keyboard.press('End')
  await expect(bench.pane).toContainText('client-09999.acme.example')
  await page.keyboard.press('Home')
  for (let screen = 0; screen < 30; screen++) await page.keyboard.press('PageDown')
  const scrolling = await longTasks()
  const words = { first: Math.round(first), all: Math.round(all), reading, typing, scrolling }
  console.log(`ten thousand certificates, in ms: ${JSON.stringify(words)}`)
})

test('a long reading is cancelled where it is, and what was read stays', async () => {
  const { page, tree } = bench
  // Pressed in the page, as soon as there are rows: from here it would often come too late.
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      const button = document.querySelector<HTMLElement>('[role="progressbar"]')?.closest('[data-reading]')
      if (!button) return
      watch.disconnect()
      button.querySelector('button')?.click()
    })
    watch.observe(document.body, { childList: true, subtree: true })
  })
  await dropFiles(page, [some], { x: 400, y: 300 })
  await expect(page.getByText(/^[\d,]+ objects of [\d,]+, then stopped, in 1 file$/)).toBeVisible()
  await tree.getByRole('treeitem', { name: /^client-00003/ }).click()
  await expect(bench.pane).toContainText('client-00003.acme.example')
})

test('a reader that hangs half-way is stopped: what was read stays, the rest is told, the window stays alive', async () => {
  const { page, desktop, tree, openssl } = bench
  openssl('x509', '-inform', 'DER', '-in', 'one.der', '-out', 'after.crt')
  await dropFiles(page, [long, `${bench.folder}/after.crt`], { x: 400, y: 300 })
  await page.getByRole('progressbar', { name: 'Objects read' }).waitFor()
  // No bytes are known that hang the reader; stopped by a signal it hangs like one that met them.
  const reader = await desktop.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name?.includes('Reader'))?.pid ?? 0,
  )
  expect(reader).toBeGreaterThan(0)
  process.kill(reader, 'SIGSTOP')
  const since = performance.now()
  await page.getByRole('button', { name: 'Group and sort' }).click()
  await page.getByRole('menuitemradio', { name: 'Nothing: one list' }).click()
  await page.keyboard.press('Escape')
  expect(performance.now() - since).toBeLessThan(4000)
  await expect(page.getByText(/objects in 2 files/)).toBeVisible({ timeout: 60_000 })
  await tree.focus()
  await page.keyboard.press('End')
  await expect(bench.pane).toContainText('client-00000.acme.example')
  await page.getByRole('textbox', { name: 'Search objects' }).fill('long.pem not recognised')
  await expect(tree.getByRole('treeitem')).toHaveCount(1)
  await tree.getByRole('treeitem').click()
  await expect(bench.pane.locator('[data-problem="file.took-too-long"]')).toBeVisible()
  await expect(bench.pane).toContainText('stopped after 5 seconds')
})

test('every hostile file of the corpus in one drop: each is told, and the window answers', async () => {
  const { page, tree } = bench
  const files = readdirSync(corpus('hostile')).map((file) => corpus(`hostile/${file}`))
  await bench.drop(...files)
  await expect(page.getByText(/objects in \d+ files/)).toBeVisible({ timeout: 90_000 })
  await tree.focus()
  await page.keyboard.press('Home')
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('ArrowDown')
    await page.waitForTimeout(60)
  }
  await expect(bench.pane).toBeVisible()
  expect(await page.locator('script:not([src])').count()).toBe(0)
})
