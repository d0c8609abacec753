import { z } from 'zod'

/** The keys the app makes, from what Node, BoringSSL and WebCrypto all support. */
// Marked pure so that a page which only wants the labels below is built without zod.
export const KeyAlgorithm = /* @__PURE__ */ z.enum([
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'ec-p256',
  'ec-p384',
  'ec-p521',
  'ed25519',
])
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>

export const keyLabel: Record<KeyAlgorithm, string> = {
  'rsa-2048': 'RSA 2048',
  'rsa-3072': 'RSA 3072',
  'rsa-4096': 'RSA 4096',
  'ec-p256': 'EC P-256',
  'ec-p384': 'EC P-384',
  'ec-p521': 'EC P-521',
  ed25519: 'Ed25519',
}
