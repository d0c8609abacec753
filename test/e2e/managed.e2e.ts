import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { openVault } from '../../scripts/tour/journey.mjs'
import { forget, launch } from './support/app.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'countersign-managed-'))
const picture = (name: string) => join(process.env.COUNTERSIGN_OUT ?? tmpdir(), `${name}.png`)

test('what an organisation decides is shown as decided, and cannot be changed', async () => {
  const file = join(folder(), 'policy.json')
  const policy = {
    organisation: 'Acme Ltd',
    proxy: { by: 'address', url: 'http://proxy.acme.example:3128' },
    providers: { allow: ['truv', 'nuapay'], own: false },
    passphrase: { minimum: 14 },
    updates: { enabled: false },
  }
  writeFileSync(file, JSON.stringify(policy), { mode: 0o644 })
  const desktop = await launch({ env: { COUNTERSIGN_POLICY: file } })
  const { page } = desktop
  try {
    await openVault(page, 'four plain words together')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const proxy = page.getByRole('region', { name: 'Proxy', exact: true })
    await expect(proxy.getByText('Managed by Acme Ltd')).toBeVisible()
    for (const choice of await proxy.getByRole('radio').all()) await expect(choice).toBeDisabled()
    const providers = page.getByRole('region', { name: 'Providers', exact: true })
    await expect(providers.getByText('Managed by Acme Ltd')).toBeVisible()
    await expect(providers.getByRole('row')).toHaveCount(3)
    await expect(providers.getByRole('button', { name: 'Add provider file…' })).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Policy', exact: true })).toContainText(file)
    await page.getByRole('region', { name: 'Policy', exact: true }).scrollIntoViewIfNeeded()
    await page.screenshot({ path: picture('managed-policy') })
    await proxy.scrollIntoViewIfNeeded()
    await page.screenshot({ path: picture('managed-proxy') })
    const changed = await page.evaluate(() =>
      (globalThis as unknown as { desk: { changeSettings(change: unknown): Promise<unknown> } }).desk.changeSettings({
        proxy: { by: 'none' },
      }),
    )
    expect(changed).toMatchObject({ ok: false, problem: { code: 'policy.managed' } })
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

test('a broken policy says which line is wrong, beside what it stops', async () => {
  const file = join(folder(), 'policy.json')
  writeFileSync(file, '{\n  "organisation": "Acme Ltd",\n  "proxy": { "by": "adress" }\n}\n', { mode: 0o644 })
  const desktop = await launch({ env: { COUNTERSIGN_POLICY: file }, appearance: 'dark' })
  const { page } = desktop
  try {
    await openVault(page, 'four plain words together')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const proxy = page.getByRole('region', { name: 'Proxy', exact: true })
    await expect(proxy.getByText(/Refused: the policy of this computer is broken.*line 3/)).toBeVisible()
    await proxy.scrollIntoViewIfNeeded()
    await page.screenshot({ path: picture('managed-broken') })
  } finally {
    await desktop.close()
    forget(desktop)
  }
})

test('an update is looked for, downloaded and installed by three presses, and by none fewer', async () => {
  const keys = generateKeyPairSync('ed25519')
  const bytes = Buffer.concat([Buffer.from('#!/bin/sh\ntouch "$0.ran"\n'), Buffer.alloc(2_000_000, '#')])
  const digest = createHash('sha512').update(bytes).digest('base64')
  const name = 'Countersign-99.1.0.AppImage'
  const notes = 'releaseNotes: |\n  Reads more kinds of keystores.\n  Fixes the calendar in leap years.\n'
  const feed = `version: 99.1.0\nfiles:\n  - url: ${name}\n    sha512: ${digest}\n    size: ${bytes.length}\nreleaseDate: '2026-03-01T10:00:00.000Z'\n${notes}`
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    asked.push(path)
    if (path === '/latest-linux.yml') response.end(feed)
    else if (path === '/latest-linux.yml.sig')
      response.end(sign(null, Buffer.from(feed), keys.privateKey).toString('base64'))
    else response.end(bytes)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const build = folder()
  const updateKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  writeFileSync(join(build, 'package.json'), JSON.stringify({ updateKey }))
  writeFileSync(
    join(build, 'app-update.yml'),
    `provider: generic\nurl: ${url}\nupdaterCacheDirName: countersign-updater\n`,
  )
  const appImage = join(build, 'Countersign.AppImage')
  writeFileSync(appImage, 'old', { mode: 0o755 })
  const cache = join(build, 'cache')
  mkdirSync(cache)
  const env = { COUNTERSIGN_UPDATES: build, APPIMAGE: appImage, APPDIR: '/', XDG_CACHE_HOME: cache }
  const desktop = await launch({ env })
  const { app, page } = desktop
  try {
    await openVault(page, 'four plain words together')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const updates = page.getByRole('region', { name: 'Updates', exact: true })
    await updates.scrollIntoViewIfNeeded()
    await expect(updates.getByRole('switch')).not.toBeChecked()
    await expect(updates).toContainText('Never checked')
    expect(asked).toEqual([])
    await page.screenshot({ path: picture('updates-idle') })
    await updates.getByRole('button', { name: 'Check now' }).click()
    await expect(updates).toContainText('Version 99.1.0')
    await expect(updates).toContainText('leap years')
    await expect(page.getByText('Version 99.1.0 is there')).toBeVisible()
    expect(asked).toEqual(['/latest-linux.yml', '/latest-linux.yml.sig'])
    await page.screenshot({ path: picture('updates-offered') })
    await updates.getByRole('button', { name: /^Download/ }).click()
    const restart = updates.getByRole('button', { name: 'Restart to install' })
    await expect(restart).toBeVisible()
    expect(readFileSync(appImage, 'utf8')).toBe('old')
    await restart.scrollIntoViewIfNeeded()
    await page.screenshot({ path: picture('updates-ready') })
    const ended = new Promise((done) => app.process().once('exit', done))
    await restart.click()
    await ended
    expect(readFileSync(appImage)).toEqual(bytes)
    await expect.poll(() => existsSync(`${appImage}.ran`)).toBe(true)
  } finally {
    server.closeAllConnections()
    server.close()
    await desktop.close().catch(() => {})
    forget(desktop)
  }
})
