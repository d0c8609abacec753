import type { KeyAlgorithm } from './key-plan.ts'

// Apart from the schema: a page that only names keys is built without zod.
export const keyLabel: Record<KeyAlgorithm, string> = {
  'rsa-2048': 'RSA 2048',
  'rsa-3072': 'RSA 3072',
  'rsa-4096': 'RSA 4096',
  'ec-p256': 'EC P-256',
  'ec-p384': 'EC P-384',
  'ec-p521': 'EC P-521',
  ed25519: 'Ed25519',
}
