import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHandshake, HandshakeReader } from '../../../shared/tls/handshake.ts'
import { firstWords, readRecords } from '../../../shared/tls/records.ts'
import { certificateAsked, certificatesSent, decodeTranscript } from '../../../shared/tls/transcript.ts'

const text = (value: string) => new TextEncoder().encode(value)
const record = (type: number, ...fragment: number[]) => [
  type,
  3,
  3,
  fragment.length >> 8,
  fragment.length & 255,
  ...fragment,
]
const message = (type: number, ...body: number[]) => [type, 0, body.length >> 8, body.length & 255, ...body]
const none = new Uint8Array(0)

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

  it('never throws on any body of any handshake type, in either version', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.uint8Array({ maxLength: 300 }), fc.boolean(), (type, body, tls13) => {
        decodeHandshake({ type, body }, tls13 ? 'TLSv1.3' : 'TLSv1.2')
      }),
      { numRuns: 3000 },
    )
  })

  it('stays quick on half a megabyte of one-byte fragments', async () => {
    const piece = record(22, 11)
    const stream = new Uint8Array(piece.length * 80_000)
    for (let i = 0; i < 80_000; i++) stream.set(piece, i * piece.length)
    const started = performance.now()
    await decodeTranscript({ sent: none, received: stream, keylog: [] })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('keeps a bounded number of messages from a stream of empty ones', async () => {
    const many = new Uint8Array(16_000)
    const stream = new Uint8Array((many.length + 5) * 20)
    for (let i = 0; i < 20; i++) {
      stream.set([22, 3, 3, many.length >> 8, many.length & 255], i * (many.length + 5))
      stream.set(many, i * (many.length + 5) + 5)
    }
    const transcript = await decodeTranscript({ sent: none, received: stream, keylog: [] })
    expect(transcript.messages.length).toBeLessThanOrEqual(2000)
  })
})

describe('records', () => {
  it('end cut off in the middle of one, and as foreign bytes at what is no record', () => {
    expect(readRecords(new Uint8Array(record(22, 1, 2, 3)))).toMatchObject({ ended: 'whole', records: [{ type: 22 }] })
    expect(readRecords(new Uint8Array(record(22, 1, 2, 3).slice(0, 6))).ended).toBe('cut-off')
    expect(readRecords(text('HTTP/1.1 400 Bad Request')).ended).toBe('not-tls')
    expect(readRecords(new Uint8Array([22, 3, 3, 255, 255, 0])).ended).toBe('not-tls')
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
    expect(reader.add(new Uint8Array(whole.slice(0, 2)))).toEqual([])
    expect(reader.add(new Uint8Array(whole.slice(2, 6)))).toEqual([])
    const done = reader.add(new Uint8Array([...whole.slice(6), ...message(14), 20]))
    expect(done.map((m) => m.type)).toEqual([11, 14])
    expect(done[0]?.body).toEqual(new Uint8Array([1, 2, 3, 4, 5]))
  })
})

describe('a TLS 1.2 handshake in the clear', () => {
  const serverHello = message(2, 3, 3, ...Array<number>(32).fill(7), 0, 0xc0, 0x2f, 0)
  const request = message(13, 2, 1, 64, 0, 4, 4, 3, 8, 4, 0, 7, 0, 5, 0x30, 3, 0x31, 1, 0)
  const done = message(14)

  it('shows the request with its types, schemes and authorities', async () => {
    const received = new Uint8Array(record(22, ...serverHello, ...request, ...done))
    const transcript = await decodeTranscript({ sent: none, received, keylog: [] })
    expect(transcript).toMatchObject({ version: 'TLSv1.2', suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' })
    expect(transcript.messages[1]).toMatchObject({
      name: 'CertificateRequest',
      certificateTypes: ['rsa_sign', 'ecdsa_sign'],
      signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
      authorities: [new Uint8Array([0x30, 3, 0x31, 1, 0])],
    })
    expect(certificateAsked(transcript)).toBe(true)
  })

  it('proves that nothing was asked for once ServerHelloDone came without a request', async () => {
    const whole = new Uint8Array(record(22, ...serverHello, ...done))
    expect(certificateAsked(await decodeTranscript({ sent: none, received: whole, keylog: [] }))).toBe(false)
    const half = new Uint8Array(record(22, ...serverHello))
    expect(certificateAsked(await decodeTranscript({ sent: none, received: half, keylog: [] }))).toBeUndefined()
  })

  it('tells an empty Certificate message from one with a certificate', async () => {
    const received = new Uint8Array(record(22, ...serverHello, ...request, ...done))
    const answer = async (...body: number[]) =>
      certificatesSent(
        await decodeTranscript({ sent: new Uint8Array(record(22, ...message(11, ...body))), received, keylog: [] }),
      )
    expect(await answer(0, 0, 0)).toEqual([])
    expect(await answer(0, 0, 5, 0, 0, 2, 0x30, 0)).toEqual([new Uint8Array([0x30, 0])])
    expect(await answer(0, 0, 9, 0, 0, 2)).toBeUndefined()
  })

  it('reads an alert before ChangeCipherSpec and counts what is closed after it', async () => {
    const received = new Uint8Array([
      ...record(22, ...serverHello),
      ...record(21, 2, 40),
      ...record(20, 1),
      ...record(21, 1, 2, 3, 4, 5),
    ])
    const transcript = await decodeTranscript({ sent: none, received, keylog: [] })
    expect(transcript.alerts).toMatchObject([{ from: 'server', number: 40, alert: 'handshake_failure' }])
    expect(transcript.closedRecords).toBe(1)
  })
})
