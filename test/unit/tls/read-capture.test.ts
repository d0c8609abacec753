import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../electron/tls/node-crypto.ts'
import { addressBytes } from '../../../shared/tls/addresses.ts'
import { writeCapture } from '../../../shared/tls/capture.ts'
import { packetsOf } from '../../../shared/tls/conversation.ts'
import { Flag, frameOf } from '../../../shared/tls/frames.ts'
import { type ReadCapture, readCapture } from '../../../shared/tls/read-capture.ts'
import type { RecordedWire } from '../../../shared/tls/recorded-wire.ts'
import { certificateAsked, certificatesSent, endingAlert, messagesOf } from '../../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../../shared/tls/wire-reader.ts'
import { rfc8448 } from './fixtures.ts'

const file = (name: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url)))
const text = (value: string) => new TextEncoder().encode(value)

function recorded(change: Partial<RecordedWire> = {}): RecordedWire {
  const { pieces, ...wire } = rfc8448('client-authentication')
  return {
    ...wire,
    pieces: [...(pieces ?? [])],
    ends: [{ from: 'server', how: 'closed', atMs: 7 }],
    startedAt: '2026-03-01T12:00:00.000Z',
    local: { address: '192.0.2.1', port: 50_000 },
    remote: { address: '198.51.100.7', port: 443 },
    cut: false,
    ...change,
  }
}

function value(result: ReturnType<typeof readCapture>): ReadCapture {
  if (!result.ok) throw new Error(result.problem.code)
  return result.value
}
const only = (bytes: Uint8Array, keylog?: string) => {
  const { connections } = value(readCapture(bytes, 'x', keylog))
  expect(connections).toHaveLength(1)
  return connections[0] as RecordedWire
}

/** A pcap of frames: microseconds, little-endian, Ethernet unless another link is given. */
function pcap(frames: readonly Uint8Array[], link = 1, big = false, nanoseconds = false): Uint8Array {
  const out: number[] = []
  const u32 = (n: number) => {
    const bytes = [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]
    out.push(...(big ? bytes : bytes.reverse()))
  }
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4
  u32(magic)
  for (const n of [big ? 0x00020004 : 0x00040002, 0, 0, 65_535, link]) u32(n)
  for (const [i, frame] of frames.entries()) {
    u32(1_772_366_400)
    u32(i * (nanoseconds ? 1_000_000 : 1000))
    u32(frame.length)
    u32(frame.length)
    out.push(...frame)
  }
  return new Uint8Array(out)
}
const frames = (wire = recorded()) => packetsOf(wire).map(({ frame }) => frame)

describe('a capture that was written here', () => {
  it('is read back as it was recorded, in IPv4 and IPv6', () => {
    for (const [local, remote] of [
      ['192.0.2.1', '198.51.100.7'],
      ['2001:db8::1', '2001:db8::2'],
    ] as const) {
      const wire = recorded({ local: { address: local, port: 50_000 }, remote: { address: remote, port: 443 } })
      const read = only(writeCapture(wire, { secrets: true }))
      expect(read).toMatchObject({ local: wire.local, remote: wire.remote, cut: false, startedAt: wire.startedAt })
      expect([read.sent, read.received]).toEqual([wire.sent, wire.received])
      expect(read.keylog).toEqual(wire.keylog)
      expect(read.pieces.map(({ from, bytes }) => [from, bytes])).toEqual(
        wire.pieces.map(({ from, bytes }) => [from, bytes]),
      )
      // The first packet comes a little before the first piece.
      for (const [i, { atMs }] of read.pieces.entries())
        expect(atMs).toBeCloseTo((wire.pieces[i]?.atMs ?? 0) - 0.997, 2)
      expect(read.ends).toMatchObject([{ from: 'server', how: 'closed' }])
    }
  })

  it('holds no key log when it is wanted without', () => {
    expect(only(writeCapture(recorded(), { secrets: false })).keylog).toEqual([])
  })

  it('shows a reset as one', () => {
    const ends = [{ from: 'server' as const, how: 'reset' as const, atMs: 9 }]
    expect(only(writeCapture(recorded({ ends }), { secrets: false })).ends).toMatchObject([{ how: 'reset' }])
  })
})

describe('somebody’s capture', () => {
  it('of Wireshark’s tools is decoded with the secrets inside: IPv6, loopback, TLS 1.3', async () => {
    const wire = only(file('captured-loopback.pcapng'))
    expect(wire).toMatchObject({ local: { address: '::1' }, remote: { address: '::1' }, cut: false })
    const transcript = await decodeTranscript(wire, nodeCrypto)
    expect(transcript).toMatchObject({ version: 'TLSv1.3', alpn: 'http/1.1' })
    expect(messagesOf(transcript, 'Closed')).toEqual([])
    expect([certificateAsked(transcript), certificatesSent(transcript)?.length]).toEqual([true, 1])
    expect(messagesOf(transcript, 'ApplicationData').map(({ from }) => from)).toEqual(['client', 'server'])
  })

  it('on any interface (Linux cooked) tells of a refusal in TLS 1.2, with or without its key log', async () => {
    const keylog = new TextDecoder().decode(file('captured-any.keys'))
    for (const given of ['', keylog]) {
      const transcript = await decodeTranscript(only(file('captured-any.pcap'), given), nodeCrypto)
      expect(transcript.version).toBe('TLSv1.2')
      expect(certificateAsked(transcript)).toBe(true)
      expect(certificatesSent(transcript)).toHaveLength(1)
      expect(endingAlert(transcript)).toMatchObject({ from: 'server', number: 48 })
      expect(messagesOf(transcript, 'Closed')).toHaveLength(given === '' ? 1 : 0)
    }
  })

  it.each([
    ['BSD loopback', 0, (frame: Uint8Array) => [2, 0, 0, 0, ...frame.subarray(14)]],
    ['raw IP', 101, (frame: Uint8Array) => frame.subarray(14)],
    ['Linux cooked', 113, (frame: Uint8Array) => [...new Uint8Array(14), 8, 0, ...frame.subarray(14)]],
    [
      'Ethernet with a VLAN',
      1,
      (frame: Uint8Array) => [...frame.subarray(0, 12), 0x81, 0, 0, 7, ...frame.subarray(12)],
    ],
    ['padded Ethernet', 1, (frame: Uint8Array) => [...frame, ...new Uint8Array(6)]],
  ])('is read from %s', (_, link, change) => {
    const wire = recorded()
    const read = only(
      pcap(
        frames().map((frame) => new Uint8Array(change(frame))),
        link,
      ),
    )
    expect([read.sent, read.received]).toEqual([wire.sent, wire.received])
  })

  it('is read in either byte order and resolution of pcap', () => {
    for (const big of [true, false]) {
      for (const nanoseconds of [true, false]) {
        const read = only(pcap(frames(), 1, big, nanoseconds))
        expect(read.received).toEqual(recorded().received)
        expect(read.startedAt).toBe('2026-03-01T12:00:00.000Z')
        expect(read.pieces[0]?.atMs).toBeCloseTo(3, 2)
      }
    }
  })

  it('comes out whole from packets that are repeated, late or cut anew', () => {
    const wire = recorded()
    const ends = {
      source: { address: addressBytes('192.0.2.1'), port: 50_000 },
      target: { address: addressBytes('198.51.100.7'), port: 443 },
    }
    const turns = fc.array(fc.record({ at: fc.nat(wire.sent.length - 1), bytes: fc.integer({ min: 1, max: 400 }) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(turns, fc.integer({ min: 0, max: 0xffffffff }), (extra, start) => {
        const of = ({ at, bytes }: { at: number; bytes: number }) =>
          frameOf(
            {
              ...(ends as Parameters<typeof frameOf>[0]),
              sequence: (start + 1 + at) >>> 0,
              acknowledged: 1,
              flags: Flag.ack,
              payload: wire.sent.subarray(at, at + bytes),
            },
            true,
          )
        const syn = frameOf(
          {
            ...(ends as Parameters<typeof frameOf>[0]),
            sequence: start,
            acknowledged: 0,
            flags: Flag.syn,
            payload: new Uint8Array(0),
          },
          true,
        )
        const whole = Array.from({ length: Math.ceil(wire.sent.length / 300) }, (_, i) => ({ at: i * 300, bytes: 300 }))
        const mixed = [...whole, ...extra].sort((a, b) => ((a.at * 7919) % 1000) - ((b.at * 7919) % 1000))
        expect(only(pcap([syn, ...mixed.map(of)])).sent).toEqual(wire.sent)
      }),
      { numRuns: 60 },
    )
  })

  it('finds out who called when the beginning is missing, and marks what was lost', () => {
    const all = frames(
      recorded({ local: { address: '192.0.2.1', port: 400 }, remote: { address: '198.51.100.7', port: 50_000 } }),
    )
    const late = only(pcap(all.slice(3)))
    expect(late).toMatchObject({ local: { port: 400 }, remote: { port: 50_000 }, cut: false })
    expect(late.sent).toEqual(recorded().sent)
    const holed = only(pcap(all.filter((_, i) => i !== 5)))
    expect(holed.cut).toBe(true)
  })

  it('is read behind a proxy’s tunnel', () => {
    const wire = recorded()
    const [asked, granted] = [
      text('CONNECT api:443 HTTP/1.1\r\nHost: api:443\r\n\r\n'),
      text('HTTP/1.1 200 OK\r\n\r\n'),
    ]
    const join = (a: Uint8Array, b: Uint8Array) => new Uint8Array([...a, ...b])
    const tunnelled = recorded({
      sent: join(asked, wire.sent),
      received: join(granted, wire.received),
      pieces: [
        { from: 'client', bytes: asked.length, atMs: 0.1 },
        { from: 'server', bytes: granted.length, atMs: 0.2 },
        ...wire.pieces,
      ],
    })
    const read = only(writeCapture(tunnelled, { secrets: true }))
    expect([read.sent, read.received]).toEqual([wire.sent, wire.received])
    expect(read.keylog).toEqual(wire.keylog)
  })

  it('gives each connection its own secrets only', () => {
    const other = { ...rfc8448('simple') }
    const second = recorded({
      ...other,
      pieces: [...(other.pieces ?? [])],
      local: { address: '192.0.2.1', port: 50_001 },
    })
    const both = new Uint8Array([
      ...writeCapture(recorded(), { secrets: true }),
      ...writeCapture(second, { secrets: true }),
    ])
    const { connections } = value(readCapture(both, 'two'))
    expect(connections.map(({ keylog }) => keylog)).toEqual([recorded().keylog, second.keylog])
  })
})

describe('what is no capture, or one without TLS', () => {
  it('is refused by what it is', () => {
    for (const bytes of [new Uint8Array(0), text('hello'), text('-----BEGIN CERTIFICATE-----'), new Uint8Array(100)]) {
      expect(readCapture(bytes, 'a.txt')).toEqual({ ok: false, problem: { code: 'capture.not-one', name: 'a.txt' } })
    }
    expect(readCapture(pcap([]), 'a')).toMatchObject({ ok: false, problem: { code: 'capture.no-tls', packets: 0 } })
    const plain = recorded({ sent: text('GET / HTTP/1.1\r\n\r\n'), received: text('HTTP/1.1 200 OK\r\n\r\n') })
    const pieces = [
      { from: 'client' as const, bytes: 18, atMs: 1 },
      { from: 'server' as const, bytes: 19, atMs: 2 },
    ]
    expect(readCapture(writeCapture({ ...plain, pieces }, { secrets: false }), 'a')).toMatchObject({
      problem: { code: 'capture.no-tls' },
    })
  })

  it('never makes the reader throw or hang: cut, damaged, or made of anything', () => {
    const whole = writeCapture(recorded(), { secrets: true })
    for (let length = 0; length < whole.length; length += 13) readCapture(whole.subarray(0, length), 'cut')
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(damage, (places) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, byte] of places) bytes[at] = byte
        readCapture(bytes, 'damaged')
      }),
      { numRuns: 500 },
    )
    const magics = [
      [0x0a, 0x0d, 0x0d, 0x0a],
      [0xd4, 0xc3, 0xb2, 0xa1],
      [0xa1, 0xb2, 0xc3, 0xd4],
    ]
    fc.assert(
      fc.property(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }), (magic, rest) => {
        readCapture(new Uint8Array([...magic, ...rest]), 'any')
      }),
      { numRuns: 1000 },
    )
  })

  it('is bounded in time for a flood of small blocks and of early segments', () => {
    const many = new Uint8Array(12 * 400_000)
    const view = new DataView(many.buffer)
    for (let at = 0; at < many.length; at += 12) {
      view.setUint32(at, 99, true)
      view.setUint32(at + 4, 12, true)
      view.setUint32(at + 8, 12, true)
    }
    const started = performance.now()
    readCapture(new Uint8Array([...writeCapture(recorded(), { secrets: false }).subarray(0, 200), ...many]), 'blocks')
    const first = frames()[3] ?? new Uint8Array(0)
    const early = Array.from({ length: 20_000 }, (_, i) => {
      const frame = Uint8Array.from(first)
      new DataView(frame.buffer).setUint32(14 + 20 + 4, 1000 + i * 7)
      return frame
    })
    value(readCapture(pcap([...frames().slice(0, 4), ...early]), 'early'))
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
