import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { builtFaultyReader, builtProgram } from '../support/built-reader.ts'
import { type Desktop, dropFiles, forget, launch, root } from './support/app.ts'
import { ask } from './support/desk.ts'
import { mailbox, put } from './support/provider.ts'

const folder = mailbox()
const bundle = readFileSync(join(root, 'test/fixtures/corpus/bundles/certifi__cacert.pem'), 'utf8')
const pems = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []
const many = (count: number) => Array.from({ length: count }, (_, i) => pems[i % pems.length]).join('')

let desktop: Desktop
test.beforeAll(async () => {
  desktop = await launch()
  await openVault(desktop.page, 'four plain words together')
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
  rmSync(folder, { recursive: true })
})

/** The process that reads; 0 when there is none. */
const readerPid = () =>
  desktop.app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name?.includes('Reader'))?.pid ?? 0)

async function runningReader(): Promise<number> {
  await ask(desktop.page, 'warmReader', {})
  // Known to be up, not only begun.
  await ask(desktop.page, 'startInspection', { work: 'up', source: { from: 'text', text: pems[0]! } })
  return readerPid()
}

const summary = () => desktop.page.getByRole('main')

async function drop(...paths: string[]) {
  await desktop.page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await desktop.page.getByRole('heading', { name: 'Calendar' }).waitFor()
  await dropFiles(desktop.page, paths, { x: 640, y: 400 })
}

test('foreign files are read in a process of their own that sees no environment', async () => {
  const pid = await runningReader()
  expect(pid).toBeGreaterThan(0)
  const names = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').filter(Boolean)
  expect(names.map((one) => one.split('=')[0])).toEqual(['COUNTERSIGN'])
})

test('a file that hangs the reader costs five seconds and itself; the window lives, the next drop works', async () => {
  const { page } = desktop
  const pid = await runningReader()
  // A stopped process is as deaf as one in an endless loop.
  process.kill(pid, 'SIGSTOP')
  const began = Date.now()
  await drop(put(folder, 'hang.pem', pems[0]!))
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible({ timeout: 1000 })
  await page.getByRole('button', { name: 'Inspect', exact: true }).click()
  await expect(page.getByText('was stopped after 5 seconds').first()).toBeVisible({ timeout: 9000 })
  expect(Date.now() - began).toBeGreaterThan(4500)
  await drop(put(folder, 'fine.pem', pems[1]!))
  await expect(summary()).toContainText('1 object in 1 file')
  expect(await readerPid()).not.toBe(pid)
})

test('a reader killed in the middle costs one file, which is named; the others are read', async () => {
  const pid = await runningReader()
  process.kill(pid, 'SIGSTOP')
  await drop(put(folder, 'one.pem', pems[0]!), put(folder, 'two.pem', pems[1]!), put(folder, 'three.pem', many(3)))
  await desktop.page.getByRole('heading', { name: 'Inspect' }).waitFor()
  // Long enough for the files to be in its hands on a busy computer, short enough not to be stopped for its silence.
  await desktop.page.waitForTimeout(2500)
  process.kill(pid, 'SIGKILL')
  await expect(summary()).toContainText('5 objects in 3 files')
  await expect(desktop.page.getByText('ended on it').first()).toBeVisible()
})

test('a reader killed while nobody reads costs nothing: what was listed opens all the same', async () => {
  const { page } = desktop
  await drop(put(folder, 'listed.pem', many(40)))
  await expect(summary()).toContainText('40 objects in 1 file')
  process.kill(await readerPid(), 'SIGKILL')
  await page.getByRole('treeitem').nth(3).click()
  await expect(page.getByRole('article', { name: 'Opened object' })).toContainText('Certificate')
})

test('ten thousand certificates are listed, the first of them at once', async () => {
  const { page } = desktop
  const file = put(folder, 'many.pem', many(10_000))
  await drop(file)
  await expect(page.getByRole('treeitem').nth(5)).toBeVisible({ timeout: 5000 })
  await expect(summary()).toContainText('10,000 objects in 1 file', { timeout: 20_000 })
})

test('whatever brings the reader’s process down is told from a fault of the file beside it', async () => {
  test.setTimeout(120_000)
  const [program, reader] = await Promise.all([builtProgram('test/support/reader-in-electron.ts'), builtFaultyReader()])
  const home = dirname(fileURLToPath(program))
  writeFileSync(join(home, 'package.json'), '{ "name": "reader-test", "version": "1.0.0", "main": "program.mjs" }')
  const output = join(home, 'said.jsonl')
  const electron = process.env.COUNTERSIGN_ELECTRON_BINARY ?? join(root, 'node_modules/electron/dist/electron')
  const env = { ...process.env, TEST_READER: fileURLToPath(reader), TEST_GOOD: pems[0]!, TEST_OUTPUT: output }
  await new Promise((resolve) => spawn(electron, [home], { env, stdio: 'ignore' }).once('exit', resolve))
  const said = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(said.map(({ how, said: became, opened }) => [how, became, opened])).toEqual([
    ['HANG', ['certificate', 'file.took-too-long', 'certificate'], true],
    ['HOARD', ['certificate', 'file.took-too-much', 'certificate'], true],
    ['FILL', ['certificate', 'file.took-too-much', 'certificate'], true],
    ['THROW', ['certificate', 'file.stopped-reader', 'certificate'], true],
    ['EXIT', ['certificate', 'file.stopped-reader', 'certificate'], true],
  ])
  rmSync(home, { recursive: true })
})
