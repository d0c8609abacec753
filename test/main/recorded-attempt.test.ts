import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordedProbe } from '../../electron/tls/probe.ts'
import { recordedAttempt } from '../../electron/tls/recorded-attempt.ts'
import { Attempt } from '../../shared/tls/attempt.ts'
import { writeCapture } from '../../shared/tls/capture.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { readCapture } from '../../shared/tls/read-capture.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, hasNginx, nginxServer, nodeServer, opensslServer } from '../support/test-servers.ts'

/** An attempt of ours, saved as a capture and read again, has to tell the same. */
let cast: Cast
beforeAll(() => {
  cast = makeCast()
})
afterAll(closeAll)

async function bothWays(port: number, who: string, path = '/') {
  const client = cast.clients[who]
  const { attempt, wire } = await recordedProbe({
    url: `https://localhost:${port}${path}`,
    method: 'GET',
    headers: [],
    identity: client ? identityOf(client) : null,
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 5000,
  })
  const read = readCapture(writeCapture(wire ?? fail(), { secrets: true }), 'x')
  if (!read.ok || !read.value.connections[0]) return fail()
  return { attempt, again: Attempt.parse(await recordedAttempt(read.value.connections[0])) }
}
const fail = (): never => {
  throw new Error('nothing was recorded')
}
const files = () => ({ cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem })
const same = ['protocol', 'cipher', 'alpn', 'certificateAsked', 'certificateSent', 'acceptableAuthorities'] as const

describe('a recorded attempt', () => {
  it.each([
    ['TLS 1.3', {}],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' as const }],
  ])('that was answered in %s is told with its answer', async (_, version) => {
    const { port } = await nodeServer('tls', { ...files(), ...version })
    const { attempt, again } = await bothWays(port, 'good', '/status/403')
    for (const fact of same) expect(again[fact], fact).toEqual(attempt[fact])
    expect(again.http).toMatchObject({ status: 403, body: attempt.http?.body, headers: attempt.http?.headers })
    expect(again.url).toBe(`https://localhost:${port}/`)
    expect(again.serverChain).toEqual(attempt.serverChain)
    expect(again.messages?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(attempt.messages?.map(({ name }) => name) ?? []),
    )
  })

  it.each([
    ['other CA', 'TLSv1.3', []],
    ['expired', 'TLSv1.3', []],
    ['other CA', 'TLSv1.2', ['-no_tls1_3']],
    ['nobody', 'TLSv1.3', []],
  ])('that was refused (%s, %s) is judged alike', async (who, protocol, more) => {
    const { port } = await opensslServer(files(), ...more)
    const { attempt, again } = await bothWays(port, who)
    expect(again).toMatchObject({ protocol, http: null, alert: attempt.alert })
    const now = new Date()
    expect(diagnose(again, { now }).cause).toBe(diagnose(attempt, { now }).cause)
  })

  it.skipIf(!hasNginx)('that nginx answered with 400 keeps the page that says why', async () => {
    const { port } = await nginxServer(files())
    const { attempt, again } = await bothWays(port, 'other CA')
    expect(attempt.http?.status).toBe(400)
    expect(again.http).toMatchObject({ status: 400, body: attempt.http?.body })
  })

  it('of Wireshark’s tools is judged too', async () => {
    const file = readFileSync(new URL('../fixtures/tls/captured-any.pcap', import.meta.url))
    const read = readCapture(new Uint8Array(file), 'any')
    if (!read.ok || !read.value.connections[0]) return fail()
    const attempt = await recordedAttempt(read.value.connections[0])
    expect(attempt).toMatchObject({ certificateSent: true, alert: { number: 48 }, failure: { during: 'tls' } })
    expect(diagnose(attempt, { now: new Date() }).outcome).toBe('refused')
  })
})
