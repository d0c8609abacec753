import { pbkdf2Sync, scryptSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newBudget } from '../../../shared/pki/budget.ts'
import type { Digest } from '../../../shared/pki/kdf.ts'
import { digestOf, pbkdf1, pbkdf2, pkcs12Kdf, scrypt } from '../../../shared/pki/kdf.ts'
import { rc4 } from '../../../shared/pki/legacy-keys.ts'
import { passwordOf, passwordsOf } from '../../../shared/pki/passwords.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the PKCS#12 derivation', () => {
  // Figures that circulate as test vectors among PKCS#12 implementations since PKCS#12 v1.0.
  it.each([
    ['smeg', '0a58cf64530d823f', 'key', 1, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['smeg', '0a58cf64530d823f', 'iv', 1, 8, '79993dfe048d3b76'],
    ['smeg', '642b99ab44fb4b1f', 'key', 1, 24, 'f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966'],
    ['smeg', '3d83c0e4546ac140', 'mac', 1, 20, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
    ['queeg', '05dec959acff72f7', 'key', 1000, 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['queeg', '1682c0fc5b3f7ec5', 'key', 1000, 24, '483dd6e919d7de2e8e648ba8f862f3fbfbdc2bcb2c02957f'],
    ['queeg', '263216fcc2fab31c', 'mac', 1000, 20, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ] as const)(
    'of %s with salt %s for a %s is as published',
    async (password, salt, purpose, rounds, length, expected) => {
      expect(hex(await pkcs12Kdf('SHA-1', passwordOf(password).bmp, bytes(salt), purpose, rounds, length))).toBe(
        expected,
      )
    },
  )

  it('lets other work in while it counts', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await pkcs12Kdf('SHA-256', passwordOf('x').bmp, bytes('00'), 'mac', 100_000, 32)
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(3)
  })
})

describe('PBKDF2', () => {
  const names: [Digest, string][] = [
    ['MD5', 'md5'],
    ['SHA-1', 'sha1'],
    ['SHA-224', 'sha224'],
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
    ['SHA-512/224', 'sha512-224'],
    ['SHA-512/256', 'sha512-256'],
  ]
  it.each(names)('with %s is OpenSSL’s, also of nothing', async (digest, name) => {
    for (const [password, salt] of [
      ['password', 'salt'],
      ['', 'salt'],
      ['password', ''],
      ['', ''],
    ] as const) {
      const own = await pbkdf2(digest, utf8(password), utf8(salt), 1000, 40)
      expect(hex(own)).toBe(pbkdf2Sync(password, salt, 1000, 40, name).toString('hex'))
    }
  })
})

describe('the other derivations', () => {
  it('scrypt is OpenSSL’s', async () => {
    for (const [n, r, p] of [
      [16, 1, 1],
      [1024, 8, 16],
      [16384, 8, 1],
    ] as const) {
      const expected = scryptSync('pleaseletmein', 'SodiumChloride', 64, { N: n, r, p, maxmem: 1 << 28 })
      expect(hex(await scrypt(utf8('pleaseletmein'), utf8('SodiumChloride'), n, r, p, 64))).toBe(
        expected.toString('hex'),
      )
    }
  })

  it('PBKDF1 is a digest of a digest', () => {
    const once = digestOf('SHA-1', utf8('passwordsalt12'))
    expect(hex(pbkdf1('SHA-1', utf8('password'), utf8('salt12'), 3, 16))).toBe(
      hex(digestOf('SHA-1', digestOf('SHA-1', once))).slice(0, 32),
    )
  })

  it('RC4 is as RFC 6229 prints it', () => {
    expect(hex(rc4(bytes('0102030405'), new Uint8Array(16)))).toBe('b2396305f03dc027ccc3524a0a1118a8')
    expect(hex(rc4(bytes('0102030405060708090a0b0c0d0e0f10'), new Uint8Array(16)))).toBe(
      '9ac7cc9a609d1ef7b2932899cde41b97',
    )
  })
})

describe('encodings of a passphrase', () => {
  it('has one for ASCII, two for anything else and two for nothing', () => {
    expect(passwordsOf('secret')).toHaveLength(1)
    expect(passwordsOf('sécret')).toHaveLength(2)
    expect(passwordsOf('').map(({ bmp }) => bmp.length)).toEqual([2, 0])
  })

  it('ends the BMP form with two zero octets, and writes surrogates as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const expected = Buffer.from(`${text}\0`, 'utf16le').swap16()
        expect(hex(passwordOf(text).bmp)).toBe(expected.toString('hex'))
      }),
    )
  })
})

describe('a budget', () => {
  it('is spent once for all derivations of a file', () => {
    const budget = newBudget(100)
    expect([budget.spend(60), budget.spend(40), budget.spend(1), budget.spend(0)]).toEqual([true, true, false, false])
  })
})
