import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../electron/node-signatures.ts'
import { planList } from '../../shared/authority/list-plan.ts'
import type { RevocationReason } from '../../shared/authority/revocation-reason.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { readCrl } from '../../shared/pki/crl.ts'
import { encodeList } from '../../shared/pki/crl-writer.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { keyIdentifier } from '../../shared/pki/extension-writer.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { checkTrust } from '../../shared/pki/path/check-trust.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { revokedEntries } from '../../shared/pki/revoked-entries.ts'
import { signDer } from '../../shared/pki/sign-der.ts'
import { checkSignaturesBy, signatureFits } from '../../shared/pki/verify.ts'
import { type Authority, buildRequest, createAuthority, issueFromRequest } from '../../shared/pki/x509.ts'
import { openssl, run, scratch } from '../support/tools.ts'

checkSignaturesBy(nodeVerifies)

const files = scratch()
const now = new Date()
const later = new Date(now.getTime() + 2000)
afterAll(() => files.remove())

type Issued = { der: Bytes; serial: string; notAfter: string }
type OwnAuthority = Authority & { pkcs8: Bytes }
type Cast = { key: KeyAlgorithm; authority: OwnAuthority; good: Issued; revoked: Issued; other: Issued; list: Bytes }

async function issue(authority: Authority, pkcs8: Bytes, name: string): Promise<Issued> {
  const subject = [{ type: 'CN', value: name }]
  const request = await buildRequest({ pkcs8, key: 'ec-p256', subject, subjectAltNames: [] })
  const issued = await issueFromRequest({ authority, requestDer: request.der, days: 30, now, purposes: ['clientAuth'] })
  if (!issued.ok) throw new Error(issued.problem.code)
  const { serialHex = '', notAfter = '' } = readCertificate(issued.value.der)?.facts ?? {}
  return { der: issued.value.der, serial: serialHex.toLowerCase(), notAfter }
}

async function castFor(key: KeyAlgorithm): Promise<Cast> {
  const authority = await createAuthority({ commonName: `Lists ${key}`, key, days: 90, now })
  const { pkcs8 } = await generateKey('ec-p256')
  const [good, revoked, other] = [
    await issue(authority, pkcs8, 'good'),
    await issue(authority, pkcs8, 'revoked'),
    await issue(authority, pkcs8, 'other'),
  ]
  const over = (one: Issued, reason: RevocationReason, invalidSince?: string) => ({
    serial: one.serial,
    notAfter: one.notAfter,
    revoked: { at: now.toISOString(), reason, ...(invalidSince && { invalidSince }) },
  })
  const certificate = readCertificate(authority.certificateDer)
  if (!certificate) throw new Error('no certificate')
  const plan = planList(
    { notAfter: certificate.facts.notAfter ?? '' },
    [{ ...good }, over(revoked, 'keyCompromise', '2026-01-02T03:04:05.000Z'), over(other, 'unspecified')],
    later,
  )
  const part = encodeList({
    ...plan,
    issuer: certificate.subject,
    keyIdentifier: certificate.facts.subjectKeyIdentifier ?? keyIdentifier(certificate.spki),
    key,
  })
  return { key, authority, good, revoked, other, list: await signDer(part, { pkcs8: authority.pkcs8, key }) }
}

const kinds: KeyAlgorithm[] = ['rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519']
const casts = new Map<KeyAlgorithm, Cast>()
beforeAll(async () => {
  for (const key of kinds) casts.set(key, await castFor(key))
}, 30_000)
const castOf = (key: KeyAlgorithm): Cast => {
  const cast = casts.get(key)
  if (!cast) throw new Error(key)
  return cast
}

describe.each(kinds)('a revocation list signed by %s', (key) => {
  it('verifies in OpenSSL, with number, next update, key identifier, reason and invalidity date', async () => {
    const { authority, list, revoked } = castOf(key)
    const ca = files.put(`${key}-ca.pem`, toPem('CERTIFICATE', authority.certificateDer))
    const file = files.put(`${key}.crl`, toPem('X509 CRL', list))
    const { code, stderr, stdout } = await run('openssl', ['crl', '-in', file, '-CAfile', ca, '-noout', '-text'])
    expect(stderr).toContain('verify OK')
    expect(code).toBe(0)
    const text = stdout.toString()
    expect(text).toContain('Version 2 (0x1)')
    expect(text).toMatch(/CRL Number: *\n\s+\d{10}/)
    expect(text).toMatch(/X509v3 Authority Key Identifier: *\n\s+(keyid:)?[0-9A-F:]{59}/)
    expect(text).toContain(`Serial Number: ${revoked.serial.toUpperCase()}`)
    expect(text).toContain('Key Compromise')
    expect(text).toContain('Jan  2 03:04:05 2026 GMT')
    expect(text).not.toContain('Unspecified')
  })

  it('makes OpenSSL refuse who stands on it and nobody else', async () => {
    const { authority, list, revoked, other, good } = castOf(key)
    const trust = files.put(
      `${key}-trust.pem`,
      toPem('CERTIFICATE', authority.certificateDer) + toPem('X509 CRL', list),
    )
    const verify = async (one: Issued) => {
      const leaf = files.put(`${key}-leaf.pem`, toPem('CERTIFICATE', one.der))
      const outcome = await run('openssl', ['verify', '-crl_check', '-purpose', 'sslclient', '-CAfile', trust, leaf])
      return outcome.code === 0 ? 'good' : /error (\d+)/.exec(outcome.stdout + outcome.stderr)?.[1]
    }
    expect([await verify(good), await verify(revoked), await verify(other)]).toEqual(['good', '23', '23'])
  })

  it('verifies in GnuTLS', async () => {
    const { authority, list } = castOf(key)
    const ca = files.put(`${key}-ca.pem`, toPem('CERTIFICATE', authority.certificateDer))
    const crl = files.put(`${key}.crl`, toPem('X509 CRL', list))
    const { code, stdout, stderr } = await run('certtool', [
      '--verify-crl',
      '--load-ca-certificate',
      ca,
      '--infile',
      crl,
    ])
    expect(`${stdout}${stderr}`).toContain('Verification output: Verified')
    expect(code).toBe(0)
  })

  it('is read here as it was written, and judges paths here', async () => {
    const { authority, list, good, revoked, other } = castOf(key)
    const read = readCrl(list)
    const spki = readCertificate(authority.certificateDer)?.publicKey
    if (!read || !spki) throw new Error('not read')
    expect(await signatureFits(read, spki)).toBe(true)
    expect(read.facts).toMatchObject({ version: 2, revokedCount: 2 })
    const days = (Date.parse(read.facts.nextUpdate ?? '') - Date.parse(read.facts.thisUpdate ?? '')) / 86_400_000
    expect(days).toBeCloseTo(7, 1)
    const entries = Object.fromEntries(revokedEntries(list).map((one) => [one.serialHex.toLowerCase(), one]))
    expect(entries[revoked.serial]).toMatchObject({ reason: 'keyCompromise', invalidSince: '2026-01-02T03:04:05Z' })
    expect(entries[other.serial]).not.toHaveProperty('reason')
    const judged = async (one: Issued) => {
      const verdict = await checkTrust({
        leaf: one.der,
        pile: [],
        roots: [authority.certificateDer],
        crls: [list],
        purpose: 'client',
        revocation: 'all',
        at: later,
      })
      return verdict.reason
    }
    expect([await judged(good), await judged(revoked)]).toEqual(['ok', 'path.revoked'])
  })
})

it('is obeyed by Java’s PKIX', async () => {
  const folders = kinds.flatMap((key) => {
    const { authority, list, good, revoked } = castOf(key)
    return [good, revoked].map((one, i) => {
      const folder = files.path(`java-${key}-${i}`)
      mkdirSync(folder)
      const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
      put('leaf.pem', toPem('CERTIFICATE', one.der))
      put('pile.pem', '')
      put('roots.pem', toPem('CERTIFICATE', authority.certificateDer))
      put('crls.pem', toPem('X509 CRL', list))
      put('asked', `${later.toISOString()} client all`)
      return folder
    })
  })
  const judge = new URL('../support/PathJudge.java', import.meta.url).pathname
  const { stdout, stderr } = await run('java', [judge, ...folders])
  const lines = stdout.toString().trim().split('\n')
  expect(lines.length, stderr).toBe(folders.length)
  for (const [i, line] of lines.entries()) {
    if (i % 2 === 0) expect(line).toBe('ok')
    // Its builder says only that no path is left; the one beside it, not on the list, has one.
    else expect(line).toMatch(/^no /)
  }
}, 60_000)

it('keeps an empty list without the part for entries', async () => {
  const { authority, key } = castOf('ec-p256')
  const certificate = readCertificate(authority.certificateDer)
  if (!certificate) throw new Error('no certificate')
  const plan = planList({ notAfter: '2060-01-01T00:00:00Z' }, [], new Date('2049-12-30T00:00:00Z'))
  const part = encodeList({ ...plan, issuer: certificate.subject, keyIdentifier: 'aa', key })
  const list = await signDer(part, { pkcs8: authority.pkcs8, key })
  const text = (await openssl(['crl', '-noout', '-text'], toPem('X509 CRL', list))).toString()
  expect(text).toContain('No Revoked Certificates.')
  expect(text).toContain('Next Update: Jan  6 00:00:00 2050 GMT')
})
