import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, content, DerFault, expect, octets, present, Tag } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'
import type { Digest } from './kdf.ts'
import { pbkdf2, pbkdf2Cost, scrypt, scryptCost, scryptMemory } from './kdf.ts'
import { longName } from './oids.ts'
import type { Cipher, Protection, Unsupported } from './protection.ts'

/** Memory that scrypt may take for one file: OpenSSL's own default takes 16 MiB. */
const maxScryptMemory = 512 * 1024 * 1024
/** OWASP asks for 600,000; nothing in the field is near this. */
export const maxIterations = 10_000_000

const pbkdf2Oid = '1.2.840.113549.1.5.12'
const scryptOid = '1.3.6.1.4.1.11591.4.11'

/** Digests by the OID of their HMAC (RFC 8018 appendix B.1.2). */
export const prfs: Record<string, Digest> = {
  '1.2.840.113549.2.6': 'MD5',
  '1.2.840.113549.2.7': 'SHA-1',
  '1.2.840.113549.2.8': 'SHA-224',
  '1.2.840.113549.2.9': 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
  '1.2.840.113549.2.12': 'SHA-512/224',
  '1.2.840.113549.2.13': 'SHA-512/256',
}

const aesKeyLengths: Record<string, number> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  '2.16.840.1.101.3.4.1.42': 32,
}

/** Ciphers that OpenSSL writes on demand, for refusing them by a name that says something. */
export const unopened: Record<string, string> = {
  '1.2.392.200011.61.1.1.1.2': 'Camellia-128-CBC',
  '1.2.392.200011.61.1.1.1.3': 'Camellia-192-CBC',
  '1.2.392.200011.61.1.1.1.4': 'Camellia-256-CBC',
  '1.2.410.200046.1.1.2': 'ARIA-128-CBC',
  '1.2.410.200046.1.1.7': 'ARIA-192-CBC',
  '1.2.410.200046.1.1.12': 'ARIA-256-CBC',
  '1.2.410.200004.1.4': 'SEED-CBC',
  '1.2.840.113533.7.66.10': 'CAST5-CBC',
  '1.3.6.1.4.1.3029.1.2': 'Blowfish-CBC',
}

export const iterationsOf = (node: DerNode | undefined): number => {
  const iterations = smallInteger(expect(node, Tag.integer))
  if (iterations < 1) throw new DerFault('iterations')
  return iterations
}

/** `1 iteration`, `2048 iterations`. */
export const counted = (iterations: number): string => `${iterations} iteration${iterations === 1 ? '' : 's'}`

/** Reads the parameters of PBES2 (RFC 8018 appendix A.4). Throws `DerFault`. */
export function readPbes2(parameters: DerNode | undefined): Protection | Unsupported {
  const [kdfNode, cipherNode] = childrenOf(parameters, Tag.sequence)
  const encryption = readEncryption(cipherNode)
  if ('unsupported' in encryption) return { unsupported: `PBES2 with ${encryption.unsupported}` }
  const kdf = readKdf(kdfNode, encryption.keyLength)
  if ('unsupported' in kdf) return { unsupported: `PBES2 with ${kdf.unsupported}` }
  const { cipher, iv, name } = encryption
  return {
    label: `PBES2, ${kdf.label}, ${name}`,
    cipher,
    cost: kdf.cost,
    derive: async (password) => ({ key: await kdf.derive(password.utf8), iv }),
  }
}

type Encryption = { cipher: Cipher; iv: Bytes; keyLength: Wanted; name: string }

function readEncryption(node: DerNode | undefined): Encryption | Unsupported {
  const [type, parameters] = childrenOf(node, Tag.sequence)
  const oid = oidOf(present(type))
  const ivOf = (from: DerNode | undefined, length: number) => {
    const iv = content(expect(from, Tag.octetString))
    if (iv.length !== length) throw new DerFault('initialisation vector')
    return iv
  }
  const aes = aesKeyLengths[oid]
  if (aes) return { cipher: { name: 'AES-CBC' }, iv: ivOf(parameters, 16), keyLength: aes, name: `AES-${aes * 8}-CBC` }
  if (oid === '1.2.840.113549.3.7')
    return { cipher: { name: '3DES-CBC' }, iv: ivOf(parameters, 8), keyLength: 24, name: 'triple DES' }
  if (oid === '1.3.14.3.2.7') return { cipher: { name: 'DES-CBC' }, iv: ivOf(parameters, 8), keyLength: 8, name: 'DES' }
  if (oid === '1.2.840.113549.3.2') {
    const parts = childrenOf(parameters, Tag.sequence)
    // The version stands for the effective key bits (RFC 8018 appendix B.2.3); without it they are 32.
    const version = parts.length > 1 ? smallInteger(expect(parts[0], Tag.integer)) : null
    const bits = version === null ? 32 : ({ 160: 40, 120: 64, 58: 128 }[version] ?? version)
    if (bits < 1 || bits > 1024) throw new DerFault('effective key bits')
    const cipher = { name: 'RC2-CBC', effectiveBits: bits } as const
    const keyLength = { least: 1, most: 128, otherwise: Math.ceil(bits / 8) }
    return { cipher, iv: ivOf(parts.at(-1), 8), keyLength, name: `RC2-${bits}-CBC` }
  }
  return { unsupported: unopened[oid] ?? longName(oid) }
}

/** Derivation of one key from a passphrase's octets. */
export type Kdf = { label: string; cost: number; length: number; derive: (password: Bytes) => Promise<Bytes> }

/** The length a use of the key asks for: one, or whatever the file names between two, or `otherwise`. */
type Wanted = number | { least: number; most: number; otherwise?: number }

/**
 * Reads the AlgorithmIdentifier of PBKDF2 or scrypt (RFC 8018 appendix A.2, RFC 7914 section 7). Where the file names a
 * length it must be one that is wanted. Throws `DerFault`.
 */
export function readKdf(node: DerNode | undefined, wanted: Wanted): Kdf | Unsupported {
  const [type, parameters] = childrenOf(node, Tag.sequence)
  const oid = oidOf(present(type))
  if (oid !== pbkdf2Oid && oid !== scryptOid) return { unsupported: longName(oid) }
  const parts = childrenOf(parameters, Tag.sequence)
  const salt = octets(parts[0]?.id === 0x24 ? parts[0] : expect(parts[0], Tag.octetString))
  return oid === scryptOid ? readScrypt(salt, parts, wanted) : readPbkdf2(salt, parts, wanted)
}

function lengthOf(node: DerNode | undefined, wanted: Wanted): number {
  const named = node?.id === Tag.integer ? smallInteger(node) : undefined
  if (typeof wanted === 'number') {
    if (named !== undefined && named !== wanted) throw new DerFault('key length')
    return wanted
  }
  const length = named ?? wanted.otherwise ?? 0
  if (length < wanted.least || length > wanted.most) throw new DerFault('key length')
  return length
}

function readScrypt(salt: Bytes, parts: readonly DerNode[], wanted: Wanted): Kdf | Unsupported {
  const [n, r, p] = [iterationsOf(parts[1]), iterationsOf(parts[2]), iterationsOf(parts[3])]
  const length = lengthOf(parts[4], wanted)
  const label = `scrypt (N ${n}, r ${r}, p ${p})`
  if (scryptMemory(n, r) > maxScryptMemory || r * p > 1 << 20) return { unsupported: label }
  if (n < 2 || (n & (n - 1)) !== 0) throw new DerFault('scrypt')
  return { label, cost: scryptCost(n, r, p), length, derive: (password) => scrypt(password, salt, n, r, p, length) }
}

function readPbkdf2(salt: Bytes, parts: readonly DerNode[], wanted: Wanted): Kdf | Unsupported {
  const iterations = iterationsOf(parts[1])
  const length = lengthOf(parts[2], wanted)
  const prf = parts.slice(2).find((part) => part.id === Tag.sequence)
  const prfOid = prf ? oidOf(present(children(prf)[0])) : '1.2.840.113549.2.7'
  const digest = prfs[prfOid]
  if (!digest) return { unsupported: `PBKDF2 with ${longName(prfOid)}` }
  const label = `PBKDF2 with HMAC-${digest} (${counted(iterations)})`
  if (iterations > maxIterations) return { unsupported: label }
  return {
    label,
    cost: pbkdf2Cost(digest, iterations, length),
    length,
    derive: (password) => pbkdf2(digest, password, salt, iterations, length),
  }
}
