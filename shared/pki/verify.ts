import type { Bytes } from './der.ts'
import { childrenOf, content, der, derOf, expect, orNull, Tag } from './der.ts'
import { bitsOf } from './der-values.ts'
import { readRequest } from './request.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'
import type { PublicKey } from './spki.ts'
import { readPublicKey } from './spki.ts'

/** Something signed: what was signed, the signature, and how. */
export type Signed = { tbs: Bytes; signature: Bytes; algorithm: SignatureAlgorithm }

/** WebCrypto's names and the octets of a coordinate. */
const curves: Record<string, { name: string; size: number }> = {
  prime256v1: { name: 'P-256', size: 32 },
  secp384r1: { name: 'P-384', size: 48 },
  secp521r1: { name: 'P-521', size: 66 },
}

const webHashes = new Set(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])

/** Larger RSA keys take seconds a signature, and no CA has one. */
const largestModulus = 8192
const largestExponent = 1n << 33n

type Scheme = { key: AlgorithmIdentifier | RsaHashedImportParams | EcKeyImportParams; how: AlgorithmIdentifier }

/**
 * Does `key` verify this signature? `null` when that cannot be said here: an algorithm that WebCrypto lacks (DSA, MD5,
 * SHA-224, other curves, Ed448, ML-DSA), a key it does not take, or one so large that checking would be an attack.
 */
export async function signatureFits({ tbs, signature, algorithm }: Signed, key: PublicKey): Promise<boolean | null> {
  if (!schemeFits(algorithm, key)) return null
  const { hash, scheme, saltLength } = algorithm
  if (scheme !== 'ed25519' && (hash === undefined || !webHashes.has(hash))) return null
  const plan = planOf(scheme, hash ?? '', saltLength, key)
  const raw = scheme === 'ecdsa' ? rawEcdsa(signature, curves[key.facts.curve ?? '']?.size ?? 0) : signature
  if (!plan) return null
  if (!raw) return false
  try {
    const imported = await crypto.subtle.importKey('spki', importable(key) as BufferSource, plan.key, false, ['verify'])
    return await crypto.subtle.verify(plan.how, imported, raw as BufferSource, tbs as BufferSource)
  } catch {
    // The runtime does not take this key or algorithm: nothing is known about the signature.
    return null
  }
}

function schemeFits({ scheme }: SignatureAlgorithm, key: PublicKey): boolean {
  const { keyAlgorithm: type, keyBits: bits = 0 } = key.facts
  if (scheme === 'rsa') return type === 'RSA' && rsaInReason(bits, key.exponent)
  if (scheme === 'rsa-pss') return (type === 'RSA' || type === 'RSA-PSS') && rsaInReason(bits, key.exponent)
  if (scheme === 'ecdsa') return type === 'EC' && key.facts.curve !== undefined && key.facts.curve in curves
  return scheme === 'ed25519' && type === 'Ed25519'
}

const rsaInReason = (bits: number, exponent: bigint | undefined): boolean =>
  bits <= largestModulus && exponent !== undefined && exponent > 1n && exponent < largestExponent

function planOf(scheme: string, hash: string, saltLength: number | undefined, key: PublicKey): Scheme | null {
  switch (scheme) {
    case 'rsa':
      return { key: { name: 'RSASSA-PKCS1-v1_5', hash }, how: 'RSASSA-PKCS1-v1_5' }
    case 'rsa-pss':
      return { key: { name: 'RSA-PSS', hash }, how: { name: 'RSA-PSS', saltLength } as RsaPssParams }
    case 'ecdsa':
      return {
        key: { name: 'ECDSA', namedCurve: curves[key.facts.curve ?? '']?.name ?? '' },
        how: { name: 'ECDSA', hash } as EcdsaParams,
      }
    case 'ed25519':
      return { key: 'Ed25519', how: 'Ed25519' }
    default:
      return null
  }
}

/** WebCrypto takes RSA keys only under the identifier rsaEncryption, also for RSA-PSS. */
function importable(key: PublicKey): Bytes {
  if (key.facts.keyAlgorithm !== 'RSA-PSS') return key.der
  const bits = bitsOf(expect(childrenOf(derOf(key.der), Tag.sequence)[1], Tag.bitString)).bytes
  return der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()), der.bitString(bits))
}

/** WebCrypto wants r and s side by side (IEEE P1363) where certificates have a SEQUENCE. */
function rawEcdsa(signature: Bytes, size: number): Bytes | null {
  return orNull(() => {
    const raw = new Uint8Array(size * 2)
    const numbers = childrenOf(derOf(signature), Tag.sequence)
    if (numbers.length !== 2) return null
    for (const [i, number] of numbers.entries()) {
      const octets = content(expect(number, Tag.integer))
      const value = octets[0] === 0 ? octets.subarray(1) : octets
      if (value.length > size) return null
      raw.set(value, (i + 1) * size - value.length)
    }
    return raw
  })
}

/** Is a request signed with its own key (proof of possession, RFC 2986 section 4.2)? `null` when it cannot be said. */
export async function requestSignatureValid(requestDer: Bytes): Promise<boolean | null> {
  const request = readRequest(requestDer)
  return request ? signatureFits(request, request.publicKey) : null
}

/** Is this signature by the key of this SubjectPublicKeyInfo? For callers that hold a key rather than a certificate. */
export async function signedByKey(signed: Signed, spki: Bytes): Promise<boolean | null> {
  const key = readPublicKey(spki)
  return key ? signatureFits(signed, key) : null
}
