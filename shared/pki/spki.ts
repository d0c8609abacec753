import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, derOf, expect, orNull, Tag, whole } from './der.ts'
import { bitLength, bitsOf, integerOf, oidOf, smallInteger } from './der-values.ts'
import { sha256 } from './digest.ts'
import type { Facts } from './facts.ts'
import { longName, shortNameOrOid } from './oids.ts'

/** A SubjectPublicKeyInfo (RFC 5280 section 4.1). `exponent` of RSA; `readable` is false when the key itself is not. */
export type PublicKey = {
  der: Bytes
  oid: string
  facts: Pick<Facts, 'keyAlgorithm' | 'keyBits' | 'curve' | 'spkiSha256'>
  readable: boolean
  exponent?: bigint
  /** Of RSA, big-endian; a view into `der`. */
  modulus?: Bytes
}

const plainNames: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '2.5.8.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.113549.1.1.7': 'RSA-OAEP',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.14.3.2.12': 'DSA',
  '1.2.840.113549.1.3.1': 'DH',
  '1.2.840.10046.2.1': 'DH',
}

/** Our name of a key algorithm by its OID: `RSA`, `EC`, `Ed25519`, `ML-DSA-44` …, or the dotted OID. */
export const keyAlgorithmName = (oid: string): string => plainNames[oid] ?? longName(oid)

/** Public exponents and moduli past this many octets are random bytes, not numbers: their value is not computed. */
const maxExponentOctets = 1024

/** Reads a SubjectPublicKeyInfo within a reader. Throws `DerFault`. */
export function publicKeyOf(node: DerNode): PublicKey {
  const [algorithm, key] = childrenOf(node, Tag.sequence)
  const [type, parameters] = childrenOf(algorithm, Tag.sequence)
  const oid = oidOf(expect(type, Tag.oid))
  const bits = bitsOf(expect(key, Tag.bitString))
  const der = whole(node)
  const sized = orNull(() => sizeOf(oid, parameters, bits.bytes))
  return {
    der,
    oid,
    facts: {
      keyAlgorithm: keyAlgorithmName(oid),
      ...(sized?.keyBits !== undefined && { keyBits: sized.keyBits }),
      ...(sized?.curve !== undefined && { curve: sized.curve }),
      spkiSha256: sha256(der),
    },
    readable: sized !== null,
    ...(sized?.exponent !== undefined && { exponent: sized.exponent }),
    ...(sized?.modulus && { modulus: sized.modulus }),
  }
}

/** Reads a SubjectPublicKeyInfo; `null` when the bytes are none. */
export const readPublicKey = (der: Bytes): PublicKey | null => orNull(() => publicKeyOf(derOf(der)))

function sizeOf(
  oid: string,
  parameters: DerNode | undefined,
  key: Bytes,
): { keyBits?: number; curve?: string; exponent?: bigint; modulus?: Bytes } {
  switch (plainNames[oid]) {
    case 'RSA':
    case 'RSA-PSS':
    case 'RSA-OAEP': {
      const [modulus, exponent] = childrenOf(derOf(key), Tag.sequence)
      expect(exponent, Tag.integer)
      const octets = content(expect(modulus, Tag.integer))
      const small = exponent!.to - exponent!.from <= maxExponentOctets
      return { keyBits: bitLength(octets), modulus: octets, ...(small && { exponent: integerOf(exponent!) }) }
    }
    case 'EC':
      if (key.length === 0) throw new DerFault('no point')
      return curveOf(parameters)
    case 'DSA':
    case 'DH':
      // Parameters inherited from the issuer (RFC 3279 section 2.3.2) say nothing about the size.
      if (parameters?.id !== Tag.sequence) return {}
      return { keyBits: bitLength(content(expect(children(parameters)[0], Tag.integer))) }
    default:
      return {}
  }
}

/** The curve by name or by explicit parameters (RFC 3279 section 2.3.5); bits are those of the field. Throws `DerFault`. */
export function curveOf(parameters: DerNode | undefined): { keyBits?: number; curve?: string } {
  if (parameters?.id === Tag.oid) {
    const curve = shortNameOrOid(oidOf(parameters))
    const keyBits = fieldBits(curve)
    return { curve, ...(keyBits !== undefined && { keyBits }) }
  }
  const [, field] = childrenOf(parameters, Tag.sequence)
  const [type, size] = childrenOf(field, Tag.sequence)
  const curve = 'explicit parameters'
  if (oidOf(expect(type, Tag.oid)) === '1.2.840.10045.1.1') {
    return { curve, keyBits: bitLength(content(expect(size, Tag.integer))) }
  }
  return { curve, keyBits: smallInteger(expect(childrenOf(size, Tag.sequence)[0], Tag.integer)) }
}

/** WAP's curves alone do not carry their size in their name. */
const wapBits: Record<string, number> = {
  1: 113,
  3: 163,
  4: 113,
  5: 163,
  6: 112,
  7: 160,
  8: 112,
  9: 160,
  10: 233,
  11: 233,
  12: 224,
}

function fieldBits(curve: string): number | undefined {
  if (curve === 'SM2') return 256
  const wap = /^wap-wsg-idm-ecid-wtls(\d+)$/.exec(curve)
  if (wap) return wapBits[wap[1]!]
  const digits = /^(?:secp|sect|prime|c2pnb|c2tnb|brainpoolP)(\d{3})/.exec(curve)
  return digits ? Number(digits[1]) : undefined
}
