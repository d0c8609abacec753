/** One packet of a capture file: its link layer by number (tcpdump's LINKTYPE), its time since 1970, its bytes. */
export type CapturedPacket = { link: number; epochMs: number; bytes: Uint8Array }

export type CapturedPackets = {
  packets: CapturedPacket[]
  /** Text of the TLS key logs inside (pcapng's Decryption Secrets Blocks). */
  keylog: string
  /** The file ended in the middle, or holds more packets than are read. */
  cut: boolean
}

/** More than a conversation worth looking at has; the file's size is limited by whoever read it. */
const mostPackets = 500_000
const longestPacket = 262_144

/** The packets of a pcap or pcapng file, of either byte order; null for anything else. Linear, and never throws. */
export function capturePackets(file: Uint8Array): CapturedPackets | null {
  if (file.length < 8) return null
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (view.getUint32(0) === 0x0a0d0d0a) return pcapngPackets(file, view)
  const magic = view.getUint32(0)
  const kind = pcapKinds[magic]
  return kind ? pcapPackets(file, view, kind.littleEndian, kind.perSecond) : null
}

/** draft-ietf-opsawg-pcap section 4: the magic number tells byte order and resolution. */
const pcapKinds: Record<number, { littleEndian: boolean; perSecond: number }> = {
  2712847316: { littleEndian: false, perSecond: 1e6 },
  3569595041: { littleEndian: true, perSecond: 1e6 },
  2712812621: { littleEndian: false, perSecond: 1e9 },
  1295823521: { littleEndian: true, perSecond: 1e9 },
}

function pcapPackets(file: Uint8Array, view: DataView, little: boolean, perSecond: number): CapturedPackets | null {
  if (file.length < 24) return null
  const link = view.getUint32(20, little) & 0xffff
  const packets: CapturedPacket[] = []
  let at = 24
  while (at + 16 <= file.length && packets.length < mostPackets) {
    const epochMs = view.getUint32(at, little) * 1000 + (view.getUint32(at + 4, little) / perSecond) * 1000
    const length = view.getUint32(at + 8, little)
    if (length > longestPacket || at + 16 + length > file.length) break
    packets.push({ link, epochMs, bytes: file.subarray(at + 16, at + 16 + length) })
    at += 16 + length
  }
  return { packets, keylog: '', cut: at < file.length }
}

type Interface = { link: number; perSecond: number }

/** draft-ietf-opsawg-pcapng section 4. A file may have many sections, each with its own byte order and interfaces. */
function pcapngPackets(file: Uint8Array, view: DataView): CapturedPackets {
  const found: CapturedPackets = { packets: [], keylog: '', cut: false }
  let little = true
  let interfaces: Interface[] = []
  let at = 0
  while (at + 12 <= file.length && found.packets.length < mostPackets) {
    const type = view.getUint32(at, little)
    if (type === 0x0a0d0d0a) {
      little = view.getUint32(at + 8) === 0x4d3c2b1a
      interfaces = []
    }
    const length = view.getUint32(at + 4, little)
    if (length < 12 || length % 4 !== 0 || at + length > file.length) break
    const block = new DataView(file.buffer, file.byteOffset + at + 8, length - 12)
    const bytes = file.subarray(at + 8, at + length - 4)
    if (type === 1 && block.byteLength >= 8) interfaces.push(interfaceOf(block, little))
    if (type === 6 && block.byteLength >= 20) addPacket(found, block, bytes, little, interfaces)
    if (type === 3 && block.byteLength >= 4 && interfaces[0]) {
      found.packets.push({ link: interfaces[0].link, epochMs: 0, bytes: bytes.subarray(4) })
    }
    if (type === 10 && block.byteLength >= 8 && block.getUint32(0, little) === 0x544c534b) {
      found.keylog += `${new TextDecoder().decode(bytes.subarray(8, 8 + block.getUint32(4, little)))}\n`
    }
    at += length
  }
  found.cut = at < file.length
  return found
}

/** Section 4.2, with the one option that matters (if_tsresol): a power of ten, or of two when its top bit is set. */
function interfaceOf(block: DataView, little: boolean): Interface {
  let perSecond = 1e6
  for (let at = 8; at + 4 <= block.byteLength; ) {
    const option = block.getUint16(at, little)
    const length = block.getUint16(at + 2, little)
    if (option === 0) break
    if (option === 9 && length === 1 && at + 5 <= block.byteLength) {
      const resolution = block.getUint8(at + 4)
      perSecond = resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution
    }
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return { link: block.getUint16(0, little), perSecond }
}

/** Section 4.3: interface, time in two halves, bytes captured, bytes on the wire. */
function addPacket(found: CapturedPackets, block: DataView, bytes: Uint8Array, little: boolean, of: Interface[]): void {
  const from = of[block.getUint32(0, little)]
  if (!from) return
  const time = block.getUint32(4, little) * 2 ** 32 + block.getUint32(8, little)
  const length = Math.min(block.getUint32(12, little), bytes.length - 20)
  found.packets.push({
    link: from.link,
    epochMs: (time / from.perSecond) * 1000,
    bytes: bytes.subarray(20, 20 + length),
  })
}
