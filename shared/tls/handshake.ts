import { concat } from '../pki/der.ts'
import {
  decodeCertificate,
  decodeCertificateRequest,
  decodeCertificateStatus,
  decodeCertificateVerify,
  decodeCompressedCertificate,
} from './certificate-messages.ts'
import { keyExchangeOf } from './cipher-suites.ts'
import { Cursor } from './cursor.ts'
import type { Handshake } from './handshake-messages.ts'
import { decodeClientHello, decodeEncryptedExtensions, decodeServerHello } from './hellos.ts'
import { decodeClientKeyExchange, decodeServerKeyExchange } from './key-exchange-messages.ts'
import { decodeNewSessionTicket } from './tickets.ts'

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
    const joined = this.waiting.length === 1 ? fragment : concat(this.waiting)
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

/** What the hellos settled, as far as they were seen: some messages have another form in each version or exchange. */
export type Settled = { version?: string; suite?: number }

/** Decodes one message (RFC 8446 section 4, RFC 5246 section 7.4). */
export function decodeHandshake(raw: RawHandshake, settled: Settled): Handshake {
  return decodeKnown(raw, settled) ?? { name: 'Malformed', ...raw }
}

function decodeKnown({ type, body }: RawHandshake, { version, suite }: Settled): Handshake | null {
  const tls13 = version === 'TLSv1.3'
  const exchange = keyExchangeOf(suite ?? 0)
  switch (type) {
    case 0:
      return body.length === 0 ? { name: 'HelloRequest' } : null
    case 1:
      return decodeClientHello(body)
    case 2:
      return decodeServerHello(body)
    case 4:
      return decodeNewSessionTicket(body, tls13)
    case 5:
      return body.length === 0 ? { name: 'EndOfEarlyData' } : null
    case 8:
      return decodeEncryptedExtensions(body)
    case 11:
      return decodeCertificate(body, tls13)
    case 12:
      return exchange ? decodeServerKeyExchange(body, exchange, version === 'TLSv1.2') : other(type, body)
    case 13:
      return decodeCertificateRequest(body, tls13)
    case 14:
      return { name: 'ServerHelloDone' }
    case 15:
      return decodeCertificateVerify(body)
    case 16:
      return exchange ? decodeClientKeyExchange(body, exchange) : other(type, body)
    case 20:
      return { name: 'Finished', verifyData: body }
    case 22:
      return decodeCertificateStatus(body)
    case 24:
      return body.length === 1 ? { name: 'KeyUpdate', wantsOurs: body[0] === 1 } : null
    case 25:
      return decodeCompressedCertificate(body)
    default:
      return other(type, body)
  }
}

const other = (type: number, body: Uint8Array): Handshake => ({ name: 'Other', type, body })
