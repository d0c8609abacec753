import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../electron/tls/node-crypto.ts'
import { openCbc } from '../../../shared/tls/aes-cbc-records.ts'
import { keyExchangeOf, suiteName, suiteOf } from '../../../shared/tls/cipher-suites.ts'
import { webCrypto } from '../../../shared/tls/tls-crypto.ts'
import { prf } from '../../../shared/tls/tls12-keys.ts'
import { bytes } from './fixtures.ts'

const libraries = [
  ['WebCrypto', webCrypto],
  ['Node’s crypto', nodeCrypto],
] as const

describe.each(libraries)('TLS 1.2 with %s', (_, use) => {
  it('derives by the PRF what the vector for P_SHA256 has', async () => {
    const made = await prf(
      use,
      'SHA-256',
      bytes('9bbe436ba940f017b17652849a71db35'),
      'test label',
      bytes('a0ba9f936cda311827a6f796ffd5198c'),
      100,
    )
    expect(Buffer.from(made).toString('hex')).toBe(
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
    )
  })

  const macs = [
    ['SHA-1', 'sha1', 20],
    ['SHA-256', 'sha256', 32],
    ['SHA-384', 'sha384', 48],
  ] as const
  it.each(macs.flatMap((mac) => [[...mac, true] as const, [...mac, false] as const]))(
    'opens CBC records with HMAC-%s, in either order of MAC and encryption',
    async (mac, name, macBytes, macFirst) => {
      const [macKey, key] = [randomBytes(macBytes), randomBytes(16)]
      const prefix = bytes('000000000000000517' + '0303')
      const seal = (content: Uint8Array, extraBlocks: number) => {
        const tag = (text: Uint8Array) => {
          const length = Buffer.from([text.length >> 8, text.length & 255])
          return createHmac(name, macKey)
            .update(Buffer.concat([prefix, length, text]))
            .digest()
        }
        const plain = macFirst ? Buffer.concat([content, tag(content)]) : Buffer.from(content)
        const padding = 15 - (plain.length % 16) + 16 * extraBlocks
        const iv = randomBytes(16)
        const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
        const padded = Buffer.concat([plain, Buffer.alloc(padding + 1, padding)])
        const sealed = Buffer.concat([iv, cipher.update(padded), cipher.final()])
        return macFirst ? sealed : Buffer.concat([sealed, tag(sealed)])
      }
      const content = fc.uint8Array({ maxLength: 100 })
      await fc.assert(
        fc.asyncProperty(content, fc.nat(14), fc.nat(), async (text, blocks, place) => {
          const record = seal(text, blocks)
          const open = () => openCbc(use, { mac, macFirst }, { macKey, key }, prefix, record)
          expect([...((await open()) ?? [-1])]).toEqual([...text])
          const at = place % record.length
          record[at] = (record[at] ?? 0) ^ 1
          expect(await open()).toBeNull()
        }),
        { numRuns: 40 },
      )
    },
  )

  it('opens nothing that is too short or no whole blocks', async () => {
    const keys = { macKey: new Uint8Array(20), key: new Uint8Array(16) }
    for (let length = 0; length < 80; length++) {
      for (const macFirst of [true, false]) {
        const record = new Uint8Array(length)
        expect(await openCbc(use, { mac: 'SHA-1', macFirst }, keys, new Uint8Array(11), record)).toBeNull()
      }
    }
  })
})

describe('suites', () => {
  it('are told apart by what protects their records', () => {
    expect(suiteOf(0xc02f)).toMatchObject({ cipher: 'aes-128-gcm', hash: 'SHA-256' })
    expect(suiteOf(0x009d)).toMatchObject({ cipher: 'aes-256-gcm', hash: 'SHA-384' })
    expect(suiteOf(0xcca9)).toMatchObject({ cipher: 'chacha20-poly1305', hash: 'SHA-256' })
    expect(suiteOf(0xc028)).toMatchObject({ cipher: 'aes-256-cbc', hash: 'SHA-384', mac: 'SHA-384' })
    expect(suiteOf(0x002f)).toMatchObject({ cipher: 'aes-128-cbc', hash: 'SHA-256', mac: 'SHA-1' })
    expect(suiteOf(0x1301)).toMatchObject({ name: 'TLS_AES_128_GCM_SHA256', cipher: 'aes-128-gcm' })
  })

  it('that cannot be opened here are named all the same', () => {
    for (const [number, name] of [
      [0x000a, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
      [0x0005, 'TLS_RSA_WITH_RC4_128_SHA'],
      [0xc0ac, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM'],
      [0xc077, 'TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384'],
      [0x1304, 'TLS_AES_128_CCM_SHA256'],
      [0x00ff, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV'],
      [0xabcd, '0xabcd'],
    ] as const) {
      expect(suiteName(number)).toBe(name)
      expect(suiteOf(number)).toBeUndefined()
    }
  })

  it('say how keys are agreed on', () => {
    expect([0xc02f, 0x009e, 0x009c, 0x1301, 0x00ff].map(keyExchangeOf)).toEqual([
      'ECDHE',
      'DHE',
      'RSA',
      undefined,
      undefined,
    ])
  })
})
