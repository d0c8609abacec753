import type { DerNode } from './der.ts'
import { childrenOf, content, expect, present, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import type { Digest } from './kdf.ts'
import { pbkdf1, pbkdf1Cost, pkcs12Cost, pkcs12Kdf } from './kdf.ts'
import type { LegacyBlockCipher } from './legacy-keys.ts'
import { longName } from './oids.ts'
import { counted, iterationsOf, maxIterations, readPbes2 } from './pbes2.ts'
import type { Cipher, Protection, Unsupported } from './protection.ts'

const pkcs5 = '1.2.840.113549.1.5.'
const pkcs12 = '1.2.840.113549.1.12.1.'

const pbes1: Record<string, { digest: Digest; cipher: LegacyBlockCipher }> = {
  [`${pkcs5}3`]: { digest: 'MD5', cipher: { name: 'DES-CBC' } },
  [`${pkcs5}6`]: { digest: 'MD5', cipher: { name: 'RC2-CBC', effectiveBits: 64 } },
  [`${pkcs5}10`]: { digest: 'SHA-1', cipher: { name: 'DES-CBC' } },
  [`${pkcs5}11`]: { digest: 'SHA-1', cipher: { name: 'RC2-CBC', effectiveBits: 64 } },
}

const pkcs12Schemes: Record<string, { cipher: Cipher; keyLength: number }> = {
  [`${pkcs12}1`]: { cipher: { name: 'RC4' }, keyLength: 16 },
  [`${pkcs12}2`]: { cipher: { name: 'RC4' }, keyLength: 5 },
  [`${pkcs12}3`]: { cipher: { name: '3DES-CBC' }, keyLength: 24 },
  [`${pkcs12}4`]: { cipher: { name: '3DES-CBC' }, keyLength: 16 },
  [`${pkcs12}5`]: { cipher: { name: 'RC2-CBC', effectiveBits: 128 }, keyLength: 16 },
  [`${pkcs12}6`]: { cipher: { name: 'RC2-CBC', effectiveBits: 40 }, keyLength: 5 },
}

/** Reads an AlgorithmIdentifier of an encryption with a passphrase. Throws `DerFault`. */
export function readProtection(algorithm: DerNode): Protection | Unsupported {
  const [type, parameters] = childrenOf(algorithm, Tag.sequence)
  const oid = oidOf(present(type))
  if (oid === `${pkcs5}13`) return readPbes2(parameters)
  const one = pbes1[oid]
  const twelve = pkcs12Schemes[oid]
  if (!one && !twelve) return { unsupported: longName(oid) }
  const [saltNode, countNode] = childrenOf(parameters, Tag.sequence)
  const salt = content(expect(saltNode, Tag.octetString))
  const iterations = iterationsOf(countNode)
  const label = `${longName(oid)} (${counted(iterations)})`
  if (iterations > maxIterations) return { unsupported: label }
  if (one) {
    return {
      label,
      cipher: one.cipher,
      cost: pbkdf1Cost(one.digest, iterations),
      derive: async (password) => {
        const derived = pbkdf1(one.digest, password.utf8, salt, iterations, 16)
        return { key: derived.subarray(0, 8), iv: derived.subarray(8) }
      },
    }
  }
  const { cipher, keyLength } = twelve!
  return {
    label,
    cipher,
    cost: pkcs12Cost('SHA-1', iterations, keyLength) + pkcs12Cost('SHA-1', iterations, 8),
    derive: async (password) => ({
      key: await pkcs12Kdf('SHA-1', password.bmp, salt, 'key', iterations, keyLength),
      iv: cipher.name === 'RC4' ? new Uint8Array(0) : await pkcs12Kdf('SHA-1', password.bmp, salt, 'iv', iterations, 8),
    }),
  }
}
