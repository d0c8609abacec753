import type { Bytes } from './der.ts'
import { childrenOf, der, derOf, expect, hex, Tag } from './der.ts'
import { bitsOf } from './der-values.ts'
import { digestOf } from './kdf.ts'
import { encodeGeneralName } from './name-writer.ts'

/** One extension to be written (RFC 5280 section 4.2): `value` is what its OCTET STRING holds. */
export type NewExtension = { oid: string; critical: boolean; value: Bytes }

export type Purpose = 'clientAuth' | 'serverAuth'
export type Usage = 'digitalSignature' | 'keyEncipherment' | 'keyCertSign' | 'cRLSign'

const purposeOids: Record<Purpose, string> = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' }
const usageBits: Record<Usage, number> = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 }

/** Subject alternative names; critical when the subject is empty, as RFC 5280 section 4.2.1.6 demands. */
export function subjectAltName(names: readonly string[], subjectIsEmpty = false): NewExtension {
  const encoded = names.map((name) => {
    const general = encodeGeneralName(name)
    if (!general) throw new Error('a subject alternative name that was not checked before')
    return general
  })
  return { oid: '2.5.29.17', critical: subjectIsEmpty, value: der.sequence(...encoded) }
}

/** Named bits, with the trailing zero bits left out as DER wants (X.690 11.2.2). */
export function keyUsage(usages: readonly Usage[]): NewExtension {
  let bits = 0
  for (const usage of usages) bits |= 0x80 >> usageBits[usage]
  const unused = 31 - Math.clz32(bits & -bits)
  return { oid: '2.5.29.15', critical: true, value: der.bitString(Uint8Array.of(bits), unused) }
}

export const extendedKeyUsage = (purposes: readonly Purpose[]): NewExtension => ({
  oid: '2.5.29.37',
  critical: false,
  value: der.sequence(...purposes.map((purpose) => der.oid(purposeOids[purpose]))),
})

/** A path length of 0 lets an authority sign certificates but no further authority, 1 authorities that do so. */
export const basicConstraints = (isCa: boolean, pathLength = 0): NewExtension => ({
  oid: '2.5.29.19',
  critical: true,
  value: isCa ? der.sequence(der.boolean(true), der.integer(pathLength)) : der.sequence(),
})

/** SHA-1 over the key's bits in hex (RFC 5280 section 4.2.1.2, method 1): a name, not a protection. */
export function keyIdentifier(spki: Bytes): string {
  const [, key] = childrenOf(derOf(spki), Tag.sequence)
  return hex(digestOf('SHA-1', bitsOf(expect(key, Tag.bitString)).bytes))
}

const fromHex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

export const subjectKeyIdentifier = (identifier: string): NewExtension => ({
  oid: '2.5.29.14',
  critical: false,
  value: der.octetString(fromHex(identifier)),
})

export const authorityKeyIdentifier = (identifier: string): NewExtension => ({
  oid: '2.5.29.35',
  critical: false,
  value: der.sequence(der.contextPrimitive(0, fromHex(identifier))),
})
