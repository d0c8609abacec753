import { concat } from '../pki/der.ts'
import { addressBytes } from './addresses.ts'
import { Flag, frameOf } from './frames.ts'
import type { RecordedWire } from './recorded-wire.ts'
import type { Side } from './transcript.ts'

export type Packet = { atMs: number; frame: Uint8Array }

/** What fits behind the headers of an Ethernet frame, also with IPv6. */
const segmentBytes = 1400
/** Far less than the window holds, so that no reader finds it overrun. */
const unacknowledgedSegments = 20
const nothing = new Uint8Array(0)
const mapped = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])

/**
 * The packets that a recorded connection would have been on a wire: opened, every read and write in segments with
 * right numbers, acknowledged, ended as it ended. Content and times are real, the headers are made around them.
 */
export function packetsOf(wire: RecordedWire): Packet[] {
  const conversation = new Conversation(wire)
  const start = Math.max(0, (wire.pieces[0]?.atMs ?? 0) - 0.003)
  conversation.open(start)
  const read = { client: 0, server: 0 }
  for (const { from, bytes, atMs } of wire.pieces) {
    const all = from === 'client' ? wire.sent : wire.received
    conversation.say(from, all.subarray(read[from], read[from] + bytes), atMs)
    read[from] += bytes
  }
  for (const { from, how, atMs } of wire.ends ?? []) conversation.end(from, how === 'reset', atMs)
  return conversation.packets
}

class Conversation {
  readonly packets: Packet[] = []
  private readonly ends: Record<Side, { address: Uint8Array; port: number }>
  /** The next sequence number of each side, from zero. */
  private readonly next: Record<Side, number> = { client: 0, server: 0 }

  constructor({ local, remote }: RecordedWire) {
    const [near, far] = [local, remote].map(({ address }) => addressBytes(address) ?? new Uint8Array(4))
    const wide = near?.length === 16 || far?.length === 16
    const ofFamily = (address: Uint8Array = nothing) =>
      wide && address.length === 4 ? concat([mapped, address]) : address
    this.ends = {
      client: { address: ofFamily(near), port: local.port },
      server: { address: ofFamily(far), port: remote.port },
    }
  }

  open(atMs: number): void {
    this.send('client', Flag.syn, nothing, atMs)
    this.next.client++
    this.send('server', Flag.syn | Flag.ack, nothing, atMs + 0.001)
    this.next.server++
    this.send('client', Flag.ack, nothing, atMs + 0.002)
  }

  say(from: Side, content: Uint8Array, atMs: number): void {
    const segments = Math.ceil(content.length / segmentBytes)
    for (let i = 0; i < segments; i++) {
      const last = i === segments - 1
      const payload = content.subarray(i * segmentBytes, (i + 1) * segmentBytes)
      this.send(from, Flag.ack | (last ? Flag.push : 0), payload, atMs)
      const acknowledge = last || i % unacknowledgedSegments === unacknowledgedSegments - 1
      if (acknowledge) this.send(from === 'client' ? 'server' : 'client', Flag.ack, nothing, atMs)
    }
  }

  end(from: Side, reset: boolean, atMs: number): void {
    this.send(from, Flag.ack | (reset ? Flag.reset : Flag.fin), nothing, atMs)
    if (reset) return
    this.next[from]++
    this.send(from === 'client' ? 'server' : 'client', Flag.ack, nothing, atMs)
  }

  private send(from: Side, flags: number, payload: Uint8Array, atMs: number): void {
    const to = from === 'client' ? 'server' : 'client'
    const acknowledged = flags & Flag.ack ? this.next[to] : 0
    const ends = { source: this.ends[from], target: this.ends[to] }
    const segment = { ...ends, sequence: this.next[from], acknowledged, flags, payload }
    this.packets.push({ atMs, frame: frameOf(segment, from === 'client') })
    this.next[from] += payload.length
  }
}
