import type { Bytes } from './der.ts'
import type { KeyAlgorithm } from './key-plan.ts'
import { signingAlgorithms } from './keys.ts'
import { publicHalf } from './public-half.ts'

/**
 * A private key that signs here: `pkcs8` is its DER. Of a key in a token only the public half comes (`spki`, DER), and a
 * way to its signature: `sign` answers what WebCrypto would, which is r and s side by side for ECDSA (IEEE P1363) and
 * the octets of PKCS #1 for RSA. What `sign` throws goes through to whoever asked for a signature.
 */
export type SigningKey =
  | { key: KeyAlgorithm; pkcs8: Bytes }
  | { key: KeyAlgorithm; spki: Bytes; sign(part: Bytes): Promise<Bytes> }

/** The DER of the SubjectPublicKeyInfo. */
export async function spkiOfKey(signer: SigningKey): Promise<Bytes> {
  if ('spki' in signer) return signer.spki
  const spki = await publicHalf(signer.pkcs8)
  if (!spki) throw new Error('a private key without a public half')
  return spki
}

/** The signature over a part, in WebCrypto's form. */
export async function rawSignature(signer: SigningKey, part: Bytes): Promise<Bytes> {
  if ('sign' in signer) return signer.sign(part)
  const algorithm = signingAlgorithms[signer.key]
  const key = await crypto.subtle.importKey('pkcs8', signer.pkcs8 as BufferSource, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign(algorithm, key, part as BufferSource))
}
