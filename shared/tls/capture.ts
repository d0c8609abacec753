import { concat } from '../pki/der.ts'
import { packetsOf } from './conversation.ts'
import { keylogText } from './keylog.ts'
import type { RecordedWire } from './recorded-wire.ts'

/** Block and option numbers of pcapng (draft-ietf-opsawg-pcapng sections 4 and 3.5). */
const Block = { section: 0x0a0d0d0a, interface: 1, packet: 6, secrets: 10 } as const
const Option = { comment: 1, interfaceName: 2, program: 4 } as const
const tlsKeyLog = 0x544c534b
const ethernet = 1

const origin =
  'Recorded at the socket: the TLS bytes and their times are real, the Ethernet, IP and TCP headers are made around them.'
const cutNote = ' More passed than was kept: the end of it is missing.'

/**
 * A recorded connection as pcapng, which Wireshark and tshark open. With `secrets` its key log lies inside (Decryption
 * Secrets Block, section 4.7), so that they show the handshake, the request and the answer in the clear to anybody who
 * gets the file; without them only what passed in the clear.
 */
export function writeCapture(wire: RecordedWire, { secrets }: { secrets: boolean }): Uint8Array {
  const comment = wire.cut ? origin + cutNote : origin
  const blocks = [
    block(Block.section, [
      u32(0x1a2b3c4d),
      u16(1),
      u16(0),
      new Uint8Array(8).fill(0xff),
      options([
        [Option.program, 'Countersign'],
        [Option.comment, comment],
      ]),
    ]),
    block(Block.interface, [u16(ethernet), u16(0), u32(0), options([[Option.interfaceName, 'countersign']])]),
  ]
  if (secrets && wire.keylog.length > 0) {
    const lines = new TextEncoder().encode(keylogText(wire.keylog))
    blocks.push(block(Block.secrets, [u32(tlsKeyLog), u32(lines.length), padded(lines)]))
  }
  const startedMs = Date.parse(wire.startedAt) || 0
  for (const { atMs, frame } of packetsOf(wire)) {
    // Microseconds since 1970, the resolution that readers assume unless told another.
    const time = Math.round((startedMs + atMs) * 1000)
    const stamp = [u32(Math.floor(time / 2 ** 32)), u32(time % 2 ** 32)]
    blocks.push(block(Block.packet, [u32(0), ...stamp, u32(frame.length), u32(frame.length), padded(frame)]))
  }
  return concat(blocks)
}

const u16 = (value: number) => new Uint8Array([value & 255, value >> 8])
const u32 = (value: number) => new Uint8Array([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])

/** Everything in a block is filled up to whole groups of four bytes; its length stands before and behind it. */
const padded = (bytes: Uint8Array) =>
  bytes.length % 4 === 0 ? bytes : concat([bytes, new Uint8Array(4 - (bytes.length % 4))])

function block(type: number, parts: Uint8Array[]): Uint8Array {
  const body = concat(parts)
  const length = u32(body.length + 12)
  return concat([u32(type), length, body, length])
}

function options(list: [number, string][]): Uint8Array {
  const encoded = list.flatMap(([number, text]) => {
    const value = new TextEncoder().encode(text)
    return [u16(number), u16(value.length), padded(value)]
  })
  return concat([...encoded, u32(0)])
}
