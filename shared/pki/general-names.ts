import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, expect, hex, present, Tag } from './der.ts'
import { latin1, oidOf, visible } from './der-values.ts'
import { nameOf } from './names.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** IA5String says ASCII, but UTF-8 host names occur; octets that are neither are read as Latin-1. */
function ia5(bytes: Bytes): string {
  const text = latin1(bytes)
  if (/^[\x20-\x7e]*$/.test(text)) return text
  try {
    return visible(utf8.decode(bytes))
  } catch {
    return visible(text)
  }
}

/**
 * A GeneralName (RFC 5280 section 4.2.1.6) as `DNS:…`, `IP:…`, `email:…`, `URI:…`, `dirName:…`, `otherName:<oid>`,
 * `RID:…`, `x400Address` or `ediPartyName`. Control characters come out escaped. Throws `DerFault`.
 */
export function generalNameOf(node: DerNode): string {
  switch (node.id) {
    case 0xa0:
      return `otherName:${oidOf(expect(children(node)[0], Tag.oid))}`
    case 0x81:
      return `email:${ia5(content(node))}`
    case 0x82:
      return `DNS:${ia5(content(node))}`
    case 0xa3:
      return 'x400Address'
    case 0xa4:
      return `dirName:${directoryName(node)}`
    case 0xa5:
      return 'ediPartyName'
    case 0x86:
      return `URI:${ia5(content(node))}`
    case 0x87:
      return `IP:${addressOf(content(node))}`
    case 0x88:
      return `RID:${oidOf(node)}`
    default:
      throw new DerFault('another type')
  }
}

/** `STREET` is RFC 2253's own keyword; OpenSSL alone writes it small. */
function directoryName(node: DerNode): string {
  return nameOf(present(children(node)[0])).text.replace(/(^|,|\+)street=/g, '$1STREET=')
}

/** GeneralNames, each by `spell`. Throws `DerFault`. */
export const generalNamesOf = (node: DerNode, spell = generalNameOf): string[] =>
  childrenOf(node, Tag.sequence).map((name) => spell(name))

/** An address of 4 or 16 octets, or one with its mask of 8 or 32; hex for any other length. */
export function addressOf(bytes: Bytes): string {
  switch (bytes.length) {
    case 4:
      return bytes.join('.')
    case 16:
      return ipv6(bytes)
    case 8:
      return `${bytes.subarray(0, 4).join('.')}/${prefixOf(bytes.subarray(4)) ?? bytes.subarray(4).join('.')}`
    case 32:
      return `${ipv6(bytes.subarray(0, 16))}/${prefixOf(bytes.subarray(16)) ?? ipv6(bytes.subarray(16))}`
    default:
      return hex(bytes)
  }
}

/** RFC 5952: lower case, the longest run of zero groups shortened, the first of equal runs. */
function ipv6(bytes: Bytes): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[i * 2]! << 8) | bytes[i * 2 + 1]!)
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const spelt = groups.map((group) => group.toString(16))
  if (best.at < 0) return spelt.join(':')
  return `${spelt.slice(0, best.at).join(':')}::${spelt.slice(best.at + best.length).join(':')}`
}

function prefixOf(mask: Bytes): number | null {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.indexOf('0') + (bits.includes('0') ? 0 : bits.length + 1) : null
}
