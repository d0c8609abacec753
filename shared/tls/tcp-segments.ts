import { addressText } from './addresses.ts'
import type { CapturedPacket } from './capture-packets.ts'

/** A TCP segment as it was captured. `missing` bytes of its payload were not. */
export type CapturedSegment = {
  source: { address: string; port: number }
  target: { address: string; port: number }
  sequence: number
  flags: number
  payload: Uint8Array
  missing: number
  epochMs: number
}

const be16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const be32 = (bytes: Uint8Array, at: number) => (be16(bytes, at) * 0x10000 + be16(bytes, at + 2)) >>> 0

/** The IP packet behind a link layer's header (tcpdump's list of LINKTYPEs); null for links that are not read. */
function ipPacket({ link, bytes }: CapturedPacket): Uint8Array | null {
  switch (link) {
    case 0:
    case 108:
      return bytes.subarray(4)
    case 1: {
      let at = 12
      // IEEE 802.1Q and 802.1ad: four bytes of VLAN before the type.
      while (be16(bytes, at) === 0x8100 || be16(bytes, at) === 0x88a8) at += 4
      return bytes.subarray(at + 2)
    }
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return bytes
    case 113:
      return bytes.subarray(16)
    case 276:
      return bytes.subarray(20)
    default:
      return null
  }
}

/** The TCP segment in a packet, or null when there is none, or only a fragment of one. */
export function segmentOf(packet: CapturedPacket): CapturedSegment | null {
  const ip = ipPacket(packet)
  const version = ip ? (ip[0] ?? 0) >> 4 : 0
  const inner = ip && (version === 4 ? ofIpv4(ip) : version === 6 ? ofIpv6(ip) : null)
  if (!inner || inner.tcp.length < 20) return null
  const { tcp, tcpBytes, source, target } = inner
  const header = ((tcp[12] ?? 0) >> 4) * 4
  if (header < 20 || header > tcp.length) return null
  const payload = tcp.subarray(header, Math.max(header, Math.min(tcp.length, tcpBytes)))
  return {
    source: { address: addressText(source), port: be16(tcp, 0) },
    target: { address: addressText(target), port: be16(tcp, 2) },
    sequence: be32(tcp, 4),
    flags: tcp[13] ?? 0,
    payload,
    missing: Math.max(0, tcpBytes - header - payload.length),
    epochMs: packet.epochMs,
  }
}

type Inner = { tcp: Uint8Array; tcpBytes: number; source: Uint8Array; target: Uint8Array }

/** RFC 791 section 3.1. A length of zero is what a card writes that cuts segments itself. */
function ofIpv4(ip: Uint8Array): Inner | null {
  const header = ((ip[0] ?? 0) & 15) * 4
  const isFragment = (be16(ip, 6) & 0x3fff) !== 0
  if (header < 20 || ip[9] !== 6 || isFragment) return null
  const total = be16(ip, 2) || ip.length
  return {
    tcp: ip.subarray(header),
    tcpBytes: total - header,
    source: ip.subarray(12, 16),
    target: ip.subarray(16, 20),
  }
}

/** RFC 8200 section 4: extension headers stand between, each with its length in groups of eight bytes. */
function ofIpv6(ip: Uint8Array): Inner | null {
  let next = ip[6] ?? 0
  let at = 40
  while ((next === 0 || next === 43 || next === 60) && at + 8 <= ip.length) {
    next = ip[at] ?? 0
    at += 8 * ((ip[at + 1] ?? 0) + 1)
  }
  if (next !== 6) return null
  const total = be16(ip, 4) ? 40 + be16(ip, 4) : ip.length
  return { tcp: ip.subarray(at), tcpBytes: total - at, source: ip.subarray(8, 24), target: ip.subarray(24, 40) }
}
