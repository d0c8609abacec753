import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import { spellName } from '../../../shared/pki/names.ts'
import { checkCertificate, checkPlan, checkRequest } from '../../../shared/providers/conformance.ts'
import { subjectOf } from '../../../shared/providers/plan.ts'
import { goodPlan, goodPlans, profileNamed } from './plans.ts'

const now = new Date('2026-03-01T12:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString().replace('.000', '')

const keys: Record<string, Facts> = {
  'rsa-2048': { keyAlgorithm: 'RSA', keyBits: 2048, signatureAlgorithm: 'sha256WithRSAEncryption' },
  'rsa-4096': { keyAlgorithm: 'RSA', keyBits: 4096, signatureAlgorithm: 'sha256WithRSAEncryption' },
  'ec-p256': { keyAlgorithm: 'EC', keyBits: 256, curve: 'prime256v1', signatureAlgorithm: 'ecdsa-with-SHA256' },
  'ec-p384': { keyAlgorithm: 'EC', keyBits: 384, curve: 'secp384r1', signatureAlgorithm: 'ecdsa-with-SHA384' },
}

/** Facts of the request that a provider's good plan makes. */
function requestOf(id: string, subject: Record<string, string | null> = {}): Facts {
  const plan = goodPlan(id)
  const parts = subjectOf(profileNamed(id), plan)
    .map(({ type, value }) => ({ type, value: type in subject ? (subject[type] ?? '') : value }))
    .filter((part) => part.value !== '')
  for (const [type, value] of Object.entries(subject))
    if (value !== null && !parts.some((part) => part.type === type)) parts.push({ type, value })
  return {
    version: 1,
    subjectParts: parts,
    subject: spellName(parts),
    subjectAltNames: plan.subjectAltNames,
    spkiSha256: 'aa',
    signatureValid: true,
    ...keys[plan.key],
  }
}

/** Facts of the certificate that the provider ought to return for it. */
function certificateOf(id: string, change: Partial<Facts> = {}): Facts {
  const profile = profileNamed(id)
  const request = requestOf(id)
  return {
    ...request,
    version: 3,
    signatureValid: undefined,
    issuer: profile.signing.by === 'self' ? request.subject : 'CN=Some CA',
    selfSigned: profile.signing.by === 'self',
    notBefore: days(-1),
    notAfter: days((profile.signing.days ?? 365) - 1),
    isCa: false,
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: ['clientAuth'],
    ...change,
  }
}

const requestCodes = (id: string, facts: Facts) => checkRequest(profileNamed(id), goodPlan(id).environment, facts)
const certificateCodes = (id: string, facts: Facts, requestFacts: Facts | undefined = requestOf(id)) =>
  checkCertificate(profileNamed(id), goodPlan(id).environment, { facts, requestFacts, now })

describe('checkRequest', () => {
  it.each(goodPlans.map((one) => [one.id]))('has nothing to say to the request of a good plan for %s', (id) => {
    expect(requestCodes(id, requestOf(id))).toEqual([])
  })

  it.each<[string, string, Partial<Facts> | Record<string, string | null>, string, string]>([
    ['apata', 'an RSA key of 1024 bits', { keyBits: 1024 }, 'key.too-small', 'refuses'],
    ['apata', 'an EC key', keys['ec-p256']!, 'key.not-allowed', 'refuses'],
    ['apata', 'no country', { C: null }, 'subject.missing', 'refuses'],
    ['apata', 'no organisation', { O: null }, 'subject.missing', 'refuses'],
    ['apata', 'no common name', { CN: null }, 'subject.missing', 'refuses'],
    ['apata', 'a common name that is no host', { CN: 'My Company' }, 'subject.pattern', 'refuses'],
    ['apata', 'a Latin-1 accident', { O: 'ZÃ¼rich AG' }, 'subject.garbled', 'warns'],
    ['truv', 'an own organisation', { O: 'Acme Ltd' }, 'subject.fixed-differs', 'refuses'],
    ['truv', 'a state in short', { ST: 'FL' }, 'subject.fixed-differs', 'refuses'],
    ['truv', 'an own host as common name', { CN: 'api.acme.com' }, 'subject.pattern', 'refuses'],
    ['truv', 'a name in capitals', { CN: 'api-mtls.ACME.truv.com' }, 'subject.pattern', 'refuses'],
    ['truv', 'a forgotten placeholder', { CN: 'api-mtls.<name>.truv.com' }, 'subject.pattern', 'refuses'],
    ['truv', 'Ed25519', { keyAlgorithm: 'Ed25519', curve: undefined }, 'key.not-allowed', 'refuses'],
    ['truv', 'a curve of its own', { curve: 'secp256k1' }, 'key.not-allowed', 'refuses'],
    ['truv', 'SHA-1', { signatureAlgorithm: 'ecdsa-with-SHA1' }, 'signature.weak', 'refuses'],
    ['truv', 'a department', { OU: 'IT' }, 'subject.not-asked', 'notes'],
    ['payrails', 'no state', { ST: null }, 'subject.missing', 'refuses'],
    ['payrails', 'a lower-case country', { C: 'de' }, 'subject.country', 'refuses'],
    ['payrails', 'the common name of staging', { CN: 'acme-api.staging.payrails.io' }, 'subject.pattern', 'refuses'],
    ['payrails', 'SHA-1 with RSA', { signatureAlgorithm: 'sha1WithRSAEncryption' }, 'signature.weak', 'refuses'],
    ['payrails', 'MD5', { signatureAlgorithm: 'md5WithRSAEncryption' }, 'signature.weak', 'refuses'],
    ['payrails', 'another key than in its command', keys['rsa-2048']!, 'key.not-documented', 'warns'],
    ['other', 'a signature that does not verify', { signatureValid: false }, 'request.signature-wrong', 'refuses'],
    ['other', 'a wrong alternative name', { subjectAltNames: ['DNS:a_b'] }, 'san.invalid', 'refuses'],
    ['other', 'the wish to be an authority', { isCa: true }, 'request.asks-for-authority', 'warns'],
    ['other', 'an RSA key of 512 bits', { ...keys['rsa-2048'], keyBits: 512 }, 'key.too-small', 'refuses'],
    ['other', 'DSA', { keyAlgorithm: 'DSA', curve: undefined }, 'key.not-allowed', 'refuses'],
  ])('tells %s about %s', (id, _, change, code, severity) => {
    const isSubject = Object.keys(change).every((key) => /^(C|ST|L|O|OU|CN)$/.test(key))
    const facts = isSubject ? requestOf(id, change as Record<string, string>) : { ...requestOf(id), ...change }
    const found = requestCodes(id, facts).filter((finding) => finding.code === code)
    expect(found.map((finding) => finding.severity)).toEqual([severity])
  })

  it('takes RSA keys of sizes between and above those in the list', () => {
    for (const keyBits of [2049, 3000, 4096, 8192])
      expect(requestCodes('apata', { ...requestOf('apata'), keyBits }).map((one) => one.code)).toEqual([])
  })

  it('names the environment whose common name was used', () => {
    const [finding] = requestCodes('payrails', requestOf('payrails', { CN: 'acme-api.staging.payrails.io' }))
    expect(finding?.message).toBe(
      'Common name (CN) is “acme-api.staging.payrails.io”, the name for Staging; Live wants api.<company>.payrails.io.',
    )
  })

  it('judges every value of an attribute that is there twice', () => {
    const facts = requestOf('truv')
    facts.subjectParts!.push({ type: 'O', value: 'Acme' })
    expect(requestCodes('truv', facts).map((one) => one.code)).toEqual(['subject.fixed-differs'])
  })

  it('refuses exactly the requests whose plans checkPlan refuses', () => {
    const word = fc.constantFrom(
      '',
      'acme',
      'ac.me',
      'ACME',
      'a'.repeat(60),
      'münchen.example',
      'api.example.com',
      ' x',
      'x\u200b',
    )
    const subject = fc.record({
      C: fc.constantFrom('', 'IE', 'ie', 'IRL', 'UK'),
      ST: word,
      L: word,
      O: fc.constantFrom('', 'Acme', 'Truv Inc', 'ü'.repeat(64), 'ü'.repeat(65)),
      CN: word,
    })
    const names = fc.array(fc.constantFrom('DNS:a.example', 'DNS:a_b', 'IP:::1', 'IP:1', 'email:a@b.example'), {
      maxLength: 2,
    })
    const everywhere = goodPlans.flatMap(({ id }) => profileNamed(id).environments.map((one) => [id, one.id] as const))
    fc.assert(
      fc.property(fc.constantFrom(...everywhere), word, word, subject, names, (where, name, host, typed, sans) => {
        const [id, environment] = where
        const profile = profileNamed(id)
        const locked = profile.subject.filter((rule) => rule.rule === 'fixed' || rule.rule === 'derived')
        const free = Object.fromEntries(
          Object.entries(typed).filter(([field]) => !locked.some((one) => one.field === field)),
        )
        const plan = {
          ...goodPlan(id),
          environment,
          answers: { name, company: name, host },
          subject: free,
          subjectAltNames: sans,
        }
        const refusals = checkPlan(profile, plan).filter((one) => one.severity === 'refuses')
        const parts = subjectOf(profile, plan)
        const facts = { ...requestOf(id), subjectParts: parts, subjectAltNames: plan.subjectAltNames }
        const asRequest = checkRequest(profile, environment, facts).filter((one) => one.severity === 'refuses')
        // A host of `other` is for the test call only and is in no request.
        const inRequest = refusals.filter((one) => !(id === 'other' && one.field === 'answers.host'))
        expect(asRequest.length > 0, JSON.stringify([plan, refusals, asRequest])).toBe(inRequest.length > 0)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('checkCertificate', () => {
  it.each(goodPlans.map((one) => [one.id]))('has nothing to say to what %s ought to return', (id) => {
    expect(certificateCodes(id, certificateOf(id))).toEqual([])
  })

  it.each<[string, string, Partial<Facts>, string, string]>([
    ['truv', 'another key', { spkiSha256: 'bb' }, 'certificate.other-key', 'refuses'],
    ['truv', 'another name', { subject: 'CN=x', subjectParts: [] }, 'certificate.subject-differs', 'warns'],
    ['truv', 'ten years', { notAfter: days(3650) }, 'certificate.validity-differs', 'warns'],
    ['truv', 'ninety days', { notAfter: days(89) }, 'certificate.validity-differs', 'warns'],
    ['payrails', 'one year', { notAfter: days(364) }, 'certificate.validity-differs', 'warns'],
    ['truv', 'a past date', { notBefore: days(-366), notAfter: days(-1) }, 'certificate.expired', 'refuses'],
    ['apata', 'a past date', { notBefore: days(-366), notAfter: days(-1) }, 'certificate.expired', 'refuses'],
    ['truv', 'a future date', { notBefore: days(2), notAfter: days(367) }, 'certificate.not-yet-valid', 'refuses'],
    ['truv', 'its last month', { notBefore: days(-345), notAfter: days(20) }, 'certificate.expires-soon', 'warns'],
    ['truv', 'serverAuth only', { extendedKeyUsage: ['serverAuth'] }, 'certificate.no-client-auth', 'refuses'],
    ['truv', 'keyEncipherment only', { keyUsage: ['keyEncipherment'] }, 'certificate.key-usage', 'refuses'],
    ['apata', 'version 1', { version: 1, extendedKeyUsage: undefined }, 'certificate.version-1', 'refuses'],
    ['truv', 'its own signature', { selfSigned: true }, 'certificate.self-signed', 'refuses'],
    ['payrails', 'its own signature', { selfSigned: true }, 'certificate.self-signed', 'refuses'],
    ['apata', 'its own signature', { selfSigned: true }, 'certificate.self-signed', 'refuses'],
    ['other', 'its own signature', { selfSigned: true }, 'certificate.self-signed', 'warns'],
    ['truv', 'CA:TRUE', { isCa: true }, 'certificate.is-ca', 'warns'],
    ['truv', 'SHA-1', { signatureAlgorithm: 'sha1WithRSAEncryption' }, 'signature.weak', 'refuses'],
    ['other', 'lost names', { subjectAltNames: ['IP:10.0.0.1'] }, 'certificate.names-lost', 'warns'],
    ['nuapay', 'a past date', { notBefore: days(-366), notAfter: days(-1) }, 'certificate.expired', 'refuses'],
    ['nuapay', 'serverAuth only', { extendedKeyUsage: ['serverAuth'] }, 'certificate.no-client-auth', 'refuses'],
  ])('tells of a certificate for %s with %s', (id, _, change, code, severity) => {
    const found = certificateCodes(id, certificateOf(id, change)).filter((finding) => finding.code === code)
    expect(found.map((finding) => finding.severity)).toEqual([severity])
  })

  it('says nothing about purposes that are not restricted', () => {
    const facts = certificateOf('truv', { keyUsage: undefined, extendedKeyUsage: undefined })
    expect(certificateCodes('truv', facts)).toEqual([])
    expect(certificateCodes('truv', certificateOf('truv', { extendedKeyUsage: ['anyExtendedKeyUsage'] }))).toEqual([])
  })

  it('takes a year of 366 days and a day of grace for one year, and leap days for ten', () => {
    for (const count of [364, 365, 366])
      expect(certificateCodes('truv', certificateOf('truv', { notAfter: days(count) }))).toEqual([])
    for (const count of [3649, 3651, 3652])
      expect(certificateCodes('payrails', certificateOf('payrails', { notAfter: days(count) }))).toEqual([])
  })

  it('takes the same name in another order for the same name', () => {
    const facts = certificateOf('apata')
    const parts = [...facts.subjectParts!].reverse()
    expect(certificateCodes('apata', { ...facts, subject: spellName(parts), subjectParts: parts })).toEqual([])
  })

  it('compares nothing with a request that is not given', () => {
    const facts = certificateOf('truv', { spkiSha256: 'bb', subjectAltNames: [] })
    expect(checkCertificate(profileNamed('truv'), 'sandbox', { facts, now })).toEqual([])
  })

  it('warns of a name that breaks the rules, because who signs may change it', () => {
    const parts = [{ type: 'CN', value: 'acme' }]
    const facts = certificateOf('truv', { subjectParts: parts, subject: 'CN=acme' })
    const findings = certificateCodes('truv', facts)
    expect(findings.map((one) => one.severity)).toEqual(findings.map(() => 'warns'))
    expect(findings.map((one) => one.code)).toContain('subject.missing')
  })

  it('says how long ago and until when in words', () => {
    const messages = (change: Partial<Facts>) =>
      certificateCodes('truv', certificateOf('truv', change)).map((one) => one.message)
    expect(messages({ notBefore: days(-366), notAfter: days(-1) })).toEqual([
      'The certificate expired 1 day ago, on 2026-02-28.',
    ])
    expect(messages({ notBefore: days(-345), notAfter: days(20) })).toEqual([
      'The certificate expires in 20 days, on 2026-03-21.',
    ])
    expect(messages({ notAfter: days(3650) })).toEqual([
      'The certificate is valid for 10 years; Truv documents one year.',
    ])
  })
})
