import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionTest } from '../../shared/calls/tests.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { truvPlan } from '../support/plans.ts'
import { closeHere, listenHere, proxyServer } from '../support/proxy-servers.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

let desk: TestDesk
let identity: IdentityDetail

beforeEach(async () => {
  desk = openTestDesk()
  // The practice provider's certificates are judged by TLS, which knows no clock but the real one.
  desk.outside.now = new Date()
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
})
afterEach(() => desk.means.practice.stop())

const practise = async () => {
  const started = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' }))
  return started.running!
}
const bringHome = async () => {
  const { certificatePem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
  const source = { from: 'text', text: certificatePem } as const
  const answer = value(await desk.call('attachCertificate', { source, despite: [] }))
  if (answer.outcome !== 'attached') throw new Error(JSON.stringify(answer))
}
const test = (url: string, more: Partial<ConnectionTest> = {}) =>
  desk.call('testConnection', {
    work: 't',
    identity: identity.handle,
    url,
    method: 'GET',
    headers: [
      { name: 'X-Access-Client-Id', value: '{clientId}' },
      { name: 'X-Access-Secret', value: '{accessKey}' },
    ],
    blanks: { clientId: 'client-0815', accessKey: 'sandbox-hunter2' },
    remember: false,
    trust: { by: 'practice' },
    ...more,
  })

describe('after a refusal', () => {
  const refusing = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    const ca = issue({ subject: ['CN=Own CA'], isCa: true })
    const server = issue({ subject: ['CN=x'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
    const clients = issue({ subject: ['CN=Clients'], isCa: true })
    const at = await listenHere(
      createServer(
        { key: server.keyPem, cert: server.pem, ca: clients.pem, requestCert: true, rejectUnauthorized: false },
        answer,
      ),
    )
    return { url: `https://127.0.0.1:${at}`, trust: { by: 'pem', pem: ca.pem } as const, server }
  }
  const no = (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(400).end('<title>400 The SSL certificate error</title>')
  afterEach(closeHere)

  it('further connections are made, told as they run, and weighed', async () => {
    await practise()
    await bringHome()
    const asked: string[] = []
    const { url, trust } = await refusing((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers['x-access-secret']}`)
      no(request, response)
    })
    const { verdict } = value(await test(`${url}/v1/{clientId}?k={accessKey}`, { trust }))
    expect(verdict.outcome).toBe('refused')
    expect(verdict.probes?.map(({ probe }) => probe)).toEqual([
      'without-certificate',
      'tls-1.2',
      'without-intermediates',
    ])
    // The path was made of the user's own values, so the further connections leave it out.
    expect(asked).toEqual([
      'GET /v1/client-0815?k=sandbox-hunter2 sandbox-hunter2',
      ...Array(3).fill('GET / undefined'),
    ])
    const told = desk.outside.news.flatMap((news) => (news.kind === 'probe' ? [news] : []))
    expect(told).toHaveLength(6)
    expect(told.at(-1)).toMatchObject({ work: 't', probes: Array(3).fill({ state: 'done' }) })
  })

  it('none is made when none is wanted', async () => {
    await practise()
    await bringHome()
    const { url, trust } = await refusing(no)
    const { verdict } = value(await test(url, { trust, probe: 'none' }))
    expect(verdict.probes).toBeUndefined()
    expect(desk.outside.news.some(({ kind }) => kind === 'probe')).toBe(false)
  })

  it('cancelling ends the further connections, and the verdict stands', async () => {
    await practise()
    await bringHome()
    let asked = 0
    const { url, trust } = await refusing((request, response) => {
      asked++
      if (asked === 1) no(request, response)
      if (asked === 2) void desk.call('cancelWork', { work: 't' })
    })
    const { verdict, attempt } = value(await test(url, { trust }))
    expect(attempt.http?.status).toBe(400)
    expect(verdict.outcome).toBe('refused')
    expect(verdict.probes ?? []).toEqual([])
    expect(asked).toBe(2)
    expect(value(await desk.call('readIdentity', { identity: identity.handle })).lastTest?.outcome).toBe('refused')
  })

  it('another identity for the same environment is tried, unless the vault is locked', async () => {
    await practise()
    await bringHome()
    const first = identity
    identity = value(await desk.call('createIdentity', { work: 'w', plan: { ...truvPlan, name: 'Second' } }))
    await bringHome()
    const { url, trust } = await refusing(no)
    const { verdict } = value(await test(url, { trust }))
    expect(verdict.probes?.at(-1)).toMatchObject({
      probe: 'other-identity',
      tried: first.plan.name,
      authority: 'same-key',
      outcome: 'refused',
    })
  })

  it('the server’s certificate can be trusted for one test, by its digest, and nothing is kept of it', async () => {
    await practise()
    await bringHome()
    const { url, server } = await refusing((_, response) => void response.end('hello'))
    const { attempt, verdict } = value(await test(url, { trust: { by: 'system' } }))
    expect(verdict.cause).toMatch(/^server\./)
    const sha256 = attempt.serverChain[0]?.sha256 ?? ''
    expect(sha256).toBe(createHash('sha256').update(server.der).digest('hex'))
    const once = value(await test(url, { trust: { by: 'once', sha256 } }))
    expect(once.attempt).toMatchObject({ trustedOnce: sha256, http: { body: 'hello' } })
    expect(value(await test(url, { trust: { by: 'system' } })).attempt.serverTrusted).toBe(false)
    const other = value(await test(url, { trust: { by: 'once', sha256: 'ab'.repeat(32) } }))
    expect(other.attempt.serverTrusted).toBe(false)
  })
})

describe('proxies', () => {
  afterEach(closeHere)
  const call: Partial<ConnectionTest> = { identity: null, headers: [], blanks: {}, probe: 'none' }

  it('the one of the settings is used, and a test may choose another or none', async () => {
    const { apiUrl } = await practise()
    const [usual, special] = [await proxyServer(), await proxyServer()]
    value(await desk.call('changeSettings', { proxy: { by: 'address', url: usual.address } }))
    expect(value(await test(apiUrl, call)).attempt.proxy).toBe(usual.address)
    const options = { proxy: { by: 'address', url: special.address } } as const
    expect(value(await test(apiUrl, { ...call, options })).attempt.proxy).toBe(special.address)
    expect(value(await test(apiUrl, { ...call, options: { proxy: { by: 'none' } } })).attempt.proxy).toBeUndefined()
    expect([usual.asked.length, special.asked.length]).toEqual([1, 1])
  })

  it('a login is asked for, kept in memory for that proxy, and neither stored nor shown', async () => {
    const { apiUrl } = await practise()
    const proxy = await proxyServer({ login: 'anna:pr0xy-pass' })
    const options = { proxy: { by: 'address', url: proxy.address } } as const
    const refused = value(await test(apiUrl, { ...call, options }))
    expect(refused.verdict.cause).toBe('net.proxy')
    expect(refused.attempt.failure?.code).toBe('ERR_PROXY_AUTH')
    const proxyLogin = { user: 'anna', password: 'pr0xy-pass' }
    const taken = value(await test(apiUrl, { ...call, options, proxyLogin }))
    expect(taken.attempt.http).not.toBeNull()
    const again = value(await test(apiUrl, { ...call, options }))
    expect(again.attempt.http).not.toBeNull()
    expect(JSON.stringify([refused, taken, again, desk.outside.news])).not.toMatch(/pr0xy-pass|anna/)
    const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const stored = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('')
    expect(stored).not.toMatch(/pr0xy-pass|anna:/)
  })

  it.each(['http://anna:secret@proxy:1', 'http://pro xy:1', ''])('an address such as %j is refused', async (url) => {
    const options = { proxy: { by: 'address', url } } as const
    expect(codeOf(await test('https://127.0.0.1/', { ...call, options }))).toBe('app.input-invalid')
  })
})
