import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../../shared/pki/der.ts'
import { concat, der } from '../../../shared/pki/der.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { describePkcs12, openPkcs12 } from '../../../shared/pki/pkcs12.ts'
import { writePkcs12 } from '../../../shared/pki/pkcs12-writer.ts'
import { selfSign } from '../../../shared/pki/x509.ts'

const corpus = (file: string): Bytes => readFileSync(join(import.meta.dirname, '../../fixtures/corpus', file))
const name = 'client.p12'

const key = 'ec-p256'
const { pkcs8 } = await generateKey(key)
const certificate = await selfSign({
  pkcs8,
  key,
  subject: [{ type: 'CN', value: 'x' }],
  subjectAltNames: [],
  days: 1,
  now: new Date(),
})
const plan = { pkcs8, certificateDer: certificate.der, chain: [], friendlyName: 'mine', passphrase: 'right' }
const modern = await writePkcs12({ ...plan, readers: 'modern' })
const older = await writePkcs12({ ...plan, readers: 'older' })

const damaged = { ok: false, problem: { code: 'file.damaged', name, what: 'PKCS#12 bundle' } }
const wrong = { ok: false, problem: { code: 'key.passphrase-wrong', name } }

describe('a bundle', () => {
  it('tells without its passphrase how it is protected, and keeps the rest', () => {
    expect(describePkcs12(modern)).toEqual({
      container: 'PKCS#12',
      encrypted: true,
      protection: 'PBES2, PBKDF2 with HMAC-SHA-256 (100000 iterations), AES-256-CBC',
      macAlgorithm: 'HMAC-SHA-256 (100000 iterations)',
      bytes: modern.length,
    })
    expect(describePkcs12(older)).toMatchObject({
      protection: 'pbeWithSHA1And3-KeyTripleDES-CBC (2048 iterations)',
      macAlgorithm: 'HMAC-SHA-1 (2048 iterations)',
    })
  })

  it.each([
    ['modern', modern],
    ['older', older],
  ] as const)('for %s readers opens whole', async (_, bytes) => {
    const opened = await openPkcs12(bytes, 'right', name)
    if (!opened.ok) throw new Error(opened.problem.code)
    const { keys, certificates, crls, facts } = opened.value
    expect(Buffer.from(keys[0]!.pkcs8).equals(pkcs8)).toBe(true)
    expect(Buffer.from(certificates[0]!.der).equals(certificate.der)).toBe(true)
    expect(keys[0]!.localKeyId).toBe(certificates[0]!.localKeyId)
    expect(crls).toEqual([])
    expect(facts).toMatchObject({ keys: 1, certificates: 1, crls: 0, friendlyName: 'mine', encrypted: true })
  })

  it('opens with octets after it, as mail programs leave them', async () => {
    expect(await openPkcs12(concat([older, Uint8Array.of(13, 10)]), 'right')).toMatchObject({ ok: true })
  })

  it('is never the same twice', async () => {
    expect(Buffer.from(await writePkcs12({ ...plan, readers: 'older' })).equals(older)).toBe(false)
  })

  it('makes names fit to show', async () => {
    const opened = await openPkcs12(corpus('pkcs12/derived__p12-friendlyname-traversal-html.p12'), 'correct horse')
    if (!opened.ok) throw new Error(opened.problem.code)
    expect(opened.value.facts.friendlyName).toMatch(/\\u\{202e\}/)
    expect(opened.value.facts.friendlyName).not.toMatch(/[\u202a-\u202e]/)
  })
})

describe('a passphrase', () => {
  it('that is wrong, empty or of another case is refused', async () => {
    for (const passphrase of ['wrong', '', 'Right', 'right ', 'right\0']) {
      expect(await openPkcs12(older, passphrase, name)).toEqual(wrong)
    }
  })

  it('that is empty opens a bundle made with none, and one made with an empty one', async () => {
    expect(await openPkcs12(corpus('pkcs12/bssl__null_password.p12'), '')).toMatchObject({ ok: true })
    expect(await openPkcs12(corpus('pkcs12/osc__test-tripledes-blank.p12'), '')).toMatchObject({ ok: true })
  })
})

describe('a bundle that was altered', () => {
  it('in any one octet never shows anything but what was written', async () => {
    let opened = 0
    for (let at = 0; at < older.length; at++) {
      const altered = older.slice()
      altered[at]! ^= 0x04
      const result = await openPkcs12(altered, 'right', name)
      if (!result.ok) {
        expect(['file.damaged', 'key.passphrase-wrong', 'key.protection-unsupported']).toContain(result.problem.code)
        continue
      }
      opened++
      expect(Buffer.from(result.value.keys[0]!.pkcs8).equals(pkcs8)).toBe(true)
      expect(Buffer.from(result.value.certificates[0]!.der).equals(certificate.der)).toBe(true)
      expect(result.value.facts.friendlyName).toBe('mine')
    }
    // The version, tag numbers and NULL parameters around the MAC are all that may differ and still open.
    expect(opened).toBeLessThan(10)
  }, 60_000)

  it('or cut off anywhere is refused', async () => {
    for (let length = 0; length < older.length; length += 7) {
      expect((await openPkcs12(older.subarray(0, length), 'right', name)).ok).toBe(false)
    }
  })

  it('or is something else is refused as damaged', async () => {
    expect(await openPkcs12(new Uint8Array(0), 'x', name)).toEqual(damaged)
    expect(await openPkcs12(certificate.der, 'x', name)).toEqual(damaged)
    expect(await openPkcs12(corpus('hostile/derived__random-64k.p12'), 'x', name)).toEqual(damaged)
    expect(describePkcs12(certificate.der)).toBeNull()
  })
})

/** A bundle without content, guarded as the test wants. */
const guarded = (algorithm: Bytes, iterations: number | bigint) =>
  der.sequence(
    der.integer(3),
    der.sequence(der.oid('1.2.840.113549.1.7.1'), der.context(0, der.octetString(der.sequence()))),
    der.sequence(
      der.sequence(algorithm, der.octetString(new Uint8Array(20))),
      der.octetString(new Uint8Array(8)),
      der.integer(iterations),
    ),
  )
const sha1 = der.sequence(der.oid('1.3.14.3.2.26'), der.null())

describe('a bundle made to do harm', () => {
  it.each([
    ['two thousand million rounds', guarded(sha1, 2_147_483_647)],
    ['nine million rounds, which would take half a minute', guarded(sha1, 9_000_000)],
    ['a MAC that is not known', guarded(der.sequence(der.oid('1.2.643.7.1.1.2.2')), 1)],
  ])('by %s is refused at once', async (_, bytes) => {
    const start = performance.now()
    expect(await openPkcs12(bytes, 'x', name)).toMatchObject({ problem: { code: 'key.protection-unsupported', name } })
    expect(performance.now() - start).toBeLessThan(200)
  })

  it('by many keys that each cost much stops at the budget', async () => {
    const kdf = der.sequence(
      der.oid('1.2.840.113549.1.5.12'),
      der.sequence(der.octetString(new Uint8Array(8)), der.integer(2_000_000)),
    )
    const cipher = der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octetString(new Uint8Array(16)))
    const scheme = der.sequence(der.oid('1.2.840.113549.1.5.13'), der.sequence(kdf, cipher))
    const bag = der.sequence(
      der.oid('1.2.840.113549.1.12.10.1.2'),
      der.context(0, der.sequence(scheme, der.octetString(new Uint8Array(16)))),
    )
    const data = der.oid('1.2.840.113549.1.7.1')
    const content = (...bags: Bytes[]) =>
      der.sequence(der.sequence(data, der.context(0, der.octetString(der.sequence(...bags)))))
    const file = (...bags: Bytes[]) =>
      der.sequence(der.integer(3), der.sequence(data, der.context(0, der.octetString(content(...bags)))))
    const start = performance.now()
    expect((await openPkcs12(file(...Array<Bytes>(500).fill(bag)), 'x', name)).ok).toBe(false)
    expect(performance.now() - start).toBeLessThan(20_000)
  }, 30_000)

  it('by a MAC key of one octet, which a passphrase in 256 has, is refused for each of them', async () => {
    const file = corpus('pkcs12/gop12__pbmac1-short-key-bypass.p12')
    for (let i = 0; i < 300; i++) expect((await openPkcs12(file, String(i))).ok).toBe(false)
  })

  it('by nesting is refused', async () => {
    const nested = corpus('hostile/derived__ber-nested-indefinite-50000.der')
    expect(await openPkcs12(nested, 'x', name)).toEqual(damaged)
  })
})
