import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, derOf, expect, hex, orNull, sameBytes, Tag, whole } from './der.ts'
import { bitsOf, integerHex, integerOf, smallInteger, timeOf } from './der-values.ts'
import { sha1, sha256 } from './digest.ts'
import type { Extensions } from './extensions.ts'
import { extensionsOf } from './extensions.ts'
import type { Facts } from './facts.ts'
import { nameOf } from './names.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'
import { signatureAlgorithmOf } from './signature-algorithms.ts'
import type { PublicKey } from './spki.ts'
import { publicKeyOf } from './spki.ts'

/** A certificate taken apart. Byte fields are views into `der`. */
export type Certificate = {
  facts: Facts
  der: Bytes
  /** What was signed. */
  tbs: Bytes
  signature: Bytes
  spki: Bytes
  publicKey: PublicKey
  /** Names as encoded, for byte comparison. */
  subject: Bytes
  issuer: Bytes
  extensions: Extensions
  /** What the signature claims to be made with; `facts.signatureAlgorithm` is what the signed part says. */
  algorithm: SignatureAlgorithm
  /** The algorithm inside the signed part is another one than beside the signature (RFC 5280 section 4.1.1.2). */
  algorithmsDiffer: boolean
  /** Validity dates that could not be read. */
  badDates: boolean
}

/** Reads one certificate of any version (RFC 5280 section 4.1); `null` when the bytes are no certificate. */
export const readCertificate = (der: Bytes): Certificate | null => orNull(() => certificateOf(derOf(der)))

/** Reads a certificate within a reader. Throws `DerFault`. */
export function certificateOf(node: DerNode): Certificate {
  const [tbs, algorithm, signature] = childrenOf(node, Tag.sequence)
  const fields = childrenOf(tbs, Tag.sequence)
  let at = 0
  let version = 1
  if (fields[0]?.id === 0xa0) {
    version = smallInteger(expect(children(fields[0])[0], Tag.integer)) + 1
    at = 1
  }
  const [serial, inner, issuer, validity, subject, key, ...rest] = fields.slice(at)
  const serialHex = integerHex(expect(serial, Tag.integer))
  const issuerName = nameOf(expect(issuer, Tag.sequence))
  const [before, after] = childrenOf(validity, Tag.sequence)
  if (!before || !after) throw new DerFault('cut off')
  const notBefore = orNull(() => timeOf(before))
  const notAfter = orNull(() => timeOf(after))
  const subjectName = nameOf(expect(subject, Tag.sequence))
  const publicKey = publicKeyOf(expect(key, Tag.sequence))
  const extensions = restOf(rest)
  const signedWith = signatureAlgorithmOf(algorithm)
  const declared = signatureAlgorithmOf(inner)
  const der = whole(node)
  const serialNumber = integerOf(serial!)
  const keys = extensions.facts
  return {
    facts: {
      version,
      subject: subjectName.text,
      subjectParts: subjectName.parts,
      issuer: issuerName.text,
      issuerParts: issuerName.parts,
      serialHex,
      serialDecimal: serialNumber.toString(),
      ...(notBefore !== null && { notBefore }),
      ...(notAfter !== null && { notAfter }),
      ...publicKey.facts,
      signatureAlgorithm: declared.name,
      subjectAltNames: [],
      isCa: false,
      ...keys,
      selfSigned: sameBytes(content(subject!), content(issuer!)) && namesOwnKey(keys),
      sha256: sha256(der),
      sha1: sha1(der),
      bytes: der.length,
    },
    der,
    tbs: whole(tbs!),
    signature: bitsOf(expect(signature, Tag.bitString)).bytes,
    algorithm: signedWith,
    spki: publicKey.der,
    publicKey,
    subject: whole(subject!),
    issuer: whole(issuer!),
    extensions,
    algorithmsDiffer: hex(whole(expect(inner, Tag.sequence))) !== hex(whole(algorithm!)),
    badDates: notBefore === null || notAfter === null,
  }
}

/** An authority key identifier that names another key shows a certificate issued by a namesake (RFC 5280 4.2.1.1). */
function namesOwnKey(facts: Extensions['facts']): boolean {
  const { authorityKeyIdentifier: authority, subjectKeyIdentifier: own } = facts
  return authority === undefined || own === undefined || authority === own
}

/** Unique identifiers `[1]`, `[2]` are skipped; `[3]` holds the extensions. Anything else is malformed. */
function restOf(rest: readonly DerNode[]): Extensions {
  let extensions: Extensions = { facts: {}, duplicate: [], malformed: [] }
  let last = 0
  for (const part of rest) {
    const order = part.tag
    if ((part.id & 0xc0) !== 0x80 || order <= last || order > 3) throw new DerFault('another type')
    last = order
    if (order === 3) extensions = extensionsOf(expect(children(part)[0], Tag.sequence))
  }
  return extensions
}
