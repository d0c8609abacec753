import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprint } from '../../electron/tls/chain-links.ts'
import { nodeCrypto } from '../../electron/tls/node-crypto.ts'
import { writeCapture } from '../../shared/tls/capture.ts'
import { handshakeSteps } from '../../shared/tls/handshake-steps.ts'
import { webCrypto } from '../../shared/tls/tls-crypto.ts'
import { certificateAsked, certificatesSent, messagesOf, type Transcript } from '../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../shared/tls/wire-reader.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeAll, opensslServer, type TestServer } from '../support/test-servers.ts'
import { type Tapped, tap } from '../support/tls-tap.ts'
import { scratch } from '../support/tools.ts'
import { tshark } from '../support/tshark.ts'

/**
 * Real handshakes of OpenSSL with each suite that it has switched on, decoded here and by tshark: both have to see the
 * same messages behind the encryption.
 */
const suites = (version: string) =>
  execFileSync('openssl', ['ciphers', '-s', version]).toString().trim().split(':').filter(Boolean)
const suites12 = suites('-tls1_2')
const isCbc = (suite: string) => !/GCM|CHACHA20/.test(suite)

const files = scratch()
let cast: Cast
let servers: { ec: TestServer; rsa: TestServer }
beforeAll(async () => {
  cast = makeCast()
  const clientCa = cast.clientRoot.pem
  const rsa = cast.serverWith({ key: 'rsa', keyUsage: ['digitalSignature', 'keyEncipherment'] })
  servers = {
    ec: await opensslServer({ cert: cast.serverPem, key: cast.server.keyPem, clientCa }),
    rsa: await opensslServer({ cert: rsa.pem + cast.serverCa.pem, key: rsa.keyPem, clientCa }),
  }
  const good = cast.clients.good?.certificate
  files.put('client.pem', `${good?.pem}${good?.keyPem}`)
})
afterAll(async () => {
  files.remove()
  await closeAll()
})

/** An openssl s_client with our certificate, and a request on its standard input. */
const handshake = (suite: string, ...more: string[]) =>
  tap(
    servers[suite.includes('ECDSA') || suite.startsWith('TLS_') ? 'ec' : 'rsa'].port,
    (port, keylog) => {
      const client = ['s_client', '-connect', `127.0.0.1:${port}`, '-quiet', '-keylogfile', keylog]
      const chosen = suite.startsWith('TLS_') ? ['-tls1_3', '-ciphersuites', suite] : ['-tls1_2', '-cipher', suite]
      return ['openssl', ...client, ...chosen, '-cert', files.path('client.pem'), ...more]
    },
    'GET / HTTP/1.0\r\n\r\n',
  )

/** RFC 8446 appendix B.3, RFC 5246 section 7.4. */
const types: Record<string, number> = {
  ClientHello: 1,
  ServerHello: 2,
  NewSessionTicket: 4,
  EncryptedExtensions: 8,
  Certificate: 11,
  ServerKeyExchange: 12,
  CertificateRequest: 13,
  ServerHelloDone: 14,
  CertificateVerify: 15,
  ClientKeyExchange: 16,
  Finished: 20,
}
const ourTypes = ({ messages }: Transcript) =>
  ['client', 'server'].map((side) =>
    messages.filter(({ from, name }) => from === side && name in types).map(({ name }) => types[name]),
  )

/** What tshark makes of many captures at once: a pcapng may have many sections. */
async function asTsharkSees(tapped: readonly Tapped[], name: string) {
  const file = files.put(name, Buffer.concat(tapped.map((wire) => writeCapture(wire, { secrets: true }))))
  const shown = ['tcp.stream', 'tcp.srcport', 'tls.handshake.type', 'http.request.method']
  const rows = await tshark(file, shown)
  return tapped.map(({ local, remote }) => {
    const from = (port: number) => {
      const stream = rows.find((row) => row['tcp.srcport'] === String(local.port))?.['tcp.stream']
      return rows.filter((row) => row['tcp.srcport'] === String(port) && row['tcp.stream'] === stream)
    }
    const typesOf = (port: number) =>
      from(port).flatMap((row) => (row['tls.handshake.type'] ?? '').split(',').filter(Boolean).map(Number))
    return {
      types: [typesOf(local.port), typesOf(remote.port)],
      methods: from(local.port).flatMap((row) => row['http.request.method'] || []),
    }
  })
}

describe('a handshake of OpenSSL', () => {
  it('decodes with every suite of TLS 1.2 as tshark decodes it', { timeout: 120_000 }, async () => {
    const wishes = suites12.flatMap((suite) => [
      { suite, more: [] as string[] },
      ...(isCbc(suite) ? [{ suite, more: ['-no_etm'] }] : []),
    ])
    expect(wishes.length).toBeGreaterThan(20)
    const tapped: Tapped[] = []
    for (const { suite, more } of wishes) tapped.push(await handshake(suite, ...more))
    const seen = await asTsharkSees(tapped, 'suites12.pcapng')
    for (const [i, wire] of tapped.entries()) {
      const label = `${wishes[i]?.suite} ${wishes[i]?.more}`
      const transcript = await decodeTranscript(wire, nodeCrypto)
      expect(transcript.version, label).toBe('TLSv1.2')
      expect(messagesOf(transcript, 'Closed'), label).toEqual([])
      expect(messagesOf(transcript, 'Malformed'), label).toEqual([])
      expect(messagesOf(transcript, 'Other'), label).toEqual([])
      expect(messagesOf(transcript, 'Finished'), label).toHaveLength(2)
      expect(certificateAsked(transcript), label).toBe(true)
      expect(certificatesSent(transcript), label).toHaveLength(1)
      expect(
        messagesOf(transcript, 'ApplicationData').map(({ from }) => from),
        label,
      ).toEqual(['client', 'server'])
      expect(messagesOf(transcript, 'ApplicationData', 'client')[0]?.bytes, label).toBe(18)
      expect(ourTypes(transcript), label).toEqual(seen[i]?.types)
      expect(seen[i]?.methods, label).toEqual(['GET'])
      const told = (decoded: Transcript) => handshakeSteps(decoded, fingerprint)
      expect(told(await decodeTranscript(wire, webCrypto)), label).toEqual(told(transcript))
    }
  })

  it('decodes with every suite of TLS 1.3 as tshark decodes it', async () => {
    const tapped: Tapped[] = []
    for (const suite of suites('-tls1_3')) tapped.push(await handshake(suite))
    const seen = await asTsharkSees(tapped, 'suites13.pcapng')
    for (const [i, wire] of tapped.entries()) {
      const transcript = await decodeTranscript(wire, nodeCrypto)
      expect(transcript).toMatchObject({ version: 'TLSv1.3', suite: suites('-tls1_3')[i] })
      expect(messagesOf(transcript, 'Closed')).toEqual([])
      expect(messagesOf(transcript, 'NewSessionTicket').length).toBeGreaterThan(0)
      expect(ourTypes(transcript)).toEqual(seen[i]?.types)
      expect(seen[i]?.methods).toEqual(['GET'])
    }
  })

  it('decodes when the session is resumed, in either version', async () => {
    const session = files.path('session.pem')
    for (const [suite, name] of [
      ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2'],
      ['TLS_AES_128_GCM_SHA256', 'TLSv1.3'],
    ] as const) {
      await handshake(suite, '-sess_out', session)
      const transcript = await decodeTranscript(await handshake(suite, '-sess_in', session), nodeCrypto)
      expect(transcript.version).toBe(name)
      expect(messagesOf(transcript, 'Closed')).toEqual([])
      expect(messagesOf(transcript, 'Certificate')).toEqual([])
      expect(certificateAsked(transcript)).toBe(false)
      expect(messagesOf(transcript, 'Finished')).toHaveLength(2)
      expect(messagesOf(transcript, 'ApplicationData', 'server')).toHaveLength(1)
    }
  })
})
