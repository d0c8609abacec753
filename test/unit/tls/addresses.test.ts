import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressBytes, addressText } from '../../../shared/tls/addresses.ts'

describe('an address', () => {
  it.each([
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::1', [...Array(15).fill(0), 1]],
    ['::', Array(16).fill(0)],
    ['2001:db8::8:0', [0x20, 1, 0x0d, 0xb8, ...Array(9).fill(0), 8, 0, 0]],
    ['fe80::1%eth0', [0xfe, 0x80, ...Array(13).fill(0), 1]],
    ['::ffff:10.1.2.3', [10, 1, 2, 3]],
  ])('%s is read', (text, expected) => {
    expect([...(addressBytes(text) ?? [])]).toEqual(expected)
  })

  it.each(['', 'localhost', '1.2.3', '1.2.3.256', '1:2', ':::', '1::2::3', '12345::', '::g'])('%j is none', (text) => {
    expect(addressBytes(text)).toBeNull()
  })

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(0xffff), (bytes, zeros) => {
        const with0 = bytes.map((byte, i) => ((zeros >> (i >> 1)) & 1 ? 0 : byte))
        const text = addressText(with0)
        expect(isIPv6(text)).toBe(true)
        expect(addressBytes(text)).toEqual(with0)
      }),
    )
    expect(addressText(new Uint8Array([192, 0, 2, 1]))).toBe('192.0.2.1')
    expect(addressText(new Uint8Array(16))).toBe('::')
  })
})
