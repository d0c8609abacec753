import { concat } from '../pki/der.ts'
import { decodeCertificate, decodeCertificateRequest, decodeCertificateVerify } from './certificate-messages.ts'
import { Cursor } from './cursor.ts'
import type { Handshake } from './handshake-messages.ts'
import { decodeClientHello, decodeEncryptedExtensions, decodeServerHello } from './hellos.ts'

export type RawHandshake = { type: number; body: Uint8Array }

/**
 * Puts handshake messages together from record fragments (RFC 8446 section 5.1 lets them be split and joined). One
 * reader a direction; what is still incomplete waits for the next fragment.
 */
export class HandshakeReader {
  private waiting: Uint8Array[] = []
  private waitingBytes = 0

  add(fragment: Uint8Array): RawHandshake[] {
    this.waiting.push(fragment)
    this.waitingBytes += fragment.length
    const first = this.waiting[0]
    // Joined only once the announced length is there: a message in many fragments stays linear.
    if (first && first.length >= 4 && this.waitingBytes < 4 + new Cursor(first.subarray(1)).number(3)) return []
    const joined = concat(this.waiting)
    const messages: RawHandshake[] = []
    let at = 0
    while (joined.length - at >= 4) {
      const cursor = new Cursor(joined.subarray(at))
      const type = cursor.number(1)
      const body = cursor.vector(3)
      if (cursor.failed) break
      messages.push({ type, body })
      at += 4 + body.length
    }
    const rest = joined.subarray(at)
    this.waiting = rest.length > 0 ? [rest] : []
    this.waitingBytes = rest.length
    return messages
  }
}

/** Decodes one message (RFC 8446 section 4, RFC 5246 section 7.4). `version` is the negotiated one once known. */
export function decodeHandshake({ type, body }: RawHandshake, version: string | undefined): Handshake {
  const decoded = decodeKnown(type, body, version)
  return decoded ?? { name: 'Malformed', type }
}

function decodeKnown(type: number, body: Uint8Array, version: string | undefined): Handshake | null {
  const tls13 = version === 'TLSv1.3'
  switch (type) {
    case 1:
      return decodeClientHello(body)
    case 2:
      return decodeServerHello(body)
    case 4: {
      const cursor = new Cursor(body)
      const lifetimeSeconds = cursor.number(4)
      return cursor.failed ? null : { name: 'NewSessionTicket', lifetimeSeconds }
    }
    case 8:
      return decodeEncryptedExtensions(body)
    case 11:
      return decodeCertificate(body, tls13)
    case 13:
      return decodeCertificateRequest(body, tls13)
    case 14:
      return { name: 'ServerHelloDone' }
    case 15:
      return decodeCertificateVerify(body)
    case 20:
      return { name: 'Finished' }
    case 24:
      return { name: 'KeyUpdate' }
    default:
      return { name: 'Other', type }
  }
}
