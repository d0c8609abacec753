import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** A secret at rest: AES-256-GCM, the 16 bytes of its tag at the end of `data`. Both in base64. */
export const Sealed = z.strictObject({ nonce: z.base64().length(16), data: z.base64().max(4 * 1024 * 1024) })
export type Sealed = z.infer<typeof Sealed>

const tagBytes = 16

/** A key for one purpose, so that no key serves two algorithms. */
export function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `countersign ${purpose}`, 32))
}

/**
 * `bind` says what the secret is and where it belongs. It is authenticated, not stored: a sealed secret that is moved
 * to another record or field no longer opens.
 */
export function seal(key: Uint8Array, secret: Uint8Array, bind: string): Sealed {
  // 96 random bits: safe for far more secrets than a vault will ever hold (NIST SP 800-38D, 8.3).
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(bind))
  const data = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), data: data.toString('base64') }
}

/** The secret, or null when it was altered, moved, or sealed with another key. The caller zeroes it after use. */
export function unseal(key: Uint8Array, sealed: Sealed, bind: string): Buffer | null {
  const data = Buffer.from(sealed.data, 'base64')
  const nonce = Buffer.from(sealed.nonce, 'base64')
  if (data.length < tagBytes || nonce.length !== 12) return null
  // Base64 has several spellings of the same bytes, and only one of them was written here.
  if (data.toString('base64') !== sealed.data || nonce.toString('base64') !== sealed.nonce) return null
  const opener = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(bind))
    .setAuthTag(data.subarray(-tagBytes))
  const secret = opener.update(data.subarray(0, -tagBytes))
  try {
    opener.final()
    return secret
  } catch {
    secret.fill(0)
    return null
  }
}

/** Vouches for public text beside the secrets. */
export function vouch(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}

export function vouches(key: Uint8Array, text: string, mac: string): boolean {
  // As text: base64 has several spellings of the same bytes, and only ours is ours.
  const expected = Buffer.from(vouch(key, text))
  const given = Buffer.from(mac)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
