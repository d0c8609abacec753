import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { unwrapByKeychain } from '../../electron/vault/key-wraps.ts'
import { understandRecord } from '../../electron/vault/record-file.ts'
import { identityKind } from '../../electron/vault/record-kinds.ts'
import { deriveKey } from '../../electron/vault/seal.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { ok } from '../../shared/result.ts'
import { noKeychain } from '../support/fake-keychain.ts'
import { fixedKeychain } from '../support/fixed-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { value } from '../support/test-means.ts'

const fixtures = new URL('../fixtures/vault/', import.meta.url).pathname
const earlier = readdirSync(fixtures)

describe.each(earlier)('a vault of %s', (name) => {
  const expected = JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8'))
  let folder: string
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'formats-')), 'vault')
    cpSync(join(fixtures, name, 'vault'), folder, { recursive: true })
  })

  it('opens with its passphrase and gives every record and key', async () => {
    const vault = createVault(folder, noKeychain)
    expect((await vault.identities.list()).records).toHaveLength(expected.records.length)
    value(await vault.unlock(expected.passphrase))
    const { records, damaged } = await vault.identities.list()
    expect(damaged).toEqual([])
    for (const record of expected.records) {
      expect(records.find(({ handle }) => handle === record.handle)).toMatchObject(record)
      const key = value(await vault.identities.secret(record.handle, 'privateKey'))
      expect(key?.toString('base64')).toBe(expected.keys[record.handle])
    }
    expect((await vault.practice.list()).records).toHaveLength(1)
  })

  it('is written in the present format record by record, and its own file at the first write', async () => {
    const vault = createVault(folder, noKeychain)
    value(await vault.unlock(expected.passphrase))
    const [first, second] = expected.records as { handle: string }[]
    await vault.identities.change(first!.handle, (it) => ({ ...it, accepted: ['changed'] }))
    const formatOf = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')).format
    expect(formatOf(`identities/${first!.handle}.json`)).toBe(2)
    expect(formatOf(`identities/${second!.handle}.json`)).toBe(1)
    expect(formatOf('vault.json')).toBe(2)
    const again = createVault(folder, noKeychain)
    value(await again.unlock(expected.passphrase))
    expect((await again.identities.find(first!.handle))?.accepted).toEqual(['changed'])
    expect((await again.identities.list()).damaged).toEqual([])
  })

  it('is told from one whose record of the old format was altered', async () => {
    const { handle } = expected.records[0]
    const file = join(folder, 'identities', `${handle}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"practice": false', '"practice": true'))
    const vault = createVault(folder, noKeychain)
    value(await vault.unlock(expected.passphrase))
    expect((await vault.identities.list()).damaged).toHaveLength(1)
  })
})

describe('a record', () => {
  let folder: string
  const record = identityRecord('Acme')
  const file = () => join(folder, 'identities', `${record.handle}.json`)
  const open = () => createVault(folder, fixedKeychain)
  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'formats-')), 'vault')
    await open().identities.add(record.handle, record, { privateKey: Buffer.from('a key') })
  })

  it.each([
    ['a newer format', { format: 3 }],
    ['a newer version', { version: 99 }],
  ])('of %s stays where it is, and says that it needs a newer app', async (_, change) => {
    const vault = open()
    await vault.ready()
    const stored = JSON.parse(readFileSync(file(), 'utf8'))
    // What vouches for a newer version is genuine; only its form is unknown. Locked, nobody can tell: so here too.
    writeFileSync(file(), JSON.stringify({ ...stored, ...change }))
    const locked = createVault(folder, noKeychain)
    const { records, damaged } = await locked.identities.list()
    expect([records, damaged]).toEqual([[], [`Acme: ${record.handle}.json, needs a newer Countersign`]])
    expect(readdirSync(join(folder, 'identities'))).toEqual([`${record.handle}.json`])
  })

  it('with any one byte altered is refused or reads as it was written, and never gives another secret', async () => {
    const good = readFileSync(file())
    const vault = open()
    await vault.ready()
    const keys = keysOf(folder)
    let refused = 0
    for (const [at, byte] of good.entries()) {
      for (const flip of [0x01, 0x02, 0x20, 0x80]) {
        good[at] = byte ^ flip
        const understood = understandRecord(identityKind, record.handle, good.toString('utf8'), keys)
        if (understood.is !== 'sound') refused++
        else expect(understood.stored).toMatchObject({ record, generation: 1 })
      }
      good[at] = byte
    }
    // What is left are letters of base64 and spaces that mean the same; there are none.
    expect(refused).toBe(good.length * 4)
    expect(understandRecord(identityKind, record.handle, good.toString('utf8'), keys).is).toBe('sound')
  })

  it('put back in an older version is told, and told no more once it is written again', async () => {
    const old = readFileSync(file())
    await open().identities.change(record.handle, (it) => ({ ...it, serverCaPem: 'the new CA' }))
    writeFileSync(file(), old)
    const again = open()
    const { records, damaged } = await again.identities.list()
    expect(records).toHaveLength(1)
    expect(damaged).toEqual([`Acme: ${record.handle}.json, an older version than was written last`])
    await again.identities.change(record.handle, (it) => it)
    expect((await open().identities.list()).damaged).toEqual([])
  })

  it('that somebody deleted comes back from its previous version, and is named', async () => {
    await open().identities.change(record.handle, (it) => ({ ...it, accepted: ['later'] }))
    rmSync(file())
    const { records, damaged } = await open().identities.list()
    expect(records).toHaveLength(1)
    expect(damaged).toEqual([expect.stringContaining('was missing')])
  })

  it('that somebody deleted for good is named as missing', async () => {
    rmSync(file())
    expect((await open().identities.list()).damaged).toEqual([expect.stringContaining('was missing')])
    await open().settle('identity', record.handle)
    expect((await open().identities.list()).damaged).toEqual([])
  })
})

it('the vault’s own file with any one byte altered is never taken for another vault', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'formats-')), 'vault')
  const record = identityRecord('Acme')
  await createVault(folder, fixedKeychain).identities.add(record.handle, record, { privateKey: Buffer.from('a key') })
  const path = join(folder, 'vault.json')
  const good = readFileSync(path)
  for (const [at, byte] of good.entries()) {
    good[at] = byte ^ 0x01
    writeFileSync(path, good)
    writeFileSync(`${path}.copy`, good)
    const secret = await createVault(folder, fixedKeychain, { readOnly: true }).identities.secret(
      record.handle,
      'privateKey',
    )
    const said = secret.ok ? secret.value?.toString() : secret.problem.code
    expect(['vault.file-lost', 'vault.keychain-lost', 'a key']).toContain(said)
    // Only the name of the keychain could be altered unnoticed, and it is vouched for.
    expect(said).not.toBe('a key')
    good[at] = byte
  }
}, 20_000)

it('a copy of the vault’s own file is mended when one of the two is lost', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'formats-')), 'vault')
  const record = identityRecord('Acme')
  await createVault(folder, fixedKeychain).identities.add(record.handle, record, {})
  const path = join(folder, 'vault.json')
  const good = readFileSync(path, 'utf8')
  writeFileSync(path, good.slice(0, 100))
  const vault = createVault(folder, fixedKeychain)
  expect(await vault.identities.change(record.handle, (it) => it)).toMatchObject(ok({}))
  expect(readFileSync(path, 'utf8')).toBe(good)
})

function keysOf(folder: string) {
  const { id, wraps } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'))
  const key = unwrapByKeychain(wraps[0], id, fixedKeychain)!
  return {
    id,
    sealing: deriveKey(key, `sealing ${id}`),
    vouching: deriveKey(key, `vouching ${id}`),
    backup: deriveKey(key, `backup ${id}`),
  }
}
