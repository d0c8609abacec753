import { readRecords } from './records.ts'
import type { Piece, Wire } from './transcript.ts'

/**
 * An order of the two directions in which they can be decoded, when none was recorded: the client's hellos, all of the
 * server's, the rest of the client's. It holds for any one handshake, not for renegotiations of TLS 1.2.
 */
export function guessedPieces({ sent, received }: Pick<Wire, 'sent' | 'received'>): Piece[] {
  let hellos = 0
  for (const { type, header, fragment } of readRecords(sent).records) {
    if (type !== 22 || fragment[0] !== 1) break
    hellos += header.length + fragment.length
  }
  return [
    { from: 'client', bytes: hellos, atMs: 0 },
    { from: 'server', bytes: received.length, atMs: 0 },
    { from: 'client', bytes: sent.length - hellos, atMs: 0 },
  ]
}
