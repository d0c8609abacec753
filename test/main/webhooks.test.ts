import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { issueByAuthority, keyPemOf } from '../../electron/webhooks/issue-own.ts'
import type { CallTrust } from '../../shared/calls/listener.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { firstSetup, type ListenerSetup } from '../../shared/webhooks/setup.ts'
import { freePort } from '../support/cli.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue } from '../support/throwaway-pki.ts'
import { run } from '../support/tools.ts'

const secret = 'sandbox-0123456789abcdef'
const sample = builtInProfiles.find(({ id }) => id === 'truv')!.callsYou[0]!.sample!
const body = JSON.stringify(sample.body)
const trust: CallTrust = { by: 'listener' }
let desk: TestDesk
let port: number

const setup = (change: Partial<ListenerSetup> = {}): ListenerSetup => ({ ...firstSetup('truv'), port, ...change })
const play = (change: object = {}) => ({
  work: 'play-1',
  provider: 'truv',
  call: 'webhooks-own',
  url: `https://127.0.0.1:${port}${sample.path}`,
  certificate: { by: 'practice' as const },
  method: 'POST' as const,
  headers: sample.headers,
  body,
  sign: { with: 'kept' as const },
  trust,
  ...change,
})
const last = async () => {
  const { rows } = value(await desk.call('listArrivals', { after: 0, most: 1000 }))
  return value(await desk.call('readArrival', { arrival: rows.at(-1)?.id ?? 1 }))
}

beforeAll(async () => {
  // Certificates are judged by the desk’s clock, and servers by the computer’s.
  desk = openTestDesk()
  desk.outside.now = new Date()
  port = await freePort()
})
afterAll(async () => {
  await desk.call('stopListener', {})
  await desk.means.arrivals.close()
})

describe('listening for webhooks', () => {
  it('takes the webhook that Truv is played with, its name, its signature', async () => {
    const state = value(await desk.call('startListener', { setup: setup(), secret }))
    expect(state.running).toMatchObject({ provider: 'truv', url: `https://127.0.0.1:${port}`, onNetwork: false })
    const made = value(await desk.call('playProvider', play()))
    expect(made.verdict.cause).toBe('ok')
    expect(made.attempt.http).toMatchObject({ status: 200, body: '{"received":true}' })
    expect(made.presented[0]?.subject).toBe('CN=mtls-prod.truv.com')
    const arrival = await last()
    expect(arrival).toMatchObject({ outcome: 'accepted', signature: 'good', body, path: '/webhooks/truv', status: 200 })
    expect(arrival.chain[0]?.subject).toBe('CN=mtls-prod.truv.com')
    const told = desk.outside.news.filter(({ kind }) => kind === 'arrivals')
    expect(told.at(-1)).toMatchObject({ last: arrival.id })
  })

  it('tells a webhook that is signed with another secret, and one that is not signed', async () => {
    value(await desk.call('playProvider', play({ sign: { with: 'secret', secret: 'prod-other' } })))
    expect((await last()).signed).toMatchObject({ state: 'wrong', code: 'signature.body-altered' })
    value(await desk.call('playProvider', play({ sign: undefined })))
    expect((await last()).signed).toMatchObject({ state: 'missing', code: 'signature.missing' })
  })

  it('refuses who shows nothing, and says so to both', async () => {
    const made = value(await desk.call('playProvider', play({ certificate: { by: 'none' } })))
    expect(made.verdict.outcome).toBe('refused')
    expect(made.attempt.http?.body).toContain('It showed no certificate.')
    expect(await last()).toMatchObject({ outcome: 'refused', code: 'client.none-shown' })
  })

  it('shows no private key that somebody sends, and goes on when the disk is full', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----'
    value(await desk.call('playProvider', play({ body: key })))
    expect((await last()).body).toBe('[private key not shown]')
    const append = vi.spyOn(desk.means.arrivals, 'append').mockRejectedValueOnce(new Error('ENOSPC'))
    value(await desk.call('playProvider', play()))
    await desk.means.listening.settled()
    append.mockRestore()
    expect(value(await desk.call('listenerState', {})).running?.lost).toBe(1)
    value(await desk.call('playProvider', play()))
    expect(await last()).toMatchObject({ signature: 'good' })
  })

  it('changes its answer while it runs', async () => {
    const answer = { status: 503, contentType: 'text/plain', body: 'later', delayMs: 30 }
    value(await desk.call('changeWebhookAnswer', { provider: 'truv', answer }))
    const made = value(await desk.call('playProvider', play()))
    expect(made.attempt.http).toMatchObject({ status: 503, body: 'later' })
    expect(value(await desk.call('readListenerSetup', { provider: 'truv' })).setup.answer).toEqual(answer)
    value(await desk.call('changeWebhookAnswer', { provider: 'truv', answer: firstSetup('truv').answer }))
  })

  it('remembers its set-up and that there is a secret, and never tells the secret', async () => {
    const read = value(await desk.call('readListenerSetup', { provider: 'truv' }))
    expect(read).toMatchObject({ hasSecret: true, setup: { port } })
    expect(read.addresses[0]).toMatchObject({ kind: 'loopback' })
    const kept = readdirSync(join(desk.folder, 'vault', 'listeners')).map((name) =>
      readFileSync(join(desk.folder, 'vault', 'listeners', name), 'utf8'),
    )
    expect(kept.join('')).not.toContain(secret)
  })

  it('replays an arrival only after its host was confirmed', async () => {
    const arrival = await last()
    const other = await listening()
    const url = `https://127.0.0.1:${other.port}/again`
    const replay = { work: 'replay-1', arrival: arrival.id, url, identity: null, trust: { by: 'pem', pem: other.ca } }
    desk.outside.confirm = false
    expect(codeOf(await desk.call('replayArrival', replay as never))).toBe('listener.not-confirmed')
    expect(desk.outside.asked.at(-1)).toContain(`127.0.0.1:${other.port}`)
    desk.outside.confirm = true
    const made = value(await desk.call('replayArrival', replay as never))
    expect(made.attempt.http?.status).toBe(200)
    expect(other.got[0]).toMatchObject({ method: 'POST', url: '/again', body: arrival.body })
    expect(other.got[0]?.headers['x-webhook-sign']).toMatch(/^v1=[0-9a-f]{64}$/)
    other.close()
  })

  it('saves arrivals as fixtures whose curl line makes the call again', async () => {
    const arrival = await last()
    const folder = mkdtempSync(join(tmpdir(), 'fixtures-'))
    desk.outside.folder = folder
    expect(value(await desk.call('saveArrivals', { arrivals: [arrival.id] })).count).toBe(1)
    const [name = ''] = readdirSync(folder)
    expect(name).toMatch(/^\d{4}-post-webhooks-truv$/)
    const saved = (file: string) => readFileSync(join(folder, name, file), 'utf8')
    expect(saved('body.json')).toBe(arrival.body)
    expect(JSON.parse(saved('request.json'))).toMatchObject({
      method: 'POST',
      path: '/webhooks/truv',
      signature: 'good',
    })
    const { running } = value(await desk.call('listenerState', {}))
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, running?.serverCaPem ?? '')
    const { clients } = value(await desk.means.practice.opened((await desk.means.providers.find('truv'))!))
    expect(clients.certificateDer.length).toBeGreaterThan(0)
    // Without a certificate it reaches the listener all the same, and is told why it is refused.
    const stranger = issue({ subject: ['CN=stranger'] })
    writeFileSync(join(folder, 'c.pem'), stranger.pem)
    writeFileSync(join(folder, 'c.key'), stranger.keyPem)
    const env = { ...process.env, CERT: join(folder, 'c.pem'), KEY: join(folder, 'c.key'), CA: ca, NO_PROXY: '*' }
    const out = await new Promise<string>((resolve) => {
      const line = [join(folder, name, 'curl.sh'), `https://127.0.0.1:${port}`]
      execFile('sh', line, { env }, (_, stdout, stderr) => resolve(stdout + stderr))
    })
    expect(out).toContain('The SSL certificate error')
    expect(await last()).toMatchObject({ code: 'path.self-signed', signature: 'good', body: arrival.body })
  })

  it('refuses a port that is taken, with its number', async () => {
    const taken = createServer()
    await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready))
    const { port: other } = taken.address() as { port: number }
    expect(codeOf(await desk.call('startListener', { setup: setup({ port: other }) }))).toBe('listener.port-taken')
    taken.close()
    expect(codeOf(await desk.call('startListener', { setup: setup({ address: '192.0.2.1' }) }))).toBe(
      'listener.address-gone',
    )
  })

  it('asks before other computers can call, and listens to nobody when that is declined', async () => {
    const [network] = value(await desk.call('readListenerSetup', { provider: 'truv' })).addresses.filter(
      ({ kind }) => kind === 'network',
    )
    if (!network) return
    desk.outside.confirm = false
    const declined = await desk.call('startListener', { setup: setup({ address: network.address }) })
    expect(codeOf(declined)).toBe('listener.network-declined')
    expect(desk.outside.asked.at(-1)).toContain('Let other computers call')
  })

  it('takes exactly one pinned certificate', async () => {
    const pinned = issue({ subject: ['CN=mtls-prod.truv.com'] })
    const sha256 = readCertificate(pemBlocks(pinned.pem)[0]!.der)?.facts.sha256 ?? ''
    value(await desk.call('startListener', { setup: setup({ demand: { by: 'pin', sha256 } }) }))
    const folder = mkdtempSync(join(tmpdir(), 'pin-'))
    for (const [name, one] of Object.entries({ good: pinned, other: issue({ subject: ['CN=mtls-prod.truv.com'] }) })) {
      writeFileSync(join(folder, `${name}.pem`), one.pem)
      writeFileSync(join(folder, `${name}.key`), one.keyPem)
    }
    const curl = (name: string) =>
      run('curl', [
        '-sk',
        '--noproxy',
        '*',
        '--cert',
        join(folder, `${name}.pem`),
        '--key',
        join(folder, `${name}.key`),
        `https://127.0.0.1:${port}/`,
      ])
    expect((await curl('good')).stdout.toString()).toBe('{"received":true}')
    expect((await curl('other')).stdout.toString()).toContain('another certificate')
    expect(await last()).toMatchObject({ code: 'client.pin-differs' })
  })

  it('forgets what arrived when asked', async () => {
    value(await desk.call('clearArrivals', {}))
    expect(value(await desk.call('listArrivals', { after: 0, most: 10 }))).toMatchObject({ rows: [], count: 0 })
    expect(codeOf(await desk.call('readArrival', { arrival: 1 }))).toBe('arrival.gone')
  })

  it('ends when the vault is locked', async () => {
    const passphrase = 'four plain words together'
    value(await desk.call('setVaultPassphrase', { passphrase }))
    value(await desk.call('lockVault', {}))
    expect(value(await desk.call('listenerState', {})).running).toBeNull()
    value(await desk.call('unlockVault', { passphrase }))
  })
})

describe('every provider that calls', () => {
  const calls = builtInProfiles.flatMap(({ id, callsYou, webhooks }) =>
    callsYou.flatMap((call) => (call.sample ? [{ id, call, signs: webhooks?.signature !== undefined }] : [])),
  )

  it.each(calls)('can be played to its listener: $id, $call.name', async ({ id, call, signs }) => {
    const own = { ...firstSetup(id), port }
    value(await desk.call('startListener', { setup: own, secret: `key of ${id}` }))
    const made = value(
      await desk.call('playProvider', {
        ...play(),
        ...{ provider: id, call: call.id, url: `https://127.0.0.1:${port}${call.sample!.path}` },
        ...{ headers: call.sample!.headers, body: JSON.stringify(call.sample!.body) },
      }),
    )
    expect(made.verdict.cause).toBe('ok')
    const common = call.presents?.subject.find(({ field }) => field === 'CN')?.value
    expect(made.presented[0]?.subject).toContain(`CN=${common}`)
    const arrival = await last()
    expect(arrival).toMatchObject({ provider: id, outcome: 'accepted', path: call.sample!.path })
    expect(arrival.signature).toBe(signs ? 'good' : undefined)
  })

  it('is counted: Nuapay, both ways of Truv, Apata', () => {
    expect(calls.map(({ id, call }) => `${id} ${call.id}`).sort()).toEqual([
      'apata outbound',
      'nuapay webhooks',
      'truv webhooks-own',
      'truv webhooks-signed',
    ])
  })
})

describe('an identity of the vault', () => {
  it('is what a listener shows, and what a replay presents', async () => {
    const made = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
    value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' }))
    const { certificatePem } = value(await desk.call('submitToPractice', { identity: made.handle }))
    const source = { from: 'text' as const, text: certificatePem }
    value(await desk.call('attachCertificate', { identity: made.handle, source, despite: [] }))
    value(await desk.call('stopPractice', {}))
    const own = setup({ server: { by: 'identity', identity: made.handle } })
    const { running } = value(await desk.call('startListener', { setup: own }))
    expect(running?.serverSubject).toContain('CN=api-mtls.acme.truv.com')

    value(await desk.call('startListener', { setup: setup(), secret }))
    value(await desk.call('playProvider', play()))
    const arrival = await last()
    desk.outside.confirm = true
    const url = `https://127.0.0.1:${port}/again`
    const again = { work: 'replay-2', arrival: arrival.id, url, identity: made.handle, trust }
    expect(value(await desk.call('replayArrival', again)).verdict.cause).toBe('ok')
    expect(desk.outside.asked.at(-1)).toContain('127.0.0.1')
    expect(await last()).toMatchObject({ path: '/again', signature: 'good', body, outcome: 'accepted' })
    expect((await last()).subject).toContain('CN=api-mtls.acme.truv.com')
  })
})

describe('your own authority at the listener', () => {
  it('shows a certificate of it, keeps that, and takes whom it has signed', async () => {
    const made = value(
      await desk.call('createAuthority', {
        work: 'authority-1',
        plan: { name: 'Acme webhooks', commonName: 'Acme Webhooks CA', key: 'ec-p256', years: 5, askEachTime: false },
      }),
    )
    const authority = made.handle
    const own = setup({
      server: { by: 'authority', authority },
      demand: { by: 'authority', authority },
      checkCrl: true,
      serveCrl: true,
    })
    const first = value(await desk.call('startListener', { setup: own, secret }))
    const signed = play({ call: 'webhooks-signed', certificate: { by: 'authority', authority } })
    expect(value(await desk.call('playProvider', signed)).verdict.cause).toBe('ok')
    const arrival = await last()
    expect(arrival).toMatchObject({ outcome: 'accepted', subject: 'CN=webhooks.truv.example,O=Truv Inc' })
    // The second start shows the same certificate: one in the book, not one a start.
    value(await desk.call('stopListener', {}))
    const second = value(await desk.call('startListener', { setup: own }))
    expect(second.running?.serverSubject).toBe(first.running?.serverSubject)
    const { records } = await desk.means.vault.issued.list()
    expect(records.filter(({ name }) => name.startsWith('Webhook listener'))).toHaveLength(1)
    const played = records.find(({ name }) => name.startsWith('Played'))
    expect(played).toMatchObject({ provider: 'truv', authority })
    const list = await fetch(second.running?.crlUrl ?? '')
    expect(list.headers.get('content-type')).toBe('application/pkix-crl')
    expect(new Uint8Array(await list.arrayBuffer())[0]).toBe(0x30)
  })

  it('refuses whom it has revoked from the next call on', async () => {
    const [authority] = value(await desk.call('listAuthorities', {})).authorities
    const record = (await desk.means.vault.authorities.find(authority!.handle))!
    const wish = { subject: [{ type: 'CN', value: 'client' }], subjectAltNames: [], purpose: 'clientAuth' as const }
    const own = value(await issueByAuthority(desk.means, record, { ...wish, days: 9, name: 'soon revoked' }))
    const folder = mkdtempSync(join(tmpdir(), 'revoked-'))
    writeFileSync(join(folder, 'c.pem'), own.certificatePem)
    writeFileSync(join(folder, 'c.key'), keyPemOf(own))
    const files = ['--cert', join(folder, 'c.pem'), '--key', join(folder, 'c.key')]
    const curl = () => run('curl', ['-sk', '--noproxy', '*', ...files, `https://127.0.0.1:${port}/`])
    expect((await curl()).stdout.toString()).toBe('{"received":true}')
    const { issued } = value(await desk.call('readBook', {}))
    const entry = issued.find(({ name }) => name === 'soon revoked')
    value(await desk.call('revokeIssued', { issued: entry!.handle, reason: 'keyCompromise' }))
    expect((await curl()).stdout.toString()).toContain('was revoked')
    expect(await last()).toMatchObject({ outcome: 'refused', code: 'path.revoked' })
  })
})

/** A server of one’s own to replay to. */
async function listening() {
  const { createServer: https } = await import('node:https')
  const ca = issue({ subject: ['CN=Own CA'], isCa: true })
  const server = issue({ subject: ['CN=own'], issuer: ca, purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
  const got: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = []
  const running = https({ cert: server.pem, key: server.keyPem }, async (message, response) => {
    let text = ''
    for await (const part of message) text += part
    got.push({ method: message.method ?? '', url: message.url ?? '', headers: message.headers, body: text })
    response.end('ok')
  })
  await new Promise<void>((ready) => running.listen(0, '127.0.0.1', ready))
  return { port: (running.address() as { port: number }).port, ca: ca.pem, got, close: () => running.close() }
}
