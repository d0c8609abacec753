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
/** No curve in use is larger; one that spells out its field could be. */
const largestField = 640

type Scheme = { key: AlgorithmIdentifier | RsaHashedImportParams | EcKeyImportParams; how: AlgorithmIdentifier }

/** Says whether a signature is by a key; `null` when it has no means to. The key fits the scheme and is of usual size. */
export type SignatureMeans = (signed: Signed, key: PublicKey) => boolean | null | Promise<boolean | null>

let means: SignatureMeans = webCryptoVerifies

/** Sets what checks signatures in this process, where the runtime has more than WebCrypto: called once, at its start. */
export function checkSignaturesBy(checker: SignatureMeans): void {
  means = checker
}

/**
 * Does `key` verify this signature? `false` also when a key of this type cannot have made it. `null` when it cannot be
 * said here: an algorithm or a curve that the runtime lacks, or a key so large that checking would be an attack.
 */
export async function signatureFits(signed: Signed, key: PublicKey): Promise<boolean | null> {
  const suits = keySuits(signed.algorithm, key)
  return suits === true ? means(signed, key) : suits
}

function keySuits({ scheme, oid }: SignatureAlgorithm, key: PublicKey): boolean | null {
  const { keyAlgorithm: type = '', keyBits: bits = 0 } = key.facts
  if (!key.readable) return null
  switch (scheme) {
    case 'rsa':
      return type === 'RSA' && rsaInReason(bits, key.exponent)
    case 'rsa-pss':
      return (type === 'RSA' || type === 'RSA-PSS') && rsaInReason(bits, key.exponent)
    case 'ecdsa':
      return type === 'EC' && (bits <= largestField || null)
    case 'dsa':
      return type === 'DSA' && (bits <= largestModulus || null)
    case 'ed25519':
      return type === 'Ed25519'
    case 'own':
      return key.oid === oid
    default:
      return null
  }
}

const rsaInReason = (bits: number, exponent: bigint | undefined): true | null =>
  (bits <= largestModulus && exponent !== undefined && exponent > 1n && exponent < largestExponent) || null

/** The means of every runtime: RSA with SHA-1 and SHA-2, ECDSA on NIST's curves, Ed25519 where it is there. */
export async function webCryptoVerifies(
  { tbs, signature, algorithm }: Signed,
  key: PublicKey,
): Promise<boolean | null> {
  const { hash, scheme, saltLength } = algorithm
  if (scheme !== 'ed25519' && (hash === undefined || !webHashes.has(hash))) return null
  const size = curves[key.facts.curve ?? '']?.size
  if (scheme === 'ecdsa' && size === undefined) return null
  const plan = planOf(scheme, hash ?? '', saltLength, key)
  const raw = scheme === 'ecdsa' ? rawEcdsa(signature, size ?? 0) : signature
  if (!plan) return null
  if (!raw) return false
  try {
    const spki = plainRsa(key) as BufferSource
    const imported = await crypto.subtle.importKey('spki', spki, plan.key, false, ['verify'])
    return await crypto.subtle.verify(plan.how, imported, raw as BufferSource, tbs as BufferSource)
  } catch {
    // The runtime does not take this key or algorithm: nothing is known about the signature.
    return null
  }
}

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

/** The key under the identifier rsaEncryption, which WebCrypto and BoringSSL want also for RSA-PSS. */
export function plainRsa(key: PublicKey): Bytes {
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
