import type { SomethingElse } from '../problems/files.ts'
import type { DerNode } from './der.ts'
import { children, content, orNull, Tag } from './der.ts'
import { integerOf, oidOf } from './der-values.ts'
import type { ObjectKind } from './facts.ts'
import { isPkcs7Type } from './pkcs7.ts'

/** What a DER value is by its structure alone: names and labels are not looked at. */
export type Shape =
  | { kind: Exclude<ObjectKind, 'keystore' | 'unknown'>; form?: 'rsa-public-key' }
  | { kind: 'unknown'; what?: SomethingElse }

const unknown: Shape = { kind: 'unknown' }

/** Decides by the outermost values; the content may still turn out damaged. Never throws. */
export function shapeOf(node: DerNode): Shape {
  return orNull(() => shape(node)) ?? unknown
}

function shape(node: DerNode): Shape {
  // A named curve on its own is what OpenSSL writes before an EC key.
  if (node.id === Tag.oid) return { kind: 'unknown', what: 'parameters' }
  if (node.id !== Tag.sequence) return unknown
  const parts = children(node)
  const [first, second, third] = parts
  if (!first) return unknown
  if (first.id === Tag.oid) return isPkcs7Type(oidOf(first)) ? { kind: 'pkcs7' } : unknown
  if (first.id === Tag.enumerated) return { kind: 'unknown', what: 'ocsp-response' }
  if (first.id === Tag.integer) return numbered(parts, first, second, third)
  if (first.id !== Tag.sequence || !second) return unknown
  const algorithm = children(first)[0]
  if (parts.length === 2 && algorithm?.id === Tag.oid) {
    if (second.id === Tag.bitString) return { kind: 'public-key' }
    const octetString = second.id === Tag.octetString || second.id === 0x24
    // A digest in a signature has the same shape: only PKCS#5 and PKCS#12 schemes protect keys.
    if (octetString && /^1\.2\.840\.113549\.1\.(5|12\.1)\./.test(oidOf(algorithm))) return { kind: 'private-key' }
    return unknown
  }
  return parts.length === 3 ? signed(children(first)) : unknown
}

function numbered(parts: readonly DerNode[], first: DerNode, second?: DerNode, third?: DerNode): Shape {
  const integers = parts.filter((part) => part.id === Tag.integer).length
  if (integers === parts.length) {
    if (integers >= 9 || integers === 6) return { kind: 'private-key' }
    // Two numbers are an RSA public key or Diffie-Hellman parameters: a public exponent is odd and larger than 5.
    const small = integers === 2 && second !== undefined && second.to - second.from <= 1 && content(second)[0]! !== 3
    if (integers === 2 && !small) return { kind: 'public-key', form: 'rsa-public-key' }
    return integers < 4 ? { kind: 'unknown', what: 'parameters' } : unknown
  }
  if (second?.id === Tag.octetString) return { kind: 'private-key' }
  if (second?.id !== Tag.sequence) return integers >= 9 ? { kind: 'private-key' } : unknown
  const type = children(second)[0]
  if (type?.id !== Tag.oid) return unknown
  const oid = oidOf(type)
  if (third?.id === Tag.octetString || third?.id === 0x24) return { kind: 'private-key' }
  if (isPkcs7Type(oid) && integerOf(first) === 3n) return { kind: 'pkcs12' }
  return oid.startsWith('1.2.840.10045.1.') ? { kind: 'unknown', what: 'parameters' } : unknown
}

const isTime = (node: DerNode | undefined) => node?.id === Tag.utcTime || node?.id === Tag.generalizedTime

/** Certificates, requests and lists are all a signed part, an algorithm and a signature: the signed part decides. */
function signed(fields: readonly DerNode[]): Shape {
  if (fields[0]?.id === 0xa0) return { kind: 'certificate' }
  const rest = fields[0]?.id === Tag.integer ? fields.slice(1) : fields
  const [first, second, third, fourth] = rest
  if (first?.id !== Tag.sequence) return fields[0]?.id === Tag.integer ? attributeCertificate(rest) : unknown
  if (second?.id === Tag.sequence && isTime(third)) return { kind: 'crl' }
  if (fields[0]?.id !== Tag.integer) return unknown
  if (second?.id === Tag.sequence && (third === undefined || third.id === 0xa0) && !fourth) return { kind: 'request' }
  if (rest.length >= 5 && third?.id === Tag.sequence && isTime(children(third)[0])) return { kind: 'certificate' }
  return attributeCertificate(rest)
}

/** RFC 5755 section 4.1: after the version come the holder and `[0]` the issuer. */
function attributeCertificate(rest: readonly DerNode[]): Shape {
  if (rest[1]?.id === 0xa0 && rest[2]?.id === Tag.sequence && rest[3]?.id === Tag.integer) {
    return { kind: 'unknown', what: 'attribute-certificate' }
  }
  return unknown
}
