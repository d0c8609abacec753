import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { keptBackups } from '../../electron/vault/automatic-backups.ts'
import { byVault, packBackup, unpackBackup } from '../../electron/vault/backup-box.ts'
import { createVault, type Vault } from '../../electron/vault/vault.ts'
import { ok, refuse } from '../../shared/result.ts'
import { fakeKeychain } from '../support/fake-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { value } from '../support/test-means.ts'

const passphrase = 'four plain words together'
const secret = Buffer.from('a private key, in truth')
const day = 86_400_000

let root: string
let keychain: ReturnType<typeof fakeKeychain>
let now: Date
let vault: Vault
const open = (folder = root) => createVault(join(folder, 'vault'), keychain, { now: () => now })
const elsewhere = () => createVault(join(mkdtempSync(join(tmpdir(), 'backup-')), 'vault'), fakeKeychain())
const names = async (of: Vault) => (await of.identities.list()).records.map(({ plan }) => plan.name).sort()

const [acme, bolt] = [identityRecord('Acme'), identityRecord('Bolt')]

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-'))
  keychain = fakeKeychain()
  now = new Date('2026-03-01T12:00:00Z')
  vault = open()
  for (const one of [acme, bolt]) {
    await vault.identities.add(one.handle, one, { privateKey: secret, blanks: Buffer.from('{"id":"x"}') })
  }
  await vault.practice.add('truv', { provider: 'truv', certificatePem: 'x' }, { privateKey: secret })
})

describe('a backup with a passphrase of its own', () => {
  it('moves everything to another computer, secrets included', async () => {
    const { text, records } = value(await vault.backups.make(passphrase))
    expect(records).toBe(3)
    for (const form of ['utf8', 'base64', 'hex'] as const) expect(text).not.toContain(secret.toString(form))
    const other = elsewhere()
    await other.ready()
    const { backup, items } = value(await other.backups.open(text, 'mine.backup', passphrase))
    expect(items.map(({ name, is, hasKey }) => [name, is, hasKey])).toEqual([
      ['Acme', 'new', true],
      ['Bolt', 'new', true],
      ['truv', 'new', true],
    ])
    const choices = items.map(({ kind, id }) => ({ kind, id, take: 'theirs' as const }))
    expect(await other.backups.restore(backup, choices)).toEqual(ok({ restored: 3 }))
    expect(await names(other)).toEqual(['Acme', 'Bolt'])
    expect(await other.identities.secret(acme.handle, 'privateKey')).toEqual(ok(secret))
    expect(await other.identities.find(acme.handle)).toEqual(acme)
    const { lines } = await other.journal.read({ search: 'restored', most: 9 })
    expect(lines.map(({ name }) => name)).toEqual(['truv', 'Bolt', 'Acme'])
  })

  it('says what is new, the same and different, and does what was chosen for each', async () => {
    const { text } = value(await vault.backups.make(passphrase))
    await vault.identities.remove(bolt.handle)
    await vault.identities.change(acme.handle, (it) => ({ ...it, plan: { ...it.plan, name: 'Acme today' } }))
    const again = async () => value(await vault.backups.open(text, 'mine.backup', passphrase))
    const { items } = await again()
    expect(items.map(({ name, is }) => `${name}: ${is}`)).toEqual(['Acme: different', 'Bolt: new', 'truv: same'])
    const take = async (choice: 'mine' | 'theirs' | 'both') => {
      const { backup } = await again()
      return vault.backups.restore(backup, [{ kind: 'identity', id: acme.handle, take: choice }])
    }
    expect(await take('mine')).toEqual(ok({ restored: 0 }))
    expect(await names(vault)).toEqual(['Acme today'])
    expect(await take('both')).toEqual(ok({ restored: 1 }))
    expect(await names(vault)).toEqual(['Acme (restored)', 'Acme today'])
    const copy = (await vault.identities.list()).records.find(({ plan }) => plan.name === 'Acme (restored)')!
    expect(copy.handle).not.toBe(acme.handle)
    expect(await vault.identities.secret(copy.handle, 'privateKey')).toEqual(ok(secret))
    expect(await take('theirs')).toEqual(ok({ restored: 1 }))
    expect(await names(vault)).toEqual(['Acme', 'Acme (restored)'])
  })

  it('tells a difference in a secret alone, and takes away what the backup does not have', async () => {
    const { text } = value(await vault.backups.make(passphrase))
    await vault.identities.change(acme.handle, (it) => it, { call: Buffer.from('later') })
    const { backup, items } = value(await vault.backups.open(text, 'mine.backup', passphrase))
    expect(items.find(({ id }) => id === acme.handle)?.is).toBe('different')
    await vault.backups.restore(backup, [{ kind: 'identity', id: acme.handle, take: 'theirs' }])
    expect(await vault.identities.secret(acme.handle, 'call')).toEqual(ok(undefined))
  })

  it('is refused with another passphrase, as another file, and once it was closed or the vault locked', async () => {
    const { text } = value(await vault.backups.make(passphrase))
    expect(await vault.backups.open(text, 'b', 'another passphrase')).toEqual(
      refuse({ code: 'backup.passphrase-wrong', name: 'b' }),
    )
    expect(await vault.backups.open('nonsense', 'b', passphrase)).toEqual(refuse({ code: 'backup.not-one', name: 'b' }))
    expect(await vault.backups.open(text.replace('backup 1', 'backup 2'), 'b', passphrase)).toEqual(
      refuse({ code: 'backup.newer', name: 'b' }),
    )
    expect(await vault.backups.make('short')).toEqual(refuse({ code: 'key.passphrase-short', least: 8 }))
    const { backup } = value(await vault.backups.open(text, 'b', passphrase))
    await vault.backups.close(backup)
    expect(await vault.backups.restore(backup, [])).toEqual(refuse({ code: 'backup.not-open' }))
  })
})

it('a backup with any byte altered is refused, never misread', async () => {
  const keyOf = byVault('a'.repeat(32), Buffer.alloc(32, 7))
  const head = {
    key: 'vault' as const,
    vault: 'a'.repeat(32),
    salt: 'b'.repeat(32),
    made: '2026-03-01T12:00:00.000Z',
    records: 1,
    digest: 'c'.repeat(64),
  }
  const content = Buffer.from('{"format":1,"files":[]} and some more, so that there are several lines of it'.repeat(2))
  const text = await packBackup(head, content, keyOf)
  expect(await unpackBackup(text, keyOf)).toEqual(content)
  const bytes = Buffer.from(text)
  let refused = 0
  for (const [at, byte] of bytes.entries()) {
    for (const flip of [0x01, 0x20, 0x80, 0xff]) {
      bytes[at] = byte ^ flip
      if ((await unpackBackup(bytes.toString('utf8'), keyOf)) === null) refused++
    }
    bytes[at] = byte
  }
  expect(refused).toBe(bytes.length * 4)
  for (let length = 0; length < text.length; length++)
    expect(await unpackBackup(text.slice(0, length), keyOf)).toBeNull()
})

describe('automatic backups', () => {
  const list = async () => (await vault.backups.automatic.list()).map(({ name }) => name)
  const change = (n: number) => vault.identities.change(acme.handle, (it) => ({ ...it, accepted: [`code.${n}`] }))

  it('are made once a day, and only when something changed', async () => {
    expect(await vault.backups.automatic.run('due')).toEqual(ok('000001-2026-03-01.backup'))
    expect(await vault.backups.automatic.run('due')).toEqual(ok(null))
    expect(await vault.backups.automatic.run('now')).toEqual(ok(null))
    await change(1)
    expect(await vault.backups.automatic.run('due')).toEqual(ok(null))
    now = new Date(now.getTime() + day)
    expect(await vault.backups.automatic.run('due')).toEqual(ok('000002-2026-03-02.backup'))
  })

  it('keep the last seven, also when the clock was years ahead in between', async () => {
    for (let n = 1; n <= 10; n++) {
      now = new Date(Date.parse('2026-03-01T12:00:00Z') + n * day + (n === 4 ? 10 * 365 * day : 0))
      await change(n)
      expect((await vault.backups.automatic.run('due')).ok).toBe(true)
    }
    expect(await list()).toHaveLength(keptBackups)
    expect((await list())[0]).toBe('000010-2026-03-11.backup')
    expect((await list()).at(-1)).toBe('000004-2036-03-02.backup')
  })

  it('hold no secret in the clear, and throw nothing away while something is damaged', async () => {
    for (let n = 1; n <= 7; n++) {
      now = new Date(now.getTime() + day)
      await change(n)
      await vault.backups.automatic.run('due')
    }
    const file = join(root, 'vault', 'identities', `${bolt.handle}.json`)
    writeFileSync(file, 'damaged')
    vault = open()
    now = new Date(now.getTime() + day)
    await change(8)
    await vault.backups.automatic.run('due')
    expect(await list()).toHaveLength(8)
    for (const name of await list()) {
      const text = readFileSync(join(root, 'backups', name), 'utf8')
      expect(text).not.toContain('Acme')
    }
  })

  it('bring back one damaged record, which is then whole and told no more', async () => {
    await vault.backups.automatic.run('now')
    const file = join(root, 'vault', 'identities', `${bolt.handle}.json`)
    writeFileSync(file, 'damaged')
    vault = open()
    const [damage] = await vault.damage()
    expect(damage).toMatchObject({ kind: 'identity', id: bolt.handle, why: 'damaged' })
    expect(await names(vault)).toEqual(['Acme'])
    const [held] = await vault.backups.automatic.holding('identity', bolt.handle)
    expect(held?.name).toBe('000001-2026-03-01.backup')
    expect(await vault.backups.automatic.restoreRecord('identity', bolt.handle, held!.name)).toEqual(ok(null))
    expect(await names(vault)).toEqual(['Acme', 'Bolt'])
    expect(await vault.identities.secret(bolt.handle, 'privateKey')).toEqual(ok(secret))
    expect(await open().damage()).toEqual([])
    // The damaged file itself stays, for whoever wants to look into it.
    expect(readdirSync(join(root, 'vault', 'identities')).some((name) => name.includes('.settled-'))).toBe(true)
  })

  it('bring back a vault whose folder is gone altogether', async () => {
    await vault.backups.automatic.run('now')
    rmSync(join(root, 'vault'), { recursive: true })
    const again = open()
    expect(await again.state()).toMatchObject({ state: 'open' })
    const name = (await again.backups.automatic.list())[0]!.name
    const { backup, items } = value(await again.backups.openAutomatic(name))
    const choices = items.map(({ kind, id }) => ({ kind, id, take: 'theirs' as const }))
    expect(await again.backups.restore(backup, choices)).toEqual(ok({ restored: 3 }))
    expect(await again.identities.secret(acme.handle, 'privateKey')).toEqual(ok(secret))
  })

  it('are opened by their own vault alone', async () => {
    await vault.backups.automatic.run('now')
    const other = mkdtempSync(join(tmpdir(), 'backup-'))
    await open(other).ready()
    renameSync(join(root, 'backups'), join(other, 'backups'))
    expect((await open(other).backups.openAutomatic('000001-2026-03-01.backup')).ok).toBe(false)
  })
})
