import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../shared/pki/kdf.ts'
import { isOneBlock, repeat } from '../../../shared/pki/repeated-digest.ts'

describe('a digest taken over and over', () => {
  it.each(['MD5', 'SHA-1', 'SHA-256'] as const)('is that of %s, whatever the octets', (digest) => {
    const octets = (most: number) => fc.uint8Array({ maxLength: most })
    fc.assert(
      fc.property(octets(32), octets(23), fc.integer({ min: 1, max: 6 }), (first, suffix, times) => {
        let expected: Uint8Array = first
        for (let i = 0; i < times; i++) expected = digestOf(digest, Uint8Array.from([...expected, ...suffix]))
        expect(Buffer.from(repeat(digest, first, suffix, times))).toEqual(Buffer.from(expected))
      }),
    )
  })

  it('fits one block up to 55 octets', () => {
    expect([isOneBlock(55), isOneBlock(56)]).toEqual([true, false])
  })
})
