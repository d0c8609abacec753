import { createDecipheriv, createHmac } from 'node:crypto'
import type { TlsCrypto } from '../../shared/tls/key-schedule.ts'

const tagBytes = 16

/** Node's own crypto for the decoder: synchronous, so some tenths of a millisecond a handshake. */
export const nodeCrypto: TlsCrypto = {
  hmac: (hash, key, data) =>
    createHmac(hash === 'SHA-384' ? 'sha384' : 'sha256', key)
      .update(data)
      .digest(),
  open(aead, { key, nonce, header, fragment }) {
    if (fragment.length < tagBytes) return null
    try {
      const decipher = createDecipheriv(aead, key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(header)
      decipher.setAuthTag(fragment.subarray(-tagBytes))
      return Buffer.concat([decipher.update(fragment.subarray(0, -tagBytes)), decipher.final()])
    } catch {
      return null
    }
  },
}
