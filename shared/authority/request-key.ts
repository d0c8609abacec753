import type { Bytes } from '../pki/der.ts'
import { childrenOf, content, der, derOf, expect, orNull, sameBytes, Tag } from '../pki/der.ts'
import { bitsOf, integerOf, oidOf } from '../pki/der-values.ts'
import { publicKeyFindings } from '../pki/key-findings.ts'
import type { CertificateRequest } from '../pki/request.ts'
import type { Problem } from '../problems.ts'

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])
const leastModulus = 2048
/** Checking one signature of a larger key takes a server as long as a hundred of the usual ones. */
const mostModulus = 8192
/** CAs ask for this exponent or a larger one (NIST SP 800-89 section 5.3.3): small ones have a history of attacks. */
const leastExponent = 65537n

/** Why the key of a request is not certified, whatever else it asks for; `null` when it may be. */
export function keyProblem({ publicKey }: CertificateRequest): Problem | null {
  const { facts, exponent } = publicKey
  const { keyAlgorithm: type = '', keyBits = 0, curve } = facts
  const damaged: Problem = { code: 'file.damaged', name: 'the request', what: 'public key' }
  if (type === 'RSA' && publicKey.readable) {
    const weak = (key: string, least: string): Problem => ({ code: 'issue.key-weak', key, least })
    if (keyBits < leastModulus) return weak(`RSA ${keyBits}`, `RSA ${leastModulus}`)
    if (keyBits > mostModulus) return { code: 'key.type-unsupported', name: 'the request', type: `RSA ${keyBits}` }
    if (exponent === undefined || exponent < leastExponent || exponent % 2n === 0n) {
      return weak(`RSA with exponent ${exponent ?? 'of unusual size'}`, 'exponent 65537')
    }
    const broken = publicKeyFindings(facts, publicKey).find(({ severity }) => severity === 'refuses')
    if (broken) return { code: 'sign.key-broken', why: broken.message }
  } else if (type !== 'Ed25519' && !(type === 'EC' && curves.has(curve ?? ''))) {
    return { code: 'key.type-unsupported', name: 'the request', type: curve ? `${type} ${curve}` : type }
  }
  return publicKey.readable && isWrittenTheOneWay(publicKey.der) ? null : damaged
}

/** The key goes into the certificate as it stands: nothing may hide beside it that no screen shows. */
function isWrittenTheOneWay(spki: Bytes): boolean {
  const again = orNull(() => {
    const [algorithm, key] = childrenOf(derOf(spki), Tag.sequence)
    const [type, parameters] = childrenOf(algorithm, Tag.sequence)
    const oid = oidOf(expect(type, Tag.oid))
    const bits = bitsOf(expect(key, Tag.bitString)).bytes
    if (oid === '1.2.840.113549.1.1.1') {
      const [modulus, exponent] = childrenOf(derOf(bits), Tag.sequence).map((one) =>
        integerOf(expect(one, Tag.integer)),
      )
      const numbers = der.sequence(der.integer(modulus!), der.integer(exponent!))
      return der.sequence(der.sequence(der.oid(oid), der.null()), der.bitString(numbers))
    }
    if (oid === '1.2.840.10045.2.1') {
      const curve = der.oid(oidOf(expect(parameters, Tag.oid)))
      return der.sequence(der.sequence(der.oid(oid), curve), der.bitString(bits))
    }
    return der.sequence(der.sequence(der.oid(oid)), der.bitString(content(expect(key, Tag.bitString)).subarray(1)))
  })
  return again !== null && sameBytes(again, spki)
}
