import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../electron/tls/node-crypto.ts'
import { decodeHandshake, HandshakeReader } from '../../../shared/tls/handshake.ts'
import { firstWords, RecordReader, readRecords } from '../../../shared/tls/records.ts'
import {
  certificateAsked,
  certificateAskedLater,
  certificatesSent,
  messagesOf,
  type Side,
} from '../../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../../shared/tls/wire-reader.ts'
import { message, record, rfc8448, wireOf } from './fixtures.ts'

const text = (value: string) => new TextEncoder().encode(value)
const none = new Uint8Array(0)
const from = (...bytes: number[]) => new Uint8Array(bytes)

describe('the decoder of foreign bytes', () => {
  it('never throws, whatever the bytes of both directions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.uint8Array({ maxLength: 600 }), async (sent, received) => {
        const transcript = await decodeTranscript({ sent, received, keylog: ['a b c', '', 'CLIENT_RANDOM x y'] })
        certificateAsked(transcript)
        certificatesSent(transcript)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['simple', 'hello-retry', 'client-authentication', 'compatibility'])(
    'never throws on a damaged %s trace of RFC 8448',
    async (name) => {
      const wire = rfc8448(name)
      const damage = fc.array(fc.tuple(fc.boolean(), fc.nat(1400), fc.nat(255)), { minLength: 1, maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(damage, async (places) => {
          const [sent, received] = [Uint8Array.from(wire.sent), Uint8Array.from(wire.received)]
          for (const [ours, at, value] of places) (ours ? sent : received)[at] = value
          await decodeTranscript({ ...wire, sent, received }, nodeCrypto)
        }),
        { numRuns: 200 },
      )
    },
  )

  it('never throws on any body of any handshake type, in any version or exchange', () => {
    const settled = fc.record({
      version: fc.constantFrom('TLSv1.3', 'TLSv1.2', 'TLSv1', undefined),
      suite: fc.constantFrom(0x1301, 0xc02f, 0x9e, 0x2f, undefined),
    })
    fc.assert(
      fc.property(fc.nat(30), fc.uint8Array({ maxLength: 300 }), settled, (type, body, known) => {
        decodeHandshake({ type, body }, known)
      }),
      { numRuns: 5000 },
    )
  })

  it('stays quick on half a megabyte of one-byte fragments, and of one-byte pieces', async () => {
    const piece = record(22, 11)
    const stream = new Uint8Array(piece.length * 80_000)
    for (let i = 0; i < 80_000; i++) stream.set(piece, i * piece.length)
    const started = performance.now()
    await decodeTranscript({ sent: none, received: stream, keylog: [] })
    const big = from(22, 3, 3, 0x40, 0)
    const whole = new Uint8Array((big.length + 0x4000) * 32)
    for (let i = 0; i < 32; i++) whole.set(big, i * (big.length + 0x4000))
    const reader = new RecordReader()
    let records = 0
    for (let i = 0; i < whole.length; i++) records += reader.add(whole.subarray(i, i + 1)).length
    expect(records).toBe(32)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('keeps a bounded number of messages from a stream of empty ones, and counts the rest', async () => {
    const many = Array.from({ length: 16_000 }, () => 0)
    const pieces = Array.from({ length: 20 }, (): [Side, Uint8Array] => ['server', from(...record(22, ...many))])
    const transcript = await decodeTranscript(wireOf(pieces))
    expect(transcript.messages).toHaveLength(2000)
    expect(transcript.passedOver).toBe(20 * 4000 - 2000)
  })

  it('reads the longest list of authorities that fits, and a message that announces more than comes', async () => {
    const names = Array.from({ length: 32_767 }, () => [0, 0]).flat()
    const longest = message(13, 1, 1, 0, 2, 4, 3, 0xff, 0xfe, ...names)
    const records: number[] = []
    for (let at = 0; at < longest.length; at += 16_384) records.push(...record(22, ...longest.slice(at, at + 16_384)))
    const started = performance.now()
    const transcript = await decodeTranscript({ sent: none, received: from(...records), keylog: [] })
    expect(messagesOf(transcript, 'CertificateRequest')[0]?.authorities).toHaveLength(32_767)
    expect(performance.now() - started).toBeLessThan(1000)
    const announced = new Uint8Array(1_000_000)
    for (let at = 0; at + 16_389 <= announced.length; at += 16_389) announced.set([22, 3, 3, 0x40, 0], at)
    announced.set([13, 0xff, 0xff, 0xff], 5)
    const cut = await decodeTranscript({ sent: none, received: announced, keylog: [] })
    expect(cut.messages).toEqual([])
  })
})

describe('records', () => {
  it('end cut off in the middle of one, and as foreign bytes at what is no record', () => {
    expect(readRecords(from(...record(22, 1, 2, 3)))).toMatchObject({ ended: 'whole', records: [{ type: 22 }] })
    expect(readRecords(from(...record(22, 1, 2, 3).slice(0, 6))).ended).toBe('cut-off')
    expect(readRecords(text('HTTP/1.1 400 Bad Request')).ended).toBe('not-tls')
    expect(readRecords(from(22, 3, 3, 255, 255, 0)).ended).toBe('not-tls')
    expect(readRecords(from(22, 2)).ended).toBe('not-tls')
    expect(readRecords(none).ended).toBe('whole')
  })

  it('come out the same in any pieces', () => {
    const stream = from(...record(22, 1, 2, 3), ...record(23), ...record(21, 2, 40), 22, 3)
    const whole = readRecords(stream).records.map(({ type, fragment }) => [type, [...fragment]])
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const reader = new RecordReader()
        const found = edges.slice(1).flatMap((edge, i) => reader.add(stream.subarray(edges[i], edge)))
        expect(found.map(({ type, fragment }) => [type, [...fragment]])).toEqual(whole)
        expect(reader.ended).toBe('cut-off')
      }),
    )
  })

  it.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'http'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'ssh'],
    ['220 mail.example ESMTP', 'mail'],
    ['', 'nothing'],
    ['hello', 'other'],
  ])('that begin with %j are known as %s', (words, known) => {
    expect(firstWords(text(words))).toBe(known)
  })

  it('are put together to messages across their borders', () => {
    const reader = new HandshakeReader()
    const whole = message(11, 1, 2, 3, 4, 5)
    expect(reader.add(from(...whole.slice(0, 2)))).toEqual([])
    expect(reader.add(from(...whole.slice(2, 6)))).toEqual([])
    const done = reader.add(from(...whole.slice(6), ...message(14), 20))
    expect(done.map((m) => m.type)).toEqual([11, 14])
    expect(done[0]?.body).toEqual(from(1, 2, 3, 4, 5))
  })
})

describe('a TLS 1.2 handshake in the clear', () => {
  const serverHello = message(2, 3, 3, ...Array<number>(32).fill(7), 0, 0xc0, 0x2f, 0)
  const request = message(13, 2, 1, 64, 0, 4, 4, 3, 8, 4, 0, 7, 0, 5, 0x30, 3, 0x31, 1, 0)
  const done = message(14)
  const decode = (received: Uint8Array, sent = none) => decodeTranscript({ sent, received, keylog: [] })

  it('shows the request with its types, schemes and authorities', async () => {
    const transcript = await decode(from(...record(22, ...serverHello, ...request, ...done)))
    expect(transcript).toMatchObject({ version: 'TLSv1.2', suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' })
    expect(transcript.messages[1]).toMatchObject({
      name: 'CertificateRequest',
      certificateTypes: ['rsa_sign', 'ecdsa_sign'],
      signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
      authorities: [from(0x30, 3, 0x31, 1, 0)],
    })
    expect(certificateAsked(transcript)).toBe(true)
    expect(certificateAskedLater(transcript)).toBe(false)
  })

  it('proves that nothing was asked for once ServerHelloDone came without a request', async () => {
    expect(certificateAsked(await decode(from(...record(22, ...serverHello, ...done))))).toBe(false)
    expect(certificateAsked(await decode(from(...record(22, ...serverHello))))).toBeUndefined()
    const later = await decode(from(...record(22, ...serverHello, ...done, ...request)))
    expect([certificateAsked(later), certificateAskedLater(later)]).toEqual([false, true])
  })

  it('tells an empty Certificate message from one with a certificate', async () => {
    const received = from(...record(22, ...serverHello, ...request, ...done))
    const answer = async (...body: number[]) =>
      certificatesSent(await decode(received, from(...record(22, ...message(11, ...body)))))
    expect(await answer(0, 0, 0)).toEqual([])
    expect(await answer(0, 0, 5, 0, 0, 2, 0x30, 0)).toEqual([from(0x30, 0)])
    expect(await answer(0, 0, 9, 0, 0, 2)).toBeUndefined()
  })

  it('reads an alert before ChangeCipherSpec and counts what is closed after it', async () => {
    const alert = record(21, 2, 40)
    const transcript = await decode(
      from(...record(22, ...serverHello), ...alert, ...record(20, 1), ...record(21, 1, 2, 3, 4, 5)),
    )
    expect(messagesOf(transcript, 'Alert')).toMatchObject([{ from: 'server', number: 40, alert: 'handshake_failure' }])
    expect(messagesOf(transcript, 'Closed')).toMatchObject([{ records: 1, bytes: 5 }])
  })
})
