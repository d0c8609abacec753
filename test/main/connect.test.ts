import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionTest } from '../../shared/calls/tests.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { refuse } from '../../shared/result.ts'
import { nuapayPlan, truvPlan } from '../support/plans.ts'
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

const practise = async (provider = 'truv') => {
  const started = value(await desk.call('startPractice', { provider, environment: 'sandbox' }))
  return started.running!
}
const bringHome = async () => {
  const { certificatePem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
  const source = { from: 'text', text: certificatePem } as const
  const answer = value(await desk.call('attachCertificate', { source, despite: [] }))
  if (answer.outcome !== 'attached') throw new Error(JSON.stringify(answer))
  return answer.identity
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

describe('with the practice provider', () => {
  it('the whole way is gone: request, certificate, call, answer', async () => {
    const { apiUrl } = await practise()
    const home = await bringHome()
    expect(home).toMatchObject({ state: 'ready', practice: true, chain: [{ facts: { isCa: true } }] })

    const { attempt, verdict } = value(await test(`${apiUrl}/v1/orders/`))
    expect(verdict).toMatchObject({ outcome: 'accepted', cause: 'ok' })
    expect(attempt).toMatchObject({ certificateAsked: true, certificateSent: true, http: { status: 200 } })
    const after = value(await desk.call('readIdentity', { identity: identity.handle }))
    expect(after.lastTest).toMatchObject({ outcome: 'accepted' })
    expect(after.history.at(-1)?.what).toBe('tested')
    const steps = desk.outside.news.flatMap((news) => (news.kind === 'step' ? [news.step.name] : []))
    expect(steps).toEqual(expect.arrayContaining(['connect', 'tls', 'response']))
    expect(desk.outside.logged).toEqual([])
  })

  it('its server is trusted through the CA that came home with the certificate, too', async () => {
    const { apiUrl } = await practise()
    await bringHome()
    const { verdict } = value(await test(`${apiUrl}/v1/orders/`, { trust: { by: 'provider' } }))
    expect(verdict.outcome).toBe('accepted')
  })

  it('what it issued is still taken after it was stopped and started again', async () => {
    await practise()
    await bringHome()
    value(await desk.call('stopPractice', {}))
    const { apiUrl } = await practise()
    expect(value(await test(`${apiUrl}/v1/orders/`)).verdict.outcome).toBe('accepted')
  })

  it('a self-signed certificate that was handed in is still on file after a restart', async () => {
    identity = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
    value(await desk.call('selfSign', { identity: identity.handle, days: 365 }))
    const { apiUrl } = await practise('nuapay')
    const call = { headers: [], blanks: {} }
    expect(value(await test(`${apiUrl}/tpp/`, call)).verdict.outcome).toBe('refused')
    value(await desk.call('submitToPractice', { identity: identity.handle }))
    expect(value(await test(`${apiUrl}/tpp/`, call)).verdict.outcome).toBe('accepted')
    value(await desk.call('stopPractice', {}))
    const again = await practise('nuapay')
    expect(value(await test(`${again.apiUrl}/tpp/`, call)).verdict.outcome).toBe('accepted')
  })

  it('tells by a ticket that it took the certificate, and resumes no connection by it', async () => {
    const { apiUrl, serverCaPem } = await practise()
    const { hostname, port } = new URL(apiUrl)
    const call = (maxVersion: 'TLSv1.2' | 'TLSv1.3', session?: Buffer) =>
      new Promise<{ ticket: Buffer | undefined; reused: boolean }>((resolve) => {
        let ticket: Buffer | undefined
        const socket = connect({ host: hostname, port: Number(port), ca: serverCaPem, maxVersion, session })
        socket.on('secureConnect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))
        socket.on('session', (given) => {
          ticket = given
        })
        socket.once('data', () => {
          resolve({ ticket, reused: socket.isSessionReused() })
          socket.destroy()
        })
      })
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { ticket } = await call(version)
      expect(ticket).toBeDefined()
      expect(await call(version, ticket)).toMatchObject({ reused: false })
    }
  })

  it('starts and stops with news, and says when it is not running', async () => {
    expect(await desk.call('practiceState', {})).toEqual({ ok: true, value: { running: null } })
    expect(codeOf(await desk.call('submitToPractice', { identity: identity.handle }))).toBe('practice.not-running')
    expect(codeOf(await test('https://127.0.0.1/'))).toBe('practice.not-running')
    await practise()
    value(await desk.call('stopPractice', {}))
    const running = desk.outside.news.flatMap((news) =>
      news.kind === 'practice-changed' ? [news.practice.running?.provider ?? null] : [],
    )
    expect(running).toEqual(['truv', null])
  })

  it.each([
    ['nobody', 'sandbox', 'plan.provider-unknown'],
    ['truv', 'moon', 'plan.environment-unknown'],
  ])('does not start for %s in %s', async (provider, environment, code) => {
    expect(codeOf(await desk.call('startPractice', { provider, environment }))).toBe(code)
  })
})

describe('blanks', () => {
  it('that the first call needs are asked for by their label', async () => {
    const { apiUrl } = await practise()
    await bringHome()
    expect(await test(`${apiUrl}/v1/orders/`, { blanks: { clientId: 'x' } })).toEqual(
      refuse({ code: 'test.blank-missing', label: 'Access key' }),
    )
  })

  it('are kept only when the user says so, sealed, and used again without the page knowing them', async () => {
    const { apiUrl } = await practise()
    await bringHome()
    value(await test(`${apiUrl}/v1/orders/`))
    expect(value(await desk.call('readIdentity', { identity: identity.handle })).remembered).toEqual([])
    value(await test(`${apiUrl}/v1/orders/`, { remember: true }))
    const kept = value(await desk.call('readIdentity', { identity: identity.handle }))
    expect(kept.remembered).toEqual(['accessKey', 'clientId'])
    expect(JSON.stringify(kept)).not.toContain('hunter2')
    expect(value(await test(`${apiUrl}/v1/orders/`, { blanks: {} })).verdict.outcome).toBe('accepted')
  })

  it('are forgotten on request', async () => {
    const { apiUrl } = await practise()
    await bringHome()
    value(await test(`${apiUrl}/v1/orders/`, { remember: true }))
    value(await desk.call('forgetBlanks', { identity: identity.handle }))
    expect(codeOf(await test(`${apiUrl}/v1/orders/`, { blanks: {} }))).toBe('test.blank-missing')
  })

  it('that were remembered do not come back in an echo, nor does a private key', async () => {
    const ca = issue({ subject: ['CN=Echo CA'], isCa: true })
    const sans = ['IP:127.0.0.1']
    const server = issue({ subject: ['CN=localhost'], sans, purposes: ['serverAuth'], issuer: ca })
    const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----'
    const echo = createServer({ key: server.keyPem, cert: server.pem }, (request, response) =>
      response.setHeader('x-echo', String(request.headers['x-access-secret'])).end(`${request.url} ${key} end`),
    )
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    try {
      await practise()
      await bringHome()
      const url = `https://127.0.0.1:${(echo.address() as AddressInfo).port}/{clientId}`
      const trust = { by: 'pem', pem: ca.pem } as const
      value(await test(url, { trust, remember: true }))
      const { attempt } = value(await test(url, { trust, blanks: {} }))
      expect(attempt.failure).toBeUndefined()
      expect(attempt.http?.body).toBe('/{clientId} [private key not shown] end')
      expect(attempt.http?.headers).toContainEqual(['x-echo', '{accessKey}'])
      expect(attempt.url).toBe(url)
      expect(JSON.stringify(attempt)).not.toMatch(/hunter2|client-0815|MC4CAQ/)
    } finally {
      echo.close()
    }
  })
})

describe('a test is refused before anything is sent', () => {
  it.each([
    ['http://127.0.0.1/'],
    ['127.0.0.1'],
    ['https://user@127.0.0.1/'],
    ['https://127.0.0.1/a b'],
    ['file:///etc/passwd'],
  ])('for the address %s', async (url) => {
    expect(codeOf(await test(url, { trust: { by: 'system' } }))).toBe('test.url-invalid')
  })

  it('without a certificate to show', async () => {
    expect(codeOf(await test('https://127.0.0.1/', { trust: { by: 'system' } }))).toBe('test.no-certificate')
  })

  it('with a trust text that holds no certificate', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    expect(codeOf(await test('https://127.0.0.1/', { trust: { by: 'pem', pem } }))).toBe('test.trust-file-wrong')
  })

  it('when no CA of the provider came along', async () => {
    expect(codeOf(await test('https://127.0.0.1/', { trust: { by: 'provider' } }))).toBe('test.no-provider-ca')
  })

  it('for an identity that is gone', async () => {
    expect(codeOf(await test('https://127.0.0.1/', { identity: 'aaaaaaaa' }))).toBe('vault.no-such-identity')
  })
})

it('a test can be cancelled, leaves no mark, and frees its name', async () => {
  const silent = await import('node:net').then(({ createServer }) => createServer(() => {}))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  try {
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/`
    const running = test(url, { identity: null, trust: { by: 'system' }, headers: [], timeoutMs: 60_000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    value(await desk.call('cancelWork', { work: 't' }))
    expect(codeOf(await running)).toBe('app.cancelled')
    expect(value(await desk.call('readIdentity', { identity: identity.handle })).lastTest).toBeUndefined()
  } finally {
    silent.close()
  }
})
