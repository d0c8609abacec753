import { createPublicKey, generateKeyPairSync, type RSAPSSKeyPairKeyObjectOptions, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { der, derOf } from '../../../shared/pki/der.ts'
import { signatureAlgorithmOf } from '../../../shared/pki/signature-algorithms.ts'
import { readPublicKey } from '../../../shared/pki/spki.ts'
import { checkSignaturesBy, signatureFits } from '../../../shared/pki/verify.ts'

checkSignaturesBy(nodeVerifies)

const tbs = new TextEncoder().encode('what was signed')
const identifier = (oid: string, ...parameters: Uint8Array[]) => der.sequence(der.oid(oid), ...parameters)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const pssOnly = generateKeyPairSync('rsa-pss', {
  modulusLength: 2048,
  hashAlgorithm: 'sha384',
  mgf1HashAlgorithm: 'sha384',
  saltLength: 48,
  // Node's types have a text here; it takes a number only.
} as unknown as RSAPSSKeyPairKeyObjectOptions).privateKey
const pssParameters = (hash: string, salt: number) =>
  der.sequence(
    der.context(0, identifier(hash)),
    der.context(1, identifier('1.2.840.113549.1.1.8', identifier(hash))),
    der.context(2, der.integer(salt)),
  )

const nist = '2.16.840.1.101.3.4.3'
const cases: [string, Parameters<typeof sign>[0], ReturnType<typeof ec>, Uint8Array][] = [
  ['RSA with MD5', 'md5', rsa, identifier('1.2.840.113549.1.1.4', der.null())],
  ['RSA with SHA-1', 'sha1', rsa, identifier('1.2.840.113549.1.1.5', der.null())],
  ['RSA with SHA-224', 'sha224', rsa, identifier('1.2.840.113549.1.1.14', der.null())],
  ['RSA with SHA-512/256', 'sha512-256', rsa, identifier('1.2.840.113549.1.1.16', der.null())],
  ['RSA with SHA3-256', 'sha3-256', rsa, identifier(`${nist}.14`, der.null())],
  ['DSA with SHA-1', 'sha1', dsa, identifier('1.2.840.10040.4.3')],
  ['DSA with SHA-256', 'sha256', dsa, identifier(`${nist}.2`)],
  ['ECDSA on P-256 with SHA-224', 'sha224', ec('prime256v1'), identifier('1.2.840.10045.4.3.1')],
  ['ECDSA on P-521 with SHA3-512', 'sha3-512', ec('secp521r1'), identifier(`${nist}.12`)],
  ['ECDSA on secp256k1', 'sha256', ec('secp256k1'), identifier('1.2.840.10045.4.3.2')],
  ['ECDSA on brainpoolP384r1', 'sha384', ec('brainpoolP384r1'), identifier('1.2.840.10045.4.3.3')],
  ['Ed25519', null, generateKeyPairSync('ed25519').privateKey, identifier('1.3.101.112')],
  ['Ed448', null, generateKeyPairSync('ed448').privateKey, identifier('1.3.101.113')],
]

describe('signatures checked by Node.js', () => {
  const check = (key: ReturnType<typeof ec>, signature: Uint8Array, algorithm: Uint8Array, of = tbs) => {
    const spki = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })).export({ type: 'spki', format: 'der' })
    return signatureFits(
      { tbs: of, signature, algorithm: signatureAlgorithmOf(derOf(algorithm)) },
      readPublicKey(new Uint8Array(spki))!,
    )
  }

  it.each(cases)('%s', async (_, digest, key, algorithm) => {
    const signature = new Uint8Array(sign(digest, tbs, key))
    expect(await check(key, signature, algorithm)).toBe(true)
    expect(await check(key, signature, algorithm, tbs.subarray(1))).toBe(false)
    expect(await check(key, signature.subarray(1), algorithm)).toBe(false)
    expect(await check(key, new Uint8Array(), algorithm)).toBe(false)
  })

  it('RSA-PSS, by the limits of a key that is for it only', async () => {
    const made = (hash: string, saltLength: number) =>
      new Uint8Array(sign(hash, tbs, { key: rsa, padding: 6, saltLength }))
    const sha256 = '2.16.840.1.101.3.4.2.1'
    const identified = (hash: string, salt: number) => identifier('1.2.840.113549.1.1.10', pssParameters(hash, salt))
    expect(await check(rsa, made('sha256', 32), identified(sha256, 32))).toBe(true)
    expect(await check(rsa, made('sha256', 20), identified(sha256, 32))).toBe(false)
    const own = new Uint8Array(sign('sha384', tbs, { key: pssOnly, padding: 6, saltLength: 48 }))
    expect(await check(pssOnly, own, identified('2.16.840.1.101.3.4.2.2', 48))).toBe(true)
    expect(await check(pssOnly, own, identifier('1.2.840.113549.1.1.12', der.null()))).toBe(false)
  })

  it('of a key that cannot have made them are wrong, of an unknown kind unknown', async () => {
    const [ecdsa] = [new Uint8Array(sign('sha256', tbs, ec('prime256v1')))]
    expect(await check(rsa, ecdsa!, identifier('1.2.840.10045.4.3.2'))).toBe(false)
    expect(await check(generateKeyPairSync('x25519').privateKey, ecdsa!, identifier('1.3.101.112'))).toBe(false)
    expect(await check(rsa, ecdsa!, identifier('1.2.3.4'))).toBeNull()
  })

  it('of a key that is too large to be anything but an attack are left alone', async () => {
    const big = new Uint8Array(2100).fill(0xff)
    const key = der.sequence(
      identifier('1.2.840.113549.1.1.1', der.null()),
      der.bitString(der.sequence(der.integer(big), der.integer(65537))),
    )
    const read = readPublicKey(key)!
    expect(read.readable).toBe(true)
    const algorithm = signatureAlgorithmOf(derOf(identifier('1.2.840.113549.1.1.11', der.null())))
    expect(await signatureFits({ tbs, signature: big, algorithm }, read)).toBeNull()
  })
})
