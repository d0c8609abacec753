import { concat } from '../pki/der.ts'
import { Flag } from './frames.ts'
import type { RecordedWire } from './recorded-wire.ts'
import type { CapturedSegment } from './tcp-segments.ts'
import type { End, Piece, Side } from './transcript.ts'

/** As much of each direction as an attempt of our own keeps. */
const longestDirection = 2 * 1024 * 1024
/** Segments that came before their turn; a hole that long will not be filled. */
const mostWaiting = 200
const mostConnections = 1000

/** A connection put together again from segments, its key log still to be found. */
export type Stream = Omit<RecordedWire, 'keylog'>

/**
 * The TCP connections in a capture, in the order of their beginning: repeated segments dropped, early ones put in their
 * place (RFC 9293 section 3.4). Bounded in memory; what was not captured ends a direction.
 */
export function tcpStreams(segments: Iterable<CapturedSegment>): Stream[] {
  const open = new Map<string, Connection>()
  const all: Connection[] = []
  for (const segment of segments) {
    const { source, target, flags } = segment
    const [there, back] = [keyOf(source, target), keyOf(target, source)]
    const known = open.get(there)
    const begins = (flags & Flag.syn) !== 0 && (flags & Flag.ack) === 0
    // A port used again begins another connection.
    const connection = known && !(begins && known.isOver) ? known : new Connection(segment, begins)
    if (connection !== known) {
      if (all.length === mostConnections) continue
      open.set(there, connection).set(back, connection)
      all.push(connection)
    }
    connection.add(segment)
  }
  return all.map((connection) => connection.stream())
}

type Endpoint = CapturedSegment['source']
const keyOf = (from: Endpoint, to: Endpoint) => `${from.address} ${from.port} ${to.address} ${to.port}`

type Half = {
  /** The sequence number that comes next; unknown before the first segment. */
  next: number | undefined
  bytes: number
  pieces: Uint8Array[]
  waiting: Map<number, CapturedSegment>
  ended: boolean
}
const half = (): Half => ({ next: undefined, bytes: 0, pieces: [], waiting: new Map(), ended: false })

class Connection {
  isOver = false
  private local: Endpoint
  private remote: Endpoint
  private readonly startedMs: number
  private readonly halves: Record<Side, Half> = { client: half(), server: half() }
  private readonly pieces: Piece[] = []
  private readonly ends: End[] = []
  private cut = false

  constructor({ source, target, epochMs, flags }: CapturedSegment, begins: boolean) {
    // Without the beginning, an answer to one tells; or else whoever has the higher port called.
    const fromServer = (flags & Flag.syn) !== 0 ? (flags & Flag.ack) !== 0 : source.port < target.port
    const isClient = begins || !fromServer
    this.local = isClient ? source : target
    this.remote = isClient ? target : source
    this.startedMs = epochMs
  }

  add(segment: CapturedSegment): void {
    const { source, sequence, flags } = segment
    const isLocal = source.port === this.local.port && source.address === this.local.address
    const from: Side = isLocal ? 'client' : 'server'
    const side = this.halves[from]
    if (flags & Flag.syn) {
      side.next = (sequence + 1) >>> 0
      return
    }
    side.next ??= sequence
    if (flags & Flag.reset) this.end(from, 'reset', segment)
    else if (segment.payload.length > 0 || flags & Flag.fin) this.place(from, side, segment)
  }

  private place(from: Side, side: Half, segment: CapturedSegment): void {
    if (distance(segment.sequence, side.next ?? 0) > 0) {
      if (side.waiting.size < mostWaiting) side.waiting.set(segment.sequence, segment)
      else this.cut = true
      return
    }
    this.take(from, side, segment)
    for (let next = side.waiting.get(side.next ?? 0); next; next = side.waiting.get(side.next ?? 0)) {
      side.waiting.delete(next.sequence)
      this.take(from, side, next)
    }
    for (const early of side.waiting.values()) {
      // Repeated in other pieces, an early segment may begin before its turn and end after it.
      if (distance(early.sequence, side.next ?? 0) >= 0) continue
      side.waiting.delete(early.sequence)
      this.take(from, side, early)
    }
  }

  private take(from: Side, side: Half, segment: CapturedSegment): void {
    const known = -distance(segment.sequence, side.next ?? 0)
    const fresh = segment.payload.subarray(Math.min(known, segment.payload.length))
    const kept = side.ended ? fresh.subarray(0, 0) : fresh.subarray(0, longestDirection - side.bytes)
    if (kept.length > 0) {
      side.pieces.push(kept)
      side.bytes += kept.length
      this.pieces.push({ from, bytes: kept.length, atMs: this.timeOf(segment) })
    }
    side.next = ((side.next ?? 0) + fresh.length) >>> 0
    if (kept.length < fresh.length || segment.missing > 0) {
      this.cut = true
      side.ended = true
    }
    if (segment.flags & Flag.fin && known <= segment.payload.length) this.end(from, 'closed', segment)
  }

  private end(from: Side, how: End['how'], segment: CapturedSegment): void {
    if (!this.ends.some((end) => end.from === from)) this.ends.push({ from, how, atMs: this.timeOf(segment) })
    this.isOver = true
  }

  private readonly timeOf = ({ epochMs }: CapturedSegment) =>
    Math.max(0, Math.round((epochMs - this.startedMs) * 1000) / 1000)

  stream(): Stream {
    const { client, server } = this.halves
    return {
      sent: concat(client.pieces),
      received: concat(server.pieces),
      pieces: this.pieces,
      ends: this.ends,
      startedAt: new Date(Math.min(Math.max(0, this.startedMs), 8e15)).toISOString(),
      local: this.local,
      remote: this.remote,
      cut: this.cut || client.waiting.size > 0 || server.waiting.size > 0,
    }
  }
}

/** How far one sequence number lies behind another, around the turn of the 32 bits. */
const distance = (sequence: number, next: number) => (sequence - next) | 0
