import { concat } from '../pki/der.ts'

/** RFC 8446 section 5.1: 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data. */
export type TlsRecord = {
  type: number
  /** The five bytes before the fragment: what TLS 1.3 authenticates with it. */
  header: Uint8Array
  fragment: Uint8Array
}

/** How reading stands: at the end of a record, in the middle of one, or at bytes that are no TLS record. */
export type RecordsEnd = 'whole' | 'cut-off' | 'not-tls'

/** RFC 5246 section 6.2.3 allows 2048 bytes over the plain 16384, RFC 8446 section 5.2 only 256. */
const longestFragment = 16384 + 2048

/** Splits one direction of a connection into records, in whatever pieces it comes. Linear in the bytes; never throws. */
export class RecordReader {
  ended: RecordsEnd = 'whole'
  private waiting: Uint8Array[] = []
  private waitingBytes = 0
  private neededBytes = 1

  add(piece: Uint8Array): TlsRecord[] {
    if (this.ended === 'not-tls' || piece.length === 0) return []
    this.waiting.push(piece)
    this.waitingBytes += piece.length
    this.ended = 'cut-off'
    // Joined only once a record is whole: a record in single bytes stays linear.
    if (this.waitingBytes < this.neededBytes) return []
    const joined = this.waiting.length === 1 ? piece : concat(this.waiting)
    const records: TlsRecord[] = []
    let at = 0
    while (at < joined.length) {
      const [type = 0, major, , high = 0, low = 0] = joined.subarray(at, at + 5)
      const left = joined.length - at
      const length = high * 256 + low
      if (type < 20 || type > 24 || (major !== undefined && major !== 3) || (left >= 5 && length > longestFragment)) {
        this.ended = 'not-tls'
        return records
      }
      this.neededBytes = left < 5 ? 5 : 5 + length
      if (left < this.neededBytes) break
      const header = joined.subarray(at, at + 5)
      records.push({ type, header, fragment: joined.subarray(at + 5, at + 5 + length) })
      at += 5 + length
      this.neededBytes = 1
    }
    const rest = joined.subarray(at)
    this.waiting = rest.length > 0 ? [rest] : []
    this.waitingBytes = rest.length
    if (rest.length === 0) this.ended = 'whole'
    return records
  }
}

/** All records of one direction, and why reading stopped. */
export function readRecords(stream: Uint8Array): { records: TlsRecord[]; ended: RecordsEnd } {
  const reader = new RecordReader()
  return { records: reader.add(stream), ended: reader.ended }
}

/** What the first bytes from a server are, when they are no TLS: the usual programs behind a wrong port. */
export function firstWords(stream: Uint8Array): 'nothing' | 'tls' | 'http' | 'ssh' | 'mail' | 'other' {
  if (stream.length === 0) return 'nothing'
  const first = stream[0] ?? 0
  if (first >= 20 && first <= 24 && (stream.length < 2 || stream[1] === 3)) return 'tls'
  const text = String.fromCharCode(...stream.subarray(0, 5))
  if (text === 'HTTP/') return 'http'
  if (text.startsWith('SSH-')) return 'ssh'
  if (/^(220[ -]|\+OK|\* OK)/.test(text)) return 'mail'
  return 'other'
}
