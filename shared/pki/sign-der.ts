import type { Bytes } from './der.ts'
import { der } from './der.ts'
import type { KeyAlgorithm } from './key-plan.ts'
import { rawSignature, type SigningKey } from './signing-key.ts'

const rsaSha256 = () => der.sequence(der.oid('1.2.840.113549.1.1.11'), der.null())
const plain = (oid: string) => () => der.sequence(der.oid(oid))

const identifiers: Record<KeyAlgorithm, () => Bytes> = {
  'rsa-2048': rsaSha256,
  'rsa-3072': rsaSha256,
  'rsa-4096': rsaSha256,
  'ec-p256': plain('1.2.840.10045.4.3.2'),
  'ec-p384': plain('1.2.840.10045.4.3.3'),
  'ec-p521': plain('1.2.840.10045.4.3.4'),
  ed25519: plain('1.3.101.112'),
}

/** AlgorithmIdentifier of what a key of this kind signs with here: SHA-256 or better (RFC 4055, 5758, 8410). */
export const signatureIdentifier = (key: KeyAlgorithm): Bytes => identifiers[key]()

/**
 * Signs what is to be signed of a certificate or revocation list: SEQUENCE { tbs, algorithm, signature }, DER. `tbs` names
 * the same algorithm inside (`signatureIdentifier`), as RFC 5280 sections 4.1.1.2 and 5.1.1.2 demand.
 */
export async function signDer(tbs: Bytes, signer: SigningKey): Promise<Bytes> {
  const raw = await rawSignature(signer, tbs)
  const half = raw.length / 2
  const signature = signer.key.startsWith('ec-')
    ? der.sequence(der.integer(raw.subarray(0, half)), der.integer(raw.subarray(half)))
    : raw
  return der.sequence(tbs, signatureIdentifier(signer.key), der.bitString(signature))
}
