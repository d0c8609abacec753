import { hex, orNull, readDer } from '../pki/der.ts'
import { oidOf } from '../pki/der-values.ts'
import { authorityName } from './certificate-brief.ts'
import { Cursor } from './cursor.ts'
import { authoritiesIn, isGrease, numbersIn, protocolsIn, serverNameIn } from './extensions.ts'
import type { Extension } from './handshake-messages.ts'
import { extensionName, groupName, schemeName, versionName } from './registry.ts'

/** Which message an extension stands in: many have another form when they answer. */
export type Place = 'client-hello' | 'server-hello' | 'retry' | 'encrypted' | 'request' | 'certificate' | 'ticket'
export type Field = { name: string; value: string[] }

/** Plain words first, and behind them the RFC's term. */
const titles: Record<number, string> = {
  0: 'Server name (SNI)',
  1: 'Longest fragment (max_fragment_length)',
  5: 'OCSP answer (status_request)',
  10: 'Groups for the key exchange (supported_groups)',
  11: 'Point formats (ec_point_formats)',
  13: 'Signatures accepted (signature_algorithms)',
  16: 'Application protocols (ALPN)',
  18: 'Certificate transparency (signed_certificate_timestamp)',
  21: 'Padding (padding)',
  22: 'MAC around the encryption (encrypt_then_mac)',
  23: 'Secret bound to the handshake (extended_master_secret)',
  27: 'Certificates may be compressed (compress_certificate)',
  28: 'Longest record (record_size_limit)',
  35: 'Session ticket (session_ticket)',
  41: 'Session to resume (pre_shared_key)',
  42: 'Data before the handshake (early_data)',
  43: 'Versions (supported_versions)',
  44: 'Cookie (cookie)',
  45: 'Ways to resume (psk_key_exchange_modes)',
  47: 'Authorities accepted (certificate_authorities)',
  48: 'What the certificate must contain (oid_filters)',
  49: 'Certificate on demand (post_handshake_auth)',
  50: 'Signatures accepted in certificates (signature_algorithms_cert)',
  51: 'Key shares (key_share)',
  65281: 'Renegotiation protected (renegotiation_info)',
}

const preview = (content: Uint8Array) =>
  content.length === 0
    ? []
    : [`${content.length} bytes: ${hex(content.subarray(0, 32))}${content.length > 32 ? '…' : ''}`]

/** One extension for reading. What is not known, or not well-formed, is told by number and hex. */
export function extensionField({ number, content }: Extension, place: Place): Field {
  const title = titles[number] ?? extensionName(number) ?? `Extension ${number}${isGrease(number) ? ' (GREASE)' : ''}`
  const lines = readers[number]?.(content, place) ?? preview(content)
  if (lines.length > 0) return { name: title, value: lines }
  return { name: title, value: [place === 'client-hello' || place === 'request' ? 'offered' : 'agreed'] }
}

type Reader = (content: Uint8Array, place: Place) => string[] | null

const schemes: Reader = (content) => numbersIn(content, 2).map(schemeName)
const flag: Reader = (content) => (content.length === 0 ? [] : null)

/** RFC 8446 section 4.2.8. */
const keyShares: Reader = (content, place) => {
  const cursor = new Cursor(place === 'client-hello' ? new Cursor(content).vector(2) : content)
  const lines: string[] = []
  while (cursor.left > 0) {
    const group = cursor.number(2)
    if (place === 'retry') return [`${groupName(group)} wanted`]
    const bytes = cursor.vector(2).length
    if (!isGrease(group)) lines.push(`${groupName(group)}, ${bytes} bytes`)
  }
  return cursor.failed ? null : lines
}

/** RFC 8446 section 4.2.11. */
const preSharedKey: Reader = (content, place) => {
  const cursor = new Cursor(content)
  if (place !== 'client-hello') return [`the offered session number ${cursor.number(2) + 1}`]
  const identities = new Cursor(cursor.vector(2))
  const lines: string[] = []
  while (identities.left > 0) {
    lines.push(`a ticket of ${identities.vector(2).length} bytes`)
    identities.number(4)
  }
  return cursor.failed || identities.failed ? null : lines
}

/** RFC 8446 section 4.2.5: the extension each filter names must be in the certificate, with these values in it. */
const oidFilters: Reader = (content) => {
  const list = new Cursor(new Cursor(content).vector(2))
  const lines: string[] = []
  while (list.left > 0) {
    const oid = list.vector(1)
    const values = list.vector(2)
    const dotted = orNull(() => {
      const node = readDer(oid)
      return node && oidOf(node)
    })
    lines.push(`${dotted ?? hex(oid)}${values.length > 0 ? ` with ${hex(values)}` : ''}`)
  }
  return list.failed ? null : lines
}

/** RFC 6962 section 3.3: a list of signed timestamps; in a request it is empty. */
const timestamps: Reader = (content) => {
  if (content.length === 0) return []
  const list = new Cursor(new Cursor(content).vector(2))
  let count = 0
  while (list.left > 0) {
    list.vector(2)
    count++
  }
  return list.failed ? null : [`${count} signed timestamps`]
}

/** RFC 6066 section 8, RFC 8446 section 4.4.2.1. */
const status: Reader = (content, place) => {
  if (place !== 'certificate') return content[0] === 1 ? ['wanted beside the certificate'] : flag(content, place)
  const cursor = new Cursor(content.subarray(1))
  const bytes = cursor.vector(3).length
  return cursor.failed ? null : [`an answer of ${bytes} bytes`]
}

const byNumber = (names: Record<number, string>, lengthSize: number, size: number): Reader => {
  return (content) => new Cursor(content).numbers(lengthSize, size).map((number) => names[number] ?? `number ${number}`)
}

const readers: Record<number, Reader> = {
  0: (content) => (content.length === 0 ? [] : [serverNameIn(content) ?? ''].filter(Boolean)),
  5: status,
  10: (content) => numbersIn(content, 2).map(groupName),
  11: byNumber({ 0: 'uncompressed', 1: 'compressed, prime field', 2: 'compressed, binary field' }, 1, 1),
  13: schemes,
  16: (content) => protocolsIn(content),
  18: timestamps,
  21: (content) => [`${content.length} bytes`],
  22: flag,
  23: flag,
  27: byNumber({ 1: 'zlib', 2: 'brotli', 3: 'zstd' }, 1, 2),
  28: (content) => [`${new Cursor(content).number(2)} bytes`],
  35: (content) => (content.length === 0 ? [] : [`a ticket of ${content.length} bytes`]),
  41: preSharedKey,
  42: (content, place) => (place === 'ticket' ? [`up to ${new Cursor(content).number(4)} bytes`] : []),
  43: (content, place) =>
    place === 'client-hello' ? numbersIn(content, 1).map(versionName) : [versionName(new Cursor(content).number(2))],
  44: (content) => [`${Math.max(0, content.length - 2)} bytes`],
  45: byNumber({ 0: 'without a new key exchange (psk_ke)', 1: 'with a new key exchange (psk_dhe_ke)' }, 1, 1),
  47: (content) => authoritiesIn(new Cursor(content)).map((name) => authorityName(name) ?? hex(name)),
  48: oidFilters,
  49: flag,
  50: schemes,
  51: keyShares,
  65281: (content) => (content.length <= 1 ? [] : [`${content.length - 1} bytes of the last handshake`]),
}
