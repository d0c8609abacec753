import type { DerNode } from './der.ts'
import { children, childrenOf, expect, orNull, Tag } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'
import { longName } from './oids.ts'

export type HashName = 'MD2' | 'MD4' | 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA3'

/** How a signature was made. `hash` is absent where the scheme has its own (Ed25519) or is not known here. */
export type SignatureAlgorithm = {
  oid: string
  /** OpenSSL's long name, or the dotted OID. */
  name: string
  scheme: 'rsa' | 'rsa-pss' | 'ecdsa' | 'ed25519' | 'other'
  hash?: HashName
  /** RSA-PSS: length of the salt in octets. */
  saltLength?: number
}

const known: Record<string, [SignatureAlgorithm['scheme'], HashName?]> = {
  '1.2.840.113549.1.1.2': ['rsa', 'MD2'],
  '1.2.840.113549.1.1.3': ['rsa', 'MD4'],
  '1.2.840.113549.1.1.4': ['rsa', 'MD5'],
  '1.3.14.3.2.3': ['rsa', 'MD5'],
  '1.2.840.113549.1.1.5': ['rsa', 'SHA-1'],
  '1.3.14.3.2.29': ['rsa', 'SHA-1'],
  '1.2.840.113549.1.1.14': ['rsa', 'SHA-224'],
  '1.2.840.113549.1.1.11': ['rsa', 'SHA-256'],
  '1.2.840.113549.1.1.12': ['rsa', 'SHA-384'],
  '1.2.840.113549.1.1.13': ['rsa', 'SHA-512'],
  '1.2.840.113549.1.1.10': ['rsa-pss'],
  '1.2.840.10045.4.1': ['ecdsa', 'SHA-1'],
  '1.2.840.10045.4.3.1': ['ecdsa', 'SHA-224'],
  '1.2.840.10045.4.3.2': ['ecdsa', 'SHA-256'],
  '1.2.840.10045.4.3.3': ['ecdsa', 'SHA-384'],
  '1.2.840.10045.4.3.4': ['ecdsa', 'SHA-512'],
  '1.3.101.112': ['ed25519'],
  '1.2.840.10040.4.3': ['other', 'SHA-1'],
  '1.3.14.3.2.27': ['other', 'SHA-1'],
  '1.3.14.3.2.13': ['other', 'SHA-1'],
  '2.16.840.1.101.3.4.3.1': ['other', 'SHA-224'],
  '2.16.840.1.101.3.4.3.2': ['other', 'SHA-256'],
}

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
