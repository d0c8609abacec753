import type { Bytes } from './der.ts'
import { hex } from './der.ts'
import type { KeyAlgorithm } from './key-plan.ts'

/** How WebCrypto names a key, and the digest that signatures with it use. */
export type SigningAlgorithm = {
  name: 'RSASSA-PKCS1-v1_5' | 'ECDSA' | 'Ed25519'
  hash?: 'SHA-256' | 'SHA-384' | 'SHA-512'
  namedCurve?: 'P-256' | 'P-384' | 'P-521'
}

const rsa: SigningAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** The digest grows with the curve, as RFC 5656 and NIST SP 800-57 pair them; RSA keeps to SHA-256, which all accept. */
export const signingAlgorithms: Record<KeyAlgorithm, SigningAlgorithm> = {
  'rsa-2048': rsa,
  'rsa-3072': rsa,
  'rsa-4096': rsa,
  'ec-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'ec-p384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'ec-p521': { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
  ed25519: { name: 'Ed25519' },
}

const modulusLengths: Partial<Record<KeyAlgorithm, number>> = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 }

/**
 * Makes a key pair: `pkcs8` is the DER of a PrivateKeyInfo (RFC 5208), `spki` of a SubjectPublicKeyInfo. RSA keys have
 * the exponent 65537. The work is done on another thread, so neither a window nor a server waits for it. It cannot be
 * stopped: who cancels drops the promise, and the key dies with it.
 */
export async function generateKey(algorithm: KeyAlgorithm): Promise<{ pkcs8: Bytes; spki: Bytes }> {
  const modulusLength = modulusLengths[algorithm]
  const how = modulusLength === undefined ? {} : { modulusLength, publicExponent: Uint8Array.of(1, 0, 1) }
  const pair = (await crypto.subtle.generateKey(
    { ...signingAlgorithms[algorithm], ...how } as RsaHashedKeyGenParams,
    true,
    ['sign', 'verify'],
  )) as CryptoKeyPair
  const [pkcs8, spki] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    crypto.subtle.exportKey('spki', pair.publicKey),
  ])
  return { pkcs8: new Uint8Array(pkcs8), spki: new Uint8Array(spki) }
}

/** SHA-256 of a SubjectPublicKeyInfo's DER in lower-case hex: what certificates, requests and keys are matched by. */
export async function spkiSha256(spki: Bytes): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', spki as BufferSource)))
}
