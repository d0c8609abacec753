import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Bytes } from '../../../shared/pki/der.ts'
import { der } from '../../../shared/pki/der.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { describePrivateKey, openPrivateKey, sealPkcs8 } from '../../../shared/pki/pkcs8.ts'

const text = (content: string): Bytes => new TextEncoder().encode(content)
const corpus = (file: string): Bytes => readFileSync(join(import.meta.dirname, '../../fixtures/corpus', file))

const { pkcs8, spki } = await generateKey('ec-p256')
const sealed = await sealPkcs8(pkcs8, 'right')

/** An EncryptedPrivateKeyInfo with parameters of one's own. */
const sealedWith = (
  kdf: Bytes,
  cipher = der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octetString(new Uint8Array(16))),
) =>
  der.sequence(
    der.sequence(der.oid('1.2.840.113549.1.5.13'), der.sequence(kdf, cipher)),
    der.octetString(new Uint8Array(48)),
  )
const pbkdf2 = (iterations: number | bigint, ...more: Bytes[]) =>
  der.sequence(
    der.oid('1.2.840.113549.1.5.12'),
    der.sequence(der.octetString(new Uint8Array(8)), der.integer(iterations), ...more),
  )
const scrypt = (n: number, r: number, p: number) =>
  der.sequence(
    der.oid('1.3.6.1.4.1.11591.4.11'),
    der.sequence(der.octetString(new Uint8Array(8)), der.integer(n), der.integer(r), der.integer(p)),
  )

describe('a sealed key', () => {
  it('opens with its passphrase, as the key it was', async () => {
    const opened = await openPrivateKey(text(sealed), 'right')
    if (!opened.ok) throw new Error(opened.problem.code)
    expect(Buffer.from(opened.value.pkcs8).equals(pkcs8)).toBe(true)
    expect(Buffer.from(opened.value.spki!).equals(spki)).toBe(true)
    expect(opened.value.facts).toMatchObject({
      keyAlgorithm: 'EC',
      curve: 'prime256v1',
      container: 'PKCS#8',
      encrypted: true,
      protection: 'PBES2, PBKDF2 with HMAC-SHA-256 (600000 iterations), AES-256-CBC',
    })
  })

  it('tells how it is protected without its passphrase', () => {
    expect(describePrivateKey(text(sealed))).toEqual({
      container: 'PKCS#8',
      encrypted: true,
      protection: 'PBES2, PBKDF2 with HMAC-SHA-256 (600000 iterations), AES-256-CBC',
    })
  })

  it('is asked for its passphrase, and refuses another one', async () => {
    const name = 'client.key'
    expect(await openPrivateKey(text(sealed), undefined, name)).toEqual({
      ok: false,
      problem: { code: 'key.passphrase-needed', name },
    })
    expect(await openPrivateKey(text(sealed), 'wrong', name)).toEqual({
      ok: false,
      problem: { code: 'key.passphrase-wrong', name },
    })
    expect(await openPrivateKey(text(sealed), '', name)).toEqual({
      ok: false,
      problem: { code: 'key.passphrase-wrong', name },
    })
  })

  it('is sealed with new salt each time', async () => {
    expect(await sealPkcs8(pkcs8, 'right')).not.toBe(sealed)
  })
})

describe('a key in the clear', () => {
  it('opens whatever passphrase is given, and says that it is not encrypted', async () => {
    const opened = await openPrivateKey(text(toPem('PRIVATE KEY', pkcs8)), 'not needed')
    expect(opened).toMatchObject({ ok: true, value: { facts: { encrypted: false, container: 'PKCS#8' } } })
  })

  it.each(['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'ANY KEY'])(
    'is known by its content under the label %s',
    async (label) => {
      expect(await openPrivateKey(text(toPem(label, pkcs8)))).toMatchObject({
        ok: true,
        value: { facts: { keyAlgorithm: 'EC' } },
      })
    },
  )

  it('is found after a certificate and text', async () => {
    const file = `Bag Attributes\n${toPem('CERTIFICATE', Uint8Array.of(48, 0))}\n${toPem('PRIVATE KEY', pkcs8)}`
    expect(await openPrivateKey(text(file))).toMatchObject({ ok: true })
  })

  it('is told by its own name when only its kind is known', async () => {
    const unknown = der.sequence(
      der.integer(0),
      der.sequence(der.oid('2.16.840.1.101.3.4.3.18')),
      der.octetString(new Uint8Array(32)),
    )
    expect(await openPrivateKey(unknown)).toMatchObject({
      ok: true,
      value: { spki: null, facts: { keyAlgorithm: 'ML-DSA-65' } },
    })
  })

  it('of OpenSSH’s is refused by its type when it has no PKCS#8 form, whatever the type is called', async () => {
    const field = (content: Bytes | string) => {
      const bytes = typeof content === 'string' ? text(content) : content
      return Uint8Array.of(0, 0, bytes.length >> 8, bytes.length & 0xff, ...bytes)
    }
    for (const type of ['sk-ssh-ed25519@openssh.com', 'constructor', '__proto__']) {
      const inside = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, ...field(type))
      const outer = [field('none'), field('none'), field(''), Uint8Array.of(0, 0, 0, 1), field(''), field(inside)]
      const file = toPem(
        'OPENSSH PRIVATE KEY',
        Uint8Array.of(...text('openssh-key-v1\0'), ...outer.flatMap((part) => [...part])),
      )
      const problem = { code: 'key.type-unsupported', name: 'id', type }
      expect(await openPrivateKey(text(file), undefined, 'id')).toEqual({ ok: false, problem })
    }
  })

  it('takes the curve from the block before it when it names none', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = privateKey.export({ format: 'jwk' })
    const secret = new Uint8Array(Buffer.from(jwk.d!, 'base64url'))
    const bare = der.sequence(der.integer(1), der.octetString(secret))
    const parameters = toPem('EC PARAMETERS', der.oid('1.2.840.10045.3.1.7'))
    expect(await openPrivateKey(text(parameters + toPem('EC PRIVATE KEY', bare)))).toMatchObject({
      ok: true,
      value: { facts: { curve: 'prime256v1', spkiSha256: expect.any(String) } },
    })
    expect(await openPrivateKey(text(toPem('EC PRIVATE KEY', bare)))).toMatchObject({
      problem: { code: 'file.damaged' },
    })
  })
})

describe('what is no key', () => {
  const name = 'a.pem'
  it.each([
    ['nothing', new Uint8Array(0), 'file.unknown-kind'],
    ['prose', text('Dear customer, your certificate is ready.'), 'file.unknown-kind'],
    ['a public key', text(toPem('PUBLIC KEY', spki)), 'file.unknown-kind'],
    ['a certificate', text(toPem('CERTIFICATE', Uint8Array.of(48, 0))), 'file.unknown-kind'],
    ['a key cut off', text(toPem('PRIVATE KEY', pkcs8.subarray(0, 60))), 'file.damaged'],
    ['a key with letters lost', text(toPem('PRIVATE KEY', pkcs8).replace('MIGH', 'MI?H')), 'file.damaged'],
    ['random octets under a key’s label', text(toPem('RSA PRIVATE KEY', new Uint8Array(64).fill(7))), 'file.damaged'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await openPrivateKey(bytes, 'x', name)).toMatchObject({ ok: false, problem: { code, name } })
    expect(describePrivateKey(bytes)).toBeNull()
  })
})

describe('a file that would cost hours', () => {
  const slow: [string, Bytes, string][] = [
    [
      'two thousand million rounds',
      sealedWith(pbkdf2(2_147_483_647)),
      'PBES2 with PBKDF2 with HMAC-SHA-1 (2147483647 iterations)',
    ],
    [
      'just over ten million rounds',
      sealedWith(pbkdf2(10_000_001)),
      'PBES2 with PBKDF2 with HMAC-SHA-1 (10000001 iterations)',
    ],
    ['scrypt over 512 MiB', sealedWith(scrypt(2 ** 23, 8, 1)), 'PBES2 with scrypt (N 8388608, r 8, p 1)'],
    ['scrypt over and over', sealedWith(scrypt(2 ** 14, 8, 4096)), 'PBES2, scrypt (N 16384, r 8, p 4096), AES-256-CBC'],
    ['a block size to fill the memory', sealedWith(scrypt(2, 2 ** 28, 1)), 'PBES2 with scrypt (N 2, r 268435456, p 1)'],
    ['iterations in the corpus', corpus('hostile/derived__key-pbkdf2-2147483647-iterations.pem'), ''],
    ['scrypt in the corpus', corpus('hostile/derived__key-scrypt-N-2e24.pem'), ''],
  ]
  it.each(slow)('by %s is refused at once, by name', async (_, bytes, scheme) => {
    const start = performance.now()
    const opened = await openPrivateKey(bytes, 'x', 'a.key')
    expect(performance.now() - start).toBeLessThan(200)
    expect(opened).toMatchObject({ ok: false, problem: { code: 'key.protection-unsupported' } })
    if (scheme) expect(opened).toMatchObject({ problem: { scheme } })
  })

  it.each([
    ['negative rounds', corpus('hostile/derived__key-pbkdf2-negative-iterations.pem')],
    ['no rounds', sealedWith(pbkdf2(0))],
    ['rounds beyond counting', sealedWith(pbkdf2(2n ** 70n))],
    ['a key length that the cipher does not have', sealedWith(pbkdf2(1, der.integer(5)))],
    ['an N that is no power of two', sealedWith(scrypt(1000, 8, 1))],
    [
      'a short initialisation vector',
      sealedWith(pbkdf2(1), der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octetString(new Uint8Array(5)))),
    ],
  ])('or is malformed by %s is refused as damaged', async (_, bytes) => {
    expect((await openPrivateKey(bytes, 'x')).ok).toBe(false)
  })
})
