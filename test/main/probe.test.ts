import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProbeOptions, probe } from '../../electron/tls/probe.ts'
import { Attempt, type Step } from '../../shared/tls/attempt.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nodeServer } from '../support/test-servers.ts'

let cast: Cast
let port: number
let plain12: number
beforeAll(async () => {
  cast = makeCast()
  const files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
  port = (await nodeServer('tls', files)).port
  plain12 = (await nodeServer('tls', { ...files, maxVersion: 'TLSv1.2' })).port
})
afterAll(closeAll)

const good = () => {
  const client = cast.clients.good
  if (!client) throw new Error('no good client')
  return identityOf(client)
}

const call = (change: Partial<ProbeOptions> & { path?: string } = {}) => {
  const { path = '/', ...rest } = change
  return probe({
    url: `https://localhost:${port}${path}`,
    method: 'GET',
    headers: [],
    identity: good(),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 5000,
    ...rest,
  })
}

describe('an attempt', () => {
  it.each([
    ['TLSv1.3', () => port],
    ['TLSv1.2', () => plain12],
  ])('in %s tells every step in order, as it happens, with what was asked for and sent', async (protocol, at) => {
    const seen: Step[] = []
    const attempt = await call({ url: `https://localhost:${at()}/`, onStep: (step) => seen.push(step) })
    expect(Attempt.parse(attempt)).toEqual(attempt)
    expect(seen.map((step) => step.name)).toEqual([
      'resolve',
      'connect',
      'tls',
      'server-trust',
      'client-asked',
      'client-sent',
      'request',
      'response',
    ])
    expect(attempt.steps).toEqual(seen)
    expect(seen.every((step) => step.state === 'done')).toBe(true)
    expect(seen.map((step) => step.atMs)).toEqual(seen.map((step) => step.atMs).sort((a, b) => a - b))
    expect(attempt).toMatchObject({
      protocol,
      serverTrusted: true,
      certificateAsked: true,
      certificateSent: true,
      certificateConfigured: true,
      acceptableAuthorities: ['CN=Acme Client Root,O=Acme Pay,C=GB'],
      trustedAuthorities: ['CN=Provider Root,O=Provider Ltd,C=GB'],
      http: { status: 200 },
    })
    expect(attempt.signatureSchemes).toContain('ecdsa_secp256r1_sha256')
    expect(attempt.serverChain.map((link) => link.subject)).toEqual([
      'CN=localhost',
      'CN=Provider Issuing CA,O=Provider Ltd,C=GB',
    ])
    expect(attempt.cipher).toMatch(/^TLS_/)
    expect(attempt.failure).toBeUndefined()
  })

  it('is a failure at the answer, not a success at the handshake, when TLS 1.3 refuses us', async () => {
    const attempt = await call({ identity: null })
    expect(attempt.http).toBeNull()
    expect(attempt.steps.find((step) => step.name === 'tls')?.state).toBe('done')
    expect(attempt.failure?.during).toBe('response')
    expect(attempt.alert).toEqual({ from: 'server', number: 116, name: 'certificate_required' })
    expect(attempt.failure?.text).not.toMatch(/[0-9A-F]{12}|\.c:\d|\/deps\//)
  })

  it('shows what was asked for even when TLS 1.2 refuses us in the handshake', async () => {
    const attempt = await call({ url: `https://localhost:${plain12}/`, identity: null })
    expect(attempt).toMatchObject({ certificateAsked: true, certificateSent: false, failure: { during: 'tls' } })
    expect(attempt.alert?.number).toBe(40)
    expect(attempt.serverChain).toHaveLength(2)
    expect(attempt.steps.map((step) => step.state)).toEqual([
      'done',
      'done',
      'failed',
      'skipped',
      'done',
      'done',
      'skipped',
      'skipped',
    ])
  })

  it('does not connect with a key that is not the certificate’s', async () => {
    for (const name of ['another key', 'key of another kind']) {
      const client = cast.clients[name]
      if (!client) throw new Error(name)
      const attempt = await call({ identity: identityOf(client) })
      expect(attempt.failure).toMatchObject({
        during: 'tls',
        code: expect.stringMatching(/^ERR_OSSL_X509_KEY_.*MISMATCH$/),
      })
      expect(attempt.steps.map((step) => step.state).slice(0, 3)).toEqual(['skipped', 'skipped', 'failed'])
    }
  })

  it('ends when it is cancelled, before it starts and on the way', async () => {
    const stopped = new AbortController()
    stopped.abort()
    expect((await call({ signal: stopped.signal })).failure?.code).toBe('ABORT_ERR')
    const later = new AbortController()
    setTimeout(() => later.abort(), 150)
    const attempt = await call({ path: '/silent', signal: later.signal })
    expect(attempt.failure).toMatchObject({ code: 'ABORT_ERR', during: 'response' })
    expect(attempt.durationMs).toBeLessThan(2000)
  })

  it('ends at its time limit while an answer trickles, and keeps what came', async () => {
    const attempt = await call({ path: '/silent', timeoutMs: 500 })
    expect(attempt.failure).toMatchObject({ code: 'ETIMEDOUT', during: 'response' })
    expect(attempt.durationMs).toBeLessThan(1500)
  })

  it('calls by number, IPv4 and IPv6', async () => {
    expect((await call({ url: `https://127.0.0.1:${port}/` })).http?.status).toBe(200)
    const six = await nodeServer(
      'tls',
      { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem },
      '::1',
    )
    const attempt = await call({ url: `https://[::1]:${six.port}/` })
    expect(attempt).toMatchObject({ address: '::1', http: { status: 200 } })
  })
})

describe('the request', () => {
  type Echo = { method: string; url: string; rawHeaders: string[]; body: string }
  const echo = async (change: Parameters<typeof call>[0]) => JSON.parse((await call(change)).http?.body ?? '{}') as Echo

  it('goes out as given: method, path, headers in their case and number, body', async () => {
    const seen = await echo({
      path: '/v1/orders?a=b%20c',
      method: 'POST',
      headers: [
        { name: 'X-Api-Key', value: 'k' },
        { name: 'x-twice', value: '1' },
        { name: 'x-twice', value: '2' },
        { name: 'Content-Length', value: '9999' },
      ],
      body: '{"ä":1}',
    })
    expect(seen).toMatchObject({ method: 'POST', url: '/v1/orders?a=b%20c', body: '{"ä":1}' })
    const pairs = seen.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${seen.rawHeaders[i + 1]}`] : []))
    expect(pairs).toEqual(
      expect.arrayContaining(['X-Api-Key: k', 'x-twice: 1', 'x-twice: 2', `Host: localhost:${port}`]),
    )
    expect(pairs.filter((pair) => /^content-length/i.test(pair))).toEqual(['Content-Length: 8'])
  })

  it('follows no redirect', async () => {
    const { http } = await call({ path: '/redirect' })
    expect(http?.status).toBe(302)
    expect(http?.headers).toContainEqual(['location', 'https://elsewhere.invalid/'])
  })

  it('keeps 64 KiB of an endless body and says that it is cut', async () => {
    const { http } = await call({ path: '/endless' })
    expect(http).toMatchObject({ status: 200, truncated: true })
    expect(http?.body).toHaveLength(65536)
  })

  it('counts a status as an answer when the body then breaks off', async () => {
    const { http, failure } = await call({ path: '/half' })
    expect(http).toMatchObject({ status: 200, body: 'half', truncated: true })
    expect(failure).toBeUndefined()
  })

  it('never puts a header’s value or the body into a failure', async () => {
    const secret = 'very-secret\nvalue'
    const texts = await Promise.all([
      call({ headers: [{ name: 'x-api-key', value: secret }] }),
      call({ headers: [{ name: 'bad name', value: 'very-secret-value' }] }),
      call({
        identity: null,
        headers: [{ name: 'x-api-key', value: 'very-secret-value' }],
        method: 'POST',
        body: 'very-secret-body',
      }),
      call({ path: '/not-http', headers: [{ name: 'x-api-key', value: 'very-secret-value' }] }),
    ])
    for (const attempt of texts) {
      expect(attempt.failure).toBeDefined()
      expect(JSON.stringify([attempt.failure, attempt.steps])).not.toContain('very-secret')
    }
  })
})

describe('the roots of this computer', () => {
  it('do not trust a throw-away authority', async () => {
    const attempt = await call({ trust: { system: true } })
    expect(attempt).toMatchObject({ serverTrusted: false, failure: { during: 'server-trust' } })
    expect(attempt.trustedAuthorities).toBeUndefined()
  })
})
