import type { Bytes } from './der.ts'
import { childrenOf, content, derOf, orNull, present, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import { shortNameOrOid } from './oids.ts'

/**
 * A Name (DER) on one line as OpenSSL's X509_NAME_oneline writes it, which is what `openssl ca` keeps in its index:
 * `/C=DE/O=Acme/CN=api`, parts of one set joined by `+`, octets outside printable ASCII as `\xHH`. `null` when the bytes
 * are no name.
 */
export function onelineName(name: Bytes): string | null {
  return orNull(() => {
    let line = ''
    for (const set of childrenOf(derOf(name), Tag.sequence)) {
      for (const [i, pair] of childrenOf(set, Tag.set).entries()) {
        const [type, value] = childrenOf(pair, Tag.sequence)
        line += `${i === 0 ? '/' : '+'}${shortNameOrOid(oidOf(present(type)))}=${printed(content(present(value)))}`
      }
    }
    return line
  })
}

const printed = (octets: Bytes): string =>
  Array.from(octets, (octet) =>
    octet >= 0x20 && octet <= 0x7e
      ? String.fromCharCode(octet)
      : `\\x${octet.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
