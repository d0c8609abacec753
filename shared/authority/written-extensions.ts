import type { Bytes } from '../pki/der.ts'
import { der } from '../pki/der.ts'
import { keyUsageNames } from '../pki/extension-values.ts'
import type { NewExtension } from '../pki/extension-writer.ts'
import { encodeGeneralName } from '../pki/name-writer.ts'

export const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

/** Named bits by RFC 5280's names (section 4.2.1.3); the first eight, which end users' certificates have. */
export function keyUsageOf(usages: readonly string[]): NewExtension {
  let bits = 0
  for (const usage of usages) bits |= 0x80 >> keyUsageNames.indexOf(usage)
  const unused = 31 - Math.clz32(bits & -bits)
  return { oid: oids.keyUsage, critical: true, value: der.bitString(Uint8Array.of(bits), unused) }
}

export const extendedKeyUsageOf = (purposes: readonly string[]): NewExtension => ({
  oid: oids.extendedKeyUsage,
  critical: false,
  value: der.sequence(...purposes.map((purpose) => der.oid(purpose))),
})

const uri = (address: string): Bytes => encodeGeneralName(`URI:${address}`)!

/** One point with one address each (RFC 5280 section 4.2.1.13). */
export const crlDistributionPointsOf = (addresses: readonly string[]): NewExtension => ({
  oid: oids.crlDistributionPoints,
  critical: false,
  value: der.sequence(...addresses.map((address) => der.sequence(der.context(0, der.context(0, uri(address)))))),
})

/** Where the issuer's certificate is (RFC 5280 section 4.2.2.1). */
export const issuerAddressesOf = (addresses: readonly string[]): NewExtension => ({
  oid: oids.authorityInfoAccess,
  critical: false,
  value: der.sequence(...addresses.map((address) => der.sequence(der.oid('1.3.6.1.5.5.7.48.2'), uri(address)))),
})

/** An address of the web that can stand in a certificate: ASCII, nothing unseen. */
export const isAddress = (text: string): boolean =>
  /^https?:\/\/[\x21-\x7e]{1,2000}$/.test(text) && URL.canParse(text) && !text.includes('\\')

/** A name that is written as it is shown: `DNS:…`, `IP:…`, `email:…`, `URI:…` without escapes. */
export const isPlainName = (name: string): boolean => !name.includes('\\') && encodeGeneralName(name) !== null
