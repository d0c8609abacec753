import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Stretch } from '../../electron/vault/key-wraps.ts'
import type { Keychain } from '../../electron/vault/keychain.ts'

const key = createHash('sha256').update('a keychain that several processes share').digest()

/** The same in every process: what one seals, another opens, as with the keychain of one user. */
export const fixedKeychain: Keychain = {
  name: () => 'test keychain',
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

/** Instead of scrypt, where a thousand passphrases are tried and the time is not the point. */
export const quickStretch: Stretch = async (passphrase, { salt }) =>
  createHash('sha256')
    .update(`${salt} ${passphrase.normalize('NFKC')}`)
    .digest()
