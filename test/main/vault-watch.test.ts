import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVault } from '../../electron/vault/vault.ts'
import { createVaultWatch } from '../../electron/vault-watch.ts'
import { fakeKeychain } from '../support/fake-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { openTestDesk, type TestDesk } from '../support/test-means.ts'

const power = { getSystemIdleTime: () => 0, on: () => {}, off: () => {} }
const keychain = fakeKeychain()
const record = identityRecord('Acme')

let desk: TestDesk
let watch: ReturnType<typeof createVaultWatch>
const faults: unknown[] = []
const until = async (condition: () => boolean | Promise<boolean>) => {
  for (let i = 0; i < 200 && !(await condition()); i++) await new Promise((resolve) => setTimeout(resolve, 25))
  expect(await condition()).toBe(true)
}

beforeEach(async () => {
  desk = openTestDesk()
  const vault = join(desk.folder, 'vault')
  Object.assign(desk.means.vault, createVault(vault, keychain))
  await desk.means.vault.identities.add(record.handle, record, {})
  watch = createVaultWatch(desk.means, vault, power)
  watch.start((fault) => faults.push(fault))
})
afterEach(() => {
  watch.stop()
  expect(faults).toEqual([])
})

describe('around the vault', () => {
  it('the journal has that the keychain opened it, when there is something in it', async () => {
    await until(async () => (await desk.means.vault.journal.read({ search: 'unlocked', most: 1 })).lines.length === 1)
    const { lines } = await desk.means.vault.journal.read({ search: '', most: 9 })
    expect(lines).toMatchObject([{ what: 'unlocked', kind: 'vault', detail: 'by test keychain' }])
  })

  it('the page hears of what another process writes, within moments and without asking', async () => {
    await until(async () => (await desk.means.vault.journal.read({ search: '', most: 1 })).lines.length === 1)
    await desk.means.vault.look()
    desk.outside.news.length = 0
    const other = createVault(join(desk.folder, 'vault'), keychain)
    await other.identities.change(record.handle, (it) => ({ ...it, plan: { ...it.plan, name: 'From elsewhere' } }))
    await until(() => desk.outside.news.some(({ kind }) => kind === 'vault-changed'))
    const kinds = desk.outside.news.map(({ kind }) => kind)
    expect(kinds.slice(0, 2)).toEqual(['identities-changed', 'authorities-changed'])
    expect((await desk.means.vault.identities.find(record.handle))?.plan.name).toBe('From elsewhere')
  })
})
