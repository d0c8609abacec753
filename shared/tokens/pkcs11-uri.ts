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
