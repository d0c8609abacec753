import { createServer as createHttps } from 'node:https'
import { createServer as createTcp, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProbeOptions, recordedProbe } from '../../electron/tls/probe.ts'
import { readProxy } from '../../electron/tls/proxy-address.ts'
import { isExcepted, proxyFromEnvironment, proxyFromPac } from '../../electron/tls/proxy-choice.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere, noProxy, proxyServer } from '../support/proxy-servers.ts'

let cast: Cast
let port: number
beforeAll(async () => {
  cast = makeCast()
  const server = createHttps(
    { cert: cast.serverPem, key: cast.server.keyPem, ca: cast.clientRoot.pem, requestCert: true },
    (request, response) => response.end(`hello ${(request.socket as TLSSocket).getPeerCertificate().subject?.CN}`),
  )
  port = await listenHere(server)
})
afterAll(closeHere)

type Way = NonNullable<ProbeOptions['proxy']>

const through = (proxy: Way | string, change: Partial<ProbeOptions> = {}) => {
  const client = cast.clients.good
  if (!client) throw new Error('no good client')
  return recordedProbe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 3000,
    proxy: typeof proxy === 'string' ? { address: proxy } : proxy,
    ...change,
  })
}

describe('through a proxy', () => {
  it('the tunnel leads to the host, with our certificate, and every step says so', async () => {
    const proxy = await proxyServer()
    const { attempt, wire } = await through(proxy.address)
    expect(attempt.http).toMatchObject({ status: 200, body: 'hello client.example.com' })
    expect(attempt).toMatchObject({ proxy: proxy.address, certificateSent: true, serverTrusted: true })
    expect(attempt.address).toBeUndefined()
    expect(proxy.asked).toEqual([`CONNECT localhost:${port}`])
    const [resolve, connect] = attempt.steps
    expect(resolve).toMatchObject({ state: 'skipped', says: 'Left to the proxy: localhost' })
    expect(connect?.says).toBe(`localhost, port ${port}, through the proxy ${proxy.address}`)
    // A TLS record comes first: what was said to the proxy is no part of it.
    expect(wire?.sent[0]).toBe(22)
    expect(wire?.received[0]).toBe(22)
    expect(wire?.remote.port).toBe(proxy.port)
  })

  it('a name that only the proxy knows is not looked up here', async () => {
    const proxy = await proxyServer()
    const { attempt } = await through(proxy.address, {
      url: `https://only-there.invalid:${port}/`,
      options: { serverName: 'localhost' },
    })
    expect(attempt.http?.status).toBe(200)
    expect(proxy.asked).toEqual([`CONNECT only-there.invalid:${port}`])
  })

  it('user and password go to the proxy and appear nowhere', async () => {
    const proxy = await proxyServer({ login: 'anna:s3cret pass' })
    const { attempt } = await through({ address: proxy.address, user: 'anna', password: 's3cret pass' })
    expect(attempt.http?.status).toBe(200)
    const refused = await through({ address: proxy.address, user: 'anna', password: 'wr0ng pass' })
    expect(refused.attempt.failure?.text).toMatch(/did not take user and password \(Basic\)/)
    expect(JSON.stringify([attempt, refused.attempt])).not.toMatch(/s3cret|wr0ng|anna/)
  })

  it('a proxy behind TLS is spoken to in TLS, once its authority is known', async () => {
    const files = { cert: cast.serverPem, key: cast.server.keyPem }
    const proxy = await proxyServer({}, files)
    const { attempt } = await through({ address: proxy.address, caPem: cast.serverRoot.pem })
    expect(attempt.http?.status).toBe(200)
    expect(attempt.steps[1]?.says).toContain(`through the proxy https://127.0.0.1:${proxy.port}`)
    const unknown = await through(proxy.address)
    expect(unknown.attempt.failure).toMatchObject({ during: 'connect', code: 'ERR_PROXY_TLS' })
  })

  it('bytes of the host that come in one piece with the proxy’s answer are not lost', async () => {
    const greeting = 'SSH-2.0-OpenSSH_9.2p1\r\n'
    const chatty = await listenHere(createTcp((socket) => void socket.on('error', () => {}).write(greeting)))
    const proxy = await proxyServer({ hasty: true })
    const { attempt, wire } = await through(proxy.address, { url: `https://localhost:${chatty}/` })
    expect(attempt.failure?.during).toBe('tls')
    expect(Buffer.from(wire?.received ?? []).toString()).toBe(greeting)
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('net.not-tls')
  })

  it('inspection of TLS on the way shows in the chain', async () => {
    const own = cast.serverWith({ issuer: cast.otherRoot })
    const middle = await listenHere(createHttps({ cert: own.pem, key: own.keyPem }))
    const proxy = await proxyServer()
    const { attempt } = await through(proxy.address, { url: `https://localhost:${middle}/` })
    expect(attempt).toMatchObject({ serverTrusted: false, proxy: proxy.address })
    expect(attempt.serverChain[0]?.issuer).toBe('CN=Elsewhere Root,O=Elsewhere,C=DE')
  })
})

describe('a proxy that makes no tunnel', () => {
  it.each([
    ['asks for a login', { login: 'a:b' }, 'ERR_PROXY_AUTH', /asks for user and password \(Basic\)/],
    [
      'asks for NTLM',
      { status: '407 Who are you', headers: 'Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate\r\n' },
      'ERR_PROXY_AUTH',
      /not supported here \(NTLM, Negotiate\)/,
    ],
    [
      'forbids the host',
      { status: '403 Forbidden' },
      'ERR_PROXY_FORBIDDEN',
      /does not allow a tunnel to localhost:\d+/,
    ],
    ['cannot reach it', { status: '502 Bad Gateway' }, 'ERR_PROXY_STATUS', /could not reach localhost:\d+ \(502 Bad/],
    ['is overloaded', { status: '429 Slow down' }, 'ERR_PROXY_STATUS', /refused a tunnel .*\(429 Slow down\)/],
    ['is a web server', { status: '405 Not Allowed' }, 'ERR_PROXY_NOT_A_PROXY', /rather a web server \(405/],
  ])('%s', async (_, mood, code, says) => {
    const { attempt, wire } = await through((await proxyServer(mood)).address)
    expect(attempt.failure).toMatchObject({ during: 'connect', code })
    expect(attempt.failure?.text).toMatch(says)
    expect(attempt.steps.map(({ state }) => state).slice(0, 3)).toEqual(['skipped', 'failed', 'skipped'])
    expect(wire).toBeNull()
    expect(diagnose(attempt, { now: new Date() })).toMatchObject({ outcome: 'unreachable', cause: 'net.proxy' })
  })

  it.each([
    ['closes', (socket: Socket) => void socket.once('data', () => socket.end()), 'ERR_PROXY_CLOSED'],
    ['resets', (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy()), 'ERR_PROXY_CLOSED'],
    ['talks SSH', (socket: Socket) => void socket.end('SSH-2.0-x\r\n'), 'ERR_PROXY_NOT_A_PROXY'],
    ['talks TLS', (socket: Socket) => void socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 70])), 'ERR_PROXY_NOT_A_PROXY'],
    [
      'sends a head without end',
      (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`),
      'ERR_PROXY_NOT_A_PROXY',
    ],
    ['says nothing', () => {}, 'ERR_PROXY_TIMEOUT'],
  ])('%s', async (_, answer, code) => {
    const { attempt } = await through(await noProxy(answer), { timeoutMs: 600 })
    expect(attempt.failure).toMatchObject({ during: 'connect', code })
    expect(attempt.durationMs).toBeLessThan(1500)
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('net.proxy')
  })

  it.each([
    ['does not listen', 'http://127.0.0.1:1', 'ERR_PROXY_REFUSED'],
    ['is not known', 'http://no-such-proxy.invalid:8080', 'ERR_PROXY_UNRESOLVED'],
    ['speaks SOCKS', 'socks5://127.0.0.1:1080', 'ERR_PROXY_UNSUPPORTED'],
    ['has no address', 'http://', 'ERR_PROXY_UNSUPPORTED'],
  ])('%s', async (_, address, code) => {
    const { attempt } = await through(address)
    expect(attempt.failure).toMatchObject({ during: 'connect', code })
    expect(diagnose(attempt, { now: new Date() }).cause).toBe('net.proxy')
  })
})

describe('a proxy’s address', () => {
  it.each([
    ['proxy.corp:3128', 'http://proxy.corp:3128', undefined],
    ['http://proxy.corp', 'http://proxy.corp:1080', undefined],
    ['http://proxy.corp:80/', 'http://proxy.corp:80', undefined],
    ['https://proxy.corp', 'https://proxy.corp:443', undefined],
    ['HTTP://Anna:p%40ss%3aword@Proxy.Corp:8080', 'http://proxy.corp:8080', ['Anna', 'p@ss:word']],
    ['http://anna@[::1]:8080', 'http://[::1]:8080', ['anna', '']],
    ['http://a:b@c@proxy:1', 'http://proxy:1', ['a', 'b@c']],
    ['socks5h://localhost:9050', 'socks5h://localhost:9050', undefined],
  ])('%s is %s', (text, address, login) => {
    const read = readProxy(text)
    expect(read?.address).toBe(address)
    expect(login ? [read?.user, read?.password] : undefined).toEqual(login)
  })

  it.each(['', 'http://', 'http://:80', 'http://a b:80', 'http://x:99999'])('%j is none', (text) => {
    expect(readProxy(text)).toBeNull()
  })
})

/** Compared with curl 7.88, case by case. */
describe('the environment’s proxy', () => {
  it.each([
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'http://a:1'],
    [{ HTTPS_PROXY: 'http://b:1', all_proxy: 'http://c:1' }, 'http://b:1'],
    [{ https_proxy: '', all_proxy: 'http://c:1' }, 'http://c:1'],
    [{ ALL_PROXY: 'http://d:1' }, 'http://d:1'],
    [{ http_proxy: 'http://e:1', HTTP_PROXY: 'http://e:1' }, null],
    [{ HTTPS_PROXY: 'http://b:1', no_proxy: 'example.com' }, null],
    [{ HTTPS_PROXY: 'http://b:1', no_proxy: '', NO_PROXY: 'example.com' }, null],
    [{ HTTPS_PROXY: 'http://b:1', no_proxy: 'other.com', NO_PROXY: 'example.com' }, 'http://b:1'],
  ])('%j means %s', (env, proxy) => {
    expect(proxyFromEnvironment('https://api.example.com:8443/', env)).toBe(proxy)
  })

  it.each([
    ['api.example.com', 'example.com', true],
    ['api.example.com', '.example.com', true],
    ['example.com', '.example.com', true],
    ['api.example.com', 'x.com, API.Example.COM. ,y.com', true],
    ['api.example.com', 'x.com api.example.com', true],
    ['api.example.com', 'ample.com', false],
    ['api.example.com', 'api.example.com:443', false],
    ['api.example.com', '*', true],
    ['api.example.com', '*.example.com', false],
    ['api.example.com', '', false],
    ['127.0.0.1', '127.0.0.0/8', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '0.0.1', false],
    ['10.1.2.3', '10.1.0.0/16', true],
    ['10.2.2.3', '10.1.0.0/16', false],
    ['10.1.2.3', '10.1.0.0/99', false],
    ['10.1.2.3', '0.0.0.0/0', false],
    ['10.1.2.3', '10.1.2.3/0', true],
    ['[::1]', '::1', true],
    ['[::1]', '[::1]', true],
    ['[fe80::1]', 'fe80::/10', true],
    ['[2001:db8::1]', 'fe80::/10', false],
  ])('%s is excepted by %j: %s', (host, list, excepted) => {
    expect(isExcepted(host, list)).toBe(excepted)
  })
})

describe('a configuration script’s answer', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.corp:8080; DIRECT', 'http://proxy.corp:8080'],
    ['HTTPS proxy.corp:443', 'https://proxy.corp:443'],
    ['SOCKS5 socks.corp:1080;PROXY b:1', 'socks5://socks.corp:1080'],
    ['DIRECT; PROXY b:1', null],
    ['', null],
  ])('%j means %s', (answer, proxy) => {
    expect(proxyFromPac(answer)).toBe(proxy)
  })
})
