import type { DerNode } from './der.ts'
import { children, childrenOf, expect, orNull, Tag } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'
import { longName } from './oids.ts'

export type HashName =
  | 'MD2'
  | 'MD4'
  | 'MD5'
  | 'RIPEMD-160'
  | 'SHA-1'
  | 'SHA-224'
  | 'SHA-256'
  | 'SHA-384'
  | 'SHA-512'
  | 'SHA-512/224'
  | 'SHA-512/256'
  | 'SHA3-224'
  | 'SHA3-256'
  | 'SHA3-384'
  | 'SHA3-512'
  | 'SM3'

/** What a signature is made with. `own`: the key's own identifier names the scheme (Ed448, ML-DSA, SLH-DSA). */
export type SignatureScheme = 'rsa' | 'rsa-pss' | 'ecdsa' | 'dsa' | 'ed25519' | 'own' | 'other'

/** How a signature was made. `hash` is absent where the scheme has its own (Ed25519) or is not known here. */
export type SignatureAlgorithm = {
  oid: string
  /** OpenSSL's long name, or the dotted OID. */
  name: string
  scheme: SignatureScheme
  hash?: HashName
  /** RSA-PSS: length of the salt in octets. */
  saltLength?: number
}

const nist = '2.16.840.1.101.3.4.3'

const known: Record<string, [SignatureScheme, HashName?]> = {
  '1.2.840.113549.1.1.2': ['rsa', 'MD2'],
  '1.2.840.113549.1.1.3': ['rsa', 'MD4'],
  '1.2.840.113549.1.1.4': ['rsa', 'MD5'],
  '1.3.14.3.2.3': ['rsa', 'MD5'],
  '1.2.840.113549.1.1.5': ['rsa', 'SHA-1'],
  '1.3.14.3.2.29': ['rsa', 'SHA-1'],
  '1.3.36.3.3.1.2': ['rsa', 'RIPEMD-160'],
  '1.2.840.113549.1.1.14': ['rsa', 'SHA-224'],
  '1.2.840.113549.1.1.11': ['rsa', 'SHA-256'],
  '1.2.840.113549.1.1.12': ['rsa', 'SHA-384'],
  '1.2.840.113549.1.1.13': ['rsa', 'SHA-512'],
  '1.2.840.113549.1.1.15': ['rsa', 'SHA-512/224'],
  '1.2.840.113549.1.1.16': ['rsa', 'SHA-512/256'],
  '1.2.840.113549.1.1.10': ['rsa-pss'],
  '1.2.840.10045.4.1': ['ecdsa', 'SHA-1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'SHA-224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'SHA-256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'SHA-384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'SHA-512'],
  '1.3.101.112': ['ed25519'],
  '1.3.101.113': ['own'],
  '1.2.840.10040.4.3': ['dsa', 'SHA-1'],
  '1.3.14.3.2.27': ['dsa', 'SHA-1'],
  '1.3.14.3.2.13': ['dsa', 'SHA-1'],
  '1.2.156.10197.1.501': ['other', 'SM3'],
}

// NIST's arc: DSA with SHA-2, then DSA, ECDSA and RSA with SHA-3, each from 224 to 512 bits, then ML-DSA and SLH-DSA.
const sizes = ['224', '256', '384', '512'] as const
for (const [i, size] of sizes.entries()) {
  known[`${nist}.${1 + i}`] = ['dsa', `SHA-${size}`]
  known[`${nist}.${5 + i}`] = ['dsa', `SHA3-${size}`]
  known[`${nist}.${9 + i}`] = ['ecdsa', `SHA3-${size}`]
  known[`${nist}.${13 + i}`] = ['rsa', `SHA3-${size}`]
}
for (let arc = 17; arc <= 31; arc++) known[`${nist}.${arc}`] = ['own']

const hashes: Record<string, HashName> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/** Reads an AlgorithmIdentifier of a signature (RFC 5280 section 4.1.1.2, RFC 4055 for RSA-PSS). Throws `DerFault`. */
export function signatureAlgorithmOf(node: DerNode | undefined): SignatureAlgorithm {
  const [type, parameters] = childrenOf(node, Tag.sequence)
  const oid = oidOf(expect(type, Tag.oid))
  const [scheme, hash] = known[oid] ?? ['other']
  const name = longName(oid)
  if (scheme !== 'rsa-pss') return { oid, name, scheme, ...(hash && { hash }) }
  const pss = orNull(() => pssOf(parameters))
  // Parameters that are not understood leave a scheme that nothing here can verify.
  return pss ? { oid, name, scheme, ...pss } : { oid, name, scheme: 'other' }
}

/** Defaults are SHA-1, MGF1 with SHA-1 and 20 octets (RFC 4055 section 3.1); mask and message hash must agree. */
function pssOf(parameters: DerNode | undefined): { hash: HashName; saltLength: number } | null {
  let hash: HashName | undefined = 'SHA-1'
  let maskHash: HashName | undefined = 'SHA-1'
  let saltLength = 20
  for (const part of parameters?.id === Tag.sequence ? children(parameters) : []) {
    const [inner] = children(part)
    if (part.id === 0xa0) hash = hashes[oidOf(expect(childrenOf(inner, Tag.sequence)[0], Tag.oid))]
    else if (part.id === 0xa1) {
      const [, mask] = childrenOf(inner, Tag.sequence)
      maskHash = hashes[oidOf(expect(childrenOf(mask, Tag.sequence)[0], Tag.oid))]
    } else if (part.id === 0xa2) saltLength = smallInteger(expect(inner, Tag.integer))
  }
  return hash && hash === maskHash && saltLength >= 0 ? { hash, saltLength } : null
}
