import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import { AuthorityPlan as schema } from '../../../shared/authority/authority-plan.ts'
import { makeAuthority } from '../../../shared/authority/new-authority.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'

const now = new Date('2026-03-01T12:00:00.500Z')
const plan: AuthorityPlan = {
  name: 'Acme webhooks',
  commonName: 'Acme Root CA',
  organization: 'Acme Ltd',
  country: 'IE',
  key: 'ec-p256',
  years: 20,
  askEachTime: false,
}
const facts = (der: Uint8Array) => readCertificate(der)!.facts

describe('a new authority', () => {
  it('alone signs certificates and lists, and allows no authority below it', async () => {
    const { root, issuing } = (await makeAuthority(plan, now))!
    expect(issuing).toBeUndefined()
    expect(facts(root.certificateDer)).toMatchObject({
      version: 3,
      subject: 'CN=Acme Root CA,O=Acme Ltd,C=IE',
      selfSigned: true,
      isCa: true,
      pathLength: 0,
      keyUsage: ['keyCertSign', 'cRLSign'],
      notBefore: '2026-03-01T11:55:00Z',
      notAfter: '2046-03-01T12:00:00Z',
      signatureAlgorithm: 'ecdsa-with-SHA256',
    })
  })

  it('with an issuing one below it allows just that one, which never outlives it', async () => {
    const issuing = { commonName: 'Acme Issuing CA', years: 30 }
    const made = (await makeAuthority({ ...plan, issuing }, now))!
    const [root, below] = [made.root, made.issuing!].map(({ certificateDer }) => facts(certificateDer))
    expect(root).toMatchObject({ pathLength: 1, selfSigned: true })
    expect(below).toMatchObject({
      subject: 'CN=Acme Issuing CA,O=Acme Ltd,C=IE',
      issuer: root!.subject,
      pathLength: 0,
      keyUsage: ['keyCertSign', 'cRLSign'],
      authorityKeyIdentifier: root!.subjectKeyIdentifier,
      notAfter: root!.notAfter,
    })
    const rootKey = new X509Certificate(made.root.certificateDer).publicKey
    expect(new X509Certificate(made.issuing!.certificateDer).verify(rootKey)).toBe(true)
    expect(made.root.pkcs8).not.toEqual(made.issuing!.pkcs8)
  })

  it('signs with SHA-384 where its key is P-384', async () => {
    const { root } = (await makeAuthority({ ...plan, key: 'ec-p384' }, now))!
    expect(facts(root.certificateDer)).toMatchObject({ curve: 'secp384r1', signatureAlgorithm: 'ecdsa-with-SHA384' })
  })

  it('overwrites its keys when it is cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await makeAuthority(plan, now, stop.signal)).toBeNull()
  })

  it.each([
    [{ country: 'UK' }],
    [{ commonName: 'x'.repeat(65) }],
    [{ commonName: ' ' }],
    [{ years: 31 }],
    [{ key: 'rsa-2048' }],
  ])('is not made of %j', (change) => {
    expect(schema.safeParse({ ...plan, ...change }).success).toBe(false)
  })
})
