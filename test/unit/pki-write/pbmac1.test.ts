import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPkcs12 } from '../../../shared/pki/pkcs12.ts'

/** The bundles of RFC 9579, appendix A. Three of them are in the corpus, under the names that OpenSSL gives them. */
const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const corpus = (name: string) => join(fixtures, 'corpus', 'pkcs12', `ossl__pbmac1_${name}.p12`)
const own = (name: string) => join(fixtures, 'rfc9579', `${name}.p12`)
const open = (path: string, passphrase = '1234') => openPkcs12(new Uint8Array(readFileSync(path)), passphrase, 'a.p12')

describe('PBMAC1', () => {
  it.each([
    ['A.1', 'HMAC and PRF with SHA-256', corpus('256_256.good'), /^PBMAC1, HMAC-SHA-256, .*SHA-256/],
    ['A.2', 'HMAC with SHA-256 and PRF with SHA-512', own('a2'), /^PBMAC1, HMAC-SHA-256, .*SHA-512/],
    ['A.3', 'HMAC and PRF with SHA-512', corpus('512_512.good'), /^PBMAC1, HMAC-SHA-512, .*SHA-512/],
  ])('opens %s: %s', async (_, __, path, label) => {
    const opened = await open(path)
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    expect(opened.value.facts).toMatchObject({ keys: 1, certificates: 1, macAlgorithm: expect.stringMatching(label) })
    const wrong = await open(path, '12345')
    expect(wrong).toEqual({ ok: false, problem: { code: 'key.passphrase-wrong', name: 'a.p12' } })
  })

  it.each([
    ['A.4', 'with another number of iterations', corpus('256_256.bad-iter'), 'key.passphrase-wrong'],
    ['A.5', 'with another salt', own('a5'), 'key.passphrase-wrong'],
    ['A.6', 'without the length of its key', own('a6'), 'file.damaged'],
  ])('refuses %s: %s', async (_, __, path, code) => {
    const opened = await open(path)
    expect(opened.ok === false && opened.problem.code).toBe(code)
  })
})
