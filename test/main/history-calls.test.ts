import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWatch, noticesOf } from '../../electron/history/watch.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { ok } from '../../shared/result.ts'
import type { Endpoint } from '../../shared/tls/kept-attempts.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'

const secret = 'sandbox-hunter2-never-shown'

let desk: TestDesk
let identity: IdentityDetail
let apiUrl: string

beforeEach(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  apiUrl = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' })).running!.apiUrl
  const { certificatePem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
  value(await desk.call('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] }))
})
afterEach(() => desk.means.practice.stop())

const callTruv = async (remember = false) => {
  const answer = value(
    await desk.call('testConnection', {
      work: 't',
      identity: identity.handle,
      url: `${apiUrl}/v1/orders/`,
      method: 'GET',
      headers: [
        { name: 'X-Access-Client-Id', value: '{clientId}' },
        { name: 'X-Access-Secret', value: '{accessKey}' },
        { name: 'X-Own', value: secret },
      ],
      blanks: { clientId: 'client-0815', accessKey: secret },
      remember,
      trust: { by: 'practice' },
    }),
  )
  expect(answer.verdict.outcome).toBe('accepted')
  return answer.kept ?? ''
}
const endpoints = async () => value(await desk.call('listEndpoints', {})).endpoints
const again = async () => value(await desk.call('testEndpoints', { work: 'all' })).results
const nextDay = () => {
  desk.outside.now = new Date(Date.now() + 25 * 3_600_000)
}

describe('a test that was made', () => {
  it('is found again in the history, with its handshake and without what was sent', async () => {
    const attempt = await callTruv()
    const [endpoint] = await endpoints()
    expect(endpoint).toMatchObject({ identityName: identity.name, host: '127.0.0.1', trust: 'practice', attempts: 1 })
    const read = value(await desk.call('readAttempt', { attempt }))
    expect(read).toMatchObject({ captured: true, verdict: { cause: 'ok' }, line: { by: 'hand', status: 200 } })
    expect(read.attempt.messages?.map(({ name }) => name)).toContain('CertificateRequest')
    expect(JSON.stringify(read)).not.toContain(secret)
  })

  it('is forgotten with its endpoint, and says so', async () => {
    const attempt = await callTruv()
    const [endpoint] = await endpoints()
    value(await desk.call('forgetEndpoint', { endpoint: endpoint?.id ?? '' }))
    expect(await endpoints()).toEqual([])
    expect(codeOf(await desk.call('readAttempt', { attempt }))).toBe('history.attempt-lost')
    expect(codeOf(await desk.call('forgetEndpoint', { endpoint: endpoint?.id ?? '' }))).toBe('history.endpoint-lost')
  })

  it('goes with its identity, and comes back with it until it is removed for good', async () => {
    await callTruv()
    const identities = [identity.handle]
    value(await desk.call('removeIdentity', { identity: identity.handle }))
    expect(await endpoints()).toEqual([])
    value(await desk.call('restoreIdentities', { identities }))
    expect(await endpoints()).toHaveLength(1)
    value(await desk.call('removeIdentities', { identities }))
    value(await desk.call('eraseIdentities', { identities }))
    expect(await desk.means.history.endpoints()).toEqual([])
  })
})

describe('all endpoints at once', () => {
  it('are tested as they were, tokens included, where the call was remembered', async () => {
    await callTruv(true)
    const results = await again()
    expect(results).toMatchObject([{ state: 'tested', outcome: 'accepted' }])
    expect((await endpoints())[0]).toMatchObject({ attempts: 2, last: { outcome: 'accepted' } })
    const told = desk.outside.news.flatMap((news) => (news.kind === 'endpoints' ? [news.results[0]?.state] : []))
    expect(told).toEqual(['running', 'tested'])
  })

  it('say what is missing where the call was not remembered', async () => {
    await callTruv()
    const [result] = await again()
    expect(result).toMatchObject({ state: 'not-tested' })
    expect(result?.says).toContain('Client ID')
  })

  it('say why one is not tested, and test the others', async () => {
    await callTruv(true)
    value(await desk.call('stopPractice', {}))
    expect(await again()).toMatchObject([{ state: 'not-tested', says: 'The practice provider is not running' }])
  })

  it('end when they are cancelled', async () => {
    await callTruv(true)
    const running = desk.call('testEndpoints', { work: 'all' })
    value(await desk.call('cancelWork', { work: 'all' }))
    expect(codeOf(await running)).toBe('app.cancelled')
  })
})

describe('what is saved of a test', () => {
  const saveAs = (name: string) => {
    desk.outside.saveAs = join(mkdtempSync(join(tmpdir(), 'saved-')), name)
    return desk.outside.saveAs
  }

  it('is a text and a JSON without secrets', async () => {
    const attempt = await callTruv()
    for (const as of ['text', 'json'] as const) {
      const path = saveAs(`test.${as}`)
      expect(value(await desk.call('saveTranscript', { attempt, as })).saved).toBe(path)
      const text = readFileSync(path, 'utf8')
      expect(text).toContain('CertificateRequest')
      expect(text).not.toContain(secret)
    }
  })

  it('is a capture that tshark decrypts with the secrets in it, and not without', async () => {
    const attempt = await callTruv()
    const shown = async (as: 'pcapng' | 'pcapng-with-secrets') => {
      const path = saveAs(`${as}.pcapng`)
      value(await desk.call('saveTranscript', { attempt, as }))
      return execFileSync('tshark', ['-r', path, '-Y', 'http.request', '-T', 'fields', '-e', 'http.request.uri'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    }
    expect(await shown('pcapng-with-secrets')).toBe('/v1/orders/')
    expect(await shown('pcapng')).toBe('')
  })

  it('is no capture any more once the vault was locked', async () => {
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
    const attempt = await callTruv()
    value(await desk.call('lockVault', {}))
    saveAs('late.pcapng')
    expect(codeOf(await desk.call('saveTranscript', { attempt, as: 'keylog' }))).toBe('history.capture-gone')
  })

  it('is a support bundle whose zip holds what was previewed and no secret', async () => {
    const attempt = await callTruv(true)
    const preview = value(await desk.call('previewSupportBundle', { attempt }))
    const path = saveAs(preview.fileName)
    value(await desk.call('saveSupportBundle', { attempt }))
    const zip = unzipSync(new Uint8Array(readFileSync(path)))
    const names = Object.keys(zip)
    expect(names.sort()).toEqual(preview.files.map(({ name }) => name).sort())
    const all = Object.values(zip)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join('\n')
    expect(all).not.toContain(secret)
    expect(all).not.toMatch(/PRIVATE KEY/)
    expect(all).toContain('certificate')
    expect(names).toContain('certificates/client.pem')
  })
})

describe('the watch', () => {
  const shown: string[] = []
  const watch = () =>
    createWatch(desk.means, async ({ title }) => {
      shown.push(title)
      return true
    })
  beforeEach(() => {
    shown.length = 0
  })
  const watched = async () => {
    await callTruv(true)
    const [endpoint] = await endpoints()
    value(await desk.call('watchEndpoint', { endpoint: endpoint?.id ?? '', watched: true }))
  }

  it('tests a watched endpoint once a day, and is silent while it works', async () => {
    await watched()
    await watch().check()
    expect((await endpoints())[0]?.attempts).toBe(1)
    nextDay()
    await watch().check()
    expect((await endpoints())[0]).toMatchObject({ attempts: 2, last: { outcome: 'accepted' } })
    expect(shown).toEqual([])
  })

  it('leaves alone what is not watched', async () => {
    await callTruv(true)
    nextDay()
    await watch().check()
    expect((await endpoints())[0]?.attempts).toBe(1)
  })

  it('only looks at the server while the vault is locked, once a day', async () => {
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
    await watched()
    value(await desk.call('lockVault', {}))
    nextDay()
    const seen = async () => (await desk.means.history.watched())[0]?.server?.seenAt
    const before = await seen()
    await watch().check()
    expect((await endpoints())[0]?.attempts).toBe(1)
    const after = await seen()
    expect(after).toBe(desk.outside.now.toISOString())
    expect(after).not.toBe(before)
    await watch().check()
    expect(await seen()).toBe(after)
    expect(shown).toEqual([])
  })

  it('tells that a server changed its key or its CA, also while the vault is locked', async () => {
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
    await watched()
    value(await desk.call('lockVault', {}))
    const [file] = await desk.means.history.watched()
    const ca = issue({ subject: ['CN=Other CA'], isCa: true })
    const leaf = issue({ subject: ['CN=127.0.0.1'], issuer: ca, sans: ['127.0.0.1'] })
    nextDay()
    const bytes = new TextEncoder().encode(leaf.pem + ca.pem)
    desk.means.serverChain = async (address) => ok({ file: address, bytes })
    await watch().check()
    expect(shown).toEqual(['127.0.0.1 shows a certificate of another CA'])
    expect((await desk.means.history.find(file?.id ?? ''))?.server?.change).toMatchObject({
      kind: 'new-issuer',
      to: 'Other CA',
    })
    await watch().check()
    expect(shown).toHaveLength(1)
  })

  const endpoint = (outcome: Endpoint['last']['outcome']): Endpoint => ({
    id: '0'.repeat(24),
    identity: 'abcdefghijkl',
    identityName: 'Acme live',
    url: 'https://api.example.com/',
    host: 'api.example.com',
    port: 443,
    method: 'GET',
    trust: 'system',
    watched: true,
    attempts: 2,
    last: { at: '2026-01-01T00:00:00.000Z', outcome, cause: 'x', title: 'Your certificate has expired' },
  })

  it('tells when it works no more, when it works again, and when the server shows another certificate', () => {
    const change = { kind: 'renewed', at: '2026-01-02T00:00:00.000Z', from: 'CA', to: 'CA' } as const
    const server = { seenAt: change.at, chain: [], change }
    const titles = [
      noticesOf(endpoint('accepted'), endpoint('refused'), undefined, undefined),
      noticesOf(endpoint('unreachable'), endpoint('accepted'), undefined, undefined),
      noticesOf(endpoint('accepted'), endpoint('accepted'), undefined, { server }),
      noticesOf(endpoint('accepted'), endpoint('accepted'), { server }, { server }),
      noticesOf(endpoint('refused'), endpoint('unreachable'), undefined, undefined),
      noticesOf(endpoint('accepted'), endpoint('unproven'), undefined, undefined),
    ].map((notices) => notices.map(({ title }) => title))
    expect(titles).toEqual([
      ['“Acme live” at api.example.com works no more'],
      ['“Acme live” at api.example.com works again'],
      ['api.example.com shows another certificate'],
      [],
      [],
      ['“Acme live” at api.example.com answers otherwise now'],
    ])
  })
})
