import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { foundIn, keyNeedles, passphraseNeedle } from '../../support/secret-scan.ts'
import { issue } from '../../support/throwaway-pki.ts'

/** The tests that look for secrets are worth what their scan finds: here it is shown each kind of key in each spelling. */
const kinds: [string, { privateKey: KeyObject; publicKey: KeyObject }, ('pkcs1' | 'sec1')[]][] = [
  ['RSA 2048', generateKeyPairSync('rsa', { modulusLength: 2048 }), ['pkcs1']],
  ['EC P-256', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }), ['sec1']],
  ['EC P-521', generateKeyPairSync('ec', { namedCurve: 'secp521r1' }), ['sec1']],
  ['Ed25519', generateKeyPairSync('ed25519'), []],
]

const bytes = (text: string) => new TextEncoder().encode(text)
const base64 = (content: Uint8Array) => Buffer.from(content).toString('base64')
const hex = (content: Uint8Array) => Buffer.from(content).toString('hex')

const spellings: [string, (der: Buffer, pem: string) => Uint8Array | string][] = [
  ['as octets', (der) => der],
  ['amid other octets', (der) => Buffer.concat([Buffer.alloc(7, 3), der, Buffer.alloc(5)])],
  ['as PEM', (_, pem) => pem],
  ['as PEM with Windows line ends', (_, pem) => pem.replaceAll('\n', '\r\n')],
  ['as PEM in JSON', (_, pem) => JSON.stringify({ key: pem })],
  ['as PEM in base64', (_, pem) => base64(bytes(pem))],
  ['as PEM in base64 twice', (_, pem) => base64(bytes(base64(bytes(pem))))],
  ['as PEM in hex', (_, pem) => hex(bytes(pem))],
  ['as the body of a PEM on one line', (der) => base64(der)],
  ['in base64 of web addresses', (der) => der.toString('base64url')],
  ['in base64 within an address', (der) => `?key=${encodeURIComponent(base64(der))}`],
  ['in hex', (der) => hex(der)],
  ['in capital hex', (der) => hex(der).toUpperCase()],
  ['in hex with colons', (der) => hex(der).match(/../g)!.join(':')],
  [
    'in hex over indented lines',
    (der) =>
      `    ${hex(der)
        .match(/.{1,30}/g)!
        .join('\n    ')}`,
  ],
  ['in hex with spaces', (der) => `<Buffer ${hex(der).match(/../g)!.join(' ')}>`],
  ['as Node prints octets', (der) => inspect(new Uint8Array(der), { maxArrayLength: null })],
  ['as JSON of a buffer', (der) => JSON.stringify({ key: der })],
  ['as JSON of an array of octets', (der) => JSON.stringify({ key: new Uint8Array(der) })],
  ['in a ZIP', (_, pem) => zipSync({ 'a/key.txt': bytes(pem) })],
  ['compressed', (der) => gzipSync(base64(der))],
]

describe.each(kinds)('a key of the kind %s', (_, { privateKey, publicKey }, older) => {
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' })
  const needles = keyNeedles(pkcs8)
  const found = (content: Uint8Array | string) =>
    foundIn(typeof content === 'string' ? bytes(content) : content, needles)

  it.each(spellings)('is found %s', (_name, spelt) => {
    for (const type of ['pkcs8', ...older] as 'pkcs8'[]) {
      const der = privateKey.export({ type, format: 'der' })
      expect(found(spelt(der, privateKey.export({ type, format: 'pem' }).toString())), type).not.toEqual([])
    }
  })

  it('is found as JWK, and by half of the number that makes it private', () => {
    const jwk = privateKey.export({ format: 'jwk' })
    expect(found(JSON.stringify(jwk))).not.toEqual([])
    const number = Buffer.from(jwk.d ?? '', 'base64url')
    const middle = number.length >> 1
    for (const half of [number.subarray(0, middle), number.subarray(middle)]) expect(found(hex(half))).not.toEqual([])
  })

  it('is not found in what is public, nor where it is protected', () => {
    const { der, pem } = issue({ subject: ['CN=somebody'], key: privateKey })
    const open = [
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(publicKey.export({ format: 'jwk' })),
      der,
      pem,
      JSON.stringify(new X509Certificate(der).toLegacyObject()),
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
      randomKey(),
    ]
    for (const content of open) expect(found(content)).toEqual([])
  })
})

const randomKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('a passphrase', () => {
  const passphrase = 'Wandering-Otter-4711 ü'
  const needle = [passphraseNeedle(passphrase)]

  it.each<[string, Uint8Array | string]>([
    ['as it is', `a ${passphrase} b`],
    ['in JSON', JSON.stringify({ passphrase })],
    ['in base64', base64(bytes(`x${passphrase}`))],
    ['in hex', hex(bytes(passphrase))],
    ['as a list of octets', JSON.stringify([...bytes(passphrase)])],
    ['in letters of two octets, as bundles take it', Buffer.from(passphrase, 'utf16le').swap16()],
    ['in letters of two octets, in base64', base64(Buffer.from(` ${passphrase}`, 'utf16le'))],
    ['compressed', gzipSync(passphrase)],
  ])('is found %s', (_, content) => {
    expect(foundIn(typeof content === 'string' ? bytes(content) : content, needle)).toHaveLength(1)
  })

  it('is not found where another stands', () => {
    expect(foundIn(bytes('Wandering-Otter-4712 ü'), needle)).toEqual([])
  })
})
