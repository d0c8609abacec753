import { createDecipheriv, createHmac } from 'node:crypto'
import { openChaCha20Poly1305 } from '../../shared/tls/chacha20-poly1305.ts'
import type { HashName } from '../../shared/tls/cipher-suites.ts'
import type { TlsCrypto } from '../../shared/tls/tls-crypto.ts'

const tagBytes = 16
const hashes: Record<HashName, string> = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384' }

/** Node's own crypto for the decoder: synchronous, so some tenths of a millisecond a handshake. */
export const nodeCrypto: TlsCrypto = {
  hmac: (hash, key, data) => createHmac(hashes[hash], key).update(data).digest(),

  open(aead, { key, nonce, additional, sealed }) {
    // Electron's crypto module has no ChaCha20-Poly1305.
    if (aead === 'chacha20-poly1305') return openChaCha20Poly1305(key, nonce, additional, sealed)
    if (sealed.length < tagBytes) return null
    try {
      const decipher = createDecipheriv(aead, key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(additional)
      decipher.setAuthTag(sealed.subarray(-tagBytes))
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
    } catch {
      return null
    }
  },

  decryptCbc(key, iv, sealed) {
    if (sealed.length === 0 || sealed.length % 16 !== 0) return null
    try {
      const decipher = createDecipheriv(key.length === 16 ? 'aes-128-cbc' : 'aes-256-cbc', key, iv)
      decipher.setAutoPadding(false)
      return Buffer.concat([decipher.update(sealed), decipher.final()])
    } catch {
      return null
    }
  },
}
