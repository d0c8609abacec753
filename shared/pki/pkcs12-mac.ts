import type { Budget } from './budget.ts'
import type { Bytes, DerNode } from './der.ts'
import { childrenOf, der, octets, present, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import type { Digest } from './kdf.ts'
import { digestLength, hmacOf, pbkdf2, pkcs12Cost, pkcs12Kdf } from './kdf.ts'
import { longName } from './oids.ts'
import type { Password } from './passwords.ts'
import { counted, iterationsOf, maxIterations, prfs, readKdf } from './pbes2.ts'
import type { Unsupported } from './protection.ts'

/** What guards a PKCS#12 file against changes, and shows whether a passphrase is right. */
export type Mac = {
  label: string
  /** Which encoding of a passphrase it takes. */
  takes: 'utf8' | 'bmp'
  verify: (content: Bytes, password: Password, budget: Budget) => Promise<boolean | 'costly'>
}

const digests: Record<string, Digest> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
  '2.16.840.1.101.3.4.2.5': 'SHA-512/224',
  '2.16.840.1.101.3.4.2.6': 'SHA-512/256',
}

/**
 * RFC 9579 has PBMAC1 name the length of its key. A hostile file names one octet, so that one passphrase in 256 passes:
 * nothing shorter than SHA-1's output is taken. The upper limit is twice the longest block of a digest.
 */
const pbmac1Key = { least: 20, most: 256 }

/** Reads MacData (RFC 7292 section 4, RFC 9579 for PBMAC1). Throws `DerFault`. */
export function readMac(macData: DerNode): Mac | Unsupported {
  const [info, saltNode, countNode] = childrenOf(macData, Tag.sequence)
  const [algorithm, expectedNode] = childrenOf(info, Tag.sequence)
  const [type, parameters] = childrenOf(algorithm, Tag.sequence)
  const expected = octets(present(expectedNode))
  const oid = oidOf(present(type))
  if (oid === '1.2.840.113549.1.5.14') return readPbmac1(parameters, expected)
  const digest = digests[oid]
  const salt = octets(present(saltNode))
  const iterations = countNode ? iterationsOf(countNode) : 1
  const label = `HMAC-${digest ?? longName(oid)} (${counted(iterations)})`
  if (!digest || iterations > maxIterations) return { unsupported: label }
  const length = digestLength(digest)
  return {
    label,
    takes: 'bmp',
    verify: async (content, password, budget) => {
      if (!budget.spend(pkcs12Cost(digest, iterations, length))) return 'costly'
      const key = await pkcs12Kdf(digest, password.bmp, salt, 'mac', iterations, length)
      return sameSecret(hmacOf(digest, key, content), expected)
    },
  }
}

function readPbmac1(parameters: DerNode | undefined, expected: Bytes): Mac | Unsupported {
  const [derivation, scheme] = childrenOf(parameters, Tag.sequence)
  const kdf = readKdf(derivation, pbmac1Key)
  const oid = oidOf(present(childrenOf(scheme, Tag.sequence)[0]))
  const digest = prfs[oid]
  if ('unsupported' in kdf) return { unsupported: `PBMAC1 with ${kdf.unsupported}` }
  if (!digest) return { unsupported: `PBMAC1 with ${longName(oid)}` }
  return {
    label: `PBMAC1, HMAC-${digest}, ${kdf.label}`,
    takes: 'utf8',
    verify: async (content, password, budget) => {
      if (!budget.spend(kdf.cost)) return 'costly'
      return sameSecret(hmacOf(digest, await kdf.derive(password.utf8), content), expected)
    },
  }
}

/** Compares in the same time wherever the first difference lies. */
function sameSecret(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ (b[i] ?? 0)
  return difference === 0
}

/** Writes MacData over the content of an authenticated safe. Made before that is known, because it takes a derivation. */
export type Sealer = (content: Bytes) => Bytes

export async function newMac(digest: 'SHA-1' | 'SHA-256', password: Password, iterations: number): Promise<Sealer> {
  const salt = crypto.getRandomValues(new Uint8Array(digest === 'SHA-1' ? 8 : 16))
  const key = await pkcs12Kdf(digest, password.bmp, salt, 'mac', iterations, digestLength(digest))
  const oid = digest === 'SHA-1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'
  return (content) => {
    const info = der.sequence(der.sequence(der.oid(oid), der.null()), der.octetString(hmacOf(digest, key, content)))
    return der.sequence(info, der.octetString(salt), der.integer(iterations))
  }
}

/**
 * MacData with PBMAC1 (RFC 9579 section 3): PBKDF2 and HMAC-SHA-256 over the passphrase in UTF-8. Salt and iterations of
 * MacData itself are not used then; the RFC has them there all the same.
 */
export async function newPbmac1(password: Password, iterations: number): Promise<Sealer> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const length = digestLength('SHA-256')
  const key = await pbkdf2('SHA-256', password.utf8, salt, iterations, length)
  const hmac = der.sequence(der.oid('1.2.840.113549.2.9'), der.null())
  const derivation = der.sequence(
    der.oid('1.2.840.113549.1.5.12'),
    der.sequence(der.octetString(salt), der.integer(iterations), der.integer(length), hmac),
  )
  const algorithm = der.sequence(der.oid('1.2.840.113549.1.5.14'), der.sequence(derivation, hmac))
  return (content) => {
    const info = der.sequence(algorithm, der.octetString(hmacOf('SHA-256', key, content)))
    return der.sequence(info, der.octetString(new TextEncoder().encode('NOT USED')), der.integer(1))
  }
}
