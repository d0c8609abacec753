import { openChaCha20Poly1305 } from './chacha20-poly1305.ts'
import type { Aead, HashName } from './cipher-suites.ts'

export type Sealed = { key: Uint8Array; nonce: Uint8Array; additional: Uint8Array; sealed: Uint8Array }
type Soon<T> = T | Promise<T>

/** What decoding needs from a crypto library. `webCrypto` runs anywhere, Node's own is faster. */
export type TlsCrypto = {
  hmac(hash: HashName, key: Uint8Array, data: Uint8Array): Soon<Uint8Array>
  /** Content and tag opened, or null when they were not sealed with this key. */
  open(aead: Aead, sealed: Sealed): Soon<Uint8Array | null>
  /** AES-CBC alone, its padding still on; null unless `sealed` is whole blocks. */
  decryptCbc(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Soon<Uint8Array | null>
}

const source = (bytes: Uint8Array) => bytes as BufferSource

export const webCrypto: TlsCrypto = {
  async hmac(hash, key, data) {
    const usage = { name: 'HMAC', hash }
    const imported = await crypto.subtle.importKey('raw', source(key), usage, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, source(data)))
  },

  async open(aead, { key, nonce, additional, sealed }) {
    if (aead === 'chacha20-poly1305') return openChaCha20Poly1305(key, nonce, additional, sealed)
    try {
      const imported = await crypto.subtle.importKey('raw', source(key), 'AES-GCM', false, ['decrypt'])
      const how = { name: 'AES-GCM', iv: source(nonce), additionalData: source(additional) }
      return new Uint8Array(await crypto.subtle.decrypt(how, imported, source(sealed)))
    } catch {
      return null
    }
  },

  async decryptCbc(key, iv, sealed) {
    if (sealed.length === 0 || sealed.length % 16 !== 0) return null
    try {
      const imported = await crypto.subtle.importKey('raw', source(key), 'AES-CBC', false, ['encrypt', 'decrypt'])
      // WebCrypto insists on PKCS#7 padding, which TLS does not have. Nothing, encrypted after the last block, is one
      // block of just that padding.
      const last = { name: 'AES-CBC', iv: source(sealed.subarray(-16)) }
      const padding = new Uint8Array(await crypto.subtle.encrypt(last, imported, new Uint8Array(0)))
      const padded = new Uint8Array(sealed.length + 16)
      padded.set(sealed)
      padded.set(padding, sealed.length)
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv: source(iv) }, imported, padded))
    } catch {
      return null
    }
  },
}
