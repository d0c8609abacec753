import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { content, derOf, hex } from '../../../shared/pki/der.ts'
import { generalNameOf } from '../../../shared/pki/general-names.ts'
import { encodeGeneralName, encodeName } from '../../../shared/pki/name-writer.ts'
import { nameOf } from '../../../shared/pki/names.ts'

const octets = (text: string): string => {
  const encoded = encodeGeneralName(text)
  return encoded ? hex(content(derOf(encoded))) : 'none'
}

describe('a name', () => {
  it('keeps the order in which its parts were given', () => {
    const parts = [
      { type: 'CN', value: 'b' },
      { type: 'C', value: 'GB' },
      { type: 'O', value: 'a' },
    ]
    expect(nameOf(derOf(encodeName(parts))).parts).toEqual(parts)
  })

  it.each([
    ['C', 'GB', 0x13],
    ['serialNumber', '12', 0x13],
    ['emailAddress', 'a@example.com', 0x16],
    ['DC', 'example', 0x16],
    ['CN', 'plain', 0x0c],
    ['O', 'Zürich', 0x0c],
    ['C', 'Ö', 0x0c],
    ['emailAddress', 'ä@example.com', 0x0c],
    ['2.5.4.97', 'PSDDE-BAFIN-1', 0x0c],
  ])('writes %s=%s as a string of type %i', (type, value, tag) => {
    const encoded = encodeName([{ type, value }])
    const length = new TextEncoder().encode(value).length
    expect(encoded[encoded.length - length - 2]).toBe(tag)
  })

  it('comes back as it went in, whatever the characters', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: fc.constantFrom('CN', 'O', 'OU', 'L'), value }), { maxLength: 6 }),
        (parts) => {
          const read = nameOf(derOf(encodeName(parts))).parts
          expect(read.map(({ type }) => type)).toEqual(parts.map(({ type }) => type))
          expect(read.length).toBe(parts.length)
        },
      ),
    )
  })
})

describe('an alternative name', () => {
  it.each([
    ['DNS:api.example.com', '6170692e6578616d706c652e636f6d'],
    ['DNS:*.example.com', '2a2e6578616d706c652e636f6d'],
    ['IP:192.0.2.7', 'c0000207'],
    ['IP:::', '00000000000000000000000000000000'],
    ['IP:::1', '00000000000000000000000000000001'],
    ['IP:2001:db8::', '20010db8000000000000000000000000'],
    ['IP:1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['IP:::ffff:192.0.2.7', '00000000000000000000ffffc0000207'],
    ['email:a@b.example', '6140622e6578616d706c65'],
    ['URI:https://a.example/x?y=z:1', '68747470733a2f2f612e6578616d706c652f783f793d7a3a31'],
  ])('%s is written as its octets', (text, expected) => {
    expect(octets(text)).toBe(expected)
  })

  it.each([
    '',
    'api.example.com',
    'DNS:',
    'DNS:bücher.example',
    'DNS:a b',
    'DNS:a\0b',
    'dns:a',
    'dirName:CN=x',
    'constructor:x',
    'IP:192.0.2.256',
    'IP:192.0.2',
    'IP:192.0.2.07',
    'IP:1::2::3',
    'IP:1:2:3:4:5:6:7',
    'IP:1:2:3:4:5:6:7:8:9',
    'IP:1:2:3:4:5:6:7::8',
    'IP:12345::',
    'IP:g::',
    'IP:::1.2.3',
    'IP:fe80::1%eth0',
  ])('%j is none', (text) => {
    expect(encodeGeneralName(text)).toBeNull()
  })

  it('is an address exactly when Node says so, and comes back as the same one', () => {
    const nearly = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.stringMatching(/^[0-9a-f:.]{1,24}$/))
    fc.assert(
      fc.property(nearly, (address) => {
        const encoded = encodeGeneralName(`IP:${address}`)
        expect(encoded !== null).toBe(isIPv4(address) || isIPv6(address))
        if (!encoded) return
        const family = isIPv4(address) ? 'ipv4' : 'ipv6'
        const read = generalNameOf(derOf(encoded)).slice(3)
        const same = (text: string) => new SocketAddress({ address: text, family }).address
        expect(same(read)).toBe(same(address))
      }),
      { numRuns: 1000 },
    )
  })
})
