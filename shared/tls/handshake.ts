import { concat } from '../pki/der.ts'
import { decodeCertificate, decodeCertificateRequest, decodeCertificateVerify } from './certificate-messages.ts'
import { Cursor } from './cursor.ts'
import { decodeClientHello, decodeEncryptedExtensions, decodeServerHello } from './hellos.ts'

/** One handshake message, decoded as far as it matters for mutual TLS. `name` is the RFC's. */
export type Handshake =
  | ({ name: 'ClientHello' } & ClientHello)
  | ({ name: 'ServerHello' | 'HelloRetryRequest' } & ServerHello)
  | { name: 'EncryptedExtensions'; alpn?: string }
  | ({ name: 'CertificateRequest' } & CertificateRequest)
  | { name: 'Certificate'; certificates: Uint8Array[] }
  | { name: 'CertificateVerify'; scheme: string }
  | { name: 'NewSessionTicket'; lifetimeSeconds: number }
  | { name: 'KeyUpdate' }
  | { name: 'Finished' }
  | { name: 'ServerHelloDone' }
  | { name: 'Other'; type: number }
  /** The type was known but the content did not fit its form. */
  | { name: 'Malformed'; type: number }

export type ClientHello = {
  /** Lower-case hex: key logs name connections by it. */
  random: string
  serverName?: string
  alpn: string[]
  versions: string[]
  groups: string[]
  signatureSchemes: string[]
  cipherSuites: string[]
}

export type ServerHello = {
  random: string
  version: string
  /** Number and name of the chosen suite. */
  suite: number
  cipherSuite: string
  group?: string
  alpn?: string
}

export type CertificateRequest = {
  /** DER of each acceptable authority's name; empty when the server names none. */
  authorities: Uint8Array[]
  signatureSchemes: string[]
  /** TLS 1.2 only: `rsa_sign`, `ecdsa_sign` … */
  certificateTypes: string[]
}

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
