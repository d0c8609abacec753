import type { Bytes } from './der.ts'
import type { LegacyBlockCipher } from './legacy-keys.ts'
import type { Password } from './passwords.ts'

export type Cipher = { name: 'AES-CBC' } | { name: 'RC4' } | LegacyBlockCipher

/** How some content is encrypted, as its AlgorithmIdentifier says (RFC 8018 appendix A, RFC 7292 appendix C). */
export type Protection = {
  /** For people: `PBES2, PBKDF2 with HMAC-SHA-256 (2048 iterations), AES-256-CBC`. */
  label: string
  cipher: Cipher
  /** Estimated milliseconds of one derivation. */
  cost: number
  derive: (password: Password) => Promise<{ key: Bytes; iv: Bytes }>
}

/** A scheme that is known of but not opened here. */
export type Unsupported = { unsupported: string }
