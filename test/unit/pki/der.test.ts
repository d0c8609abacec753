import { describe, expect, it } from 'vitest'
import { children, DerFault, der, hex, octets, readDer, whole } from '../../../shared/pki/der.ts'
import { integerHex, oidOf, timeOf } from '../../../shared/pki/der-values.ts'

const bytes = (text: string) =>
  Uint8Array.from(text.replace(/ /g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

describe('the DER writer', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [-1, '0201ff'],
    [-128, '020180'],
    [-129, '0202ff7f'],
    [65537, '0203010001'],
  ])('writes the integer %i as %s', (value, expected) => {
    expect(hex(der.integer(value))).toBe(expected)
  })

  it('writes unsigned octets without needless zeros, and with the one that keeps them positive', () => {
    expect(hex(der.integer(bytes('00 00 ff 01')))).toBe('020300ff01')
    expect(hex(der.integer(bytes('00 00')))).toBe('020100')
  })

  it.each([
    '1.2.840.113549.1.1.11',
    '2.5.4.3',
    '2.999.1',
    '2.16.840.1.101.3.4.2.1',
    '0.9.2342.19200300.100.1.25',
    '2.25.329800735698586629295641978511506172918',
  ])('writes the identifier %s as the reader reads it', (oid) => {
    expect(oidOf(readDer(der.oid(oid))!)).toBe(oid)
  })

  it('takes long lengths in the fewest octets', () => {
    expect(hex(der.octetString(new Uint8Array(200)).subarray(0, 3))).toBe('0481c8')
    expect(hex(der.octetString(new Uint8Array(65536)).subarray(0, 5))).toBe('0483010000')
  })

  it('sorts a SET OF', () => {
    expect(hex(der.set(der.integer(5), der.null(), der.integer(1)))).toBe('31080201010201050500')
  })

  it('turns from UTCTime to GeneralizedTime at 2050', () => {
    expect(timeOf(readDer(der.time(new Date('2049-12-31T23:59:59Z')))!)).toBe('2049-12-31T23:59:59Z')
    expect(der.time(new Date('2049-12-31T23:59:59Z'))[0]).toBe(0x17)
    expect(der.time(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18)
  })
})

describe('the DER reader', () => {
  it('keeps the offsets of every value', () => {
    const node = readDer(bytes('00 30 05 02 01 05 05 00 ff'), 1)!
    expect(children(node).map((child) => [child.start, child.from, child.to, child.end])).toEqual([
      [3, 5, 6, 6],
      [6, 8, 8, 8],
    ])
    expect(hex(whole(node))).toBe('30050201050500')
  })

  it('reads indefinite lengths and strings in pieces', () => {
    const node = readDer(bytes('30 80 24 80 04 01 aa 24 80 04 01 bb 00 00 00 00 02 01 07 00 00'))!
    const [text, number] = children(node)
    expect(hex(octets(text!))).toBe('aabb')
    expect(integerHex(number!)).toBe('07')
    expect(node.end).toBe(21)
  })

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a length past the end', '3003 0201'],
    ['an indefinite primitive', '0480 0000'],
    ['no end of contents', '3080 020105'],
    ['a length of nine octets', '3089 010000000000000000'],
    ['a tag number without end', '1fff ffff ffff ff'],
  ])('refuses %s', (_, text) => {
    expect(readDer(bytes(text))).toBeNull()
  })

  it('does not overflow the stack on deep nesting, definite or not', () => {
    expect(readDer(new Uint8Array(2_000_000).map((_, i) => (i % 2 ? 0x80 : 0x30)))).toBeNull()
    const definite = readDer(new Uint8Array(1000).map((_, i) => (i % 2 ? 0 : 0x30)))
    expect(definite).not.toBeNull()
  })

  it('reads nested indefinite lengths once, not once a level', () => {
    const inner = Array.from({ length: 400_000 }, () => [0x05, 0x00]).flat()
    let nested = Uint8Array.from(inner)
    for (let i = 0; i < 40; i++) nested = Uint8Array.from([0x30, 0x80, ...nested, 0, 0])
    const began = performance.now()
    let node = readDer(nested)!
    for (let i = 0; i < 39; i++) node = children(node)[0]!
    expect(children(node)).toHaveLength(400_000)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it.each([
    ['00', '00'],
    ['7f', '7F'],
    ['80', '-80'],
    ['ff', '-01'],
    ['0080', '80'],
    ['ff7f', '-81'],
  ])('spells the integer %s as OpenSSL does: %s', (octetsText, expected) => {
    const value = bytes(octetsText)
    expect(integerHex(readDer(Uint8Array.from([2, value.length, ...value]))!)).toBe(expected)
  })

  it.each(['000001', 'ffff', ''])('refuses the integer %s, which is not in its shortest form', (octetsText) => {
    const value = bytes(octetsText)
    expect(() => integerHex(readDer(Uint8Array.from([2, value.length, ...value]))!)).toThrow(DerFault)
  })

  it.each([
    [0x17, '491231235959Z', '2049-12-31T23:59:59Z'],
    [0x17, '500101000000Z', '1950-01-01T00:00:00Z'],
    [0x17, '4912312359Z', '2049-12-31T23:59:00Z'],
    [0x18, '20500101000000Z', '2050-01-01T00:00:00Z'],
    [0x18, '99991231235959Z', '9999-12-31T23:59:59Z'],
    [0x18, '20240229120000.5Z', '2024-02-29T12:00:00Z'],
    [0x17, '240101003000+0100', '2023-12-31T23:30:00Z'],
  ])('reads the time %i %s as %s', (tag, text, expected) => {
    expect(timeOf(readDer(der.value(tag, new TextEncoder().encode(text)))!)).toBe(expected)
  })

  it.each([
    [0x17, ''],
    [0x17, '491231235959'],
    [0x18, '20500230120000Z'],
    [0x18, '20501301120000Z'],
    [0x18, '20500101250000Z'],
    [0x13, '491231235959Z'],
  ])('refuses the time %i %s', (tag, text) => {
    expect(() => timeOf(readDer(der.value(tag, new TextEncoder().encode(text)))!)).toThrow(DerFault)
  })
})
