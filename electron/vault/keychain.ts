import { safeStorage } from 'electron'

/** What the operating system keeps for this user. `null` names no keychain that could be trusted with a key. */
export type Keychain = {
  /** In words, such as `GNOME keyring`. */
  name(): string | null
  seal(text: string): string
  /** Null when the keychain does not know this text: another user, a reset keychain, a copied folder. */
  unseal(sealed: string): string | null
}

const linuxKeychains: Record<string, string> = {
  gnome_libsecret: 'GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}

/**
 * Electron's safeStorage. On Linux it falls back to `basic_text`, which is a fixed password in Chromium's source and
 * protects nothing: that, and any backend not in the table, counts as no keychain.
 */
export const systemKeychain: Keychain = {
  name() {
    if (!safeStorage.isEncryptionAvailable()) return null
    if (process.platform === 'darwin') return 'macOS Keychain'
    if (process.platform === 'win32') return 'Windows DPAPI'
    return linuxKeychains[safeStorage.getSelectedStorageBackend()] ?? null
  },
  seal: (text) => safeStorage.encryptString(text).toString('base64'),
  unseal(sealed) {
    try {
      return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
    } catch {
      return null
    }
  },
}
