import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { isLocked } from '../../../shared/pki/locked.ts'
import { openssl, scratch, withLegacy } from '../../support/tools.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(fixtures, file)))
const inspected = (file: string, ...passphrases: string[]) => inspectBytes(file, bytesOf(file), passphrases)
const codes = async (file: string, ...passphrases: string[]) =>
  (await inspected(file, ...passphrases))[0]!.findings.map(({ code }) => code)

describe('what programs will say of a bundle', () => {
  it.each([
    ['kinds/bundle.p12', ['bundle.locked']],
    ['kinds/bundle-rc2.p12', ['bundle.protection-old', 'bundle.locked']],
    ['kinds/bundle-no-mac.p12', ['bundle.no-mac', 'bundle.locked']],
    ['corpus/pkcs12/ossl__pbmac1_256_256.good.p12', ['bundle.mac-new', 'bundle.locked']],
    ['kinds/bundle-in-the-clear.p12', ['bundle.in-the-clear']],
    ['kinds/bundle-empty-passphrase.p12', ['bundle.passphrase-empty']],
  ])('%s is known before it is opened', async (file, expected) => {
    expect(await codes(file)).toEqual(expected)
  })

  it('of several keys, and of secrets that are of no use, is told once it is open', async () => {
    const [bundle, ...inside] = await inspected('kinds/bundle-two-keys.p12', 'kindskinds')
    expect(bundle!.facts).toMatchObject({ keys: 2, certificates: 3 })
    expect(bundle!.findings.map(({ code }) => code)).toEqual(['bundle.several-keys', 'bundle.secrets'])
    const keys = inside.filter(({ kind }) => kind === 'private-key')
    expect(keys.map(({ facts }) => [facts.friendlyName, facts.keyAlgorithm])).toEqual([
      ['client', 'EC'],
      ['second', 'RSA'],
    ])
    for (const { facts } of keys) {
      const certificate = inside.find((one) => one.kind === 'certificate' && one.facts.localKeyId === facts.localKeyId)
      expect(certificate?.facts.spkiSha256).toBe(facts.spkiSha256)
    }
  })
})

describe('a locked bundle', () => {
  const at = scratch()

  it.each([
    ['modern, 600,000 rounds of PBKDF2', ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-iter', '600000']],
    ['Windows, 2,000 rounds', ['-iter', '2000']],
    ['ours, 100,000 rounds', ['-iter', '100000']],
  ])('is recognised within half a second: %s', async (_, args) => {
    const path = at.path('a.p12')
    const key = join(fixtures, 'kinds', 'key-and-certificate.pem')
    await openssl(['pkcs12', '-export', '-in', key, '-out', path, '-passout', 'pass:long enough', ...args])
    const bytes = new Uint8Array(readFileSync(path))
    const before = process.cpuUsage()
    const [object] = await inspectBytes('a.p12', bytes)
    const { user, system } = process.cpuUsage(before)
    expect(isLocked(object!)).toBe(true)
    expect(object!.problem).toBeNull()
    expect((user + system) / 1000).toBeLessThan(500)
    const [open] = await inspectBytes('a.p12', bytes, ['long enough'])
    expect(open!.facts.keys).toBe(1)
  })

  it('in OpenSSL’s old default is opened at once, with either kind of empty passphrase', async () => {
    const path = at.path('b.p12')
    const key = join(fixtures, 'kinds', 'key-and-certificate.pem')
    const old = ['-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
    await openssl(['pkcs12', ...withLegacy, '-export', '-in', key, '-out', path, '-passout', 'pass:', ...old])
    const [open] = await inspectBytes('b.p12', new Uint8Array(readFileSync(path)))
    expect(open!.findings.map(({ code }) => code)).toEqual(['bundle.protection-old', 'bundle.passphrase-empty'])
  })
})
