import { z } from 'zod'

/** The keys the app makes, from what Node, BoringSSL and WebCrypto all support. */
export const KeyAlgorithm = z.enum(['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'])
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>
