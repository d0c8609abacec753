import { createHash, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KeyAlgorithm } from '../../../shared/pki/key-plan.ts'
import { generateKey, spkiSha256 } from '../../../shared/pki/keys.ts'
import { publicHalf } from '../../../shared/pki/public-half.ts'
import { readPublicKey } from '../../../shared/pki/spki.ts'

const facts: Record<KeyAlgorithm, object> = {
  'rsa-2048': { keyAlgorithm: 'RSA', keyBits: 2048 },
  'rsa-3072': { keyAlgorithm: 'RSA', keyBits: 3072 },
  'rsa-4096': { keyAlgorithm: 'RSA', keyBits: 4096 },
  'ec-p256': { keyAlgorithm: 'EC', keyBits: 256, curve: 'prime256v1' },
  'ec-p384': { keyAlgorithm: 'EC', keyBits: 384, curve: 'secp384r1' },
  'ec-p521': { keyAlgorithm: 'EC', keyBits: 521, curve: 'secp521r1' },
  ed25519: { keyAlgorithm: 'Ed25519' },
}

describe.each(KeyAlgorithm.options)('a key of the kind %s', (algorithm) => {
  it('is what it is called, and its public half follows from its private one', async () => {
    const { pkcs8, spki } = await generateKey(algorithm)
    expect(readPublicKey(spki)?.facts).toMatchObject(facts[algorithm])
    expect(Buffer.from((await publicHalf(pkcs8))!).equals(spki)).toBe(true)
    expect(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).type).toBe('public')
  })
})

it('is another one each time', async () => {
  const hashes = await Promise.all([1, 2, 3].map(async () => spkiSha256((await generateKey('ec-p256')).spki)))
  expect(new Set(hashes).size).toBe(3)
})

it('is named by the SHA-256 of its SubjectPublicKeyInfo in lower-case hex', async () => {
  const { spki } = await generateKey('ed25519')
  expect(await spkiSha256(spki)).toBe(createHash('sha256').update(spki).digest('hex'))
})

it('is made beside other work, which is never held up for a tenth of a second', async () => {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  await Promise.all([generateKey('rsa-4096'), generateKey('rsa-3072')])
  clearInterval(timer)
  expect(longest).toBeLessThan(100)
})
