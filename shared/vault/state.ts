import { z } from 'zod'

export const VaultState = z.strictObject({
  /** `new`: no keychain here and no passphrase chosen yet. */
  state: z.enum(['new', 'locked', 'open']),
  keptBy: z.enum(['keychain', 'passphrase']).nullable(),
  /** The keychain in words, such as `GNOME keyring`, `Windows DPAPI`, `macOS Keychain`. */
  keychain: z.string().nullable(),
  /** Each opens the vault by itself; the last one cannot be taken away. */
  ways: z.array(z.enum(['keychain', 'passphrase'])),
})
export type VaultState = z.infer<typeof VaultState>
