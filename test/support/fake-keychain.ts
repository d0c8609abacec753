import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keychain } from '../../electron/vault/keychain.ts'

/** A keychain as the system's behaves: it opens what it sealed itself, until it is taken away or reset. */
export function fakeKeychain(): Keychain & { present: boolean; reset(): void } {
  let key = randomBytes(32)
  return {
    present: true,
    reset() {
      key = randomBytes(32)
    },
    name() {
      return this.present ? 'test keychain' : null
    },
    seal(text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64')
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      try {
        const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
        opener.setAuthTag(bytes.subarray(-16))
        return opener.update(bytes.subarray(12, -16)).toString() + opener.final().toString()
      } catch {
        return null
      }
    },
  }
}

export const noKeychain: Keychain = {
  name: () => null,
  seal() {
    throw new Error('sealed without a keychain')
  },
  unseal: () => null,
}
