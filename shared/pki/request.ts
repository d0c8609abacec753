import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, derOf, expect, orNull, Tag, whole } from './der.ts'
import { bitsOf, oidOf, shownHex, smallInteger } from './der-values.ts'
import { sha1, sha256 } from './digest.ts'
import { anyValue } from './extension-words.ts'
import type { Extensions } from './extensions.ts'
import { extensionsOf } from './extensions.ts'
import type { AttributeFact, Facts } from './facts.ts'
import { nameOf } from './names.ts'
import { plainName } from './oids.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'
import { signatureAlgorithmOf } from './signature-algorithms.ts'
import type { PublicKey } from './spki.ts'
import { publicKeyOf } from './spki.ts'

/** A certificate signing request taken apart (PKCS#10, RFC 2986). Byte fields are views into `der`. */
export type CertificateRequest = {
  facts: Facts
  der: Bytes
  /** What was signed. */
  tbs: Bytes
  signature: Bytes
  algorithm: SignatureAlgorithm
  spki: Bytes
  publicKey: PublicKey
  extensions: Extensions
  /** Present when the request carries a challenge password, which travels in the clear. */
  hasChallengePassword: boolean
  malformedAttributes: boolean
}

const extensionRequest = '1.2.840.113549.1.9.14'
const microsoftExtensionRequest = '1.3.6.1.4.1.311.2.1.14'
const challengePassword = '1.2.840.113549.1.9.7'

/**
 * Reads a signing request; `null` when the bytes are none. Requested extensions are in `facts` as a certificate's
 * would be. Whether its signature verifies is another question: `requestSignatureValid` in `verify.ts`.
 */
export const readRequest = (der: Bytes): CertificateRequest | null => orNull(() => requestOf(derOf(der)))

/** Reads a request within a reader. Throws `DerFault`. */
export function requestOf(node: DerNode): CertificateRequest {
  const [info, algorithm, signature] = childrenOf(node, Tag.sequence)
  const [version, subject, key, attributes] = childrenOf(info, Tag.sequence)
  const subjectName = nameOf(expect(subject, Tag.sequence))
  const publicKey = publicKeyOf(expect(key, Tag.sequence))
  const asked = attributesOf(attributes)
  const signedWith = signatureAlgorithmOf(algorithm)
  const der = whole(node)
  return {
    facts: {
      version: smallInteger(expect(version, Tag.integer)) + 1,
      subject: subjectName.text,
      subjectParts: subjectName.parts,
      ...publicKey.facts,
      signatureAlgorithm: signedWith.name,
      subjectAltNames: [],
      ...asked.extensions.facts,
      ...(asked.attributes.length > 0 && { attributes: asked.attributes }),
      sha256: sha256(der),
      sha1: sha1(der),
      bytes: der.length,
    },
    der,
    tbs: whole(info!),
    signature: bitsOf(expect(signature, Tag.bitString)).bytes,
    algorithm: signedWith,
    spki: publicKey.der,
    publicKey,
    extensions: asked.extensions,
    hasChallengePassword: asked.challenge,
    malformedAttributes: asked.malformed,
  }
}

type Asked = { extensions: Extensions; attributes: AttributeFact[]; challenge: boolean; malformed: boolean }

/** More than any request has. */
const maxAttributes = 100

/** Old programs leave the attributes out altogether; a malformed attribute is told, not refused. */
function attributesOf(node: DerNode | undefined): Asked {
  const extensions: Extensions = { facts: {}, duplicate: [], malformed: [] }
  const asked: Asked = { extensions, attributes: [], challenge: false, malformed: false }
  if (!node) return asked
  for (const attribute of children(expect(node, 0xa0))) {
    const [type, values] = childrenOf(attribute, Tag.sequence)
    const oid = oidOf(expect(type, Tag.oid))
    if (oid === challengePassword) asked.challenge = true
    if (oid !== extensionRequest && oid !== microsoftExtensionRequest) {
      if (asked.attributes.length < maxAttributes) asked.attributes.push(attributeOf(oid, values))
      continue
    }
    const read = orNull(() => extensionsOf(expect(childrenOf(values, Tag.set)[0], Tag.sequence)))
    if (read) asked.extensions = read
    else asked.malformed = true
  }
  return asked
}

/** An attribute in readable lines; a password is not told, though anybody can read it in the file. */
function attributeOf(oid: string, values: DerNode | undefined): AttributeFact {
  const name = plainName(oid)
  if (oid === challengePassword) return { oid, name, value: ['there, not shown'] }
  const lines = orNull(() => childrenOf(values, Tag.set).flatMap(attributeLines))
  return { oid, name, value: lines ?? (values ? [shownHex(whole(values))] : []) }
}

/** Text and times as they are; what Windows adds (versions, names of programs) text by text. */
function attributeLines(value: DerNode): string[] {
  if (!value.constructed) return [anyValue(value)]
  const texts = children(value).filter((part) => !part.constructed)
  return texts.length > 0 ? [texts.map(anyValue).join(', ')] : [shownHex(whole(value))]
}
