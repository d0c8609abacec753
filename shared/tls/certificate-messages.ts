import { Cursor } from './cursor.ts'
import { authoritiesIn, extensionOf, numbersIn, readExtensions } from './extensions.ts'
import type { Extension, Handshake } from './handshake-messages.ts'
import { certificateTypeName, schemeName } from './registry.ts'

const nothing = new Uint8Array(0)

/** RFC 8446 section 4.3.2 (TLS 1.3), RFC 5246 section 7.4.4 (TLS 1.2). */
export function decodeCertificateRequest(body: Uint8Array, tls13: boolean): Handshake | null {
  const cursor = new Cursor(body)
  if (!tls13) {
    const certificateTypes = cursor.numbers(1, 1).map(certificateTypeName)
    const signatureSchemes = cursor.numbers(2, 2).map(schemeName)
    const authorities = authoritiesIn(cursor)
    if (cursor.failed) return null
    const name = 'CertificateRequest'
    return { name, context: nothing, authorities, signatureSchemes, certificateTypes, extensions: [] }
  }
  const context = cursor.vector(1)
  const extensions = readExtensions(cursor)
  if (cursor.failed || !extensions) return null
  const names = new Cursor(extensionOf(extensions, 47) ?? new Uint8Array(2))
  const authorities = authoritiesIn(names)
  if (names.failed) return null
  const signatureSchemes = numbersIn(extensionOf(extensions, 13), 2).map(schemeName)
  return { name: 'CertificateRequest', context, authorities, signatureSchemes, certificateTypes: [], extensions }
}

/** RFC 8446 section 4.4.2 (TLS 1.3), RFC 5246 section 7.4.2 (TLS 1.2). An empty list is an answer: "none". */
export function decodeCertificate(body: Uint8Array, tls13: boolean): Handshake | null {
  const cursor = new Cursor(body)
  if (tls13) cursor.vector(1)
  const list = new Cursor(cursor.vector(3))
  const certificates: Uint8Array[] = []
  const extensions: Extension[][] = []
  while (list.left > 0) {
    certificates.push(list.vector(3))
    if (!tls13) continue
    // Two bytes of length stand there even when no extension follows.
    const found = list.left >= 2 ? readExtensions(list) : null
    if (!found) return null
    extensions.push(found)
  }
  return cursor.failed || list.failed ? null : { name: 'Certificate', certificates, extensions }
}

/** RFC 8446 section 4.4.3, RFC 5246 section 7.4.8. */
export function decodeCertificateVerify(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const scheme = schemeName(cursor.number(2))
  const signatureBytes = cursor.vector(2).length
  return cursor.failed ? null : { name: 'CertificateVerify', scheme, signatureBytes }
}

/** RFC 6066 section 8: the OCSP response beside the certificate, in TLS 1.2. */
export function decodeCertificateStatus(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const kind = cursor.number(1)
  const responseBytes = cursor.vector(3).length
  return cursor.failed ? null : { name: 'CertificateStatus', kind, responseBytes }
}

/** RFC 8879 section 4. What is in it stays closed: no library of this app offers it. */
export function decodeCompressedCertificate(body: Uint8Array): Handshake | null {
  const cursor = new Cursor(body)
  const algorithm = cursor.number(2)
  const plainBytes = cursor.number(3)
  cursor.vector(3)
  return cursor.failed ? null : { name: 'CompressedCertificate', algorithm, plainBytes }
}
