import { Cursor } from './cursor.ts'

/** RFC 8446 section 5.1: 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data. */
export type TlsRecord = {
  type: number
  /** Where the record begins in its stream, for drawing it in time. */
  at: number
  /** The five bytes before the fragment: what TLS 1.3 authenticates with it. */
  header: Uint8Array
  fragment: Uint8Array
}

export type Records = {
  records: TlsRecord[]
  /** Why reading stopped: all read, in the middle of a record, or at bytes that are no TLS record. */
  ended: 'whole' | 'cut-off' | 'not-tls'
}

/** RFC 5246 section 6.2.3 allows 2048 bytes over the plain 16384, RFC 8446 section 5.2 only 256. */
const longestFragment = 16384 + 2048

/** Splits one direction of a connection into records. Linear in the bytes, and never throws. */
export function readRecords(stream: Uint8Array): Records {
  const records: TlsRecord[] = []
  let at = 0
  while (at < stream.length) {
    const cursor = new Cursor(stream.subarray(at, at + 5 + longestFragment))
    const type = cursor.number(1)
    const major = cursor.number(1)
    cursor.number(1)
    const length = cursor.number(2)
    const known = type >= 20 && type <= 24
    if (!known || (!cursor.failed && (major !== 3 || length > longestFragment))) return { records, ended: 'not-tls' }
    const fragment = cursor.take(length)
    if (cursor.failed) return { records, ended: 'cut-off' }
    records.push({ type, at, header: stream.subarray(at, at + 5), fragment })
    at += 5 + length
  }
  return { records, ended: 'whole' }
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
