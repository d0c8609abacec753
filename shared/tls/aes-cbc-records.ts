import { concat, sameBytes } from '../pki/der.ts'
import type { HashName } from './cipher-suites.ts'
import type { TlsCrypto } from './tls-crypto.ts'

export type CbcKeys = { macKey: Uint8Array; key: Uint8Array }
export type CbcForm = { mac: HashName; macFirst: boolean }

export const macBytes: Record<HashName, number> = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48 }
const blockBytes = 16

/**
 * Opens a record of AES-CBC with HMAC: its IV in front; MAC inside the encryption (RFC 5246 section 6.2.3.2,
 * `macFirst`) or outside of it (RFC 7366, encrypt_then_mac). `prefix` is sequence number, type and version, which the
 * MAC covers with a length behind it. Null when MAC or padding is not right.
 */
export async function openCbc(
  use: TlsCrypto,
  { mac, macFirst }: CbcForm,
  { macKey, key }: CbcKeys,
  prefix: Uint8Array,
  fragment: Uint8Array,
): Promise<Uint8Array | null> {
  const tagBytes = macBytes[mac]
  const end = macFirst ? fragment.length : fragment.length - tagBytes
  if (end < 2 * blockBytes) return null
  const tagOf = (content: Uint8Array) => use.hmac(mac, macKey, concat([prefix, lengthOf(content), content]))
  const sealed = fragment.subarray(0, end)
  if (!macFirst && !sameBytes(await tagOf(sealed), fragment.subarray(end))) return null
  const padded = await use.decryptCbc(key, sealed.subarray(0, blockBytes), sealed.subarray(blockBytes))
  const plain = padded && withoutPadding(padded)
  if (!plain || !macFirst) return plain
  const content = plain.subarray(0, Math.max(0, plain.length - tagBytes))
  return sameBytes(await tagOf(content), plain.subarray(content.length)) ? content : null
}

const lengthOf = ({ length }: Uint8Array) => new Uint8Array([length >> 8, length & 255])

/** Each byte of the padding, the last of which is its length without itself, has that length as its value. */
function withoutPadding(padded: Uint8Array): Uint8Array | null {
  const length = padded[padded.length - 1] ?? 0
  const end = padded.length - length - 1
  if (end < 0) return null
  for (let i = end; i < padded.length; i++) if (padded[i] !== length) return null
  return padded.subarray(0, end)
}
