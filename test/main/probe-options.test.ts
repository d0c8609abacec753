import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttps } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProbeOptions, probe, recordedProbe } from '../../electron/tls/probe.ts'
import { Attempt, type ConnectionOptions } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere } from '../support/proxy-servers.ts'
import { closeAll, nodeServer } from '../support/test-servers.ts'

let cast: Cast
let files: { cert: string; key: string; ca: string; requestCert: true }
let port: number
beforeAll(async () => {
  cast = makeCast()
  files = { cert: cast.serverPem, key: cast.server.keyPem, ca: cast.clientRoot.pem, requestCert: true }
  const server = createHttps(files, (request, response) => {
    const { servername, alpnProtocol } = request.socket as TLSSocket & { servername?: string | false }
    response.end(JSON.stringify({ servername, alpnProtocol, host: request.headers.host }))
  })
  port = await listenHere(server)
})
afterAll(async () => {
  await closeHere()
  await closeAll()
})

const call = (options: ConnectionOptions | undefined, change: Partial<ProbeOptions> = {}) => {
  const client = cast.clients.good
  if (!client) throw new Error('no good client')
  return probe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 3000,
    ...(options ? { options } : {}),
    ...change,
  })
}
const seen = (attempt: Attempt) => JSON.parse(attempt.http?.body ?? '{}')

describe('address and name apart', () => {
  it('connects to one place and speaks to another', async () => {
    const options = { connectTo: { host: '127.0.0.1', port } }
    const url = 'https://localhost:4433/'
    const attempt = await call(options, { url })
    expect(Attempt.parse(attempt)).toEqual(attempt)
    expect(attempt).toMatchObject({ url, address: '127.0.0.1', serverTrusted: true, options })
    expect(seen(attempt)).toMatchObject({ servername: 'localhost', host: 'localhost:4433' })
    expect(attempt.steps[1]?.says).toBe(`127.0.0.1, port ${port}`)
  })

  it('checks the certificate for the name in the address, wherever it connected to', async () => {
    const attempt = await call({ connectTo: { host: '127.0.0.1', port } }, { url: 'https://api.example.com/' })
    expect(attempt).toMatchObject({ serverTrusted: false, failure: { during: 'server-trust' } })
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('server.wrong-name')
  })

  it('sends another name, and checks the certificate for that', async () => {
    const attempt = await call({ serverName: 'localhost' }, { url: `https://127.0.0.1:${port}/` })
    expect(attempt.serverTrusted).toBe(true)
    expect(seen(attempt)).toEqual({ servername: 'localhost', alpnProtocol: 'http/1.1', host: `127.0.0.1:${port}` })
    const wrong = await call({ serverName: 'other.example' })
    expect(diagnose(wrong, { now: new Date() }).cause).toBe('server.wrong-name')
  })

  it('sends no name when none is wanted, and still checks the certificate', async () => {
    const attempt = await call({ serverName: null })
    expect(attempt.serverTrusted).toBe(true)
    expect(seen(attempt).servername).toBe(false)
  })

  it.each(['a b', 'x\r\nHost: y', 'a/b', ''])('refuses %j as a place to connect to', async (host) => {
    const attempt = await call({ connectTo: { host } })
    expect(attempt.failure?.code).toBe('ERR_INVALID_URL')
    expect(attempt.address).toBeUndefined()
  })
})

describe('versions', () => {
  it.each([
    [{ maxVersion: 'TLSv1.2' }, 'TLSv1.2'],
    [{ minVersion: 'TLSv1.3' }, 'TLSv1.3'],
    [{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, 'TLSv1.2'],
  ] as [ConnectionOptions, string][])('%j is spoken as %s', async (options, protocol) => {
    expect(await call(options)).toMatchObject({ protocol, certificateSent: true, http: { status: 200 } })
  })

  it('that the server does not speak are told as such', async () => {
    const { port: only13 } = await nodeServer('tls', { ...files, minVersion: 'TLSv1.3' })
    const attempt = await call({ maxVersion: 'TLSv1.2' }, { url: `https://localhost:${only13}/` })
    expect(diagnose(attempt, { now: new Date() })).toMatchObject({ outcome: 'refused', cause: 'tls.version' })
  })
})

describe('IPv4 and IPv6', () => {
  it('takes only the family that was chosen', async () => {
    const here = await call({ family: 4 })
    expect(here.address).toBe('127.0.0.1')
    expect(here.steps[0]?.says).toMatch(/asked for IPv4 only/)
    const six = await nodeServer('tls', { cert: cast.serverPem, key: cast.server.keyPem }, '::1')
    const attempt = await call({ family: 6, connectTo: { host: '::1', port: six.port } })
    expect(attempt).toMatchObject({ address: '::1', http: { status: 200 } })
  })

  it('says which addresses were tried', async () => {
    const attempt = await call(undefined, { url: 'https://localhost:1/' })
    const [resolve, connect] = attempt.steps
    // Whether this computer calls itself by one address or by two is its own affair.
    if (resolve?.says.includes(',')) expect(connect?.says).toMatch(/tried .*127\.0\.0\.1 \(ECONNREFUSED\)/)
    else expect(connect?.says).not.toContain('tried')
  })

  it('says so when the host has none of that family', async () => {
    const attempt = await call({ family: 6 }, { url: `https://127.0.0.1:${port}/` })
    expect(attempt.failure).toMatchObject({
      during: 'resolve',
      text: '127.0.0.1 has no IPv6 address, only 127.0.0.1',
    })
    expect(diagnose(attempt, { now: new Date() })).toMatchObject({ outcome: 'unreachable', cause: 'net.unresolved' })
  })
})

describe('trust in one certificate, once', () => {
  it('takes exactly that one, whatever is wrong with it, and says so', async () => {
    const own = cast.serverWith({ issuer: undefined, sans: ['DNS:other.example'] })
    const { port: strange } = await nodeServer('tls', { cert: own.pem, key: own.keyPem })
    const url = `https://localhost:${strange}/`
    const before = await call(undefined, { url })
    const sha256 = before.serverChain[0]?.sha256 ?? ''
    expect(before.serverTrusted).toBe(false)
    const attempt = await call(undefined, { url, trust: { onceSha256: sha256 } })
    expect(attempt).toMatchObject({ serverTrusted: true, trustedOnce: sha256, http: { status: 200 } })
    expect(attempt.steps[3]?.says).toContain('for this test only')
    expect(Attempt.parse(attempt)).toEqual(attempt)
  })

  it('does not take another one, trusted or not', async () => {
    const other = 'ab'.repeat(32)
    for (const url of [`https://localhost:${port}/`]) {
      const attempt = await call(undefined, { url, trust: { onceSha256: other } })
      expect(attempt).toMatchObject({ serverTrusted: false, http: null, failure: { during: 'server-trust' } })
      expect(attempt.trustedOnce).toBeUndefined()
    }
  })
})

describe('a method that is no call', () => {
  it.each(['CONNECT', 'TRACE', 'PRI', 'PROPFIND', 'get', ''])(
    '%j is refused by name, before anything is sent',
    async (method) => {
      const attempt = await call(undefined, { method })
      expect(attempt.failure?.code).toBe('ERR_METHOD_REFUSED')
      expect(attempt.failure?.text).toContain(`not ${method}`.trim())
      expect(attempt.address).toBeUndefined()
      expect(diagnose(attempt, { now: new Date() }).cause).toBe('http.request-invalid')
    },
  )
})

describe('the wire', () => {
  it('is kept with times, ends and key log, in order', async () => {
    const client = cast.clients.good
    const { attempt, wire } = await recordedProbe({
      url: `https://localhost:${port}/`,
      method: 'GET',
      headers: [],
      identity: client ? identityOf(client) : null,
      trust: { caPem: cast.serverRoot.pem },
      timeoutMs: 3000,
    })
    if (!wire) throw new Error('nothing was recorded')
    const sum = (from: string) => wire.pieces.reduce((all, piece) => all + (piece.from === from ? piece.bytes : 0), 0)
    expect([sum('client'), sum('server')]).toEqual([wire.sent.length, wire.received.length])
    expect(wire.pieces[0]).toMatchObject({ from: 'client' })
    expect(wire.pieces.map(({ atMs }) => atMs)).toEqual(wire.pieces.map(({ atMs }) => atMs).sort((a, b) => a - b))
    expect(wire).toMatchObject({ cut: false, startedAt: attempt.startedAt, remote: { address: '127.0.0.1', port } })
    expect(wire.local.port).toBeGreaterThan(0)
    expect(wire.keylog.join('')).toMatch(/CLIENT_HANDSHAKE_TRAFFIC_SECRET/)
  })

  it('is null when nothing passed', async () => {
    const { wire } = await recordedProbe({
      url: 'https://localhost:1/',
      method: 'GET',
      headers: [],
      identity: null,
      trust: { system: true },
      timeoutMs: 1000,
    })
    expect(wire).toBeNull()
  })
})

describe('HTTP/2', () => {
  const listen2 = async (answer: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void, more = {}) => {
    const server: Http2SecureServer = createSecureServer({ ...files, rejectUnauthorized: true, ...more })
    server.on('sessionError', () => {})
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {})
      answer(stream, headers)
    })
    return listenHere(server)
  }
  const two = { alpn: ['h2' as const, 'http/1.1' as const] }
  const echo = (stream: ServerHttp2Stream, headers: Record<string, unknown>) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      stream.respond({ ':status': 201, 'x-twice': 'a', 'set-cookie': ['a=1', 'b=2'] })
      stream.end(JSON.stringify({ headers, body: Buffer.concat(chunks).toString() }))
    })
  }

  it('is spoken when both agree, with the certificate, headers and body', async () => {
    const at = await listen2(echo)
    const attempt = await call(two, {
      url: `https://localhost:${at}/v1/orders?a=b`,
      method: 'POST',
      headers: [
        { name: 'X-Api-Key', value: 'k' },
        { name: 'Connection', value: 'close' },
        { name: 'x-twice', value: '1' },
        { name: 'x-twice', value: '2' },
      ],
      body: '{"ä":1}',
    })
    expect(attempt).toMatchObject({ alpn: 'h2', certificateAsked: true, certificateSent: true, serverTrusted: true })
    expect(attempt.http).toMatchObject({ status: 201, statusText: '', truncated: false })
    expect(attempt.http?.headers).toEqual(
      expect.arrayContaining([
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]),
    )
    const { headers, body } = JSON.parse(attempt.http?.body ?? '{}')
    expect(body).toBe('{"ä":1}')
    expect(headers).toMatchObject({
      ':method': 'POST',
      ':path': '/v1/orders?a=b',
      ':authority': `localhost:${at}`,
      'x-api-key': 'k',
      'x-twice': '1, 2',
    })
    expect(headers.connection).toBeUndefined()
    expect(attempt.steps.map(({ state }) => state)).toEqual(Array(8).fill('done'))
    expect(attempt.steps[2]?.says).toMatch(/, h2$/)
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('ok')
    expect(Attempt.parse(attempt)).toEqual(attempt)
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('works without a body in %s', async (version) => {
    const at = await listen2(echo)
    const attempt = await call(
      { ...two, minVersion: version, maxVersion: version },
      { url: `https://localhost:${at}/` },
    )
    expect(attempt).toMatchObject({ protocol: version, alpn: 'h2', http: { status: 201 } })
  })

  it('is not spoken when the server prefers HTTP/1.1, or nothing was offered', async () => {
    expect(await call(two)).toMatchObject({ alpn: 'http/1.1', http: { status: 200 } })
    const none = await call({ alpn: [] })
    expect(none.alpn).toBeUndefined()
    expect(none.http?.status).toBe(200)
  })

  it('a server that speaks nothing else is told as such', async () => {
    const at = await listen2(echo)
    const attempt = await call({ alpn: ['http/1.1'] }, { url: `https://localhost:${at}/` })
    expect(diagnose(attempt, { now: new Date() }).outcome).not.toBe('accepted')
  })

  it('a refusal of the certificate in TLS 1.3 is seen, and nothing is sent', async () => {
    let streams = 0
    const at = await listen2(() => void streams++)
    const attempt = await call(two, { url: `https://localhost:${at}/`, identity: null })
    expect(attempt).toMatchObject({ http: null, certificateSent: false, failure: { during: 'response' } })
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('client.none-sent')
    expect(streams).toBe(0)
  })

  it.each([
    ['resets the stream', (stream: ServerHttp2Stream) => stream.close(2), 'ERR_HTTP2_INTERNAL_ERROR'],
    ['wants HTTP/1.1', (stream: ServerHttp2Stream) => stream.close(13), 'ERR_HTTP2_HTTP_1_1_REQUIRED'],
    ['goes away', (stream: ServerHttp2Stream) => stream.session?.goaway(11), undefined],
    ['destroys the session', (stream: ServerHttp2Stream) => stream.session?.destroy(), undefined],
    ['stays silent', () => {}, 'ETIMEDOUT'],
  ])('a server that %s is no success', async (_, answer, code) => {
    const at = await listen2(answer)
    const attempt = await call(two, { url: `https://localhost:${at}/`, timeoutMs: 700 })
    expect(attempt).toMatchObject({ http: null, failure: { during: 'response' } })
    if (code) expect(attempt.failure?.code).toBe(code)
    expect(attempt.durationMs).toBeLessThan(1500)
    expect(diagnose(attempt, { now: new Date() }).outcome).not.toBe('accepted')
  })

  it('an endless body is cut, one that breaks off is kept, one that stalls ends in time', async () => {
    const endless = await listen2((stream) => {
      stream.respond({ ':status': 200 })
      const more = () => {
        while (stream.writable && stream.write('x'.repeat(16384)));
      }
      stream.on('drain', more)
      more()
    })
    const cut = await call(two, { url: `https://localhost:${endless}/` })
    expect(cut.http).toMatchObject({ status: 200, truncated: true })
    expect(cut.http?.body).toHaveLength(65536)
    const half = await listen2((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('half', () => setTimeout(() => stream.session?.destroy(), 50))
    })
    expect((await call(two, { url: `https://localhost:${half}/` })).http).toMatchObject({
      body: 'half',
      truncated: true,
    })
    const stalls = await listen2((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('half')
    })
    const late = await call(two, { url: `https://localhost:${stalls}/`, timeoutMs: 600 })
    expect(late.http).toMatchObject({ status: 200, body: 'half', truncated: true })
    expect(late.failure).toBeUndefined()
  })

  it('a header that cannot be sent is named before anything of the request is', async () => {
    const at = await listen2(echo)
    const attempt = await call(two, {
      url: `https://localhost:${at}/`,
      headers: [{ name: 'bad name', value: 'very-secret' }],
    })
    expect(attempt.failure?.text).not.toContain('very-secret')
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('http.request-invalid')
  })
})
