import type { Bytes } from '../pki/der.ts'
import type { CertificateRequest } from '../pki/request.ts'
import { signatureFits } from '../pki/verify.ts'

/**
 * Does the request prove that whoever made it has the key (RFC 2986 section 3)? `null`: it cannot be checked here.
 * `why` is the reason of a failure, as far as mathematics tell it.
 */
export type Proof = { proven: boolean | null; why?: string }

const kinds: Record<string, string[]> = {
  rsa: ['RSA'],
  'rsa-pss': ['RSA', 'RSA-PSS'],
  ecdsa: ['EC'],
  dsa: ['DSA'],
  ed25519: ['Ed25519'],
}

export async function proofOf(request: CertificateRequest): Promise<Proof> {
  const { algorithm, publicKey } = request
  const proven = await signatureFits(request, publicKey)
  if (proven === true) return { proven }
  if (proven === null) return { proven, why: `The signature (${algorithm.name}) cannot be checked on this computer.` }
  const type = publicKey.facts.keyAlgorithm ?? 'unknown'
  const made = kinds[algorithm.scheme]
  if (made && !made.includes(type)) {
    return { proven, why: `It is signed with ${algorithm.name}, but the key inside is ${type}: another key signed it.` }
  }
  if (algorithm.scheme === 'rsa') return { proven, why: rsaReason(request) }
  return { proven, why: 'It was changed after it was signed, or another key signed it.' }
}

/**
 * An RSA signature can be opened with the public key: where the padding of PKCS#1 comes out (RFC 8017 section 9.2), this
 * key did sign, and the content is another one now.
 */
function rsaReason({ publicKey, signature }: CertificateRequest): string {
  const { modulus, exponent } = publicKey
  const otherKey = 'Another private key signed it: it was put together from two requests, or the key was exchanged.'
  if (!modulus || exponent === undefined || exponent > 1n << 33n) return otherKey
  const n = toNumber(modulus)
  const size = n.toString(16).length
  if (n < 3n || size > 2048 || signature.length > 1024) return otherKey
  const opened = power(toNumber(signature), exponent, n).toString(16).padStart(size, '0')
  return /^0*1(?:ff){8,}00/.test(opened.slice(0, size))
    ? 'The right key signed it, but its content was changed afterwards: by a damaged copy, or by somebody.'
    : otherKey
}

const toNumber = (bytes: Bytes): bigint => {
  let text = '0x0'
  for (const octet of bytes) text += octet.toString(16).padStart(2, '0')
  return BigInt(text)
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
