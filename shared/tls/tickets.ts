import { Cursor } from './cursor.ts'
import { readExtensions } from './extensions.ts'
import type { Handshake } from './handshake-messages.ts'

/** RFC 8446 section 4.6.1 (TLS 1.3), RFC 5077 section 3.3 (TLS 1.2). */
export function decodeNewSessionTicket(body: Uint8Array, tls13: boolean): Handshake | null {
  const cursor = new Cursor(body)
  const lifetimeSeconds = cursor.number(4)
  if (tls13) {
    cursor.number(4)
    cursor.vector(1)
  }
  const ticketBytes = cursor.vector(2).length
  const extensions = tls13 ? readExtensions(cursor) : []
  if (cursor.failed || !extensions) return null
  return { name: 'NewSessionTicket', lifetimeSeconds, ticketBytes, extensions }
}
