import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probe } from '../../electron/tls/probe.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nodeServer, opensslServer } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

/** What is wrong with the server, or with the way to it, rather than with our certificate. */
let cast: Cast
beforeAll(() => {
  cast = makeCast()
})
afterAll(closeAll)

type Change = { host?: string; trust?: string; client?: string | null; path?: string; timeoutMs?: number }

async function call(
  port: number,
  { host = 'localhost', trust, client = null, path = '/', timeoutMs = 3000 }: Change = {},
) {
  const who = client === null ? undefined : cast.clients[client]
  const attempt = await probe({
    url: `https://${host}:${port}${path}`,
    method: 'GET',
    headers: [{ name: 'x-api-key', value: 'very-secret-value' }],
    identity: who ? identityOf(who) : null,
    trust: { caPem: trust ?? cast.serverRoot.pem },
    timeoutMs,
  })
  const certificate = who && readCertificate(who.certificate.der)?.facts
  const verdict = diagnose(attempt, { certificate, chain: [], now: new Date() })
  return { attempt, verdict, codes: verdict.causes.map(({ code }) => code) }
}

describe('a server that is not trusted', () => {
  const serverOf = (cert: string, key: string) => nodeServer('tls', { cert, key })

  it('is self-signed', async () => {
    const own = cast.serverWith({ issuer: undefined })
    const { port } = await serverOf(own.pem, own.keyPem)
    const { attempt, verdict } = await call(port)
    expect(verdict).toMatchObject({ outcome: 'refused', cause: 'server.self-signed' })
    expect(attempt).toMatchObject({ serverTrusted: false, http: null, failure: { during: 'server-trust' } })
    expect(attempt.serverChain.map((link) => link.subject)).toEqual(['CN=localhost'])
  })

  it('is self-signed, and trusted once exactly that certificate is given to trust', async () => {
    // keyUsage without keyCertSign: BoringSSL alone would refuse this.
    const own = cast.serverWith({ issuer: undefined })
    const { port } = await serverOf(own.pem, own.keyPem)
    expect((await call(port, { trust: own.pem })).verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    const stale = cast.serverWith({ issuer: undefined, fromDays: -60, toDays: -30 })
    const second = await serverOf(stale.pem, stale.keyPem)
    expect((await call(second.port, { trust: stale.pem })).verdict.cause).toBe('server.expired')
    const elsewhere = cast.serverWith({ issuer: undefined, sans: ['DNS:other.example'] })
    const third = await serverOf(elsewhere.pem, elsewhere.keyPem)
    expect((await call(third.port, { trust: elsewhere.pem })).verdict.cause).toBe('server.wrong-name')
  })

  it('leaves out its intermediate', async () => {
    const { port } = await serverOf(cast.server.pem, cast.server.keyPem)
    const { verdict } = await call(port)
    expect(verdict).toMatchObject({ outcome: 'refused', cause: 'server.incomplete-chain' })
    expect(verdict.causes[0]?.because).toContain('CN=Provider Issuing CA')
  })

  it('comes from an authority that is not trusted, with its chain and without', async () => {
    const { port } = await serverOf(cast.serverPem, cast.server.keyPem)
    const foreign = await call(port, { trust: cast.otherRoot.pem })
    expect(foreign.verdict).toMatchObject({ outcome: 'refused', cause: 'server.untrusted' })
    expect(foreign.verdict.causes[0]?.because).toContain('CN=Elsewhere Root')
    const whole = await serverOf(cast.serverPem + cast.serverRoot.pem, cast.server.keyPem)
    expect((await call(whole.port, { trust: cast.otherRoot.pem })).verdict.cause).toBe('server.untrusted')
    const alone = await serverOf(cast.server.pem, cast.server.keyPem)
    expect((await call(alone.port, { trust: cast.otherRoot.pem })).codes).toEqual([
      'server.untrusted',
      'server.incomplete-chain',
    ])
  })

  it('is refused or taken with only its intermediate trusted, and the verdict says what is missing', async () => {
    const { port } = await serverOf(cast.serverPem, cast.server.keyPem)
    const { verdict } = await call(port, { trust: cast.serverCa.pem })
    // Node 22.9 and later can be told that an intermediate is enough, as curl, Go and Java do.
    if (verdict.outcome === 'accepted') return
    expect(verdict.cause).toBe('server.untrusted')
    expect(verdict.next).toMatch(/root certificate/)
  })

  it.each([
    ['expired', { fromDays: -60, toDays: -30 }, 'server.expired'],
    ['not valid yet', { fromDays: 10 }, 'server.not-yet-valid'],
    ['for another name', { sans: ['DNS:api.other.example'] }, 'server.wrong-name'],
    ['for clients', { purposes: ['clientAuth' as const] }, 'server.wrong-purpose'],
  ])('has a certificate that is %s', async (_, change, code) => {
    const { pem, keyPem } = cast.serverWith(change)
    const { port } = await serverOf(pem + cast.serverCa.pem, keyPem)
    expect((await call(port)).verdict).toMatchObject({ outcome: 'refused', cause: code })
  })

  it('is called by an address that its certificate does not name', async () => {
    const { pem, keyPem } = cast.serverWith({ sans: ['DNS:localhost'] })
    const { port } = await serverOf(pem + cast.serverCa.pem, keyPem)
    const { verdict } = await call(port, { host: '127.0.0.1' })
    expect(verdict.cause).toBe('server.wrong-name')
    expect(verdict.causes[0]?.because).toMatch(/127\.0\.0\.1.*DNS:localhost/)
  })

  it('names no host where clients look', async () => {
    const { pem, keyPem } = cast.serverWith({ subject: ['CN=api.example.com'], sans: undefined })
    const { port } = await serverOf(pem + cast.serverCa.pem, keyPem)
    expect((await call(port)).codes).toEqual(['server.no-san', 'server.wrong-name'])
  })

  it('gets nothing of the request, not even its headers', async () => {
    const own = cast.serverWith({ issuer: undefined })
    const { port } = await serverOf(own.pem, own.keyPem)
    const { attempt } = await call(port)
    expect(attempt.steps.find((step) => step.name === 'request')?.state).toBe('skipped')
  })

  it('is told apart from a CA file without a certificate, before anything is sent', async () => {
    const { attempt, verdict } = await call(1, { trust: 'this is no certificate' })
    expect(verdict.cause).toBe('test.trust-empty')
    expect(attempt.address).toBeUndefined()
  })
})

describe('a way that does not lead to TLS', () => {
  it.each([
    ['http', 'net.not-tls', 'unreachable'],
    ['ssh', 'net.not-tls', 'unreachable'],
    ['garbage', 'net.not-tls', 'unreachable'],
    ['reset', 'net.reset', 'unreachable'],
    ['close', 'net.reset', 'unreachable'],
  ] as const)('is a port that answers with %s: %s', async (kind, code, outcome) => {
    const { port } = await nodeServer(kind)
    expect((await call(port)).verdict).toMatchObject({ outcome, cause: code })
  })

  it('is a port that says nothing, and ends at the time limit', async () => {
    const { port } = await nodeServer('silent')
    const started = performance.now()
    const { attempt, verdict } = await call(port, { timeoutMs: 600 })
    expect(performance.now() - started).toBeLessThan(1500)
    expect(verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.timeout' })
    expect(attempt.failure).toMatchObject({ during: 'tls', code: 'ETIMEDOUT' })
  })

  it('is a closed port, or a name that nobody knows', async () => {
    expect((await call(1)).verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.refused' })
    const unknown = await call(443, { host: 'no-such-host.invalid' })
    expect(unknown.verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.unresolved' })
  })

  it('is no https address', async () => {
    const plain = await probe({
      url: 'http://localhost/',
      method: 'GET',
      headers: [],
      identity: null,
      trust: { system: true },
      timeoutMs: 500,
    })
    expect(diagnose(plain, { now: new Date() }).cause).toBe('test.url-invalid')
  })

  it('speaks only a version that is no longer spoken', async () => {
    const { serverPem: cert, server } = cast
    const { port } = await opensslServer({ cert, key: server.keyPem }, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0')
    expect((await call(port)).verdict).toMatchObject({ outcome: 'refused', cause: 'tls.version' })
  })

  it('shares no cipher', async () => {
    const rsa = cast.serverWith({ key: 'rsa' })
    const { port } = await opensslServer(
      { cert: rsa.pem + cast.serverCa.pem, key: rsa.keyPem, maxVersion: 'TLSv1.2' },
      '-cipher',
      'CAMELLIA128-SHA@SECLEVEL=0',
    )
    expect((await call(port)).verdict).toMatchObject({ outcome: 'refused', cause: 'tls.no-common-cipher' })
  })
})

describe('a server that asks for signatures', () => {
  it.each([
    ['an RSA key', 'RSA', 'ECDSA+SHA256', 'TLSv1.3'],
    ['an RSA key', 'RSA', 'ECDSA+SHA256', 'TLSv1.2'],
    ['an EC key', 'good', 'RSA-PSS+SHA256:RSA+SHA256', 'TLSv1.3'],
    ['an EC key', 'good', 'RSA-PSS+SHA256:RSA+SHA256', 'TLSv1.2'],
  ] as const)(
    'that %s cannot make (%s, %s, %s) is answered with nothing, and we say why',
    async (_, client, sigalgs, version) => {
      const { port } = await opensslServer({
        cert: cast.serverPem,
        key: cast.server.keyPem,
        clientCa: cast.clientRoot.pem,
        sigalgs,
        ...(version === 'TLSv1.2' ? { maxVersion: version } : { minVersion: version }),
      })
      const { attempt, verdict } = await call(port, { client })
      expect(verdict).toMatchObject({ outcome: 'refused', cause: 'client.no-common-signature' })
      expect(attempt.certificateSent ?? false).toBe(false)
    },
  )
})

describe('the application behind TLS', () => {
  let asking: number
  let optional: number
  let open: number
  beforeAll(async () => {
    const files = { cert: cast.serverPem, key: cast.server.keyPem }
    asking = (await nodeServer('tls', { ...files, clientCa: cast.clientRoot.pem })).port
    optional = (await nodeServer('tls', { ...files, clientCa: cast.clientRoot.pem, optional: true })).port
    open = (await nodeServer('tls', files)).port
  })

  it.each([
    ['/status/401', ['http.refused'], 'refused'],
    ['/status/403', ['http.refused'], 'refused'],
    ['/status/503', ['ok', 'server.fault'], 'accepted'],
    ['/redirect', ['http.redirected'], 'unproven'],
  ])('that answers %s to a good certificate means %j', async (path, expected, outcome) => {
    const { verdict, codes } = await call(asking, { client: 'good', path })
    expect(verdict.outcome).toBe(outcome)
    expect(codes).toEqual(expected)
  })

  it('that never asked is named before its 401, for somebody who brought a certificate', async () => {
    const { attempt, codes, verdict } = await call(open, { client: 'good', path: '/status/401' })
    expect(attempt).toMatchObject({ certificateAsked: false, certificateSent: false, certificateConfigured: true })
    expect(verdict.outcome).toBe('refused')
    expect(codes).toEqual(['server.never-asked', 'http.refused'])
    expect((await call(open, { path: '/status/401' })).codes).toEqual(['http.refused', 'server.never-asked'])
  })

  it('that never asked proves nothing of a certificate, whatever it answers', async () => {
    for (const path of ['/', '/redirect', '/status/503']) {
      const { verdict, codes } = await call(open, { client: 'good', path })
      expect(verdict.outcome).toBe('unproven')
      expect(codes).toContain('server.never-asked')
      expect(verdict.title).toMatch(/never asks/)
    }
    const moved = await call(open, { client: 'good', path: '/redirect' })
    expect(moved.verdict.cause).toBe('http.redirected')
    expect(moved.verdict.causes[0]?.because).toContain('which was not called')
  })

  it('that never asked works without a certificate, with a note', async () => {
    const { verdict, codes } = await call(open)
    expect(verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    expect(codes).toEqual(['ok', 'server.never-asked'])
    expect((await call(open, { path: '/redirect' })).codes).toEqual(['http.redirected', 'server.never-asked'])
  })

  it('that asks but does not insist says so, and its 403 without a certificate is about the certificate', async () => {
    expect((await call(optional)).codes).toEqual(['ok', 'client.none-sent'])
    expect((await call(optional, { path: '/status/403' })).codes).toEqual(['client.none-sent', 'http.refused'])
    const stale = await call(optional, { client: 'expired', path: '/status/403' })
    expect(stale.codes).toEqual(['client.expired', 'http.refused'])
  })

  it('that sends no HTTP, or stays silent, is no success', async () => {
    expect((await call(asking, { client: 'good', path: '/not-http' })).verdict).toMatchObject({
      cause: 'http.unreadable',
    })
    const silent = await call(asking, { client: 'good', path: '/silent', timeoutMs: 700 })
    expect(silent.verdict).toMatchObject({ outcome: 'unreachable', cause: 'net.timeout' })
  })
})

describe('a certificate of the provider’s other environment', () => {
  it('is told from the names of the profile, without a connection', async () => {
    const { payrails } = await import('../../shared/providers/payrails.ts')
    const { Profile } = await import('../../shared/providers/profile.ts')
    const staging = issue({ subject: ['C=DE', 'O=Acme', 'CN=acme-api.staging.payrails.io'], issuer: cast.clientRoot })
    const facts = readCertificate(staging.der)?.facts
    const { attempt } = await call(1)
    const refused = {
      ...attempt,
      url: 'https://api.acme.payrails.io/',
      certificateAsked: true,
      certificateSent: true,
      certificateConfigured: true,
      failure: { during: 'response' as const, code: 'ECONNRESET', text: 'closed' },
    }
    const verdict = diagnose(refused, { certificate: facts, profile: Profile.parse(payrails), now: new Date() })
    expect(verdict.cause).toBe('client.wrong-environment')
    expect(verdict.causes[0]?.because).toMatch(/Staging.*Live/)
  })
})
