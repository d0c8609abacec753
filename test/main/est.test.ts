import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issue } from '../../electron/authority/issue.ts'
import { callService } from '../../electron/authority/service-call.ts'
import type { SigningService } from '../../shared/calls/signing-services.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { issueFromRequest } from '../../shared/pki/x509.ts'
import { type EstManner, type EstServer, estPassword, estServer, estUser } from '../support/est-server.ts'
import { orderHere } from '../support/issue-here.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const now = new Date()
let est: EstServer
beforeAll(async () => {
  est = await estServer(now)
}, 20_000)
afterAll(() => est.close())
beforeEach(() => {
  est.manner = 'usual'
  est.seen = []
})

const serviceOf = (more: object = {}): SigningService => ({
  at: 'est',
  url: est.url,
  user: estUser,
  password: estPassword,
  serverCaPem: est.serverCaPem,
  ...more,
})

function newDesk(): TestDesk {
  const desk = openTestDesk()
  desk.outside.now = new Date(now.getTime() + 1000)
  return desk
}

async function added(desk: TestDesk, service = serviceOf()): Promise<string> {
  const behind = value(await desk.call('askSigningService', { work: 'w', service }))
  const sha256 = behind.authority.facts.sha256 ?? ''
  const asked = { work: 'w', name: 'Office CA', service, sha256, askEachTime: false }
  return value(await desk.call('addSigningService', asked)).handle
}

async function signed(desk: TestDesk, authority: string) {
  return issue(desk.means, await orderHere(desk.means, authority, 'api.example.com'))
}

describe('an EST server', () => {
  it('tells its authority and the root above it, in whatever order they come', async () => {
    const { authority, chain } = value(await newDesk().call('askSigningService', { work: 'w', service: serviceOf() }))
    expect([authority, ...chain].map(({ facts }) => facts.subject)).toEqual(['CN=EST CA', 'CN=EST Root'])
    expect(est.seen[0]).toMatchObject({ method: 'GET', path: '/.well-known/est/cacerts' })
  })

  it.each<EstManner>(['usual', 'one line', 'der', 'approves soon'])('signs a request (%s)', async (manner) => {
    const desk = newDesk()
    est.manner = manner
    const authority = await added(desk, serviceOf({ label: 'office' }))
    est.seen = []
    const { record, differences } = value(await signed(desk, authority))
    expect(record.subject).toBe('CN=api.example.com')
    expect(differences.map(({ field }) => field)).toContain('serial')
    const last = est.seen.at(-1)
    expect(last).toMatchObject({ method: 'POST', path: '/.well-known/est/office/simpleenroll' })
    expect(last?.headers).toMatchObject({ 'content-type': 'application/pkcs10' })
    expect(last?.body.trim().split('\n')[0]).toMatch(/^[A-Za-z0-9+/]{64}$/)
    expect(est.seen).toHaveLength(manner === 'approves soon' ? 3 : 1)
    if (manner === 'approves soon') expect(new Set(est.seen.map(({ body }) => body)).size).toBe(1)
  })

  it('is shown an identity of the vault in place of a password', async () => {
    const desk = newDesk()
    const created = value(await desk.call('createIdentity', { work: 'i', plan: truvPlan }))
    const request = value(await desk.call('readIdentity', { identity: created.handle })).requestPem
    const requestDer = new Uint8Array(Buffer.from(request.replace(/-----[^-]*-----|\s/g, ''), 'base64'))
    const certificate = await issueFromRequest({
      authority: est.clientCa,
      requestDer,
      days: 30,
      now,
      purposes: ['clientAuth'],
    })
    if (!certificate.ok) throw new Error(certificate.problem.code)
    await desk.means.vault.identities.change(created.handle, (record) => ({
      ...record,
      certificatePem: toPem('CERTIFICATE', certificate.value.der),
    }))
    const login = { user: undefined, password: undefined, identity: created.handle }
    const authority = await added(desk, serviceOf(login))
    expect(value(await signed(desk, authority)).record.subject).toBe('CN=api.example.com')
    expect(est.seen.at(-1)).toMatchObject({ client: true })
    expect(est.seen.at(-1)?.headers).not.toHaveProperty('authorization')
  })

  it('refuses a wrong password, and no password is in an answer or a file', async () => {
    const desk = newDesk()
    const authority = await added(desk, serviceOf({ password: 'another-secret' }))
    expect(codeOf(await signed(desk, authority))).toBe('service.secret-refused')
    expect(JSON.stringify(value(await desk.call('readAuthority', { authority })))).not.toContain('another-secret')
  })

  const refusals: [EstManner, string][] = [
    ['refuses', 'service.says-no'],
    ['approves later', 'service.pending'],
    ['other key', 'service.other-key'],
    ['other issuer', 'service.other-issuer'],
    ['sign-in page', 'service.answer-strange'],
    ['endless', 'service.answer-too-large'],
    ['moved', 'service.moved'],
  ]
  it.each(refusals)('is refused, and nothing kept: %s', async (manner, code) => {
    const desk = newDesk()
    const authority = await added(desk)
    est.manner = manner
    expect(codeOf(await signed(desk, authority))).toBe(code)
    expect(value(await desk.call('readBook', {})).issued).toEqual([])
  })

  it('says in its own words why, made visible', async () => {
    const desk = newDesk()
    const authority = await added(desk)
    est.manner = 'refuses'
    const refused = await signed(desk, authority)
    expect(refused).toMatchObject({
      problem: { status: 400, says: 'The common name is not in our directory\\u{202e}' },
    })
  })

  it('keeps its password when the label changes, and drops it when another server is to be trusted', async () => {
    const desk = newDesk()
    const authority = await added(desk)
    const change = async (more: object) => {
      const service = serviceOf({ password: undefined, ...more })
      value(await desk.call('changeSigningService', { work: 'w', authority, service }))
      return value(await desk.means.vault.authorities.secret(authority, 'password')) !== undefined
    }
    expect(await change({ label: 'office' })).toBe(true)
    expect(value(await signed(desk, authority)).record.name).toBe('api.example.com')
    expect(await change({ serverCaPem: est.serverCaPem + est.caPem })).toBe(false)
    expect(codeOf(await signed(desk, authority))).toBe('service.secret-refused')
  })

  it('is let go when the user cancels', async () => {
    const desk = newDesk()
    const authority = await added(desk)
    est.manner = 'silent'
    const stop = new AbortController()
    const order = { ...(await orderHere(desk.means, authority, 'a')), signal: stop.signal }
    setTimeout(() => stop.abort(), 100)
    expect(codeOf(await issue(desk.means, order))).toBe('app.cancelled')
  })

  it('is given so long and no longer', async () => {
    est.manner = 'silent'
    const url = new URL(`${est.url}/.well-known/est/cacerts`)
    const asked = await callService({ url, method: 'GET', trust: { caPem: est.serverCaPem }, timeoutMs: 100 })
    expect(codeOf(asked)).toBe('service.took-too-long')
  })

  it('is distrusted without the authority of its server, and never called without encryption', async () => {
    const ask = async (more: object) =>
      codeOf(await newDesk().call('askSigningService', { work: 'w', service: serviceOf(more) }))
    expect(await ask({ serverCaPem: undefined })).toBe('service.not-trusted')
    expect(await ask({ serverCaPem: est.caPem })).toBe('service.not-trusted')
    expect(await ask({ url: 'http://est.example.com' })).toBe('service.plain-http')
    expect(await ask({ serverCaPem: 'nonsense' })).toBe('test.trust-file-wrong')
    expect(await ask({ label: 'elsewhere' })).toBe('service.not-there')
  })
})
