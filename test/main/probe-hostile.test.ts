import { createServer as createTcp } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProbeOptions, probe } from '../../electron/tls/probe.ts'
import { Attempt } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { between, cutAfter, hugeRequest, rawAnswer } from '../support/fault-servers.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere } from '../support/proxy-servers.ts'
import { closeAll, nodeServer } from '../support/test-servers.ts'

/**
 * Whatever a server does, an attempt ends in time with facts and a verdict, and costs a bounded amount of memory. An
 * error that nobody hears would fail the run.
 */
let cast: Cast
let tls: { cert: string; key: string; ca: string; requestCert: true; rejectUnauthorized: true }
beforeAll(() => {
  cast = makeCast()
  tls = {
    cert: cast.serverPem,
    key: cast.server.keyPem,
    ca: cast.clientRoot.pem,
    requestCert: true,
    rejectUnauthorized: true,
  }
})
afterAll(async () => {
  await closeHere()
  await closeAll()
})

const mostMegabytes = 64

async function call(port: number, change: Partial<ProbeOptions> = {}) {
  const client = cast.clients.good
  if (!client) throw new Error('no good client')
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  const timeoutMs = change.timeoutMs ?? 3000
  const attempt = await probe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs,
    ...change,
  })
  clearInterval(watch)
  expect((most - before) / 1024 / 1024, 'megabytes').toBeLessThan(mostMegabytes)
  expect(attempt.durationMs, 'milliseconds').toBeLessThan(timeoutMs + 1000)
  expect(Attempt.parse(attempt)).toEqual(attempt)
  const verdict = diagnose(attempt, { now: new Date() })
  if (!attempt.http) expect(verdict.outcome).not.toBe('accepted')
  return { ...attempt, verdict }
}

describe('the handshake', () => {
  it.each([
    ['TLSv1.3', 'destroy'],
    ['TLSv1.3', 'resetAndDestroy'],
    ['TLSv1.3', 'end'],
    ['TLSv1.2', 'destroy'],
  ] as const)('in %s may break off after any byte (%s)', { timeout: 120_000 }, async (version, how) => {
    const { port } = await nodeServer('tls', {
      cert: cast.serverPem,
      key: cast.server.keyPem,
      clientCa: cast.clientRoot.pem,
      ...(version === 'TLSv1.2' ? { maxVersion: version } : { minVersion: version }),
    })
    const whole = await call(await cutAfter(port, () => 1_000_000, how))
    expect(whole.http?.status).toBe(200)
    // Each byte of the handshake with the plain end; the other ways, and what lies beyond it, at every eleventh.
    const lengths = Array.from({ length: 2600 }, (_, i) => i).filter(
      (i) => i % 11 === 0 || (how === 'destroy' && i < 1600),
    )
    const left = [...lengths]
    const cut = await cutAfter(port, () => left.pop() ?? 0, how)
    const outcomes: Record<string, number> = {}
    for (let at = 0; at < lengths.length; at += 20) {
      const some = lengths.slice(at, at + 20).map(() => call(cut))
      for (const { verdict } of await Promise.all(some)) outcomes[verdict.cause] = (outcomes[verdict.cause] ?? 0) + 1
    }
    expect(left).toEqual([])
    process.stdout.write(`broken off in ${version} by ${how}: ${JSON.stringify(outcomes)}\n`)
  })

  it('may come byte by byte', async () => {
    const { port } = await nodeServer('tls', {
      cert: cast.serverPem,
      key: cast.server.keyPem,
      clientCa: cast.clientRoot.pem,
    })
    const drops = await between(port, (near, far) => {
      near.pipe(far)
      far.on('data', (chunk) => {
        for (const byte of chunk) near.write(Buffer.from([byte]))
      })
    })
    expect((await call(drops)).http?.status).toBe(200)
  })

  it.each([
    ['garbage', () => Buffer.alloc(4000, 0x5a), 'net.not-tls'],
    ['a record of 17 KB', () => Buffer.concat([Buffer.from([22, 3, 3, 0x44, 0]), Buffer.alloc(17_408, 2)]), undefined],
    ['an empty record again and again', () => Buffer.alloc(50_000, Buffer.from([22, 3, 3, 0, 0])), undefined],
    ['warnings without end', () => Buffer.alloc(70_000, Buffer.from([21, 3, 3, 0, 2, 1, 90])), undefined],
    ['our own hello', (hello: Buffer) => hello, undefined],
  ])('may be %s', async (_, answer, cause) => {
    const port = await listenHere(
      createTcp((socket) => void socket.on('error', () => {}).once('data', (hello) => socket.write(answer(hello)))),
    )
    const { failure, verdict } = await call(port, { timeoutMs: 800 })
    expect(failure?.during).toBe('tls')
    if (cause) expect(verdict.cause).toBe(cause)
  })

  it('may ask with a megabyte of authorities', async () => {
    const rsa = cast.serverWith({ key: 'rsa' })
    const { failure } = await call(await hugeRequest(rsa.der, 1))
    expect(failure?.during).toBe('tls')
  })
})

describe('an answer', () => {
  const ok = 'HTTP/1.1 200 OK\r\n'
  const answers =
    (text: string | Buffer, then: 'end' | 'destroy' | 'nothing' = 'end') =>
    (socket: TLSSocket) => {
      socket.write(text, () => then !== 'nothing' && socket[then]())
    }

  it.each([
    ['HTTP/1.0', 'HTTP/1.0 200 Fine\r\nContent-Type: text/plain\r\n\r\nhello', 'hello'],
    [
      'chunks and trailers',
      `${ok}Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n`,
      'hello',
    ],
    ['no length, until the end', `${ok}\r\nhello`, 'hello'],
    [
      'answers on the way',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${ok}\r\nhello`,
      'hello',
    ],
    ['two answers', `${ok}Content-Length: 5\r\n\r\nhello${ok}Content-Length: 3\r\n\r\nbye`, 'hello'],
    ['an empty body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    ['an odd reason', 'HTTP/1.1 200 \u00fc\u0001ber\r\nContent-Length: 0\r\n\r\n', undefined],
  ])('may be %s', async (_, text, body) => {
    const { http, verdict } = await call(await rawAnswer(tls, answers(Buffer.from(text, 'latin1')), 'when asked'))
    if (body === undefined) return
    expect(http).toMatchObject({ body, truncated: false })
    expect(verdict.outcome).toBe('accepted')
  })

  it.each([
    ['an endless header', Buffer.from(`${ok}${'X-Header: x\r\n'.repeat(100_000)}`)],
    ['a header without end', Buffer.from(`${ok}X: ${'x'.repeat(1_000_000)}`)],
    ['no HTTP', Buffer.from('220 mail.example.com ESMTP\r\n')],
    ['nonsense', Buffer.alloc(50_000, 0xf5)],
    ['a length that is none', Buffer.from(`${ok}Content-Length: -5\r\n\r\nhello`)],
    ['two lengths', Buffer.from(`${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`)],
    ['nothing', Buffer.from('')],
    ['half a line', Buffer.from('HTTP/1.1 2')],
  ])('that is %s is none', async (_, bytes) => {
    const { http, failure } = await call(await rawAnswer(tls, answers(bytes), 'when asked'))
    expect(http).toBeNull()
    expect(failure?.during).toBe('response')
  })

  it('may keep saying that it comes, until the time is over', async () => {
    const early = Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100))
    const port = await rawAnswer(
      tls,
      (socket) => {
        const more = () => {
          while (socket.writable && socket.write(early));
        }
        socket.on('drain', more)
        more()
      },
      'when asked',
    )
    const { failure, verdict } = await call(port, { timeoutMs: 700 })
    expect(failure?.code).toBe('ETIMEDOUT')
    expect(verdict.cause).toBe('net.timeout')
  })

  it.each([
    ['a broken chunk', `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n`, 'end'],
    ['a promise that is not kept', `${ok}Content-Length: 500\r\n\r\nhello`, 'end'],
    ['a reset', `${ok}Content-Length: 500\r\n\r\nhello`, 'destroy'],
    ['silence', `${ok}Content-Length: 500\r\n\r\nhello`, 'nothing'],
  ] as const)('whose body ends with %s is one, cut off', async (_, text, then) => {
    const { http, failure } = await call(await rawAnswer(tls, answers(text, then), 'when asked'), { timeoutMs: 700 })
    expect(failure).toBeUndefined()
    expect(http).toMatchObject({ status: 200, body: 'hello', truncated: true })
  })

  it('that switches to another protocol is one', async () => {
    const text =
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0005hello'
    const { http } = await call(await rawAnswer(tls, answers(text, 'nothing'), 'when asked'))
    expect(http).toMatchObject({ status: 101, body: '' })
  })

  it.each([
    ['TLSv1.2', 'end'],
    ['TLSv1.2', 'nothing'],
    ['TLSv1.3', 'end'],
    ['TLSv1.3', 'nothing'],
  ] as const)('may come before the request in %s (then %s): then nothing is sent', async (version, then) => {
    const text = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 29\r\n\r\n400 The SSL certificate error'
    const asked: Buffer[] = []
    const port = await rawAnswer(
      { ...tls, minVersion: version, maxVersion: version },
      (socket) => {
        socket.on('data', (chunk) => asked.push(chunk))
        answers(text, then)(socket)
      },
      'at once',
    )
    const secret = { name: 'Authorization', value: 'very-secret' }
    const { http, steps, verdict } = await call(port, { headers: [secret] })
    expect(http).toMatchObject({ status: 400, body: '400 The SSL certificate error' })
    expect(verdict.outcome).toBe('refused')
    if (version === 'TLSv1.3') {
      expect(Buffer.concat(asked).toString()).toBe('')
      expect(steps[6]).toMatchObject({ state: 'skipped', says: 'Not sent: the server answered before it was asked' })
    }
  })

  it.each([
    [
      'a redirect to another host',
      'Location: https://elsewhere.example/login?token=secret',
      'sends on to elsewhere.example, not followed',
    ],
    [
      'a redirect on the same host',
      'Location: /login?token=secret',
      'sends on to elsewhere on this host, not followed',
    ],
  ])('that is %s is shown, not followed, and its path stays out of the steps', async (_, header, says) => {
    const text = `HTTP/1.1 302 Found\r\n${header}\r\nContent-Length: 0\r\n\r\n`
    const { http, steps, verdict } = await call(await rawAnswer(tls, answers(text), 'when asked'))
    expect(http?.status).toBe(302)
    expect(steps.at(-1)?.says).toContain(says)
    expect(JSON.stringify([steps, verdict])).not.toContain('secret')
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(200_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(200_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['deflate', deflateSync(Buffer.alloc(200_000_000))],
    ['gzip', Buffer.from('this is not compressed at all')],
    ['gzip', gzipSync('hello '.repeat(1000)).subarray(0, 30)],
    ['zstd', Buffer.from('unknown here')],
  ])('in %s may be a bomb or broken', async (encoding, body) => {
    const head = `${ok}Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`
    const { http } = await call(await rawAnswer(tls, answers(Buffer.concat([Buffer.from(head), body])), 'when asked'))
    expect(http?.status).toBe(200)
    expect(http?.body.length).toBeLessThanOrEqual(65_536)
  })

  it('may be endless', async () => {
    const port = await rawAnswer(
      tls,
      (socket) => {
        socket.write(`${ok}\r\n`)
        const more = () => {
          while (socket.writable && socket.write('x'.repeat(65_536)));
        }
        socket.on('drain', more)
        more()
      },
      'when asked',
    )
    expect((await call(port)).http).toMatchObject({ status: 200, truncated: true })
  })
})

describe('a server that changes its mind', () => {
  it('by asking for a certificate after the handshake of TLS 1.2 is answered, and that is seen', async () => {
    const { port } = await nodeServer('asks later', {
      cert: cast.serverPem,
      key: cast.server.keyPem,
      clientCa: cast.clientRoot.pem,
      maxVersion: 'TLSv1.2',
    })
    const attempt = await call(port, { url: `https://localhost:${port}/asks-later` })
    expect(attempt).toMatchObject({ certificateAskedLater: true, certificateSent: true })
    expect(attempt.http?.body).toBe('hello client.example.com')
  })

  it('after a slow way is heard before anything of the request is sent', async () => {
    const { port } = await nodeServer('tls', {
      cert: cast.serverPem,
      key: cast.server.keyPem,
      clientCa: cast.clientRoot.pem,
      minVersion: 'TLSv1.3',
    })
    const slow = await between(port, (near, far) => {
      near.on('data', (chunk) => setTimeout(() => far.write(chunk), 120))
      far.on('data', (chunk) => setTimeout(() => near.write(chunk), 120))
      far.on('close', () => setTimeout(() => near.end(), 120))
    })
    const { alert, steps } = await call(slow, { identity: null, method: 'POST', body: 'x'.repeat(100_000) })
    expect(alert?.number).toBe(116)
    expect(steps[6]?.state).toBe('skipped')
  })

  it('by closing its half right after the handshake is no success', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const port = await rawAnswer(
        { ...tls, minVersion: version, maxVersion: version },
        (socket) => void socket.end(),
        'at once',
      )
      const { failure } = await call(port)
      expect(failure?.during).toBe('response')
    }
  })
})
