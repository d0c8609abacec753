import { Cursor } from './cursor.ts'
import type { Handshake, KeyExchange } from './handshake-messages.ts'
import { groupName, schemeName } from './registry.ts'

/** RFC 5246 section 7.4.3 (DHE), RFC 8422 section 5.4 (ECDHE). `signsByScheme` is false before TLS 1.2. */
export function decodeServerKeyExchange(
  body: Uint8Array,
  exchange: KeyExchange,
  signsByScheme: boolean,
): Handshake | null {
  if (exchange === 'RSA') return null
  const cursor = new Cursor(body)
  const { group, keyBytes } = exchange === 'ECDHE' ? curveIn(cursor) : primeIn(cursor)
  if (cursor.failed || !group) return null
  if (cursor.left === 0) return { name: 'ServerKeyExchange', exchange, group, keyBytes }
  const scheme = signsByScheme ? schemeName(cursor.number(2)) : 'fixed by the version'
  cursor.vector(2)
  return cursor.failed ? null : { name: 'ServerKeyExchange', exchange, group, keyBytes, scheme }
}

/** RFC 8422 section 5.4: type 3 is a named curve, the only one still in use. */
function curveIn(cursor: Cursor): { group: string; keyBytes: number } {
  const named = cursor.number(1) === 3
  const group = groupName(cursor.number(2))
  return { group: named ? group : '', keyBytes: cursor.vector(1).length }
}

function primeIn(cursor: Cursor): { group: string; keyBytes: number } {
  const prime = cursor.vector(2)
  cursor.vector(2)
  return { group: `${8 * prime.length}-bit prime`, keyBytes: cursor.vector(2).length }
}

/** RFC 5246 section 7.4.7: our share, or the pre-master secret sealed with the server's RSA key. */
export function decodeClientKeyExchange(body: Uint8Array, exchange: KeyExchange): Handshake | null {
  const cursor = new Cursor(body)
  const keyBytes = cursor.vector(exchange === 'ECDHE' ? 1 : 2).length
  return cursor.failed ? null : { name: 'ClientKeyExchange', exchange, keyBytes }
}
