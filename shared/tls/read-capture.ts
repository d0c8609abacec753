import { hex } from '../pki/der.ts'
import { ok, type Result, refuse } from '../result.ts'
import { type CapturedPacket, capturePackets } from './capture-packets.ts'
import { keylogLines } from './keylog.ts'
import type { RecordedWire } from './recorded-wire.ts'
import { firstWords } from './records.ts'
import { segmentOf } from './tcp-segments.ts'
import { type Stream, tcpStreams } from './tcp-streams.ts'
import type { Side } from './transcript.ts'

export type ReadCapture = {
  /** TLS connections, in the order of their beginning. */
  connections: RecordedWire[]
  /** The file ended in the middle, or holds more than is read. */
  cut: boolean
}

/**
 * The TLS connections in somebody's capture (pcap or pcapng; Ethernet, loopback, raw IP, Linux cooked), each with the
 * secrets for it that lie in the file or in `keylog`, the text of an SSLKEYLOGFILE. Never throws; linear in the bytes,
 * whose number the caller limits. Refuses what is no capture, and one without TLS.
 */
export function readCapture(file: Uint8Array, name: string, keylog = ''): Result<ReadCapture> {
  const read = capturePackets(file)
  if (!read) return refuse({ code: 'capture.not-one', name })
  const streams = tcpStreams(segmentsIn(read.packets)).map(behindTunnel).map(rightWayRound).filter(speaksTls)
  if (streams.length === 0) return refuse({ code: 'capture.no-tls', name, packets: read.packets.length })
  const secretsOf = keylogOf(keylogLines(`${read.keylog}\n${keylog}`), new Set(streams.map(randomIn)))
  const connections = streams.map((stream) => ({ ...stream, keylog: secretsOf(randomIn(stream)) }))
  return ok({ connections, cut: read.cut })
}

function* segmentsIn(packets: readonly CapturedPacket[]) {
  for (const packet of packets) {
    const segment = segmentOf(packet)
    if (segment) yield segment
  }
}

const speaksTls = ({ sent, received }: Stream) => firstWords(sent) === 'tls' || firstWords(received) === 'tls'

/** RFC 8446 section 5.1 and 4: a handshake record whose first message is a ClientHello. */
const beginsWithHello = (bytes: Uint8Array) => bytes[0] === 22 && bytes[5] === 1

const other: Record<Side, Side> = { client: 'server', server: 'client' }

/** Where the beginning was not captured the sides are a guess, which the ClientHello settles. */
function rightWayRound(stream: Stream): Stream {
  if (beginsWithHello(stream.sent) || !beginsWithHello(stream.received)) return stream
  return {
    ...stream,
    sent: stream.received,
    received: stream.sent,
    local: stream.remote,
    remote: stream.local,
    pieces: stream.pieces.map((piece) => ({ ...piece, from: other[piece.from] })),
    ends: (stream.ends ?? []).map((end) => ({ ...end, from: other[end.from] })),
  }
}

/** Longest head of a request to a proxy, and of its answer. */
const longestHead = 16 * 1024

/** Leaves out what a client said to an HTTP proxy (RFC 9110 section 9.3.6) before its TLS. */
function behindTunnel(stream: Stream): Stream {
  if (textAt(stream.sent, 8) !== 'CONNECT ') return stream
  const [ours, theirs] = [headBytes(stream.sent), headBytes(stream.received)]
  const left = { client: ours, server: theirs }
  const pieces = stream.pieces.flatMap(({ from, bytes, atMs }) => {
    const dropped = Math.min(left[from], bytes)
    left[from] -= dropped
    return bytes > dropped ? [{ from, bytes: bytes - dropped, atMs }] : []
  })
  return { ...stream, sent: stream.sent.subarray(ours), received: stream.received.subarray(theirs), pieces }
}

const textAt = (bytes: Uint8Array, length: number) => String.fromCharCode(...bytes.subarray(0, length))

/** Up to and with the first empty line; nothing when there is none. */
function headBytes(bytes: Uint8Array): number {
  for (let i = 3; i < Math.min(bytes.length, longestHead); i++) {
    if (bytes[i] === 10 && bytes[i - 1] === 13 && bytes[i - 2] === 10 && bytes[i - 3] === 13) return i + 1
  }
  return 0
}

/** The client's random of the first hello, by which key logs name a connection. */
const randomIn = ({ sent }: Stream) => (beginsWithHello(sent) ? hex(sent.subarray(11, 43)) : '')

/** A renegotiation of TLS 1.2 has a random of its own, which cannot be seen from outside: such lines go to all. */
const mostUnclaimed = 200

function keylogOf(lines: readonly string[], known: ReadonlySet<string>): (random: string) => string[] {
  const own = new Map<string, string[]>()
  const unclaimed: string[] = []
  for (const line of lines) {
    const [label = '', spelled = ''] = line.trim().split(' ')
    const random = spelled.toLowerCase()
    if (known.has(random)) own.set(random, [...(own.get(random) ?? []), line])
    else if (label === 'CLIENT_RANDOM' && unclaimed.length < mostUnclaimed) unclaimed.push(line)
  }
  return (random) => [...unclaimed, ...(own.get(random) ?? [])]
}
