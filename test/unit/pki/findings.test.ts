import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Finding } from '../../../shared/findings.ts'
import { der } from '../../../shared/pki/der.ts'
import { derBreach } from '../../../shared/pki/der-strict.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { publicKeyFindings } from '../../../shared/pki/key-findings.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { readPublicKey } from '../../../shared/pki/spki.ts'
import { issue, type Wish } from '../../support/throwaway-pki.ts'

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
    ['crls/ossl__cve-2026-28388-crls.pem', 'crl.not-yet-valid warns'],
    ['certificates/badssl__wildcard-incomplete-chain.pem', 'certificate.public-ca-client-auth warns'],
    ['certificates/badssl__ca-webpack-dev-server.crt', 'certificate.ca-as-leaf notes'],
    ['certificates/bssl__parse-bad_key_usage.pem', 'certificate.key-usage-empty warns'],
    ['certificates/bssl__x509-pss_sha384.pem', 'certificate.serial-odd notes'],
    ['certificates/pyca__badasn1time.pem', 'certificate.not-der warns'],
    ['certificates/ossl__ext-acceptableCertPolicies.pem', 'certificate.nameless warns'],
    ['hostile/derived__cert-homoglyph-cyrillic-cn.pem', 'certificate.name-look-alike warns'],
    ['hostile/bssl__fuzz-cert-9738cede3fd1.der', 'key.modulus-broken refuses'],
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
    [{ keyUsage: ['digitalSignature' as const, 'keyEncipherment' as const] }, 'certificate.key-usage-odd notes'],
    [{ keyUsage: ['digitalSignature' as const, 'keyCertSign' as const] }, 'certificate.signs-without-ca notes'],
    [{ isCa: true, keyUsage: ['digitalSignature' as const] }, 'certificate.ca-as-leaf warns'],
    [{ fromDays: 20, toDays: 10 }, 'certificate.dates-reversed refuses'],
    [{ subject: ['CN=Pаyrails'] }, 'certificate.name-look-alike warns'],
    [{ sans: ['DNS:xn--pypal-4ve.com'] }, 'certificate.name-look-alike warns'],
  ])('tell of a certificate with %j: %s', async (wish, finding) => {
    const leaf = issue({ subject: ['CN=leaf'], sans: ['DNS:leaf.example'], toDays: 300, ...wish })
    expect(await told(leaf.pem, new Date())).toContain(`0 ${finding}`)
  })

  it('tell of the end of clientAuth only for certificates of public TLS CAs', async () => {
    const ofCa = (issuer: string[], purposes: Wish['purposes'] = ['clientAuth', 'serverAuth']) => {
      const ca = issue({ subject: issuer, isCa: true })
      return told(
        issue({ subject: ['CN=x'], issuer: ca, purposes, sans: ['DNS:x.example'], toDays: 300 }).pem,
        new Date(),
      )
    }
    const sunset = '0 certificate.public-ca-client-auth warns'
    expect(await ofCa(['O=DigiCert Inc', 'CN=DigiCert TLS RSA SHA256 2020 CA1'])).toContain(sunset)
    expect(await ofCa(["O=Let's Encrypt", 'CN=R11'])).toContain(sunset)
    expect(await ofCa(['O=Nuapay', 'CN=Nuapay Client CA'])).not.toContain(sunset)
    expect(await ofCa(['O=DigiCert Inc', 'CN=Private'], ['clientAuth'])).not.toContain(sunset)
    expect(await ofCa(['O=DigiCert Inc', 'CN=x'], ['serverAuth'])).not.toContain(sunset)
  })

  it('tell a negative serial number from one that is only odd', async () => {
    const made = (serial: Uint8Array) => {
      const { der: bytes } = issue({ subject: ['CN=x'], sans: ['DNS:x.example'], toDays: 300 })
      const at = bytes.findIndex((octet, i) => octet === 2 && bytes[i - 5] === 0xa0)
      const length = bytes[at + 1]!
      const copy = bytes.slice()
      copy.fill(1, at + 2, at + 2 + length)
      copy.set(serial, at + 2)
      return told(toPem('CERTIFICATE', copy), new Date())
    }
    expect(await made(Uint8Array.of(0x80, 1))).toContain('0 certificate.serial-odd warns')
    expect((await made(Uint8Array.of(0x40, 1))).filter((code) => /serial/.test(code))).toEqual([])
  })

  it('tell of a key with the fingerprint of ROCA, and of one that can be divided', () => {
    // A power of 65537 bears the fingerprint by its nature.
    let power = 65537n
    while (power.toString(2).length < 2040) power *= 65537n
    const keyOf = (modulus: bigint) => {
      const rsa = der.sequence(der.integer(modulus), der.integer(65537))
      const algorithm = der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null())
      const key = readPublicKey(der.sequence(algorithm, der.bitString(rsa)))!
      return publicKeyFindings(key.facts, key).map(({ code, severity }) => `${code} ${severity}`)
    }
    expect(keyOf(power)).toEqual(['key.roca refuses'])
    expect(keyOf(power + 2n)).not.toContain('key.roca refuses')
    expect(keyOf(7n * ((1n << 2045n) + 1n))).toEqual(['key.modulus-broken refuses'])
  })

  it('tell of a private key what its public half gives away', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await told(pem, new Date())).toContain('0 key.exponent-small notes')
  })

  it('tell where an encoding is not DER', () => {
    const says = (bytes: Uint8Array) => derBreach(bytes)
    expect(says(der.sequence(der.integer(1), der.set(der.null(), der.integer(1))))).toBeNull()
    expect(says(Uint8Array.of(0x30, 0x80, 2, 1, 1, 0, 0))).toEqual({ at: 0, says: 'SEQUENCE: indefinite length' })
    expect(says(Uint8Array.of(0x30, 0x81, 3, 2, 1, 1))).toMatchObject({
      at: 0,
      says: expect.stringMatching(/longer than needed/),
    })
    expect(says(der.sequence(Uint8Array.of(1, 1, 1)))).toEqual({ at: 2, says: 'BOOLEAN: true not written as FF' })
    expect(says(der.sequence(Uint8Array.of(2, 2, 0, 1)))).toMatchObject({ at: 2 })
    expect(says(der.sequence(Uint8Array.of(3, 2, 4, 0xff)))).toEqual({
      at: 2,
      says: 'BIT STRING: unused bits that are not zero',
    })
    expect(says(der.value(0x31, der.integer(2), der.integer(1)))).toMatchObject({
      at: 5,
      says: expect.stringMatching(/not in order/),
    })
    expect(says(der.octetString(der.sequence(Uint8Array.of(1, 1, 5))))).toMatchObject({ at: 4 })
    expect(says(Uint8Array.of(0x24, 3, 4, 1, 1))).toMatchObject({ says: 'OCTET STRING: string in pieces' })
    expect(says(Uint8Array.of(0x17, 11, ...new TextEncoder().encode('2401010000Z')))).toMatchObject({ at: 0 })
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void says(bytes)))
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
        if (/^(certificate|request|crl)\./.test(finding.code))
          expect([finding.code, !finding.next, !finding.source]).toEqual([finding.code, false, false])
        if (finding.severity !== 'notes') expect([finding.code, typeof finding.next]).toEqual([finding.code, 'string'])
      }
    }
  })
})
