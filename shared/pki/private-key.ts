import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, der, derOf, expect, octets, orNull, Tag, whole } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'

/** A private key in the clear. `pkcs8` is a PrivateKeyInfo (RFC 5208) or OneAsymmetricKey (RFC 5958). */
export type PlainKey = {
  pkcs8: Bytes
  container: 'PKCS#8' | 'PKCS#1' | 'SEC1' | 'OpenSSL DSA' | 'OpenSSH' | 'PuTTY' | 'PVK'
}

/** The parts of a PKCS#8 key that its public half is computed from. */
export type KeyParts = {
  oid: string
  /** The AlgorithmIdentifier, whole. */
  algorithm: Bytes
  parameters: DerNode | undefined
  /** Content of the OCTET STRING. */
  key: Bytes
  /** The public key of a OneAsymmetricKey: content of its BIT STRING. */
  publicKey: Bytes | undefined
}

const rsaOid = '1.2.840.113549.1.1.1'
const ecOid = '1.2.840.10045.2.1'
const dsaOid = '1.2.840.10040.4.1'

const zero = () => der.integer(0)

/** PKCS#8 around the key of another form. */
export const pkcs8Of = (algorithm: Bytes, key: Bytes): Bytes => der.sequence(zero(), algorithm, der.octetString(key))

export const rsaPkcs8 = (pkcs1: Bytes): Bytes => pkcs8Of(der.sequence(der.oid(rsaOid), der.null()), pkcs1)

/** `curve` is the whole parameters value: mostly the OID of a named curve. */
export const ecPkcs8 = (curve: Bytes, privateKey: Bytes, publicPoint: Bytes | undefined): Bytes =>
  pkcs8Of(
    der.sequence(der.oid(ecOid), curve),
    der.sequence(
      der.integer(1),
      der.octetString(privateKey),
      ...(publicPoint ? [der.context(1, der.bitString(publicPoint))] : []),
    ),
  )

export const dsaPkcs8 = (p: Bytes, q: Bytes, g: Bytes, x: Bytes): Bytes =>
  pkcs8Of(der.sequence(der.oid(dsaOid), der.sequence(p, q, g)), x)

/** Content of the public key's BIT STRING at the end of an ECPrivateKey (RFC 5915), when it is there. */
export function pointOf(parts: readonly DerNode[]): Bytes | undefined {
  const tagged = parts.find((part) => part.id === 0xa1)
  if (!tagged) return undefined
  const bits = content(expect(children(tagged)[0], Tag.bitString))
  if (bits.length < 2 || bits[0] !== 0) throw new DerFault('public key')
  return bits.subarray(1)
}

/**
 * Reads a private key in the clear, whatever its form: PKCS#8, PKCS#1 (RFC 8017 appendix A.1.2), SEC1 (RFC 5915) or
 * OpenSSL's own for DSA. `curve` is the content of an `EC PARAMETERS` block, for a SEC1 key that names none.
 * `null` when it is none of them.
 */
export function readPlainKey(bytes: Bytes, curve?: Bytes): PlainKey | null {
  return orNull(() => {
    const node = derOf(bytes)
    const parts = childrenOf(node, Tag.sequence)
    const [version, second] = parts
    expect(version, Tag.integer)
    if (second?.id === Tag.sequence) {
      partsOf(node)
      return { pkcs8: whole(node), container: 'PKCS#8' }
    }
    if (second?.id === Tag.octetString) {
      const tagged = parts.find((part) => part.id === 0xa0)
      const parameters = tagged ? whole(children(tagged)[0]!) : curve
      if (!parameters) throw new DerFault('no curve')
      return { pkcs8: ecPkcs8(parameters, content(second), pointOf(parts)), container: 'SEC1' }
    }
    const numbers = parts.every((part, at) => part.id === Tag.integer || (at === 9 && part.id === Tag.sequence))
    if (!numbers) throw new DerFault('another type')
    if (parts.length === 6) {
      const [, p, q, g, , x] = parts.map(whole)
      return { pkcs8: dsaPkcs8(p!, q!, g!, x!), container: 'OpenSSL DSA' }
    }
    if (parts.length !== 9 && parts.length !== 10) throw new DerFault('another type')
    return { pkcs8: rsaPkcs8(whole(node)), container: 'PKCS#1' }
  })
}

/** Takes a PKCS#8 key apart. Throws `DerFault`. */
export function partsOf(node: DerNode): KeyParts {
  const [version, algorithm, key, ...rest] = childrenOf(node, Tag.sequence)
  if (smallInteger(expect(version, Tag.integer)) > 1) throw new DerFault('version')
  const [type, parameters] = childrenOf(algorithm, Tag.sequence)
  const tagged = rest.find((part) => part.id === 0x81)
  return {
    oid: oidOf(expect(type, Tag.oid)),
    algorithm: whole(algorithm!),
    parameters,
    key: octets(key?.id === 0x24 ? key : expect(key, Tag.octetString)),
    publicKey: tagged && content(tagged).subarray(1),
  }
}

/** `null` when the bytes are no PKCS#8 key. */
export const readParts = (pkcs8: Bytes): KeyParts | null => orNull(() => partsOf(derOf(pkcs8)))
