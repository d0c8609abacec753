import { Cursor } from './cursor.ts'
import type { Handshake } from './handshake-messages.ts'
import { readExtensions } from './hellos.ts'
import { certificateTypeName, schemeName } from './registry.ts'

/** RFC 8446 section 4.2.4, RFC 5246 section 7.4.4: a list of names in DER. */
function authoritiesIn(cursor: Cursor): Uint8Array[] {
  const list = new Cursor(cursor.vector(2))
  const names: Uint8Array[] = []
  while (list.left > 0) names.push(list.vector(2))
  if (list.failed) cursor.failed = true
  return names
}

/** RFC 8446 section 4.3.2 (TLS 1.3), RFC 5246 section 7.4.4 (TLS 1.2). */
export function decodeCertificateRequest(body: Uint8Array, tls13: boolean): Handshake | null {
  const cursor = new Cursor(body)
  if (!tls13) {
    const certificateTypes = cursor.numbers(1, 1).map(certificateTypeName)
    const signatureSchemes = cursor.numbers(2, 2).map(schemeName)
    const authorities = authoritiesIn(cursor)
    return cursor.failed ? null : { name: 'CertificateRequest', authorities, signatureSchemes, certificateTypes }
  }
  cursor.vector(1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  const schemes = extensions.get(13)
  const names = new Cursor(extensions.get(47) ?? new Uint8Array([0, 0]))
  const authorities = authoritiesIn(names)
  if (names.failed) return null
  return {
    name: 'CertificateRequest',
    authorities,
    signatureSchemes: schemes ? new Cursor(schemes).numbers(2, 2).map(schemeName) : [],
    certificateTypes: [],
  }
}

/** RFC 8446 section 4.4.2 (TLS 1.3), RFC 5246 section 7.4.2 (TLS 1.2). An empty list is an answer: "none". */
export function decodeCertificate(body: Uint8Array, tls13: boolean): Handshake | null {
  const cursor = new Cursor(body)
  if (tls13) cursor.vector(1)
  const list = new Cursor(cursor.vector(3))
  const certificates: Uint8Array[] = []
  while (list.left > 0) {
    certificates.push(list.vector(3))
    if (tls13) list.vector(2)
  }
  return cursor.failed || list.failed ? null : { name: 'Certificate', certificates }
}

/** RFC 8446 section 4.4.3, RFC 5246 section 7.4.8. */
export function decodeCertificateVerify(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const scheme = schemeName(cursor.number(2))
  cursor.vector(2)
  return cursor.failed ? null : { name: 'CertificateVerify', scheme }
}
