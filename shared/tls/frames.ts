import { concat } from '../pki/der.ts'

/** TCP flags (RFC 9293 section 3.1). */
export const Flag = { fin: 1, syn: 2, reset: 4, push: 8, ack: 16 } as const

export type Segment = {
  /** Addresses of one family, four or sixteen bytes each. */
  source: { address: Uint8Array; port: number }
  target: { address: Uint8Array; port: number }
  sequence: number
  acknowledged: number
  flags: number
  payload: Uint8Array
}

const window = 65535

/** The ones' complement sum of RFC 1071 over parts of even length; only the last may be odd. */
function checksum(...parts: Uint8Array[]): number {
  let sum = 0
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) sum += ((part[i] ?? 0) << 8) | (part[i + 1] ?? 0)
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}

/** A TCP segment in an Ethernet frame, checksums and all. The hardware addresses are made up, and say so. */
export function frameOf(segment: Segment, fromClient: boolean): Uint8Array {
  const tcp = tcpHeader(segment)
  const ip = segment.source.address.length === 4 ? ipv4Header(segment, tcp) : ipv6Header(segment, tcp)
  const [near, far] = [1, 2].map((last) => new Uint8Array([2, 0, 0, 0, 0, last]))
  const kind = new Uint8Array(ip.length === 20 ? [0x08, 0x00] : [0x86, 0xdd])
  const ends = fromClient ? [far, near] : [near, far]
  return concat([...(ends as Uint8Array[]), kind, ip, tcp, segment.payload])
}

/** RFC 9293 section 3.1, with the checksum over its pseudo header. */
function tcpHeader({ source, target, sequence, acknowledged, flags, payload }: Segment): Uint8Array {
  const header = new Uint8Array(20)
  const view = new DataView(header.buffer)
  view.setUint16(0, source.port)
  view.setUint16(2, target.port)
  view.setUint32(4, sequence)
  view.setUint32(8, acknowledged)
  view.setUint8(12, 5 << 4)
  view.setUint8(13, flags)
  view.setUint16(14, window)
  const length = header.length + payload.length
  const protocol = new Uint8Array([0, 6, length >> 8, length & 255])
  view.setUint16(16, checksum(source.address, target.address, protocol, header, payload))
  return header
}

/** RFC 791 section 3.1. */
function ipv4Header({ source, target, payload }: Segment, tcp: Uint8Array): Uint8Array {
  const header = new Uint8Array(20)
  const view = new DataView(header.buffer)
  view.setUint8(0, 0x45)
  view.setUint16(2, 20 + tcp.length + payload.length)
  view.setUint16(6, 0x4000)
  view.setUint8(8, 64)
  view.setUint8(9, 6)
  header.set(source.address, 12)
  header.set(target.address, 16)
  view.setUint16(10, checksum(header))
  return header
}

/** RFC 8200 section 3. */
function ipv6Header({ source, target, payload }: Segment, tcp: Uint8Array): Uint8Array {
  const header = new Uint8Array(40)
  const view = new DataView(header.buffer)
  view.setUint8(0, 0x60)
  view.setUint16(4, tcp.length + payload.length)
  view.setUint8(6, 6)
  view.setUint8(7, 64)
  header.set(source.address, 8)
  header.set(target.address, 24)
  return header
}
