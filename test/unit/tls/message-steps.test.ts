import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HandshakeStep } from '../../../shared/tls/attempt.ts'
import { HandshakeTeller, handshakeSteps } from '../../../shared/tls/handshake-steps.ts'
import type { Side, Wire } from '../../../shared/tls/transcript.ts'
import { decodeTranscript, WireReader } from '../../../shared/tls/wire-reader.ts'
import { bytes, message, record, rfc8448, wireOf } from './fixtures.ts'

const fingerprint = (der: Uint8Array) => createHash('sha256').update(der).digest('hex')
const stepsOf = async (wire: Wire) => handshakeSteps(await decodeTranscript(wire), fingerprint)
const lines = async (name: string) => (await stepsOf(rfc8448(name))).map(({ from, says }) => `${from} ${says}`)
const of = (...pieces: [Side, number[]][]) => wireOf(pieces.map(([from, list]) => [from, new Uint8Array(list)]))

/** Hellos of TLS 1.2 with a suite, and a server's messages behind them. */
const tls12 = (suite: number, ...server: number[][]) =>
  of(
    ['client', record(22, ...message(1, 3, 3, ...Array<number>(32).fill(1), 0, 0, 2, suite >> 8, suite & 255, 1, 0))],
    [
      'server',
      record(22, ...message(2, 3, 3, ...Array<number>(32).fill(7), 0, suite >> 8, suite & 255, 0), ...server.flat()),
    ],
  )
const said = async (wire: Wire) => (await stepsOf(wire)).map(({ says }) => says)

describe('the steps of a handshake', () => {
  it('tell the client authentication of RFC 8448 in plain words, in its order', async () => {
    expect(await lines('client-authentication')).toEqual([
      'client offers TLSv1.3 to server',
      'server chooses TLSv1.3, TLS_AES_128_GCM_SHA256, x25519',
      'server names no application protocol',
      'server asks for a certificate; names no authority',
      'server shows CN=ecdsa256',
      'server proves that it holds the key, with ecdsa_secp256r1_sha256',
      'server confirms the whole handshake',
      'client answers with CN=client',
      'client proves that it holds the key, with rsa_pss_rsae_sha256',
      'client confirms the whole handshake',
      'client says that it is done (close_notify)',
      'server says that it is done (close_notify)',
    ])
  })

  it('tell of another hello wanted, of tickets, data and middleboxes', async () => {
    expect((await lines('hello-retry'))[1]).toBe('server asks for another hello, with a key share for secp256r1')
    expect((await lines('compatibility'))[2]).toBe('server looks like TLS 1.2 to old middleboxes')
    expect((await lines('simple')).slice(7, 10)).toEqual([
      'server gives a ticket to resume the session, good for 30 seconds',
      'client sends 1 record of application data',
      'server sends 1 record of application data',
    ])
  })

  it('fit the contract, with times, sizes and what was encrypted', async () => {
    const steps = await stepsOf(rfc8448('client-authentication'))
    for (const step of steps) expect(HandshakeStep.parse(step)).toEqual(step)
    expect(steps[7]).toMatchObject({ name: 'Certificate', from: 'client', atMs: 4, encrypted: true, bytes: 451 })
  })

  it('open to their fields', async () => {
    const [hello, chosen, , request, shown] = await stepsOf(rfc8448('client-authentication'))
    const fields = (step: typeof hello) =>
      Object.fromEntries(step?.fields.map(({ name, value }) => [name, value]) ?? [])
    expect(fields(hello)).toMatchObject({
      'Cipher suites': ['TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'],
      'Server name (SNI)': ['server'],
      'Renegotiation protected (renegotiation_info)': ['offered'],
      'Versions (supported_versions)': ['TLSv1.3'],
      'Key shares (key_share)': ['x25519, 32 bytes'],
      'Ways to resume (psk_key_exchange_modes)': ['with a new key exchange (psk_dhe_ke)'],
      'Longest record (record_size_limit)': ['16385 bytes'],
    })
    expect(fields(chosen)).toMatchObject({ Version: ['TLSv1.3'], 'Key shares (key_share)': ['x25519, 32 bytes'] })
    expect(fields(request)['Authorities accepted']).toEqual(['none is named, so any'])
    expect(fields(request)['Signatures accepted (signature_algorithms)']).toContain('rsa_pss_rsae_sha256')
    expect(fields(shown).Certificate).toEqual([
      'subject CN=ecdsa256',
      'issuer CN=ecdsa256',
      'valid 2016-07-30 to 2026-07-30',
      `SHA-256 ${fingerprint((await serverCertificate()) ?? new Uint8Array())}`,
    ])
  })

  it('name what is asked for in a request of TLS 1.3: authorities, and extensions that must be there', async () => {
    const name = [0x30, 14, 0x31, 12, 0x30, 10, 6, 3, 0x55, 4, 3, 0x0c, 3, 0x41, 0x42, 0x43]
    const authorities = [0, 47, 0, name.length + 4, 0, name.length + 2, 0, name.length, ...name]
    const oid = [6, 3, 0x55, 0x1d, 0x25]
    const filters = [0, 48, 0, oid.length + 7, 0, oid.length + 5, oid.length, ...oid, 0, 2, 5, 0]
    const unknown = [0x12, 0x34, 0, 2, 0xab, 0xcd]
    const extensions = [...authorities, ...filters, ...unknown]
    const hello = message(2, 3, 3, ...Array<number>(32).fill(7), 0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4)
    const wire = of([
      'server',
      record(22, ...hello, ...message(13, 0, extensions.length >> 8, extensions.length & 255, ...extensions)),
    ])
    const request = (await stepsOf(wire))[1]
    expect(request?.says).toBe('asks for a certificate; accepts 1 authority')
    expect(request?.fields).toEqual([
      { name: 'Authorities accepted (certificate_authorities)', value: ['CN=ABC'] },
      { name: 'What the certificate must contain (oid_filters)', value: ['2.5.29.37 with 0500'] },
      { name: 'Extension 4660', value: ['2 bytes: abcd'] },
    ])
  })

  it('tell the key exchanges of TLS 1.2 apart', async () => {
    const ecdhe = message(12, 3, 0, 29, 2, 9, 9, 4, 3, 0, 1, 5)
    const dhe = message(12, 0, 2, 1, 1, 0, 1, 2, 0, 2, 3, 3, 8, 4, 0, 1, 5)
    expect((await said(tls12(0xc02f, ecdhe)))[2]).toBe(
      'gives its key share, x25519, signed with ecdsa_secp256r1_sha256',
    )
    expect((await said(tls12(0x009e, dhe)))[2]).toBe(
      'gives its key share, 16-bit prime, signed with rsa_pss_rsae_sha256',
    )
    const rsa = tls12(0x009c, message(14))
    const sent = [...rsa.sent, ...record(22, ...message(16, 0, 2, 8, 8))]
    const pieces = [...(rsa.pieces ?? []), { from: 'client' as const, bytes: sent.length - rsa.sent.length, atMs: 3 }]
    expect((await said({ ...rsa, sent: new Uint8Array(sent), pieces })).slice(2)).toEqual([
      'has said all of its part',
      'sends a secret sealed for the server’s key',
    ])
  })

  it('tell of an empty answer, of alerts and of a connection that breaks off', async () => {
    const wire = tls12(0xc02f, message(13, 1, 1, 0, 0, 0, 0), message(14))
    const sent = [...wire.sent, ...record(22, ...message(11, 0, 0, 0))]
    const received = [...wire.received, ...record(21, 2, 40), ...record(21, 1, 90)]
    const pieces = [
      ...(wire.pieces ?? []),
      { from: 'client' as const, bytes: sent.length - wire.sent.length, atMs: 3 },
      { from: 'server' as const, bytes: received.length - wire.received.length, atMs: 4 },
    ]
    const ends = [{ from: 'server' as const, how: 'reset' as const, atMs: 5 }]
    const whole = { ...wire, sent: new Uint8Array(sent), received: new Uint8Array(received), pieces, ends }
    expect((await said(whole)).slice(4)).toEqual([
      'answers with no certificate',
      'refuses: handshake_failure (alert 40)',
      'warns: user_canceled (alert 90)',
      'breaks the connection off (TCP reset)',
    ])
    expect((await stepsOf(whole)).at(-1)).toMatchObject({ name: 'Close', from: 'server', atMs: 5, bytes: 0 })
  })

  it('tell unknown and malformed messages by number and hex', async () => {
    const steps = await stepsOf(of(['server', record(22, ...message(203, 1, 2), ...message(2, 3))]))
    expect(steps.map(({ name, says, fields }) => [name, says, fields[1]?.value])).toEqual([
      ['Other', 'sends a message of type 203', ['0102']],
      ['Malformed', 'sends a message of type 2 that cannot be read', ['03']],
    ])
  })

  it('come out the same when they are told on while the connection goes on', async () => {
    const wire = rfc8448('simple')
    const reader = new WireReader()
    const teller = new HandshakeTeller(fingerprint)
    for (let i = 0; i <= (wire.pieces?.length ?? 0); i++) {
      teller.tell(await reader.read({ ...wire, pieces: wire.pieces?.slice(0, i) ?? [] }))
    }
    expect(teller.tell(reader.transcript)).toEqual(await stepsOf(wire))
  })
})

describe('steps of foreign bytes', () => {
  it('never throw, whatever was decoded', async () => {
    const body = fc.tuple(
      fc.constantFrom(0, 1, 2, 4, 5, 8, 11, 12, 13, 14, 15, 16, 20, 22, 24, 25, 99),
      fc.uint8Array({ maxLength: 200 }),
    )
    const hello = message(2, 3, 3, ...Array<number>(32).fill(7), 0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4)
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(body, { maxLength: 6 }), async (tls13, bodies) => {
        const list = bodies.flatMap(([type, content]) => message(type, ...content))
        await stepsOf(of(['server', record(22, ...(tls13 ? hello : []), ...list)]))
      }),
      { numRuns: 500 },
    )
  })

  it('never throw on any extension of any message', async () => {
    const extension = fc.tuple(
      fc.oneof(
        fc.constantFrom(
          0,
          1,
          5,
          10,
          11,
          13,
          16,
          18,
          21,
          22,
          23,
          27,
          28,
          35,
          41,
          42,
          43,
          44,
          45,
          47,
          48,
          49,
          50,
          51,
          65281,
        ),
        fc.nat(65535),
      ),
      fc.uint8Array({ maxLength: 60 }),
    )
    const block = fc.array(extension, { maxLength: 5 }).map((list) => {
      const all = list.flatMap(([number, content]) => [number >> 8, number & 255, 0, content.length, ...content])
      return [all.length >> 8, all.length & 255, ...all]
    })
    const chosen = message(2, 3, 3, ...Array<number>(32).fill(7), 0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4)
    await fc.assert(
      fc.asyncProperty(block, async (extensions) => {
        const hello = message(1, 3, 3, ...Array<number>(32).fill(1), 0, 0, 2, 0x13, 1, 1, 0, ...extensions)
        const certificate = [0, 0, 2, 0x30, 0, ...extensions]
        const list = message(11, 0, 0, certificate.length >> 8, certificate.length & 255, ...certificate)
        const server = [...message(8, ...extensions), ...message(13, 0, ...extensions), ...list]
        const steps = await stepsOf(of(['client', record(22, ...hello)], ['server', record(22, ...chosen, ...server)]))
        for (const step of steps) HandshakeStep.parse(step)
      }),
      { numRuns: 500 },
    )
  })

  it('stay small and quick: the longest list of authorities, and two thousand messages', async () => {
    const names = Array.from({ length: 9000 }, () => [0, 5, 0x30, 3, 0x31, 1, 0]).flat()
    const longest = message(13, 1, 1, 0, 0, names.length >> 8, names.length & 255, ...names)
    const records: number[] = []
    for (let at = 0; at < longest.length; at += 16_384) records.push(...record(22, ...longest.slice(at, at + 16_384)))
    const many = Array.from({ length: 4000 }, () => message(14)).flat()
    const started = performance.now()
    const steps = await stepsOf(of(['server', records], ['server', record(22, ...many)]))
    expect(performance.now() - started).toBeLessThan(2000)
    expect(steps).toHaveLength(300)
    const listed = steps[0]?.fields.at(-1)?.value
    expect(listed).toHaveLength(501)
    expect(listed?.at(-1)).toBe('and 8500 more')
    expect(JSON.stringify(steps).length).toBeLessThan(200_000)
  })
})

const serverCertificate = async () => {
  const transcript = await decodeTranscript(rfc8448('client-authentication'))
  const found = transcript.messages.find(({ name, from }) => name === 'Certificate' && from === 'server')
  return found?.name === 'Certificate' ? found.certificates[0] : bytes('')
}
