import type { Bytes } from './der.ts'
import { concat } from './der.ts'
import { digestOf } from './kdf.ts'
import type { Cipher } from './protection.ts'
import { decipher } from './sealing.ts'

/**
 * OpenSSL's encryption of PEM blocks from before PKCS#8 (`Proc-Type: 4,ENCRYPTED`, RFC 1421 headers): the key is one
 * round of MD5 over the passphrase. Weak, and still what many tutorials produce.
 */
export type LegacyPem = { cipher: Cipher; keyLength: number; iv: Bytes; label: string }

const ciphers: Record<string, { cipher: Cipher; keyLength: number; ivLength: number }> = {
  'DES-CBC': { cipher: { name: 'DES-CBC' }, keyLength: 8, ivLength: 8 },
  'DES-EDE-CBC': { cipher: { name: '3DES-CBC' }, keyLength: 16, ivLength: 8 },
  'DES-EDE3-CBC': { cipher: { name: '3DES-CBC' }, keyLength: 24, ivLength: 8 },
  'RC2-CBC': { cipher: { name: 'RC2-CBC', effectiveBits: 128 }, keyLength: 16, ivLength: 8 },
  'RC2-64-CBC': { cipher: { name: 'RC2-CBC', effectiveBits: 64 }, keyLength: 8, ivLength: 8 },
  'RC2-40-CBC': { cipher: { name: 'RC2-CBC', effectiveBits: 40 }, keyLength: 5, ivLength: 8 },
  'AES-128-CBC': { cipher: { name: 'AES-CBC' }, keyLength: 16, ivLength: 16 },
  'AES-192-CBC': { cipher: { name: 'AES-CBC' }, keyLength: 24, ivLength: 16 },
  'AES-256-CBC': { cipher: { name: 'AES-CBC' }, keyLength: 32, ivLength: 16 },
}

/** Reads the headers of a block. `null` when it is not encrypted this way, `damaged` when they make no sense. */
export function readLegacyPem(headers: Record<string, string>): LegacyPem | { unsupported: string } | 'damaged' | null {
  if (!/^4\s*,\s*ENCRYPTED$/i.test(headers['Proc-Type'] ?? '')) return null
  const [name = '', ivHex = ''] = (headers['DEK-Info'] ?? '').split(',').map((part) => part.trim())
  const known = ciphers[name.toUpperCase()]
  const label = `OpenSSL PEM, MD5, ${name}`
  if (!known) return /^[A-Za-z0-9-]{1,40}$/.test(name) ? { unsupported: label } : 'damaged'
  if (ivHex.length !== known.ivLength * 2 || !/^[0-9A-Fa-f]+$/.test(ivHex)) return 'damaged'
  const iv = Uint8Array.from(ivHex.match(/../g)!, (pair) => Number.parseInt(pair, 16))
  return { cipher: known.cipher, keyLength: known.keyLength, iv, label }
}

/** Opens the block's content; `wrong` when the passphrase does not fit, `damaged` when it is not whole blocks. */
export async function openLegacyPem(
  pem: LegacyPem,
  passphrase: Bytes,
  data: Bytes,
): Promise<Bytes | 'wrong' | 'damaged'> {
  if (data.length === 0 || data.length % pem.iv.length !== 0) return 'damaged'
  const salt = pem.iv.subarray(0, 8)
  let key: Bytes = new Uint8Array(0)
  for (let last: Bytes = key; key.length < pem.keyLength; key = concat([key, last])) {
    last = digestOf('MD5', concat([last, passphrase, salt]))
  }
  return decipher(pem.cipher, key.subarray(0, pem.keyLength), pem.iv, data)
}
