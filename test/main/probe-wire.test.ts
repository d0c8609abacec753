import { createServer as createHttps } from 'node:https'
import { createServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dial } from '../../electron/tls/dial.ts'
import { probe } from '../../electron/tls/probe.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nodeServer, opensslServer, type ServerFiles } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

/** What the wire can hold: every suite, a retried hello, hostile and half servers. */
let cast: Cast
let files: ServerFiles
const servers: Server[] = []
beforeAll(() => {
  cast = makeCast()
  files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
})
afterAll(async () => {
  for (const server of servers) server.close()
  await closeAll()
})

const call = (port: number, timeoutMs = 3000) => {
  const client = cast.clients.good
  if (!client) throw new Error('no good client')
  return probe({
    url: `https://localhost:${port}/`,
    method: 'GET',
    headers: [],
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs,
  })
}

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('the decoder, on live handshakes', () => {
  it.each([
    ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', ['-ciphersuites', 'TLS_AES_128_GCM_SHA256']],
    ['TLSv1.3', 'TLS_AES_256_GCM_SHA384', ['-ciphersuites', 'TLS_AES_256_GCM_SHA384']],
    ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256', ['-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256']],
    ['TLSv1.3', undefined, ['-groups', 'P-384']],
    ['TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', ['-no_tls1_3', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256']],
    [
      'TLSv1.2',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      ['-no_tls1_3', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
    ],
    ['TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', ['-no_tls1_3', '-cipher', 'ECDHE-ECDSA-AES256-SHA']],
  ])('sees request and certificate in %s %s %j', async (protocol, cipher, more) => {
    const { port } = await opensslServer(files, ...more)
    const attempt = await call(port)
    expect(attempt).toMatchObject({
      protocol,
      certificateAsked: true,
      certificateSent: true,
      acceptableAuthorities: ['CN=Acme Client Root,O=Acme Pay,C=GB'],
      http: { status: 200 },
    })
    if (cipher) expect(attempt.cipher).toBe(cipher)
    expect(attempt.serverChain).toHaveLength(2)
    // Nothing stays closed, and both sides are heard to the end.
    const names = attempt.messages?.map(({ from, name }) => `${from} ${name}`)
    expect(names).not.toContain('server Encrypted')
    expect(names).not.toContain('client Encrypted')
    expect(names?.filter((name) => name.endsWith('Finished'))).toHaveLength(2)
    expect(names).toContain('client CertificateVerify')
    expect(names).toContain('server ApplicationData')
  })

  it('reads a list of authorities that fills many records', async () => {
    const names = Array.from({ length: 150 }, (_, i) => ['C=GB', `O=${'Authority '.repeat(30)}`, `CN=Root ${i}`])
    const key = cast.makeKey('ec')
    const many = names.map((subject) => issue({ subject, isCa: true, key }).pem).join('')
    const { port } = await nodeServer('tls', { ...files, clientCa: cast.clientRoot.pem + many })
    const attempt = await call(port)
    expect(attempt.acceptableAuthorities).toHaveLength(151)
    expect(attempt.acceptableAuthorities[0]).toBe('CN=Acme Client Root,O=Acme Pay,C=GB')
    expect(attempt.http?.status).toBe(200)
  })
})

describe('a server that breaks off or talks nonsense', () => {
  it('gets a verdict in time, wherever it stops', async () => {
    const { port: real } = await nodeServer('tls', files)
    const { connect } = await import('node:net')
    let allow = 0
    const proxy = createServer((near) => {
      let left = allow
      const far = connect(real, '127.0.0.1')
      near.pipe(far)
      far.on('data', (chunk) => {
        near.write(chunk.subarray(0, left))
        left -= chunk.length
        if (left <= 0) near.destroy()
      })
      for (const socket of [near, far]) socket.on('error', () => {})
      near.on('close', () => far.destroy())
      far.on('close', () => near.end())
    })
    const port = await listen(proxy)
    for (const bytes of [1, 4, 5, 6, 60, 127, 128, 200, 500, 1000, 1500, 2000]) {
      allow = bytes
      const attempt = await call(port, 2000)
      const verdict = diagnose(attempt, { now: new Date() })
      expect(attempt.durationMs, `${bytes} bytes`).toBeLessThan(2500)
      if (!attempt.http) expect(verdict.outcome, `${bytes} bytes`).not.toBe('accepted')
    }
  })

  it('is stopped at the limit when it trickles, and when it floods', async () => {
    const trickle = await listen(
      createServer((socket) => {
        const timer = setInterval(() => socket.write(Buffer.from([22])), 20)
        socket.on('error', () => {}).on('close', () => clearInterval(timer))
      }),
    )
    const slow = await call(trickle, 500)
    expect(slow.failure).toBeDefined()
    expect(slow.durationMs).toBeLessThan(1500)
    const flood = await listen(
      createServer((socket) => {
        const record = Buffer.alloc(5 + 16384 + 600, 1)
        record.set([22, 3, 3, (record.length - 5) >> 8, (record.length - 5) & 255])
        const more = () => {
          while (!socket.destroyed && socket.write(record));
        }
        socket.on('error', () => {}).on('drain', more)
        more()
      }),
    )
    const before = process.memoryUsage().rss
    const fast = await call(flood, 700)
    expect(fast.failure).toBeDefined()
    expect(fast.durationMs).toBeLessThan(2000)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })
})

describe('an answer', () => {
  it('is unpacked when the server compresses although asked not to, and a bomb is cut', async () => {
    const bodies = [gzipSync('hello '.repeat(10)), gzipSync(Buffer.alloc(50_000_000))]
    const server = createHttps({ cert: cast.serverPem, key: cast.server.keyPem }, (_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(bodies.shift())
    })
    const port = await listen(server)
    expect((await call(port)).http).toMatchObject({ body: 'hello '.repeat(10), truncated: false })
    const bomb = await call(port)
    expect(bomb.http?.truncated).toBe(true)
    expect(bomb.http?.body.length).toBe(65536)
  })
})

describe('dialling', () => {
  it('goes on to the next address when one refuses, and tells why when all do', async () => {
    const { port } = await nodeServer('silent')
    const { socket, tried } = await dial(['127.0.0.9', '127.0.0.1'], port, new AbortController().signal)
    expect(socket.remoteAddress).toBe('127.0.0.1')
    expect(tried).toEqual([{ address: '127.0.0.9', code: 'ECONNREFUSED' }])
    socket.destroy()
    await expect(dial(['127.0.0.8', '127.0.0.9'], 1, new AbortController().signal)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  })
})
