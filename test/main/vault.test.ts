import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { IdentityRecord } from '../../electron/vault/identity-record.ts'
import type { Keychain } from '../../electron/vault/keychain.ts'
import { newHandle } from '../../electron/vault/records.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { ok, refuse } from '../../shared/result.ts'
import { fakeKeychain, noKeychain } from '../support/fake-keychain.ts'

const passphrase = 'correct horse battery'
const secret = Buffer.from('a private key, in truth')

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'vault-')), 'vault')
})

function record(name: string, handle = newHandle()): IdentityRecord {
  return {
    handle,
    plan: {
      provider: 'other',
      environment: 'live',
      name,
      answers: {},
      subject: { CN: name },
      subjectAltNames: [],
      key: 'ec-p256',
    },
    providerName: 'Other',
    environmentName: 'Live',
    state: 'requested',
    createdAt: '2026-01-01T00:00:00.000Z',
    requestPem: '-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n',
    spkiSha256: handle,
    chainPem: [],
    practice: false,
    accepted: [],
    remembered: [],
    history: [],
  }
}

async function vaultWith(keychain: Keychain, ...names: string[]) {
  const vault = createVault(folder, keychain)
  const records = names.map((name) => record(name))
  for (const one of records) {
    const added = await vault.identities.add(one.handle, one, { privateKey: secret, blanks: Buffer.from('{"id":"x"}') })
    expect(added.ok).toBe(true)
  }
  return { vault, records }
}

/** As it lies on disk, without its schema: tests alter it. */
type StoredFile = { record: { plan: object }; sealed: { privateKey: object; blanks: object } }

const fileOf = (handle: string) => join(folder, 'identities', `${handle}.json`)
const edit = (handle: string, change: (file: StoredFile) => void) => {
  const file = JSON.parse(readFileSync(fileOf(handle), 'utf8'))
  change(file)
  writeFileSync(fileOf(handle), JSON.stringify(file))
}
const listed = async (keychain: Keychain) => {
  const { records, damaged } = await createVault(folder, keychain).identities.list()
  return { names: records.map(({ plan }) => plan.name).sort(), damaged }
}

describe('a vault kept by the keychain', () => {
  it('makes itself on first need, and not before', async () => {
    const vault = createVault(folder, fakeKeychain())
    expect(await vault.state()).toEqual({
      state: 'open',
      keptBy: 'keychain',
      keychain: 'test keychain',
      ways: ['keychain'],
    })
    expect(existsSync(folder)).toBe(false)
    expect(await vault.ready()).toEqual(ok(null))
    expect(existsSync(join(folder, 'vault.json'))).toBe(true)
  })

  it('opens again in the next session', async () => {
    const keychain = fakeKeychain()
    const { records } = await vaultWith(keychain, 'Acme')
    const again = createVault(folder, keychain)
    expect(await again.identities.secret(records[0]!.handle, 'privateKey')).toEqual(ok(secret))
  })

  it('writes no secret in the clear, and every file for its user alone', async () => {
    const { records } = await vaultWith(fakeKeychain(), 'Acme')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(
      files
        .map(({ name }) => name)
        .filter((name) => !name.includes(records[0]!.handle))
        .sort(),
    ).toEqual(['manifest.json', 'vault.json', 'vault.json.copy'])
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name)
      const text = readFileSync(path, 'utf8')
      expect(statSync(path).mode & 0o777).toBe(0o600)
      for (const form of ['utf8', 'base64', 'hex'] as const) expect(text).not.toContain(secret.toString(form))
    }
  })

  it('says that the keychain is lost when it was reset, and makes no second vault over the first', async () => {
    const keychain = fakeKeychain()
    await vaultWith(keychain, 'Acme')
    keychain.reset()
    const again = createVault(folder, keychain)
    expect(await again.state()).toMatchObject({ state: 'locked', keptBy: 'keychain' })
    expect(await again.ready()).toEqual(refuse({ code: 'vault.keychain-lost' }))
    expect(await again.unlock(passphrase)).toEqual(refuse({ code: 'vault.keychain-lost' }))
    expect(await listed(keychain)).toEqual({ names: ['Acme'], damaged: [] })
  })

  it('cannot be locked while nothing but the keychain could open it again', async () => {
    const { vault } = await vaultWith(fakeKeychain(), 'Acme')
    expect(await vault.lock()).toEqual(refuse({ code: 'vault.no-passphrase' }))
  })

  it('takes a passphrase as a second way in, which still works when the keychain is gone', async () => {
    const keychain = fakeKeychain()
    const { vault, records } = await vaultWith(keychain, 'Acme')
    expect(await vault.setPassphrase(passphrase)).toMatchObject(ok({ state: 'open', keptBy: 'keychain' }))
    keychain.present = false
    const again = createVault(folder, keychain)
    expect(await again.ready()).toEqual(refuse({ code: 'vault.locked' }))
    expect(await again.unlock(passphrase)).toMatchObject(ok({ state: 'open' }))
    expect(await again.identities.secret(records[0]!.handle, 'privateKey')).toEqual(ok(secret))
  })

  it('stays locked by hand although the keychain could open it', async () => {
    const { vault, records } = await vaultWith(fakeKeychain(), 'Acme')
    await vault.setPassphrase(passphrase)
    expect(await vault.lock()).toMatchObject(ok({ state: 'locked' }))
    expect(await vault.identities.secret(records[0]!.handle, 'privateKey')).toEqual(refuse({ code: 'vault.locked' }))
    expect(await vault.unlock(passphrase)).toMatchObject(ok({ state: 'open' }))
    expect(await vault.identities.secret(records[0]!.handle, 'privateKey')).toEqual(ok(secret))
  })
})

describe('a vault without keychain', () => {
  it('is new, seals nothing, and writes nothing', async () => {
    const vault = createVault(folder, noKeychain)
    expect(await vault.state()).toEqual({ state: 'new', keptBy: null, keychain: null, ways: [] })
    expect(await vault.ready()).toEqual(refuse({ code: 'vault.not-set-up' }))
    const one = record('Acme')
    expect(await vault.identities.add(one.handle, one, { privateKey: secret })).toEqual(
      refuse({ code: 'vault.not-set-up' }),
    )
    expect(await vault.unlock(passphrase)).toEqual(refuse({ code: 'vault.not-set-up' }))
    expect(existsSync(folder)).toBe(false)
  })

  it('takes a passphrase of eight characters, not of seven, however many bytes they have', async () => {
    const vault = createVault(folder, noKeychain)
    expect(await vault.setPassphrase('sevenxx')).toEqual(refuse({ code: 'key.passphrase-short', least: 8 }))
    expect(await vault.setPassphrase('🔑🔑🔑')).toEqual(refuse({ code: 'key.passphrase-short', least: 8 }))
    expect(await vault.setPassphrase('eightxxx')).toMatchObject(ok({ state: 'open', keptBy: 'passphrase' }))
  })

  it('opens with its passphrase only, also when its letters were composed in another way', async () => {
    await createVault(folder, noKeychain).setPassphrase('schlüssel-bund')
    const again = createVault(folder, noKeychain)
    expect(await again.state()).toMatchObject({ state: 'locked', keptBy: 'passphrase' })
    expect(await again.unlock('schlussel-bund')).toEqual(refuse({ code: 'vault.passphrase-wrong' }))
    expect(await again.unlock('schlu\u0308ssel-bund')).toMatchObject(ok({ state: 'open' }))
  })

  it('shows public facts while locked, and neither gives nor takes a secret', async () => {
    const first = createVault(folder, noKeychain)
    await first.setPassphrase(passphrase)
    const one = record('Acme')
    await first.identities.add(one.handle, one, { privateKey: secret })
    const locked = createVault(folder, noKeychain)
    expect((await locked.identities.list()).records).toEqual([one])
    expect(await locked.identities.secret(one.handle, 'privateKey')).toEqual(refuse({ code: 'vault.locked' }))
    expect(await locked.identities.change(one.handle, (it) => it)).toEqual(refuse({ code: 'vault.locked' }))
    expect(await locked.setPassphrase('another passphrase')).toEqual(refuse({ code: 'vault.locked' }))
  })

  it('forgets the old passphrase when it is changed, and keeps the records', async () => {
    const vault = createVault(folder, noKeychain)
    await vault.setPassphrase(passphrase)
    const one = record('Acme')
    await vault.identities.add(one.handle, one, { privateKey: secret })
    await vault.setPassphrase('another passphrase')
    for (const name of readdirSync(folder).filter((name) => name.startsWith('vault.json'))) {
      expect(JSON.parse(readFileSync(join(folder, name), 'utf8')).wraps).toHaveLength(1)
    }
    const again = createVault(folder, noKeychain)
    expect(await again.unlock(passphrase)).toEqual(refuse({ code: 'vault.passphrase-wrong' }))
    expect(await again.unlock('another passphrase')).toMatchObject(ok({ state: 'open' }))
    expect(await again.identities.secret(one.handle, 'privateKey')).toEqual(ok(secret))
  })

  it('does not take a weaker stretching than it wrote, nor one that fills the memory', async () => {
    await createVault(folder, noKeychain).setPassphrase(passphrase)
    const text = readFileSync(join(folder, 'vault.json'), 'utf8')
    expect(JSON.parse(text).wraps[0].scrypt).toMatchObject({ N: 131072, r: 8, p: 1 })
    for (const N of [2 ** 14, 2 ** 15, 2 ** 24, 3]) {
      for (const name of ['vault.json', 'vault.json.copy']) {
        writeFileSync(join(folder, name), text.replace('"N": 131072', `"N": ${N}`))
      }
      expect((await createVault(folder, noKeychain).unlock(passphrase)).ok).toBe(false)
    }
  })
})

describe('the vault’s own file', () => {
  it('is found in its copy when it is cut off or gone', async () => {
    const keychain = fakeKeychain()
    const { records } = await vaultWith(keychain, 'Acme')
    writeFileSync(join(folder, 'vault.json'), '{"format":1,')
    expect((await createVault(folder, keychain).identities.secret(records[0]!.handle, 'privateKey')).ok).toBe(true)
    rmSync(join(folder, 'vault.json'))
    expect((await createVault(folder, keychain).identities.secret(records[0]!.handle, 'privateKey')).ok).toBe(true)
  })

  it('is never made anew over records that another key sealed', async () => {
    const keychain = fakeKeychain()
    await vaultWith(keychain, 'Acme')
    rmSync(join(folder, 'vault.json'))
    rmSync(join(folder, 'vault.json.copy'))
    const again = createVault(folder, keychain)
    expect(await again.ready()).toEqual(refuse({ code: 'vault.file-lost' }))
    expect(await again.setPassphrase(passphrase)).toEqual(refuse({ code: 'vault.file-lost' }))
    expect(existsSync(join(folder, 'vault.json'))).toBe(false)
    expect((await again.identities.list()).records).toHaveLength(1)
  })

  it('of another vault leaves the records where they are, and names them', async () => {
    const keychain = fakeKeychain()
    const { records } = await vaultWith(keychain, 'Acme')
    const here = folder
    folder = join(mkdtempSync(join(tmpdir(), 'vault-')), 'vault')
    await vaultWith(keychain, 'Other')
    for (const name of ['vault.json', 'vault.json.copy']) {
      writeFileSync(join(here, name), readFileSync(join(folder, name)))
    }
    folder = here
    expect(await listed(keychain)).toEqual({
      names: [],
      damaged: [`Acme: ${records[0]!.handle}.json, of another vault`],
    })
    expect(existsSync(fileOf(records[0]!.handle))).toBe(true)
  })
})

describe('a record that was tampered with', () => {
  const tampering: [string, (file: StoredFile) => void][] = [
    ['its name', (file) => Object.assign(file.record.plan, { name: 'Evil' })],
    ['the CA it trusts', (file) => Object.assign(file.record, { serverCaPem: 'evil' })],
    ['its state', (file) => Object.assign(file.record, { state: 'ready' })],
    ['its sealed key', (file) => Object.assign(file.sealed.privateKey, { data: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
    [
      'two of its secrets swapped',
      (file) => {
        const { privateKey, blanks } = file.sealed
        Object.assign(file.sealed, { privateKey: blanks, blanks: privateKey })
      },
    ],
    ['one secret missing', (file) => Reflect.deleteProperty(file.sealed, 'privateKey')],
    ['its generation', (file) => Object.assign(file, { generation: 7 })],
  ]
  it.each(tampering)('in %s is set aside and named; the others stay', async (_, change) => {
    const keychain = fakeKeychain()
    const { records } = await vaultWith(keychain, 'Acme', 'Bolt')
    edit(records[0]!.handle, change)
    const { names, damaged } = await listed(keychain)
    expect(names).toEqual(['Bolt'])
    expect(damaged).toEqual([expect.stringContaining(`${records[0]!.handle}.damaged-`)])
    const files = readdirSync(join(folder, 'identities')).filter((name) => name !== `${records[1]!.handle}.json`)
    expect(files).toEqual([expect.stringMatching(`^${records[0]!.handle}\\.damaged-[0-9a-f]{8}$`)])
  })

  it('in the place of another is set aside', async () => {
    const keychain = fakeKeychain()
    const { records } = await vaultWith(keychain, 'Acme', 'Bolt')
    const [acme, bolt] = records.map(({ handle }) => fileOf(handle)) as [string, string]
    renameSync(acme, `${acme}.x`)
    renameSync(bolt, acme)
    renameSync(`${acme}.x`, bolt)
    const { names, damaged } = await listed(keychain)
    expect([names, damaged.length]).toEqual([[], 2])
  })

  it('while the vault is locked is found out when it opens', async () => {
    const first = createVault(folder, noKeychain)
    await first.setPassphrase(passphrase)
    const one = record('Acme')
    await first.identities.add(one.handle, one, { privateKey: secret })
    edit(one.handle, (file) => Object.assign(file.record.plan, { name: 'Evil' }))
    const again = createVault(folder, noKeychain)
    expect((await again.identities.list()).records).toHaveLength(1)
    await again.unlock(passphrase)
    const { records, damaged } = await again.identities.list()
    expect(records).toEqual([])
    expect(damaged[0]).toMatch(/^Evil: .*damaged-/)
  })
})

describe('a damaged record', () => {
  it.each([
    ['cut off', (text: string) => text.slice(0, 300)],
    ['empty', () => ''],
    ['overwritten with zeros', (text: string) => '\0'.repeat(text.length)],
    ['of another program', () => '[1, 2, 3]'],
  ])('%s comes back in its previous version, and the damaged one is kept', async (_, damage) => {
    const keychain = fakeKeychain()
    const { vault, records } = await vaultWith(keychain, 'Acme', 'Bolt')
    const { handle } = records[0]!
    await vault.identities.change(handle, (it) => ({ ...it, plan: { ...it.plan, name: 'Acme renamed' } }))
    writeFileSync(fileOf(handle), damage(readFileSync(fileOf(handle), 'utf8')))
    const again = createVault(folder, keychain)
    const { records: sound, damaged } = await again.identities.list()
    expect(sound.map(({ plan }) => plan.name).sort()).toEqual(['Acme', 'Bolt'])
    expect(damaged).toHaveLength(1)
    expect(await again.identities.secret(handle, 'privateKey')).toEqual(ok(secret))
    expect(readdirSync(join(folder, 'identities')).some((name) => name.includes('.damaged-'))).toBe(true)
  })
})

describe('records', () => {
  it('keep what was there when a change fails', async () => {
    const { vault, records } = await vaultWith(fakeKeychain(), 'Acme')
    const { handle } = records[0]!
    const wrong = vault.identities.change(handle, (it) => ({ ...it, state: 'nonsense' as never }))
    await expect(wrong).rejects.toThrow()
    expect(await vault.identities.find(handle)).toEqual(records[0])
  })

  it('take changes one after the other, so that none is lost', async () => {
    const { vault, records } = await vaultWith(fakeKeychain(), 'Acme')
    const { handle } = records[0]!
    const add = (n: number) =>
      vault.identities.change(handle, (it) => ({ ...it, accepted: [...it.accepted, `code.${n}`] }))
    await Promise.all([1, 2, 3, 4, 5].map(add))
    expect((await vault.identities.find(handle))?.accepted).toHaveLength(5)
  })

  it('that are removed leave neither file nor previous version', async () => {
    const { vault, records } = await vaultWith(fakeKeychain(), 'Acme')
    const { handle } = records[0]!
    await vault.identities.change(handle, (it) => ({ ...it, state: 'ready' }))
    for (const aside of ['damaged', 'settled']) {
      writeFileSync(join(folder, 'identities', `${handle}.${aside}-0a1b2c3d`), 'a sealed key')
    }
    expect(await vault.identities.remove(handle)).toBe(true)
    expect(readdirSync(join(folder, 'identities'))).toEqual([])
    expect(await vault.identities.remove(handle)).toBe(false)
  })

  it('lose a forgotten secret from the previous version too', async () => {
    const { vault, records } = await vaultWith(fakeKeychain(), 'Acme')
    const { handle } = records[0]!
    await vault.identities.change(handle, (it) => it, { blanks: null })
    for (const suffix of ['', '.previous']) {
      expect(Object.keys(JSON.parse(readFileSync(`${fileOf(handle)}${suffix}`, 'utf8')).sealed)).toEqual(['privateKey'])
    }
  })

  it('have handles that nobody guesses', () => {
    const handles = new Set(Array.from({ length: 500 }, newHandle))
    expect(handles.size).toBe(500)
    for (const handle of handles) expect(handle).toMatch(/^[a-z2-7]{16}$/)
  })
})
