import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newBudget } from '../../../shared/pki/budget.ts'
import { der } from '../../../shared/pki/der.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { integrityFits, readKeystore } from '../../../shared/pki/jks.ts'
import { readSealedEntry } from '../../../shared/pki/jks-key.ts'
import { isLocked } from '../../../shared/pki/locked.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
const today = new Date('2027-01-01T00:00:00Z')
const inspected = (file: string, ...passphrases: string[]) => inspectBytes(file, bytesOf(file), passphrases, today)
const spki = async (file: string) => (await inspected(file))[0]!.facts.spkiSha256

describe('a Java keystore', () => {
  it('shows aliases, dates and certificates without its password', () => {
    const keystore = readKeystore(bytesOf('keystore-two-keys.jks'))
    expect(keystore?.type).toBe('JKS')
    const entries = keystore!.entries.map(({ alias, kind, certificates, createdAt }) => {
      expect(createdAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      return [alias, kind, certificates.length]
    })
    expect(entries).toEqual([
      ['client', 'key', 2],
      ['second', 'key', 1],
    ])
  })

  it('says that its keys are locked, and of what they are known to be', async () => {
    const [keystore, ...inside] = await inspected('keystore-two-keys.jks')
    expect(keystore).toMatchObject({
      kind: 'keystore',
      problem: null,
      facts: { container: 'JKS', encrypted: true, keys: 2, keysLocked: 2, certificates: 3 },
    })
    expect(isLocked(keystore!)).toBe(true)
    expect(inside.map(({ kind, facts }) => [kind, facts.friendlyName])).toEqual([
      ['private-key', 'client'],
      ['certificate', 'client'],
      ['certificate', 'client'],
      ['private-key', 'second'],
      ['certificate', 'second'],
    ])
    expect(inside[0]!.facts).toMatchObject({ encrypted: true, protection: 'JKS, SHA-1 as a cipher' })
    expect(inside[0]!.facts.spkiSha256).toBeUndefined()
  })

  it('opens each key with the passphrase that is its own', async () => {
    const first = await inspected('keystore-two-keys.jks', 'kindskinds')
    expect(first[0]!.facts.keysLocked).toBe(1)
    expect(first[0]!.findings.map(({ code }) => code)).toContain('keystore.intact')
    expect(isLocked(first[0]!)).toBe(true)
    const keys = (await inspected('keystore-two-keys.jks', 'other-passphrase', 'kindskinds')).filter(
      ({ kind }) => kind === 'private-key',
    )
    expect(keys[0]!.facts).toMatchObject({ spkiSha256: await spki('key-pkcs8.pem'), friendlyName: 'client' })
    expect(keys[1]!.facts).toMatchObject({ keyAlgorithm: 'RSA', keyBits: 2048, friendlyName: 'second' })
  })

  it('in a Buffer of Node is left as it is by passphrases that do not fit', async () => {
    const bytes = readFileSync(join(folder, 'keystore-two-keys.jks'))
    const before = Buffer.from(bytes)
    const objects = await inspectBytes('a.jks', bytes, ['kindskinds', 'other-passphrase'], today)
    expect(objects[0]!.facts.keysLocked).toBeUndefined()
    expect(bytes.equals(before)).toBe(true)
  })

  it('says that a password is wrong when it opens nothing', async () => {
    const [keystore] = await inspected('keystore-two-keys.jks', 'wrong')
    expect(keystore!.problem?.code).toBe('key.passphrase-wrong')
    expect(isLocked(keystore!)).toBe(true)
    expect(keystore!.facts.certificates).toBe(3)
  })

  it('says when a password opens a key but not the keystore', async () => {
    const [keystore] = await inspected('keystore-two-keys.jks', 'other-passphrase')
    expect(keystore!.findings.map(({ code }) => code)).toContain('keystore.altered')
    const changed = bytesOf('keystore-two-keys.jks')
    changed[changed.length - 30]! ^= 1
    expect(integrityFits(readKeystore(changed)!, 'kindskinds')).toBe(false)
  })

  it('checks a keystore of certificates alone, which is never locked', async () => {
    const [locked] = await inspected('keystore.jceks')
    const [checked] = await inspected('keystore.jceks', 'kindskinds')
    expect(isLocked(locked!)).toBe(false)
    expect(checked!.findings.map(({ code }) => code)).toContain('keystore.intact')
    const [wrong] = await inspected('keystore.jceks', 'wrong')
    expect(wrong).toMatchObject({ problem: null })
  })

  it('of the kind JCEKS opens too, and its secret key is named and never read', async () => {
    const [keystore, ...inside] = await inspected('keystore-keys.jceks', 'kindskinds')
    expect(keystore!.facts).toMatchObject({ container: 'JCEKS', keys: 1, certificates: 3 })
    expect(keystore!.facts.protection).toMatch(/^PBE with MD5 and triple DES \(\d+ iterations\)$/)
    expect(keystore!.findings.find(({ code }) => code === 'keystore.secret-keys')?.message).toContain('mac-key')
    const key = inside.find(({ kind }) => kind === 'private-key')
    expect(key!.facts.spkiSha256).toBe(await spki('key-pkcs8.pem'))
    const names = inside.map(({ facts }) => facts.friendlyName)
    expect(new Set(names)).toEqual(new Set(['client', 'ca']))
  })

  it('that was cut off shows what is left of it', async () => {
    const [keystore, ...inside] = await inspected('keystore-cut-off.jks', 'kindskinds')
    expect(keystore!.findings.map(({ code }) => code)).toContain('keystore.incomplete')
    expect(inside.map(({ kind }) => kind)).toEqual(['private-key', 'certificate', 'certificate'])
    expect(inside[0]!.facts.keyAlgorithm).toBe('EC')
  })
})

describe('PBE with MD5 and triple DES', () => {
  // Made with Java 17: Cipher.getInstance("PBEWithMD5AndTripleDES"), password changeit, 1000 iterations.
  it.each([
    [[1, 2, 3, 4, 5, 6, 7, 8], '30e9bc1eb0dfdd2bd7c1ecf59c67795d'],
    [[1, 2, 3, 4, 1, 2, 3, 4], 'bf36e24971503870473f903e63cc88e2'],
  ])('is what Java makes of it with the salt %j', async (salt, encrypted) => {
    const algorithm = der.sequence(
      der.oid('1.3.6.1.4.1.42.2.19.1'),
      der.sequence(der.octetString(Uint8Array.from(salt)), der.integer(1000)),
    )
    const sealed = der.sequence(algorithm, der.octetString(new Uint8Array(Buffer.from(encrypted, 'hex'))))
    const entry = readSealedEntry(sealed)
    if (!entry || 'unsupported' in entry) throw new Error('not read')
    const opened = await entry.open('changeit', newBudget())
    expect(typeof opened === 'string' ? opened : new TextDecoder().decode(opened)).toBe('hello keystore')
  })

  it('stops at an iteration count that is an attack', () => {
    const algorithm = der.sequence(
      der.oid('1.3.6.1.4.1.42.2.19.1'),
      der.sequence(der.octetString(new Uint8Array(8)), der.integer(2_000_000_000)),
    )
    const entry = readSealedEntry(der.sequence(algorithm, der.octetString(new Uint8Array(16))))
    expect(entry).toEqual({ unsupported: 'PBE with MD5 and triple DES (2000000000 iterations)' })
  })
})
