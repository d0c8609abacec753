import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integrityFits, readKeystore } from '../../shared/pki/jks.ts'
import { readSealedEntry } from '../../shared/pki/jks-key.ts'
import { writeJks } from '../../shared/pki/jks-writer.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { describePkcs12, openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { writePkcs12, writeTrustStore } from '../../shared/pki/pkcs12-writer.ts'
import { type Issued, issue } from '../support/throwaway-pki.ts'
import { run, scratch } from '../support/tools.ts'

const files = scratch()
const passphrase = 'changeit-2026'
let root: Issued
let leaf: Issued
let pkcs8: Uint8Array

beforeAll(() => {
  root = issue({ subject: ['O=Acme', 'CN=Acme Root'], isCa: true })
  leaf = issue({ subject: ['CN=client.example.com'], issuer: root })
  pkcs8 = pemBlocks(leaf.keyPem)[0]!.der
})
afterAll(() => files.remove())

const keytool = async (...args: string[]) => {
  const ended = await run('keytool', ['-J-Duser.language=en', ...args])
  return { ...ended, text: ended.stdout.toString() + ended.stderr }
}
const sha256 = (der: Uint8Array) => new X509Certificate(der).fingerprint256

const jks = () =>
  writeJks({
    key: { alias: 'Acme Client', pkcs8, certificateDer: leaf.der, chain: [root.der] },
    trusted: [{ alias: 'server-ca', der: root.der }],
    password: passphrase,
    now: new Date('2026-03-01T12:00:00Z'),
  })

describe('a Java keystore of the old kind', () => {
  it('is listed by keytool, key and chain and what is trusted', async () => {
    const path = files.put('store.jks', jks())
    const { code, text } = await keytool('-list', '-v', '-keystore', path, '-storepass', passphrase)
    expect(code, text).toBe(0)
    expect(text).toMatch(/Keystore type: JKS/)
    expect(text).toMatch(/Alias name: acme client\n.*\nEntry type: PrivateKeyEntry\nCertificate chain length: 2/)
    expect(text).toMatch(/Alias name: server-ca\n.*\nEntry type: trustedCertEntry/)
    expect(text).toContain(sha256(leaf.der))
  })

  it('gives its key to keytool, which writes the same as PKCS#12', async () => {
    const path = files.put('store.jks', jks())
    const out = files.path('from-jks.p12')
    const { code, text } = await keytool(
      ...['-importkeystore', '-srckeystore', path, '-srcstorepass', passphrase, '-srcalias', 'acme client'],
      ...['-destkeystore', out, '-deststoretype', 'PKCS12', '-deststorepass', passphrase],
    )
    expect(code, text).toBe(0)
    const opened = await openPkcs12(new Uint8Array(readFileSync(out)), passphrase)
    expect(opened.ok && Buffer.from(opened.value.keys[0]!.pkcs8)).toEqual(Buffer.from(pkcs8))
  })

  it('is refused by keytool with another password, and read by our own reader', async () => {
    const bytes = jks()
    const path = files.put('store.jks', bytes)
    expect((await keytool('-list', '-keystore', path, '-storepass', 'another')).code).not.toBe(0)
    const store = readKeystore(bytes)
    expect(store && integrityFits(store, passphrase)).toBe(true)
    expect(store && integrityFits(store, 'another')).toBe(false)
    const [entry] = store?.entries ?? []
    expect(entry).toMatchObject({ alias: 'acme client', kind: 'key', createdAt: '2026-03-01T12:00:00Z' })
    const sealed = entry?.kind === 'key' ? readSealedEntry(entry.sealed) : null
    const key = sealed && 'open' in sealed ? await sealed.open(passphrase, { spend: () => true }) : null
    expect(key).toEqual(pkcs8)
  })
})

describe('a truststore as PKCS#12', () => {
  it.each(['modern', 'older', 'fips'] as const)('for %s readers holds certificates alone', async (readers) => {
    const certificates = [
      { der: root.der, alias: 'server-ca' },
      { der: leaf.der, alias: 'other' },
    ]
    const bytes = await writeTrustStore({ certificates, passphrase, readers })
    const opened = await openPkcs12(bytes, passphrase)
    expect(opened.ok && [opened.value.keys.length, opened.value.certificates.length]).toEqual([0, 2])
  })

  it('is taken by Java for trusted certificates', async () => {
    const certificates = [{ der: root.der, alias: 'server-ca' }]
    const path = files.put('trust.p12', await writeTrustStore({ certificates, passphrase, readers: 'modern' }))
    const { code, text } = await keytool('-list', '-keystore', path, '-storepass', passphrase)
    expect(code, text).toBe(0)
    expect(text).toMatch(/server-ca, .*trustedCertEntry/)
    expect(text).toContain(sha256(root.der))
  })
})

describe('a bundle for FIPS readers', () => {
  it('is guarded by PBMAC1 with PBKDF2 and HMAC-SHA-256, and opened by its passphrase only', async () => {
    const bytes = await writePkcs12({
      pkcs8,
      certificateDer: leaf.der,
      chain: [root.der],
      friendlyName: 'Acme',
      passphrase,
      readers: 'fips',
    })
    expect(describePkcs12(bytes)).toMatchObject({
      macAlgorithm: expect.stringMatching(/^PBMAC1, HMAC-SHA-256, PBKDF2.*100000 iterations/),
      protection: expect.stringMatching(/^PBES2.*AES-256-CBC/),
    })
    expect((await openPkcs12(bytes, passphrase)).ok).toBe(true)
    expect(await openPkcs12(bytes, 'another')).toMatchObject({ problem: { code: 'key.passphrase-wrong' } })
    const changed = bytes.slice()
    changed[bytes.length - 120]! ^= 1
    expect((await openPkcs12(changed, passphrase)).ok).toBe(false)
  })
})
