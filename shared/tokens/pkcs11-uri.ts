import { hex } from '../pki/der.ts'
import type { TokenPlace } from './token.ts'

const unreserved = /[A-Za-z0-9._~-]/

/** Text in an attribute (RFC 7512 section 2.3): whatever is not unreserved is written as the octets of its UTF-8. */
const encoded = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (octet) => {
    const character = String.fromCharCode(octet)
    return unreserved.test(character) ? character : `%${octet.toString(16).padStart(2, '0').toUpperCase()}`
  }).join('')

/** The `pkcs11:` URI of a private key (RFC 7512): token, serial number where there is one, and id. No PIN is in it. */
export function pkcs11Uri({ token, serial, keyId }: Pick<TokenPlace, 'token' | 'serial' | 'keyId'>): string {
  const id = keyId.replace(/../g, (octet) => `%${octet.toUpperCase()}`)
  return [
    `pkcs11:token=${encoded(token)}`,
    ...(serial ? [`serial=${encoded(serial)}`] : []),
    `id=${id}`,
    'type=private',
  ].join(';')
}

/** What a `pkcs11:` URI names; parts that it leaves out are absent. */
export type Pkcs11Key = { token?: string; serial?: string; keyId?: string; object?: string; library?: string }

/** Octets of a percent-encoded text; `null` for what is not one. */
function octetsOf(text: string): Uint8Array | null {
  if (!/^(?:%[0-9a-fA-F]{2}|[^%])*$/.test(text)) return null
  const parts = text.match(/%[0-9a-fA-F]{2}|[^%]+/g) ?? []
  return Uint8Array.from(
    parts.flatMap((part) =>
      part.startsWith('%') ? [Number.parseInt(part.slice(1), 16)] : Array.from(new TextEncoder().encode(part)),
    ),
  )
}

/**
 * Reads a `pkcs11:` URI (RFC 7512): token, serial, id, object, and `module-path` of its query; other attributes are
 * passed over. `null` when it is none, names an attribute twice, or is encoded wrongly.
 */
export function readPkcs11Uri(text: string): Pkcs11Key | null {
  const found = /^pkcs11:([^?]*)(?:\?(.*))?$/.exec(text)
  if (!found || text.length > 4096) return null
  const [, path = '', query = ''] = found
  const values = new Map<string, Uint8Array>()
  for (const part of [...path.split(';'), ...query.split('&')].filter((one) => one !== '')) {
    const at = part.indexOf('=')
    const value = at < 0 ? null : octetsOf(part.slice(at + 1))
    const name = part.slice(0, at)
    if (!value || values.has(name)) return null
    values.set(name, value)
  }
  const told = (name: string) => {
    const value = values.get(name)
    return value && new TextDecoder().decode(value)
  }
  const id = values.get('id')
  const [token, serial, object, library] = ['token', 'serial', 'object', 'module-path'].map(told)
  return {
    ...(token !== undefined && { token }),
    ...(serial !== undefined && { serial }),
    ...(id && { keyId: hex(id) }),
    ...(object !== undefined && { object }),
    ...(library !== undefined && { library }),
  }
}
