import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeIn } from '../../../shared/intake/take-in.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { sealPkcs8 } from '../../../shared/pki/pkcs8.ts'
import { buildRequest, selfSign } from '../../../shared/pki/x509.ts'

const kinds = join(import.meta.dirname, '../../fixtures/kinds')
const bytes = (text: string) => new TextEncoder().encode(text)

const certificateOf = (pkcs8: Uint8Array, now: Date) =>
  selfSign({
    pkcs8,
    key: 'ec-p256',
    subject: [{ type: 'CN', value: 'one.example' }],
    subjectAltNames: [],
    days: 90,
    now,
  })

describe('what makes identities', () => {
  it('is told of every kind of file without a fault: each is used, locked, lonely or left out', async () => {
    const names = readdirSync(kinds).filter((name) => !name.endsWith('.csv'))
    const files = names.map((file) => ({ file, bytes: new Uint8Array(readFileSync(join(kinds, file))) }))
    const { keys, locked, leftOut, lonely } = await takeIn(files, [])
    expect(keys.length).toBeGreaterThan(3)
    expect(new Set(keys.map(({ spkiSha256 }) => spkiSha256)).size).toBe(keys.length)
    expect(Math.min(locked.length, leftOut.length, lonely.length)).toBeGreaterThan(0)
  })

  it('is nothing in any bytes, and no fault', async () => {
    const words = [
      '-----BEGIN PRIVATE KEY-----\n',
      '-----END PRIVATE KEY-----\n',
      'MIIEvQ',
      'SQLite format 3\0',
      '0\x82',
    ]
    const part = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 20 }))
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 20 }), fc.uint8Array({ maxLength: 200 }), async (parts, raw) => {
        const files = [
          { file: 'text', bytes: bytes(parts.join('')) },
          { file: 'raw', bytes: raw },
        ]
        const { keys } = await takeIn(files, ['words'])
        expect(keys).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('takes the latest of several certificates with one key, and a key once, however often it lies there', async () => {
    const { pkcs8 } = await generateKey('ec-p256')
    const [old, recent] = [
      await certificateOf(pkcs8, new Date('2025-01-01T00:00:00Z')),
      await certificateOf(pkcs8, new Date('2026-01-01T00:00:00Z')),
    ]
    const request = await buildRequest({ pkcs8, key: 'ec-p256', subject: [], subjectAltNames: [] })
    const files = [
      { file: 'all.pem', bytes: bytes(recent.pem + old.pem + request.pem + toPem('PRIVATE KEY', pkcs8)) },
      { file: 'copy.key', bytes: bytes(await sealPkcs8(pkcs8, 'open me')) },
      { file: 'copy.crt', bytes: recent.der },
    ]
    const locked = await takeIn(files, [])
    expect([locked.keys.length, locked.locked]).toEqual([1, ['copy.key']])
    const { keys } = await takeIn(files, ['wrong', 'open me'])
    expect(keys).toMatchObject([{ file: 'all.pem', older: 1, chain: [], unprotected: true }])
    expect(keys[0]?.certificate?.facts.notBefore).toMatch(/^2025-12-31|^2026-01-01/)
    expect(keys[0]?.request?.file).toBe('all.pem')
  })

  it('is no key that is too weak or of a kind nobody here uses', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const encoding = {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024, ...encoding } as never) as unknown as {
      privateKey: string
    }
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1', ...encoding } as never) as unknown as {
      privateKey: string
    }
    const { keys, leftOut } = await takeIn(
      [
        { file: 'weak.key', bytes: bytes(weak.privateKey) },
        { file: 'curve.key', bytes: bytes(curve.privateKey) },
      ],
      [],
    )
    expect(keys).toEqual([])
    expect(leftOut.map(({ problem }) => problem)).toMatchObject([
      { code: 'key.type-unsupported', type: 'RSA 1024' },
      { code: 'key.type-unsupported', type: 'EC secp256k1' },
    ])
  })
})
