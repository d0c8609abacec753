import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, DerFault, expect, octets, orNull, present, readDer, Tag } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'
import type { Derivation, Scheme } from './encryption-scheme.ts'
import { derivationOf, hmacDigest, schemeOf } from './encryption-scheme.ts'
import { longName } from './oids.ts'
import { bagType, dataType, encryptedDataType } from './pkcs12-safe.ts'

/** What guards a PKCS#12 file against changes (RFC 7292 section 4, RFC 9579). */
export type MacOutline =
  | { kind: 'none' }
  | { kind: 'hmac'; digest: string; iterations: number; saltOctets: number }
  | { kind: 'pbmac1'; digest: string; derivation: Derivation }
  | { kind: 'signature' }
  | { kind: 'unreadable' }

/** A ContentInfo of the authenticated safe. `bags`: in the clear. `scheme` absent: encrypted to a certificate. */
export type SafeOutline = { bags: DerNode } | { scheme?: Scheme; algorithm?: DerNode; data?: Bytes }

export type Pkcs12Outline = {
  version: number
  octets: number
  mac: MacOutline
  safes: SafeOutline[]
  /** BER instead of DER, and octets after the end: some readers refuse either. */
  indefinite: boolean
  bytesAfter: boolean
}

/** The structure of a PKCS#12 file, without its passphrase; `null` when the bytes are none. */
export const pkcs12Outline = (bytes: Bytes): Pkcs12Outline | null => orNull(() => outlineOf(bytes))

function outlineOf(bytes: Bytes): Pkcs12Outline {
  const node = present(readDer(bytes) ?? undefined)
  const [version, safe, macData] = childrenOf(node, Tag.sequence)
  const [type, explicit] = childrenOf(safe, Tag.sequence)
  const number = smallInteger(expect(version, Tag.integer))
  const form = {
    version: number,
    octets: bytes.length,
    indefinite: bytes[node.start + 1] === 0x80,
    bytesAfter: node.end < bytes.length,
  }
  if (oidOf(present(type)) !== dataType) return { ...form, mac: { kind: 'signature' }, safes: [] }
  const content = octets(present(children(present(explicit))[0]))
  const safes = childrenOf(readDer(content) ?? undefined, Tag.sequence).map(safeOf)
  const mac: MacOutline = macData ? (orNull(() => macOf(macData)) ?? { kind: 'unreadable' }) : { kind: 'none' }
  return { ...form, mac, safes }
}

const digests: Record<string, string> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
}

function macOf(macData: DerNode): MacOutline {
  const [info, salt, count] = childrenOf(macData, Tag.sequence)
  const [type, parameters] = childrenOf(childrenOf(info, Tag.sequence)[0], Tag.sequence)
  const oid = oidOf(present(type))
  if (oid === '1.2.840.113549.1.5.14') {
    const [derivation, scheme] = childrenOf(parameters, Tag.sequence)
    const digest = hmacDigest(oidOf(present(childrenOf(scheme, Tag.sequence)[0])))
    return { kind: 'pbmac1', digest, derivation: derivationOf(derivation) }
  }
  return {
    kind: 'hmac',
    digest: digests[oid] ?? longName(oid),
    iterations: count ? smallInteger(expect(count, Tag.integer)) : 1,
    saltOctets: octets(present(salt)).length,
  }
}

function safeOf(info: DerNode): SafeOutline {
  const [type, explicit] = childrenOf(info, Tag.sequence)
  const oid = oidOf(present(type))
  const value = present(children(present(explicit))[0])
  if (oid === dataType) return { bags: present(readDer(octets(value)) ?? undefined) }
  if (oid !== encryptedDataType) return {}
  const [, content] = childrenOf(value, Tag.sequence)
  const [, algorithm, encrypted] = childrenOf(content, Tag.sequence)
  if (!encrypted || (encrypted.id !== 0x80 && encrypted.id !== 0xa0)) throw new DerFault('no content')
  return { scheme: schemeOf(algorithm), algorithm: present(algorithm), data: octets(encrypted) }
}

/** A bag with its kind (1 key, 2 shrouded key, 3 certificate, 4 list, 5 secret, 6 safe contents; 0 unknown). */
export type Bag = { kind: number; value: DerNode; attributes?: DerNode }

/** The bags of a safe. Throws `DerFault`. */
export function bagsOf(bags: DerNode): Bag[] {
  return childrenOf(bags, Tag.sequence).map((bag) => {
    const [type, explicit, attributes] = childrenOf(bag, Tag.sequence)
    const oid = oidOf(present(type))
    const kind = oid.startsWith(bagType) ? Number(oid.slice(bagType.length)) || 0 : 0
    return { kind, value: present(children(present(explicit))[0]), ...(attributes && { attributes }) }
  })
}
