import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha1, sha256 } from '../../../shared/pki/digest.ts'

const nodes = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest('hex')

describe('digests of public bytes', () => {
  it.each([0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 100_000])(
    'agree with OpenSSL for %i octets',
    (size) => {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + 13) & 0xff)
      expect(sha256(bytes)).toBe(nodes('sha256', bytes))
      expect(sha1(bytes)).toBe(nodes('sha1', bytes))
    },
  )

  it('agree with OpenSSL for any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(nodes('sha256', bytes))
        expect(sha1(bytes)).toBe(nodes('sha1', bytes))
      }),
    )
  })
})
