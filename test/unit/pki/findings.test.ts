import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Finding } from '../../../shared/findings.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { issue } from '../../support/throwaway-pki.ts'

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'corpus')

async function codes(file: string, day: string): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(join(corpus, file)))
  const objects = await inspectBytes(file, bytes, [], new Date(`${day}T12:00:00Z`))
  return objects[0]!.findings.map(({ code, severity }) => `${code} ${severity}`)
}

async function told(pem: string, today: Date): Promise<string[]> {
  const objects = await inspectBytes('-', new TextEncoder().encode(pem), [], today)
  return objects.flatMap(({ id, findings }) => findings.map(({ code, severity }) => `${id} ${code} ${severity}`))
}

describe('findings', () => {
  it.each([
    ['certificates/pyca__two_basic_constraints.pem', 'certificate.duplicate-extension warns'],
    ['certificates/pyca__badasn1time.pem', 'certificate.dates-unreadable refuses'],
    ['certificates/pyca__cryptography.io.precert.pem', 'certificate.precertificate refuses'],
    ['certificates/bssl__x509-trailing_data_leaf_name_constraints.pem', 'certificate.malformed-extension warns'],
    ['certificates/bssl__parse-extension_critical.pem', 'certificate.critical-unknown warns'],
    ['certificates/go__verifytest-L1236.pem', 'certificate.version-1 warns'],
    ['certificates/zlint__badRsaExp.pem', 'key.exponent-unusable refuses'],
    ['certificates/limbo__explicit_curve_leaf.pem', 'key.explicit-curve warns'],
    ['certificates/osc__test-dsa-2048.crt', 'key.out-of-use warns'],
    ['hostile/derived__cert-rsa-2048-hugeexp.pem', 'key.exponent-large warns'],
    ['hostile/derived__cert-rsa-65536.der', 'key.too-large warns'],
    ['hostile/derived__cert-nul-in-cn.pem', 'certificate.name-unseen warns'],
    ['hostile/derived__cert-bidi-in-ou-zwsp.pem', 'certificate.name-unseen warns'],
    ['hostile/bssl__fuzz-cert-f042987a02f4.der', 'key.unreadable refuses'],
    ['requests/derived__csr-asks-ca-true.pem', 'request.asks-for-ca warns'],
    ['requests/pv__crypto-L22.der', 'request.signature-invalid refuses'],
    ['requests/pyca__req-rsa_sha1.pem', 'request.weak-signature warns'],
    ['requests/pyca__req-challenge-multi-valued.der', 'request.challenge-password notes'],
    ['requests/ossl__x509-req-detect-invalid-version.pem', 'request.version-odd warns'],
    ['crls/bssl__crl-good_generalizedtime.crl', 'crl.stale warns'],
    ['crls/zlint__crlWithReasonCode5.pem', 'crl.no-next-update notes'],
    ['crls/ossl__testcrl.pem', 'crl.weak-signature warns'],
  ])('tell of %s: %s', async (file, finding) => {
    expect(await codes(file, '2020-01-01')).toContain(finding)
  })

  it('tell an expired, a coming and an expiring certificate by the day passed in', async () => {
    // Valid from 2017-06-28T10:07:46Z to 2017-09-20T09:27:00Z.
    const at = (day: string) => codes('certificates/bssl__vu-google-leaf.der', day)
    const dates = (all: string[]) => all.filter((code) => /expire|not-yet/.test(code))
    expect(dates(await at('2017-06-27'))).toEqual(['certificate.not-yet-valid refuses'])
    expect(dates(await at('2017-07-01'))).toEqual([])
    expect(dates(await at('2017-08-20'))).toEqual(['certificate.expires-soon warns'])
    expect(dates(await at('2017-08-15'))).toEqual([])
    expect(dates(await at('2017-09-21'))).toEqual(['certificate.expired refuses'])
  })

  it('refuse an expired CA that came alone, and warn of one among others', async () => {
    const root = issue({ subject: ['CN=Old root'], isCa: true, fromDays: -800, toDays: -10 })
    const leaf = issue({ subject: ['CN=leaf'], issuer: root, sans: ['DNS:leaf.example'] })
    const today = new Date()
    expect(await told(root.pem, today)).toEqual(['0 certificate.expired refuses'])
    expect(await told(leaf.pem + root.pem, today)).toEqual(['1 certificate.expired warns'])
  })

  it('are none for a sound client certificate', async () => {
    const root = issue({ subject: ['CN=root'], isCa: true, toDays: 4000 })
    const leaf = issue({ subject: ['CN=leaf'], issuer: root, sans: ['DNS:leaf.example'], toDays: 300 })
    expect(await told(leaf.pem, new Date())).toEqual([])
  })

  it.each([
    [{ key: 'rsa1024' as const }, 'key.too-small refuses'],
    [{ hash: 'sha1' as const, key: 'rsa' as const }, 'certificate.weak-signature warns'],
    [{ purposes: ['serverAuth' as const] }, 'certificate.no-client-auth notes'],
    [{ keyUsage: ['keyEncipherment' as const] }, 'certificate.no-digital-signature warns'],
    [{ sans: undefined }, 'certificate.no-san notes'],
  ])('tell of a certificate with %j: %s', async (wish, finding) => {
    const leaf = issue({ subject: ['CN=leaf'], sans: ['DNS:leaf.example'], toDays: 300, ...wish })
    expect(await told(leaf.pem, new Date())).toContain(`0 ${finding}`)
  })

  it('of the whole corpus fit the schema, are sentences and name no file', async () => {
    const index = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')) as { file: string; kind: string }[]
    for (const { file } of index.filter(({ kind }) => kind !== 'chains' && kind !== 'pkcs12')) {
      const objects = await inspectBytes(
        file,
        new Uint8Array(readFileSync(join(corpus, file))),
        [],
        new Date('2020-01-01'),
      )
      for (const finding of objects.flatMap(({ findings }) => findings)) {
        expect(Finding.parse(finding)).toEqual(finding)
        expect(finding.message).toMatch(/^[A-Z].*[.:]/)
        expect(finding.message).not.toContain(file.split('/')[1])
      }
    }
  })
})
