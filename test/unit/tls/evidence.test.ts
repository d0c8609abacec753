import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import { payrails } from '../../../shared/providers/payrails.ts'
import { Profile } from '../../../shared/providers/profile.ts'
import { type Attempt, type ProbeResult, Verdict } from '../../../shared/tls/attempt.ts'
import type { Context } from '../../../shared/tls/context.ts'
import { diagnose } from '../../../shared/tls/diagnose.ts'
import { weigh } from '../../../shared/tls/evidence.ts'
import { authorityKin } from '../../../shared/tls/name-kinship.ts'
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
  authorityKeyIdentifier: 'aa',
}
const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  url: 'https://api.example.com/',
  startedAt: now.toISOString(),
  durationMs: 10,
  protocol: 'TLSv1.3',
  serverChain: [],
  serverTrusted: true,
  certificateAsked: true,
  acceptableAuthorities: ['CN=Client CA,O=Provider'],
  signatureSchemes: ['ecdsa_secp256r1_sha256'],
  certificateSent: true,
  certificateConfigured: true,
  http: null,
  steps: [],
  ...change,
})
const silent: Partial<Attempt> = { failure: { during: 'response', code: 'ECONNRESET', text: 'closed' } }
const answer = (status: number, body = ''): Partial<Attempt> => ({
  http: { status, statusText: '', headers: [], body, bodyBytes: body.length, truncated: false },
})
const alert = (number: number): Partial<Attempt> => ({
  alert: { from: 'server', number, name: alertName(number) },
  failure: { during: 'response', code: 'E', text: 'said no' },
})
const probe = (change: Partial<ProbeResult>): ProbeResult => ({
  probe: 'without-certificate',
  tried: 'it',
  outcome: 'refused',
  saw: 'closed',
  tookMs: 5,
  ...change,
})
const judge = (change: Partial<Attempt>, more: Partial<Context> = {}) =>
  Verdict.parse(diagnose(attempt(change), { certificate: good, chain: [], now, ...more }))
const first = (change: Partial<Attempt>, more: Partial<Context> = {}) => judge(change, more).causes[0]

describe('evidence', () => {
  it('adds up by cause, the heaviest first, with its sentences for and against', () => {
    const causes = weigh([
      { code: 'client.expired', weight: 30, says: 'A.' },
      { code: 'client.revoked', weight: 50, says: 'B.' },
      { code: 'client.expired', weight: 60, says: 'C.' },
      { code: 'client.expired', weight: -20, says: 'D.' },
      { code: 'client.self-signed', weight: 10, says: 'E.' },
      { code: 'client.self-signed', weight: -20, says: 'F.' },
      { code: 'client.too-weak', weight: -20, says: 'G.' },
    ])
    expect(causes).toMatchObject([
      { code: 'client.expired', because: 'C.', for: ['C.', 'A.'], against: ['D.'], certainty: 'likely' },
      { code: 'client.revoked', because: 'B.', for: ['B.'], against: [], certainty: 'possible' },
    ])
    expect(causes).toHaveLength(2)
  })

  it('is called proven only where something proves it', () => {
    const [proven] = weigh([{ code: 'net.reset', weight: 1, says: 'A.', proves: true }])
    expect(proven?.certainty).toBe('proven')
    expect(weigh([{ code: 'net.reset', weight: 500, says: 'A.' }])[0]?.certainty).toBe('likely')
  })
})

describe('a title', () => {
  it('claims no more than was seen', () => {
    const stale = { certificate: { ...good, notAfter: '2026-11-01T00:00:00Z' } }
    expect(judge(alert(45), stale).title).toBe('Your certificate has expired')
    expect(judge(silent, stale).title).toBe('Most likely: your certificate has expired')
    expect(judge(silent).title).toMatch(/^Possibly: your certificate comes from an authority of the right name/)
    expect(judge(answer(401)).title).toMatch(/^Most likely: TLS is fine/)
  })
})

describe('an alert', () => {
  it('that names what the certificate shows proves it', () => {
    expect(first(alert(45), { certificate: { ...good, notAfter: '2026-11-01T00:00:00Z' } })?.certainty).toBe('proven')
    expect(first(alert(43), { certificate: { ...good, extendedKeyUsage: ['serverAuth'] } })?.certainty).toBe('proven')
  })

  it('that the certificate contradicts is held against it', () => {
    const cause = first(alert(45))
    expect(cause).toMatchObject({ code: 'client.expired', certainty: 'likely' })
    expect(cause?.against?.[0]).toMatch(/valid until 2027-01-01/)
  })

  it('never makes a certificate self-signed that is not', () => {
    expect(judge(alert(48)).causes.map(({ code }) => code)).not.toContain('client.self-signed')
  })

  it.each([42, 46, 49, 80])('number %i, which servers send for anything, leaves the visible flaw first', (number) => {
    expect(first(alert(number), { certificate: { ...good, keyUsage: ['keyEncipherment'] } })?.code).toBe(
      'client.key-usage',
    )
  })
})

describe('a further connection', () => {
  const alone = { acceptableAuthorities: ['CN=Root,O=Provider'] }

  it('that is accepted with the issuers proves that they were missing', () => {
    const probes = [probe({ probe: 'with-intermediates', tried: 'CN=Client CA', outcome: 'accepted', saw: 'HTTP 200' })]
    const verdict = judge({ ...silent, acceptableAuthorities: ['CN=Root,O=Other'] }, { probes })
    expect(verdict.causes[0]).toMatchObject({ code: 'client.missing-intermediate', certainty: 'proven' })
    expect(verdict.causes[0]?.because).toBe('With CN=Client CA the same certificate is accepted.')
    expect(verdict.probes).toEqual(probes)
  })

  it('that is refused with them as well takes that cause away', () => {
    const probes = [probe({ probe: 'with-intermediates', tried: 'CN=Client CA' })]
    expect(first({ ...silent, ...alone })?.code).toBe('client.missing-intermediate')
    expect(judge({ ...silent, ...alone }, { probes }).causes.map(({ code }) => code)).not.toContain(
      'client.missing-intermediate',
    )
  })

  it('that is accepted without the issuers proves that the chain is wrong', () => {
    const probes = [probe({ probe: 'without-intermediates', outcome: 'accepted' })]
    expect(first(silent, { probes, chain: [{ subject: 'CN=Old' }] })).toMatchObject({
      code: 'client.wrong-chain',
      certainty: 'proven',
    })
  })

  it.each(['tls-1.2', 'tls-1.3'] as const)('that is accepted in %s proves that the version matters', (name) => {
    const probes = [probe({ probe: name, outcome: 'accepted' })]
    expect(first(silent, { probes })).toMatchObject({ code: 'tls.version', certainty: 'proven' })
  })

  it('in another version lends its alert to a server that only hung up', () => {
    const probes = [probe({ probe: 'tls-1.2', alert: 44, saw: 'certificate_revoked, alert 44' })]
    expect(first(silent, { probes })?.code).toBe('client.revoked')
  })

  it('that is accepted without a server name proves that the name matters', () => {
    const probes = [probe({ probe: 'without-sni', outcome: 'accepted' })]
    expect(first(silent, { probes })).toMatchObject({ code: 'tls.server-name', certainty: 'proven' })
  })

  it('with another identity of the same key acquits the authority', () => {
    const probes = [probe({ probe: 'other-identity', tried: 'spare', outcome: 'accepted', authority: 'same-key' })]
    const causes = judge(silent, { probes }).causes
    expect(causes.map(({ code }) => code)).toEqual(['client.revoked', 'client.not-admitted'])
    expect(causes[0]?.because).toMatch(/accepts another identity, spare, of the same authority and key/)
  })

  it('with another identity of the same name and another key makes a re-created authority likely', () => {
    const probes = [probe({ probe: 'other-identity', tried: 'new', outcome: 'accepted', authority: 'same-name' })]
    expect(first(silent, { probes })).toMatchObject({ code: 'client.same-name-other-key', certainty: 'likely' })
  })

  it('without a certificate that is answered the same makes it a matter of the application', () => {
    const same = [probe({ status: 403, saw: 'HTTP 403' })]
    const stale = { certificate: { ...good, notAfter: '2026-11-01T00:00:00Z' } }
    expect(first(answer(403), stale)?.code).toBe('client.expired')
    const told = first(answer(403), { ...stale, probes: same })
    expect(told?.code).toBe('http.refused')
    expect(told?.for?.join(' ')).toMatch(/not what it looks at/)
    const other = [probe({ status: 400, saw: 'HTTP 400' })]
    expect(first(answer(403), { probes: other })?.for?.join(' ')).toMatch(/TLS took yours/)
  })

  it('that is asked in TLS 1.2 proves that a server asks later', () => {
    const never = { ...answer(403), certificateAsked: false, certificateSent: false }
    expect(first(never)?.code).toBe('server.never-asked')
    const probes = [probe({ probe: 'tls-1.2', outcome: 'accepted', certificateAsked: true })]
    expect(first(never, { probes })).toMatchObject({ code: 'server.asks-later', certainty: 'proven' })
    const unasked = [probe({ probe: 'tls-1.2', outcome: 'accepted', certificateAsked: false })]
    expect(first(never, { probes: unasked })?.code).toBe('server.never-asked')
  })

  it('with an identity that is accepted says which one to choose', () => {
    const probes = [probe({ probe: 'other-identity', tried: 'acme live', outcome: 'accepted' })]
    const none = { ...alert(116), certificateSent: false, certificateConfigured: false }
    expect(judge(none, { certificate: undefined, probes }).next).toBe(
      'Choose the identity acme live: the server accepts it.',
    )
  })
})

describe('a proxy', () => {
  it.each([
    ['ERR_PROXY_REFUSED', /address and port/],
    ['ERR_PROXY_AUTH', /user name and password/],
    ['ERR_PROXY_FORBIDDEN', /let this host and port through/],
    ['ERR_PROXY_STATUS', /cannot reach the host/],
    ['ERR_PROXY_NOT_A_PROXY', /no HTTP proxy/],
    ['ERR_PROXY_UNRESOLVED', /proxy’s name/],
    ['ERR_PROXY_TLS', /certificate trusted/],
    ['ERR_PROXY_UNSUPPORTED', /SOCKS/],
    ['ERR_PROXY_CLOSED', /lets this host/],
    ['ERR_PROXY_UNREACHABLE', /without a proxy/],
  ])('that fails with %s is named, with what to do', (code, next) => {
    const failure = { during: 'connect' as const, code, text: 'the proxy said no' }
    const verdict = judge({
      failure,
      proxy: 'http://proxy:3128',
      certificateAsked: undefined,
      certificateSent: undefined,
    })
    expect(verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.proxy' })
    expect(verdict.causes[0]?.because).toBe('The proxy said no.')
    expect(verdict.next).toMatch(next)
  })

  it('that opens TLS on the way is recognised by the certificates it makes up', () => {
    const link = { subject: 'CN=api', issuer: 'CN=Zscaler Root CA', notBefore: '', notAfter: '', sha256: '', pem: '' }
    const never = { ...answer(401), certificateAsked: false, certificateSent: false, serverChain: [link] }
    expect(judge(never).causes.map(({ code }) => code)).toEqual(['net.proxy', 'server.never-asked', 'http.refused'])
    const distrusted = {
      failure: { during: 'server-trust' as const, code: 'SELF_SIGNED_CERT_IN_CHAIN', text: '' },
      serverChain: [link],
    }
    expect(judge(distrusted)).toMatchObject({ cause: 'net.proxy', outcome: 'refused' })
  })

  it('is also what answers 407', () => {
    expect(first(answer(407))?.code).toBe('net.proxy')
  })
})

describe('the other environment', () => {
  const profile = Profile.parse(payrails)
  const named = (name: string): Facts => ({ ...good, subjectParts: [{ type: 'CN', value: name }] })

  it.each([
    ['https://api.acme.payrails.io/', 'acme-api.staging.payrails.io', undefined, /Staging.*Live/],
    ['https://acme-api.staging.payrails.io/', 'api.acme.payrails.io', undefined, /Live.*Staging/],
    [
      'https://api.acme.payrails.io/',
      'something.else',
      'staging',
      /made for Payrails’s Staging, the host is of the Live/,
    ],
    [
      'https://acme-api.staging.payrails.io/',
      'something.else',
      'live',
      /made for Payrails’s Live, the host is of the Staging/,
    ],
  ])('is told from names and from the identity’s own plan: %s with %s', (url, name, environment, words) => {
    const cause = first({ ...silent, url }, { certificate: named(name), profile, environment })
    expect(cause?.code).toBe('client.wrong-environment')
    expect(cause?.because).toMatch(words)
  })

  it('is not suspected where plan and host agree', () => {
    const own = { certificate: named('api.acme.payrails.io'), profile, environment: 'live' }
    const codes = judge({ ...silent, url: 'https://api.acme.payrails.io/' }, own).causes.map(({ code }) => code)
    expect(codes).not.toContain('client.wrong-environment')
  })
})

describe('an HTTP answer', () => {
  const nginx = (title: string) => `<html><head><title>400 ${title}</title></head></html>`
  it.each([
    [495, '', /Status 495 is nginx’s for a client certificate that it does not accept/],
    [400, nginx('The SSL certificate error'), /nginx shows this page after a handshake that succeeded/],
    [403, 'HTTP Error 403.16 - Forbidden', /IIS words it so/],
  ])('of status %i says whose it is', (status, body, words) => {
    expect(first(answer(status, body))?.because).toMatch(words)
  })

  it.each([
    ['HTTP Error 403.13 - Forbidden: client certificate revoked', 403, 'client.revoked'],
    ['HTTP Error 403.17 - client certificate has expired', 403, 'client.expired'],
    ['{"message":"TLS certificate failed verification"}', 401, 'client.same-name-other-key'],
    ['{"message":"No required TLS certificate was sent"}', 401, 'client.none-sent'],
    ['{"error":"client certificate required"}', 401, 'client.none-sent'],
  ])('whose page names the reason is believed: %s', (body, status, code) => {
    expect(first(answer(status, body))?.code).toBe(code)
  })
})

describe('authorities', () => {
  it('are the same by name and key, where certificates say which key', () => {
    expect(authorityKin(good, good)).toBe('same-key')
    expect(authorityKin(good, { ...good, authorityKeyIdentifier: 'bb' })).toBe('same-name')
    expect(authorityKin(good, { ...good, authorityKeyIdentifier: undefined })).toBe('same-key')
    expect(authorityKin(good, { ...good, issuer: 'CN=Other' })).toBe('other')
  })
})
