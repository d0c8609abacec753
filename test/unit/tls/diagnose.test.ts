import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import { nuapay } from '../../../shared/providers/nuapay.ts'
import { Profile } from '../../../shared/providers/profile.ts'
import { Attempt, Verdict } from '../../../shared/tls/attempt.ts'
import { diagnose } from '../../../shared/tls/diagnose.ts'
import { catalogue } from '../../../shared/tls/failures.ts'
import { alertName } from '../../../shared/tls/registry.ts'

const now = new Date('2026-11-22T12:00:00Z')
const good: Facts = {
  subject: 'CN=client',
  issuer: 'CN=Client CA,O=Provider',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  keyAlgorithm: 'EC',
  curve: 'prime256v1',
  signatureAlgorithm: 'ecdsa-with-SHA256',
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['clientAuth'],
}

const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  url: 'https://api.example.com/',
  startedAt: '2026-11-22T12:00:00Z',
  durationMs: 10,
  protocol: 'TLSv1.3',
  serverChain: [],
  serverTrusted: true,
  certificateAsked: true,
  acceptableAuthorities: [],
  signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
  certificateSent: true,
  certificateConfigured: true,
  http: null,
  steps: [],
  ...change,
})
const alert = (number: number): Partial<Attempt> => ({
  alert: { from: 'server', number, name: alertName(number) },
  failure: { during: 'response', code: 'ERR_SSL_SOMETHING', text: 'said no' },
})
const answer = (status: number, body = ''): Partial<Attempt> => ({
  http: { status, statusText: '', headers: [], body, bodyBytes: body.length, truncated: false },
})
const reset: Partial<Attempt> = { failure: { during: 'response', code: 'ECONNRESET', text: 'closed' } }
const codes = (change: Partial<Attempt>, certificate: Facts | undefined = good, more = {}) =>
  diagnose(attempt(change), { certificate, chain: [], now, ...more }).causes.map(({ code }) => code)

describe('what a server’s alert leaves possible', () => {
  it.each([
    [42, { ...good, notAfter: '2026-11-01T00:00:00Z' }, 'client.expired'],
    [42, { ...good, notBefore: '2026-12-01T00:00:00Z' }, 'client.not-yet-valid'],
    [42, good, 'client.untrusted-issuer'],
    [43, { ...good, extendedKeyUsage: ['serverAuth'] }, 'client.wrong-purpose'],
    [43, { ...good, keyUsage: ['keyAgreement'] }, 'client.key-usage'],
    [44, good, 'client.revoked'],
    [45, good, 'client.expired'],
    [46, { ...good, keyAlgorithm: 'RSA', keyBits: 1024 }, 'client.too-weak'],
    [48, { ...good, selfSigned: true, issuer: 'CN=client' }, 'client.self-signed'],
    [48, { ...good, notAfter: '2026-11-01T00:00:00Z' }, 'client.untrusted-issuer'],
    [49, good, 'client.not-admitted'],
    [51, good, 'client.key-mismatch'],
    [80, good, 'server.fault'],
  ])('alert %i after a certificate was sent', (number, facts, first) => {
    expect(codes(alert(number), facts as Facts)[0]).toBe(first)
  })

  it('does not need to know the certificate', () => {
    const without = (number: number) => diagnose(attempt(alert(number)), { now }).causes[0]?.code
    expect(without(45)).toBe('client.expired')
    expect(without(44)).toBe('client.revoked')
    expect(without(42)).toBe('client.untrusted-issuer')
  })

  it.each([
    [70, 'tls.version'],
    [40, 'tls.no-common-cipher'],
    [71, 'tls.no-common-cipher'],
    [112, 'server.wrong-name'],
    [120, 'tls.no-common-protocol'],
  ])('alert %i before any certificate was asked for is about the handshake', (number, first) => {
    expect(codes({ ...alert(number), certificateAsked: undefined, certificateSent: undefined })[0]).toBe(first)
  })

  it('alerts 116, 41 and 40 after an empty answer are about the missing certificate', () => {
    for (const number of [116, 41, 40]) {
      const none = { ...alert(number), certificateSent: false, certificateConfigured: false }
      expect(codes(none)).toEqual(['client.none-sent'])
      expect(codes({ ...none, certificateConfigured: true })).toEqual(['client.withheld'])
    }
  })
})

describe('what a silent server leaves possible', () => {
  it('is ranked by what can be seen: the authorities it accepts, and the chain that was sent', () => {
    const named = { ...reset, acceptableAuthorities: ['CN=Client Root,O=Provider'] }
    expect(codes(named)[0]).toBe('client.missing-intermediate')
    const elsewhere = { ...reset, acceptableAuthorities: ['CN=Root,O=Other'] }
    expect(codes(elsewhere)[0]).toBe('client.untrusted-issuer')
    const issuer: Facts = { subject: 'CN=Client CA,O=Provider', issuer: 'CN=Client Root,O=Provider' }
    expect(codes(named, good, { chain: [issuer] })[0]).toBe('client.same-name-other-key')
    expect(codes(named).at(-1)).toBe('net.reset')
  })

  it('is a missing certificate when none was sent, and no matter of ours when none was asked for', () => {
    expect(codes({ ...reset, certificateSent: false, certificateConfigured: false })).toEqual(['client.none-sent'])
    const verdict = diagnose(attempt({ ...reset, certificateAsked: false, certificateSent: false }), { now })
    expect(verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.reset' })
  })
})

describe('what an HTTP answer says', () => {
  const nginx = (title: string) => `<html><head><title>400 ${title}</title></head></html>`
  it.each([
    [
      'nginx without a certificate',
      400,
      nginx('No required SSL certificate was sent'),
      { certificateSent: false, certificateConfigured: false },
      'client.none-sent',
    ],
    ['nginx with a wrong one', 400, nginx('The SSL certificate error'), {}, 'client.untrusted-issuer'],
    ['nginx 495', 495, '', {}, 'client.untrusted-issuer'],
    ['nginx 496', 496, '', { certificateSent: false, certificateConfigured: false }, 'client.none-sent'],
    [
      'IIS 403.7',
      403,
      'HTTP Error 403.7 - Forbidden',
      { certificateSent: false, certificateConfigured: false },
      'client.none-sent',
    ],
    ['IIS 403.16', 403, 'HTTP Error 403.16 - Forbidden', {}, 'client.untrusted-issuer'],
    [
      'Apache in TLS 1.3',
      403,
      'Reason: Cannot perform Post-Handshake Authentication.',
      { certificateAsked: false, certificateSent: false },
      'server.asks-later',
    ],
    ['a plain 401', 401, '{"error":"invalid_client"}', {}, 'http.refused'],
    ['a plain 403', 403, '', {}, 'http.refused'],
  ])('%s is a refusal', (_, status, body, change, first) => {
    const verdict = diagnose(attempt({ ...answer(status, body), ...change }), { certificate: good, chain: [], now })
    expect(verdict).toMatchObject({ outcome: 'refused', cause: first })
    expect(verdict.causes[0]?.because).toBeTruthy()
  })

  it.each([200, 204, 400, 404, 405, 409, 422, 426, 429, 500, 503])(
    'status %i after our certificate means it was taken',
    (status) => {
      const verdict = diagnose(attempt(answer(status, '{"error":"something else"}')), { certificate: good, now })
      expect(verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
      expect(verdict.title).toContain(String(status))
      const note = status >= 500 ? ['server.fault'] : status >= 400 ? ['http.not-served'] : []
      expect(verdict.causes.map(({ code }) => code)).toEqual(['ok', ...note])
    },
  )

  it('is told in the provider’s own words where it documents the status', () => {
    const verdict = diagnose(attempt(answer(403)), { certificate: good, profile: Profile.parse(nuapay), now })
    expect(verdict.cause).toBe('http.refused')
    expect(verdict.causes[0]?.because).toMatch(/^Nuapay documents this: HTTP 403/)
    expect(verdict.next).toMatch(/not uploaded/)
  })

  it('that is 403 to an expired certificate is about the certificate first', () => {
    expect(codes(answer(403), { ...good, notAfter: '2026-01-02T00:00:00Z' })).toEqual([
      'client.expired',
      'http.refused',
    ])
  })

  it('that a proxy could have caused is told so', () => {
    const verdict = diagnose(attempt(answer(400, nginx('No required SSL certificate was sent'))), {
      certificate: good,
      now,
    })
    expect(verdict.cause).toBe('client.none-sent')
    expect(verdict.next).toMatch(/proxy or load balancer/)
  })
})

describe('a name that no address was found for', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'SOMETHING'])('is not known, when the system says %s', (code) => {
    const failure = { during: 'resolve' as const, code, text: 'no address' }
    expect(codes({ failure, certificateAsked: undefined, certificateSent: undefined })).toEqual(['net.unresolved'])
  })

  it('is called by its name, not by the system call that failed', () => {
    const failure = { during: 'resolve' as const, code: 'ENOTFOUND', text: 'getaddrinfo ENOTFOUND api.example.com' }
    const { causes } = diagnose(attempt({ failure }), { now })
    expect(causes[0]?.because).toBe(
      'The name service of this computer knows no address for api.example.com (ENOTFOUND).',
    )
  })
})

describe('any verdict', () => {
  const failures = fc.constantFrom(
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'ERR_SSL_X',
    'ERR_OSSL_Y',
    'HPE_Z',
    'CERT_HAS_EXPIRED',
    'UNKNOWN',
    'ABORT_ERR',
  )
  const during = fc.constantFrom('resolve', 'connect', 'tls', 'server-trust', 'request', 'response')
  const maybe = fc.option(fc.boolean(), { nil: undefined })
  const any = fc.record({
    certificateAsked: maybe,
    certificateSent: maybe,
    certificateConfigured: fc.boolean(),
    failed: fc.option(fc.record({ during, code: failures, text: fc.constant('it broke off') }), { nil: undefined }),
    number: fc.option(fc.nat(130), { nil: undefined }),
    from: fc.constantFrom('server', 'client'),
    status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  })

  it('has a first cause of the catalogue, evidence for each, and is never ok without an answer', () => {
    fc.assert(
      fc.property(any, ({ failed, number, from, status, ...facts }) => {
        const made = attempt({
          ...facts,
          ...(status === undefined ? { failure: failed as Attempt['failure'] } : answer(status)),
          ...(number === undefined ? {} : { alert: { from: from as 'server', number, name: alertName(number) } }),
        })
        const verdict = Verdict.parse(diagnose(Attempt.parse(made), { certificate: good, chain: [], now }))
        expect(verdict.cause).toBe(verdict.causes[0]?.code)
        for (const { code, because } of verdict.causes) {
          expect(Object.keys(catalogue)).toContain(code)
          expect(because.length).toBeGreaterThan(5)
        }
        expect(verdict.cause === 'ok').toBe(verdict.outcome === 'accepted')
        if (status === undefined) expect(verdict.outcome).not.toBe('accepted')
        if (status === 401 || status === 403) expect(verdict.outcome).toBe('refused')
        expect(new Set(verdict.causes.map(({ code }) => code)).size).toBe(verdict.causes.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('finds a title and a next step in the catalogue for every code but ok', () => {
    for (const [code, { title, next }] of Object.entries(catalogue)) {
      expect(title).not.toMatch(/[.!]$/)
      expect(code === 'ok' || next.length > 10).toBe(true)
    }
  })
})
