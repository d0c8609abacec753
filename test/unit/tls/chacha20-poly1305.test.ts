import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openChaCha20Poly1305 } from '../../../shared/tls/chacha20-poly1305.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

describe('AEAD_CHACHA20_POLY1305', () => {
  // Figures of RFC 8439 section 2.8.2.
  const key = bytes('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f')
  const nonce = bytes('070000004041424344454647')
  const aad = bytes('50515253c0c1c2c3c4c5c6c7')
  const sealed = bytes(
    'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691',
  )

  it('opens the example of RFC 8439', () => {
    const opened = openChaCha20Poly1305(key, nonce, aad, sealed)
    expect(new TextDecoder().decode(opened ?? undefined)).toMatch(/^Ladies and Gentlemen of the class of '99/)
  })

  it('opens nothing when a bit of content, tag or header was changed', () => {
    for (const at of [0, 60, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(openChaCha20Poly1305(key, nonce, aad, changed)).toBeNull()
    }
    expect(openChaCha20Poly1305(key, nonce, aad.subarray(1), sealed)).toBeNull()
    expect(openChaCha20Poly1305(key, nonce, aad, sealed.subarray(0, 10))).toBeNull()
    expect(openChaCha20Poly1305(key.subarray(1), nonce, aad, sealed)).toBeNull()
  })

  it('opens whatever OpenSSL sealed', () => {
    const part = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
    fc.assert(
      fc.property(
        part(32),
        part(12),
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 400 }),
        (k, n, a, text) => {
          const cipher = createCipheriv('chacha20-poly1305', k, n, { authTagLength: 16 })
          cipher.setAAD(a, { plaintextLength: text.length })
          const whole = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
          expect(Buffer.from(openChaCha20Poly1305(k, n, a, whole) ?? []).equals(text)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
