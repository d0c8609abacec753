import type { Bytes } from '../pki/der.ts'
import { der } from '../pki/der.ts'
import type { NewExtension } from '../pki/extension-writer.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { signatureIdentifier } from '../pki/sign-der.ts'

/** All that a certificate will say, decided before anything is signed. Names and key are DER, and are written octet for octet. */
export type CertificateContent = {
  subject: Bytes
  issuer: Bytes
  spki: Bytes
  /** Hex. */
  serial: string
  validity: { from: Date; to: Date }
  extensions: readonly NewExtension[]
}

const octetsOf = (serial: string): Bytes =>
  Uint8Array.from(serial.padStart(serial.length + (serial.length % 2), '0').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )

/** TBSCertificate (RFC 5280 section 4.1), version 3, to be signed by a key of this kind. */
export function encodeTbs(content: CertificateContent, signer: KeyAlgorithm): Bytes {
  const { validity, extensions } = content
  const written = extensions.map(({ oid, critical, value }) =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value)),
  )
  return der.sequence(
    der.context(0, der.integer(2)),
    der.integer(octetsOf(content.serial)),
    signatureIdentifier(signer),
    content.issuer,
    der.sequence(der.time(validity.from), der.time(validity.to)),
    content.subject,
    content.spki,
    ...(written.length > 0 ? [der.context(3, der.sequence(...written))] : []),
  )
}

/** 126 random bits in sixteen octets, positive (RFC 5280 section 4.1.2.2; browsers ask for 64 bits), in hex. */
export function newSerial(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16))
  octets[0] = (octets[0]! & 0x7f) | 0x40
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}
