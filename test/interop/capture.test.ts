import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordedProbe } from '../../electron/tls/probe.ts'
import { writeCapture } from '../../shared/tls/capture.ts'
import { keylogText } from '../../shared/tls/keylog.ts'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import { type Cast, identityOf, makeCast } from '../support/mtls-cast.ts'
import { closeAll, nodeServer, opensslServer, type ServerFiles } from '../support/test-servers.ts'
import { scratch } from '../support/tools.ts'
import { tshark } from '../support/tshark.ts'

/** Captures of our own attempts, opened by the real tshark. */
const saved = scratch()
let cast: Cast
let files: ServerFiles
beforeAll(() => {
  cast = makeCast()
  files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
})
afterAll(async () => {
  saved.remove()
  await closeAll()
})

async function recorded(url: string, who = 'good', more: { body?: string; trust?: string } = {}) {
  const client = cast.clients[who]
  if (!client) throw new Error(`no client ${who}`)
  const { attempt, wire } = await recordedProbe({
    url,
    method: more.body === undefined ? 'GET' : 'POST',
    headers: [{ name: 'Authorization', value: 'Bearer very-secret' }],
    body: more.body,
    identity: identityOf(client),
    trust: { caPem: cast.serverRoot.pem },
    timeoutMs: 5000,
  })
  if (!wire) throw new Error(JSON.stringify(attempt.failure))
  return { attempt, wire }
}

const save = (name: string, wire: RecordedWire, secrets = true) => saved.put(name, writeCapture(wire, { secrets }))
const all = (rows: Record<string, string>[], field: string) =>
  rows.flatMap((row) => row[field]?.split(',').filter(Boolean) ?? [])

const goodHex = () => Buffer.from(cast.clients.good?.certificate.der ?? []).toString('hex')

describe('a capture of an attempt, in tshark', () => {
  it.each([
    ['TLS 1.3', {}],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' as const }],
  ])('shows handshake, request and answer of %s in the clear', async (name, version) => {
    const { port } = await nodeServer('tls', { ...files, ...version })
    const { attempt, wire } = await recorded(`https://localhost:${port}/orders?x=1`, 'good', { body: '{"a":1}' })
    expect(attempt.http?.status).toBe(200)
    const file = save(`${name}.pcapng`, wire)
    const shown = ['tls.handshake.type', 'tls.handshake.certificate', 'http.request.full_uri', 'http.authorization']
    const rows = await tshark(file, [
      ...shown,
      'http.response.code',
      'http.file_data',
      'tls.handshake.extensions_server_name',
    ])
    expect(all(rows, 'tls.handshake.certificate').map((hex) => hex.slice(0, 2))).toEqual(['30', '30', '30'])
    expect(all(rows, 'tls.handshake.certificate').at(-1)).toBe(goodHex())
    expect(all(rows, 'tls.handshake.type')).toContain('13')
    expect(all(rows, 'tls.handshake.extensions_server_name')).toEqual(['localhost'])
    expect(all(rows, 'http.request.full_uri')).toEqual([`https://localhost:${port}/orders?x=1`])
    expect(all(rows, 'http.authorization')).toEqual(['Bearer very-secret'])
    expect(all(rows, 'http.response.code')).toEqual(['200'])
    expect(rows.some((row) => row['http.file_data']?.includes('{"a":1}'))).toBe(true)
  })

  it('has right checksums and numbers, and nothing that tshark would warn of', async () => {
    const { port } = await nodeServer('tls', files)
    const { wire } = await recorded(`https://localhost:${port}/`, 'good', { body: 'x'.repeat(200_000) })
    const file = save('sound.pcapng', wire)
    const rows = await tshark(file, ['ip.checksum.status', 'tcp.checksum.status', 'tcp.flags'], 'tcp')
    expect(rows.length).toBeGreaterThan(200)
    expect(new Set(rows.map((row) => `${row['ip.checksum.status']} ${row['tcp.checksum.status']}`))).toEqual(
      new Set(['1 1']),
    )
    expect(
      await tshark(file, ['_ws.expert.message'], '_ws.expert.severity >= "Warning" || tcp.analysis.flags'),
    ).toEqual([])
  })

  it('carries the times of the attempt, to the microsecond', async () => {
    const { port } = await nodeServer('tls', files)
    const { attempt, wire } = await recorded(`https://localhost:${port}/`)
    const rows = await tshark(save('times.pcapng', wire), ['frame.time_epoch'], 'tcp.len > 0')
    const first = Date.parse(attempt.startedAt) + (wire.pieces[0]?.atMs ?? 0)
    expect(Number(rows[0]?.['frame.time_epoch']) * 1000).toBeCloseTo(first, 2)
    const last = Date.parse(attempt.startedAt) + (wire.pieces.at(-1)?.atMs ?? 0)
    expect(Number(rows.at(-1)?.['frame.time_epoch']) * 1000).toBeCloseTo(last, 2)
  })

  it('is of IPv6 where the attempt was', async () => {
    const { port } = await nodeServer('tls', files, '::1')
    const { wire } = await recorded(`https://[::1]:${port}/`)
    const rows = await tshark(save('v6.pcapng', wire), ['ipv6.dst', 'tcp.checksum.status', 'http.response.code'])
    expect(rows[0]?.['ipv6.dst']).toBe('::1')
    expect(new Set(all(rows, 'tcp.checksum.status'))).toEqual(new Set(['1']))
    expect(all(rows, 'http.response.code')).toEqual(['200'])
  })

  it.each([
    ['TLS 1.3', []],
    ['TLS 1.2', ['-no_tls1_3']],
  ])('shows why the server refused in %s', async (name, more) => {
    const { port } = await opensslServer(files, ...more)
    const { attempt, wire } = await recorded(`https://localhost:${port}/`, 'other CA')
    expect(attempt.alert?.number).toBe(48)
    const rows = await tshark(save(`refused ${name}.pcapng`, wire), ['tls.alert_message.desc', 'tcp.dstport'])
    expect(rows.filter((row) => row['tls.alert_message.desc'] === '48')).toHaveLength(1)
  })

  it('keeps request and answer closed without the secrets, and opens with the key log beside it', async () => {
    const { port } = await nodeServer('tls', files)
    const { wire } = await recorded(`https://localhost:${port}/`)
    const bytes = writeCapture(wire, { secrets: false })
    const file = saved.put('closed.pcapng', bytes)
    const text = Buffer.from(bytes).toString('latin1')
    expect(text).not.toContain('TRAFFIC_SECRET')
    expect(text).not.toContain('very-secret')
    const closed = await tshark(file, ['http.request.method', 'tls.handshake.type'])
    expect(all(closed, 'http.request.method')).toEqual([])
    expect(all(closed, 'tls.handshake.type')).toEqual(['1', '2'])
    const keylog = saved.put('keys.log', keylogText(wire.keylog))
    const opened = await tshark(file, ['http.request.method', 'http.response.code'], 'http', [
      `tls.keylog_file:${keylog}`,
    ])
    expect(all(opened, 'http.request.method')).toEqual(['GET'])
    expect(all(opened, 'http.response.code')).toEqual(['200'])
  })

  it('never holds the private key, whatever it holds', async () => {
    const { port } = await nodeServer('tls', files)
    const { wire } = await recorded(`https://localhost:${port}/`)
    const capture = Buffer.from(writeCapture(wire, { secrets: true })).toString('latin1')
    expect(capture).toContain('CLIENT_TRAFFIC_SECRET_0')
    expect(capture).not.toContain('PRIVATE KEY')
  })
})
