import type { Bytes } from './der.ts'
import { der } from './der.ts'
import type { NamePart } from './facts.ts'
import { attributeOid } from './oids.ts'

/** Attributes that RFC 5280 appendix A.1 wants as PrintableString or IA5String; all others are UTF8String. */
const printable = new Set(['C', 'serialNumber', 'dnQualifier'])
const ia5 = new Set(['emailAddress', 'DC'])

/**
 * DER of a Name (RFC 5280 section 4.1.2.4) with the parts in the order given, one to a set. A `type` is a short name
 * (`CN`) or a dotted OID. A value that does not fit its string type is written as UTF8String rather than altered.
 */
export function encodeName(parts: readonly NamePart[]): Bytes {
  return der.sequence(
    ...parts.map(({ type, value }) => {
      const oid = /^\d+(\.\d+)+$/.test(type) ? type : attributeOid(type)
      if (oid === undefined) throw new Error(`unknown attribute ${type}`)
      return der.set(der.sequence(der.oid(oid), encodeValue(type, value)))
    }),
  )
}

function encodeValue(type: string, value: string): Bytes {
  if (printable.has(type) && /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)) return der.printableString(value)
  if (ia5.has(type) && /^[\x00-\x7f]*$/.test(value)) return der.ia5String(value)
  return der.utf8String(value)
}

const kinds = new Map([
  ['DNS', 2],
  ['email', 1],
  ['URI', 6],
])

/**
 * DER of a GeneralName from `DNS:…`, `IP:…`, `email:…` or `URI:…` (RFC 5280 section 4.2.1.6); `null` when the text is
 * none of these, the address is malformed, or a character lies outside ASCII (host names go in as punycode).
 */
export function encodeGeneralName(text: string): Bytes | null {
  const at = text.indexOf(':')
  const kind = text.slice(0, at)
  const value = text.slice(at + 1)
  if (kind === 'IP') {
    const address = addressOctets(value)
    return address && der.contextPrimitive(7, address)
  }
  const tag = kinds.get(kind)
  if (tag === undefined || !/^[\x21-\x7e]+$/.test(value)) return null
  return der.contextPrimitive(
    tag,
    Uint8Array.from(value, (c) => c.charCodeAt(0)),
  )
}

/** Four octets of an IPv4 address or sixteen of an IPv6 one (RFC 4291 section 2.2), or `null`. */
function addressOctets(text: string): Bytes | null {
  if (!text.includes(':')) return fourOctets(text)
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const four = tail.includes('.') ? fourOctets(tail) : undefined
  if (four === null) return null
  const head = four ? `${text.slice(0, -tail.length)}${pair(four[0]!, four[1]!)}:${pair(four[2]!, four[3]!)}` : text
  const sides = head.split('::')
  if (sides.length > 2) return null
  const [left, right] = sides.map((side) => (side === '' ? [] : side.split(':')))
  const zeros = 8 - left!.length - (right?.length ?? 0)
  if (right ? zeros < 1 : zeros !== 0) return null
  const groups = [...left!, ...(right ? [...Array<string>(zeros).fill('0'), ...right] : [])]
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  )
}

const pair = (high: number, low: number): string => (high * 256 + low).toString(16)

function fourOctets(text: string): Bytes | null {
  const parts = text.split('.')
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return valid ? Uint8Array.from(parts, Number) : null
}
