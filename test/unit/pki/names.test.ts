import { describe, expect, it } from 'vitest'
import { der, readDer } from '../../../shared/pki/der.ts'
import { visible } from '../../../shared/pki/der-values.ts'
import { addressOf } from '../../../shared/pki/general-names.ts'
import { nameOf, partOf, spellName } from '../../../shared/pki/names.ts'
import { attributeOid, longName, plainName, shortName } from '../../../shared/pki/oids.ts'

const attribute = (oid: string, value: Uint8Array) => der.sequence(der.oid(oid), value)
const name = (...sets: Uint8Array[][]) => nameOf(readDer(der.sequence(...sets.map((set) => der.set(...set))))!)

describe('names', () => {
  it('are spelt with the last attribute first, parts in the order of the encoding', () => {
    const found = name([attribute('2.5.4.6', der.printableString('GB'))], [attribute('2.5.4.3', der.utf8String('a'))])
    expect(found.text).toBe('CN=a,C=GB')
    expect(found.parts).toEqual([
      { type: 'C', value: 'GB' },
      { type: 'CN', value: 'a' },
    ])
  })

  it.each([
    ['é, "x"', 'CN=\\C3\\A9\\, \\"x\\"'],
    [' a ', 'CN=\\ a\\ '],
    ['#a', 'CN=\\#a'],
    ['a+b<c>;d\\', 'CN=a\\+b\\<c\\>\\;d\\\\'],
    ['a\nb\u0000', 'CN=a\\0Ab\\00'],
    ['a=b/c', 'CN=a=b/c'],
    ['', 'CN='],
  ])('escape %j as RFC 2253 asks', (value, expected) => {
    expect(name([attribute('2.5.4.3', der.utf8String(value))]).text).toBe(expected)
    expect(spellName([{ type: 'CN', value }])).toBe(expected)
  })

  it('show unknown types by number and value in hex', () => {
    const found = name([attribute('1.2.3.4', der.utf8String('hi'))])
    expect(found.text).toBe('1.2.3.4=#0C026869')
    expect(found.parts).toEqual([{ type: '1.2.3.4', value: 'hi' }])
  })

  it('join a multi-valued part with +', () => {
    const set = [attribute('2.5.4.3', der.utf8String('a')), attribute('2.5.4.5', der.printableString('1'))]
    expect(name(set).text).toBe('serialNumber=1+CN=a')
  })

  it('read BMP and Latin-1 strings', () => {
    expect(name([attribute('2.5.4.3', der.bmpString('Ж'))]).parts[0]!.value).toBe('Ж')
    expect(name([attribute('2.5.4.3', der.value(0x14, Uint8Array.of(0xe9)))]).parts[0]!.value).toBe('é')
  })

  it('give the last attribute of a type as the most specific', () => {
    const parts = [
      { type: 'OU', value: 'outer' },
      { type: 'OU', value: 'inner' },
    ]
    expect(partOf(parts, 'OU')).toBe('inner')
    expect(partOf(undefined, 'CN')).toBeUndefined()
  })
})

describe('visible', () => {
  it.each([
    ['plain é 中', 'plain é 中'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\u0000\n\u007f', 'a\\u{0}\\u{a}\\u{7f}'],
    ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['\ud800', '\\u{d800}'],
    ['🔑', '🔑'],
  ])('shows %j as %j', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })
})

describe('addresses', () => {
  it.each([
    [[127, 0, 0, 1], '127.0.0.1'],
    [[10, 0, 0, 0, 255, 0, 0, 0], '10.0.0.0/8'],
    [[10, 0, 0, 0, 255, 255, 255, 255], '10.0.0.0/32'],
    [[0, 0, 0, 0, 0, 0, 0, 0], '0.0.0.0/0'],
    [[10, 0, 0, 0, 255, 0, 255, 0], '10.0.0.0/255.0.255.0'],
    [[...Array(15).fill(0), 1], '::1'],
    [[0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 1], '2001:db8::1'],
    [[0x20, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], '2001:0:1::1:0:1'],
    [[1, 2, 3], '010203'],
  ])('%j is %s', (octets, expected) => {
    expect(addressOf(Uint8Array.from(octets))).toBe(expected)
  })
})

describe('object identifiers', () => {
  it('have OpenSSL’s names', () => {
    expect([shortName('2.5.4.3'), shortName('2.5.4.9'), shortName('2.5.4.97'), shortName('1.2.3')]).toEqual([
      'CN',
      'street',
      'organizationIdentifier',
      undefined,
    ])
    expect(longName('1.2.840.113549.1.1.11')).toBe('sha256WithRSAEncryption')
    expect(longName('1.2.3')).toBe('1.2.3')
    expect(plainName('2.5.29.17')).toBe('Subject Alternative Name')
    expect(attributeOid('emailAddress')).toBe('1.2.840.113549.1.9.1')
    expect(attributeOid('sha256')).toBeUndefined()
  })
})
