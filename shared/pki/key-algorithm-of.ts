import type { Facts } from './facts.ts'
import type { KeyAlgorithm } from './key-plan.ts'

/** The app's name for a key that came in a file; null for kinds that it makes nothing with. */
export function keyAlgorithmOf({ keyAlgorithm, keyBits = 0, curve }: Facts): KeyAlgorithm | null {
  if (keyAlgorithm === 'RSA') return keyBits > 3072 ? 'rsa-4096' : keyBits > 2048 ? 'rsa-3072' : 'rsa-2048'
  if (keyAlgorithm === 'EC' && curve === 'prime256v1') return 'ec-p256'
  if (keyAlgorithm === 'EC' && curve === 'secp384r1') return 'ec-p384'
  if (keyAlgorithm === 'EC' && curve === 'secp521r1') return 'ec-p521'
  return keyAlgorithm === 'Ed25519' ? 'ed25519' : null
}
