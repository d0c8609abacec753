import { createHmac, randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listening } from '../support/listening.ts'
import { makeCast } from '../support/mtls-cast.ts'
import { run } from '../support/tools.ts'

const cast = makeCast()
const secret = 'sandbox-0123456789abcdef'
const rule = { header: 'X-WEBHOOK-SIGN', prefix: 'v1=', secret: 'Access key' }
let door: Awaited<ReturnType<typeof listening>>
let strict: Awaited<ReturnType<typeof listening>>

beforeAll(async () => {
  door = await listening(cast, { signature: { rule, secret } })
  strict = await listening(cast, { refusal: 'handshake' })
})
afterAll(async () => {
  await door.close()
  await strict.close()
})

const signed = (body: string) => `X-WEBHOOK-SIGN: v1=${createHmac('sha256', secret).update(body).digest('hex')}`
const text = (out: Buffer) => out.toString()

describe('a listener', () => {
  it('lists a call of curl with its certificate, headers, body and signature', async () => {
    const body = '{"event_type":"task-status-updated"}'
    const { stdout } = await door.curl(
      'good',
      '-d',
      body,
      '-H',
      signed(body),
      '-H',
      'X-Access-Secret: s3cret',
      `${door.url}/hooks?a=1`,
    )
    expect(text(stdout)).toBe('{"received":true}')
    const arrival = await door.next()
    expect(arrival).toMatchObject({
      kind: 'request',
      outcome: 'accepted',
      code: 'ok',
      method: 'POST',
      path: '/hooks?a=1',
      status: 200,
      body,
      protocol: 'TLSv1.3',
      signature: 'good',
      subject: 'CN=client.example.com,O=Customer,C=GB',
      masked: ['X-Access-Secret'],
    })
    expect(arrival.headers).toContainEqual(['X-Access-Secret', '•••• (6 characters)'])
    expect(JSON.stringify(arrival)).not.toContain('s3cret')
    expect(arrival.chain.map(({ sha256 }) => sha256)).toHaveLength(1)
  })

  it.each([
    ['other CA', 'path.issuer-missing'],
    ['self-signed', 'path.self-signed'],
    ['re-created CA', 'path.issuer-other-key'],
    ['expired', 'path.expired'],
    ['not yet valid', 'path.not-yet-valid'],
    ['wrong purpose', 'path.purpose-wrong'],
    ['revoked', 'path.revoked'],
    ['missing intermediate', 'path.issuer-missing'],
  ])('answers 400 with the reason to a certificate that is wrong: %s', async (client, code) => {
    const { stdout } = await door.curl(client, '-w', ' %{http_code}', `${door.url}/`)
    const arrival = await door.next()
    expect(arrival).toMatchObject({ kind: 'request', outcome: 'refused', code, status: 400 })
    expect(text(stdout)).toContain(arrival.says)
    expect(text(stdout)).toMatch(/ 400$/)
    expect(arrival.next).toBeTruthy()
  })

  it.each(['1.2', '1.3'])('breaks the handshake off where that is chosen, TLS %s', async (version) => {
    const tls = [`--tlsv${version}`, '--tls-max', version]
    for (const [client, code, alert, words] of [
      ['other CA', 'path.issuer-missing', 48, 'unknown ca'],
      ['expired', 'path.expired', 45, 'certificate expired'],
      ['revoked', 'path.revoked', 44, 'certificate revoked'],
      ['wrong purpose', 'path.purpose-wrong', 43, 'unsupported certificate'],
    ] as const) {
      const ran = await strict.curl(client, ...tls, `${strict.url}/`)
      expect(ran.code).not.toBe(0)
      expect(ran.stderr).toContain(words)
      const protocol = `TLSv${version}`
      const told = { kind: 'connection', outcome: 'refused', code, protocol, alert: { from: 'server', number: alert } }
      expect(await strict.next()).toMatchObject(told)
    }
    const none = await strict.curl(null, ...tls, `${strict.url}/`)
    expect(none.stderr).toMatch(/alert|certificate required|handshake failure/i)
    expect(await strict.next()).toMatchObject({ kind: 'connection', outcome: 'refused', code: 'client.none-shown' })
  })

  it('answers whoever shows no certificate in words', async () => {
    const { stdout } = await door.curl(null, `${door.url}/`)
    expect(text(stdout)).toContain('It showed no certificate.')
    expect(await door.next()).toMatchObject({ code: 'client.none-shown', status: 400 })
  })

  it('takes a chain whose intermediate comes along', async () => {
    await door.curl('good with intermediate', `${door.url}/`)
    const arrival = await door.next()
    expect(arrival).toMatchObject({ outcome: 'accepted', code: 'ok' })
    expect(arrival.chain).toHaveLength(2)
  })

  it('says that plain http came, and answers it readably', async () => {
    const { stdout } = await door.curl(null, door.url.replace('https', 'http'))
    expect(text(stdout)).toContain('https://')
    expect(await door.next()).toMatchObject({ kind: 'connection', code: 'arrival.plain-http' })
  })

  it('says that a client trusts another authority than that of the server certificate', async () => {
    const { code } = await run('curl', ['-sS', '--noproxy', '*', '--max-time', '8', `${door.url}/`])
    expect(code).toBe(60)
    const arrival = await door.next()
    expect(arrival).toMatchObject({ code: 'arrival.distrusts-us', alert: { from: 'client', name: 'unknown_ca' } })
  })

  it('says that only an old TLS version was offered', async () => {
    const address = `127.0.0.1:${door.listener.port}`
    await run('openssl', ['s_client', '-connect', address, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'])
    expect(await door.next()).toMatchObject({ code: 'arrival.tls-version', says: expect.stringContaining('TLSv1.1') })
  })

  it('says that only HTTP/2 was offered', async () => {
    const address = `127.0.0.1:${door.listener.port}`
    await run('openssl', ['s_client', '-connect', address, '-alpn', 'h2'])
    expect(await door.next()).toMatchObject({ code: 'arrival.alpn' })
  })

  it('tells a caller that shakes hands and asks nothing from one that only connects', async () => {
    const address = `127.0.0.1:${door.listener.port}`
    const certificate = ['-cert', door.file('good.pem'), '-key', door.file('good.key')]
    await run('openssl', ['s_client', '-connect', address, ...certificate])
    expect(await door.next()).toMatchObject({ kind: 'connection', outcome: 'accepted', code: 'arrival.no-request' })
    const silent = connect(door.listener.port, '127.0.0.1', () => silent.end())
    expect(await door.next()).toMatchObject({ outcome: 'refused', code: 'arrival.left' })
  })

  it('lists whatever octets come, and listens on', async () => {
    const hello = Buffer.from('160301002a0100002603', 'hex')
    for (let i = 0; i < 40; i++) {
      const octets = Buffer.concat([i % 2 === 0 ? hello : Buffer.from([22]), randomBytes(1 + i * 7)])
      connect(door.listener.port, '127.0.0.1')
        .on('error', () => undefined)
        .end(octets)
      expect((await door.next()).code).toMatch(/^arrival\./)
    }
    expect(text((await door.curl('good', `${door.url}/`)).stdout)).toBe('{"received":true}')
    expect((await door.next()).code).toBe('ok')
  })

  it('answers each of many callers at once, slow ones among them', async () => {
    const slow = connect(door.listener.port, '127.0.0.1')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => door.curl(i % 3 === 0 ? 'expired' : 'good', `${door.url}/${i}`)),
    )
    expect(answers.filter(({ stdout }) => text(stdout) === '{"received":true}')).toHaveLength(8)
    for (let i = 0; i < 12; i++) expect((await door.next()).kind).toBe('request')
    slow.destroy()
    expect((await door.next()).code).toBe('arrival.left')
  })

  it('says what came when it was neither TLS nor HTTP, inside or outside', async () => {
    connect(door.listener.port, '127.0.0.1').end('SSH-2.0-OpenSSH_9.6\r\n')
    expect(await door.next()).toMatchObject({ code: 'arrival.not-tls' })
    const address = `127.0.0.1:${door.listener.port}`
    const certificate = ['-cert', door.file('good.pem'), '-key', door.file('good.key')]
    await run('openssl', ['s_client', '-connect', address, '-quiet', ...certificate], 'nonsense\r\n\r\n')
    expect(await door.next()).toMatchObject({ code: 'arrival.bad-http' })
  })
})
