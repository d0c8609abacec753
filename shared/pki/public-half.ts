import { decodeBase64 } from './base64.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, der, derOf, expect, orNull, Tag, whole } from './der.ts'
import { integerOf, oidOf } from './der-values.ts'
import { pointOnExplicitCurve } from './explicit-curve.ts'
import type { KeyParts } from './private-key.ts'
import { pointOf, readParts } from './private-key.ts'

const rsaOid = '1.2.840.113549.1.1.1'

const spkiOf = (algorithm: Bytes, key: Bytes): Bytes => der.sequence(algorithm, der.bitString(key))

/** Curves whose points WebCrypto computes. */
const webCurves: Record<string, string> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
}

/** Edwards and Montgomery curves by OID (RFC 8410). Electron's WebCrypto lacks the two 448-bit ones. */
const octetCurves: Record<string, string> = {
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

/**
 * The SubjectPublicKeyInfo that belongs to a PKCS#8 private key. `null` when the key is damaged, of a kind that nothing
 * here computes with (ML-DSA), or on a curve that this runtime lacks while the file does not hold the point.
 */
export async function publicHalf(pkcs8: Bytes): Promise<Bytes | null> {
  const parts = readParts(pkcs8)
  if (!parts) return null
  const written = orNull(() => writtenHalf(parts))
  return written ?? computedHalf(pkcs8, parts)
}

/** What the file itself says. Throws `DerFault`. */
function writtenHalf({ oid, algorithm, parameters, key, publicKey }: KeyParts): Bytes | null {
  switch (oid) {
    case rsaOid:
    case '1.2.840.113549.1.1.10': {
      const [, modulus, exponent] = childrenOf(derOf(key), Tag.sequence)
      const numbers = der.sequence(whole(expect(modulus, Tag.integer)), whole(expect(exponent, Tag.integer)))
      // Certificates always write NULL here (RFC 3279 section 2.3.1), keys sometimes nothing: it must match theirs.
      return spkiOf(oid === rsaOid ? der.sequence(der.oid(rsaOid), der.null()) : algorithm, numbers)
    }
    case '1.2.840.10045.2.1': {
      const parts = childrenOf(derOf(key), Tag.sequence)
      const point = pointOf(parts)
      if (point) return spkiOf(algorithm, point)
      if (parameters?.id !== Tag.sequence) return null
      return spkiOf(algorithm, pointOnExplicitCurve(parameters, content(expect(parts[1], Tag.octetString))))
    }
    case '1.2.840.10040.4.1':
      return dsaHalf(algorithm, parameters, derOf(key))
    default:
      return publicKey && octetCurves[oid] ? spkiOf(algorithm, publicKey) : null
  }
}

/** y = g^x mod p. Sizes are limited to what DSA has ever had (FIPS 186-4: 3072 bits), with room. */
function dsaHalf(algorithm: Bytes, parameters: DerNode | undefined, key: DerNode): Bytes | null {
  const [p, , g] = childrenOf(parameters, Tag.sequence).map((part) => integerOf(expect(part, Tag.integer)))
  // Some old programs wrote SEQUENCE { y, x } in place of x.
  const x = integerOf(key.id === Tag.sequence ? children(key)[1]! : expect(key, Tag.integer))
  if (!p || !g || p < 3n || g < 2n || x < 1n) return null
  if (p >> 8192n !== 0n || x >> 512n !== 0n) return null
  let y = 1n
  let power = g % p
  for (let rest = x; rest > 0n; rest >>= 1n) {
    if (rest & 1n) y = (y * power) % p
    power = (power * power) % p
  }
  return spkiOf(algorithm, der.integer(y))
}

async function computedHalf(pkcs8: Bytes, { oid, algorithm, parameters }: KeyParts): Promise<Bytes | null> {
  const octetCurve = octetCurves[oid]
  const namedCurve = parameters?.id === Tag.oid ? webCurves[orNull(() => oidOf(parameters)) ?? ''] : undefined
  if (!octetCurve && !(oid === '1.2.840.10045.2.1' && namedCurve)) return null
  const how = octetCurve ? { name: octetCurve } : { name: 'ECDSA', namedCurve }
  const usage: KeyUsage = octetCurve?.startsWith('X') ? 'deriveBits' : 'sign'
  try {
    // A private key's JWK holds its public half too: the only way in WebCrypto from one to the other.
    const key = await crypto.subtle.importKey('pkcs8', pkcs8 as BufferSource, how, true, [usage])
    const { x, y } = await crypto.subtle.exportKey('jwk', key)
    if (!x) return null
    const point = octetCurve ? decodeBase64(x)! : Uint8Array.of(4, ...decodeBase64(x)!, ...decodeBase64(y ?? '')!)
    return spkiOf(algorithm, point)
  } catch {
    return null
  }
}
