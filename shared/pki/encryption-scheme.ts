import type { DerNode } from './der.ts'
import { childrenOf, expect, octets, orNull, present, Tag } from './der.ts'
import { oidOf, smallInteger } from './der-values.ts'
import { longName } from './oids.ts'
import { prfs, unopened } from './pbes2.ts'

/**
 * How something is encrypted or guarded with a passphrase, as facts to show and to judge by: what `pbe.ts` and
 * `pbes2.ts` compute with, told without computing. Schemes that are not known keep their name.
 */
export type Scheme = {
  /** `pkcs12`: appendix C of RFC 7292; `pbes1`, `pbes2`: RFC 8018; `java`: of JKS and JCEKS. */
  family: 'pkcs12' | 'pbes1' | 'pbes2' | 'java' | 'other'
  /** `AES-256-CBC`, `triple DES`, `RC2-40` … */
  cipher: string
  /** `PBKDF2`, `scrypt`, `PKCS#12`, `PBKDF1`, or a name. */
  derivation: string
  /** What the derivation hashes with: `SHA-256`. */
  digest?: string
  iterations?: number
  saltOctets?: number
  /** PBKDF2 may name the length of the key it makes. */
  keyOctets?: number
  /** The digest is named without the NULL that RFC 8018 writes after it, as GnuTLS and NSS do: BoringSSL refuses it. */
  digestBare?: true
}

const pbes1: Record<string, [cipher: string, digest: string]> = {
  '1.2.840.113549.1.5.1': ['DES', 'MD2'],
  '1.2.840.113549.1.5.3': ['DES', 'MD5'],
  '1.2.840.113549.1.5.4': ['RC2-64', 'MD2'],
  '1.2.840.113549.1.5.6': ['RC2-64', 'MD5'],
  '1.2.840.113549.1.5.10': ['DES', 'SHA-1'],
  '1.2.840.113549.1.5.11': ['RC2-64', 'SHA-1'],
}

const pkcs12: Record<string, string> = {
  '1.2.840.113549.1.12.1.1': 'RC4-128',
  '1.2.840.113549.1.12.1.2': 'RC4-40',
  '1.2.840.113549.1.12.1.3': 'triple DES',
  '1.2.840.113549.1.12.1.4': 'triple DES with two keys',
  '1.2.840.113549.1.12.1.5': 'RC2-128',
  '1.2.840.113549.1.12.1.6': 'RC2-40',
}

const ciphers: Record<string, string> = {
  '2.16.840.1.101.3.4.1.2': 'AES-128-CBC',
  '2.16.840.1.101.3.4.1.22': 'AES-192-CBC',
  '2.16.840.1.101.3.4.1.42': 'AES-256-CBC',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '1.2.840.113549.3.7': 'triple DES',
  '1.3.14.3.2.7': 'DES',
  '1.2.840.113549.3.2': 'RC2',
  ...unopened,
  '1.2.156.10197.1.104.2': 'SM4-CBC',
}

/** The digest of an HMAC by its OID; its long name when it is not known. */
export const hmacDigest = (oid: string): string => prfs[oid] ?? longName(oid)

/** Reads an AlgorithmIdentifier. Throws `DerFault` when even its OID cannot be read. */
export function schemeOf(algorithm: DerNode | undefined): Scheme {
  const [type, parameters] = childrenOf(algorithm, Tag.sequence)
  const oid = oidOf(present(type))
  if (oid === '1.2.840.113549.1.5.13') return orNull(() => pbes2Of(parameters)) ?? other('PBES2')
  const one = pbes1[oid]
  if (one) return { family: 'pbes1', cipher: one[0], derivation: 'PBKDF1', digest: one[1], ...saltAndCount(parameters) }
  const twelve = pkcs12[oid]
  if (twelve) {
    return { family: 'pkcs12', cipher: twelve, derivation: 'PKCS#12', digest: 'SHA-1', ...saltAndCount(parameters) }
  }
  if (oid === '1.3.6.1.4.1.42.2.17.1.1') {
    return { family: 'java', cipher: 'a stream of SHA-1 digests', derivation: 'JKS', digest: 'SHA-1' }
  }
  if (oid === '1.3.6.1.4.1.42.2.19.1') {
    const cost = saltAndCount(parameters)
    return { family: 'java', cipher: 'triple DES', derivation: 'JCEKS', digest: 'MD5', ...cost }
  }
  return other(longName(oid))
}

const other = (name: string): Scheme => ({ family: 'other', cipher: name, derivation: 'unknown' })

type Cost = Pick<Scheme, 'iterations' | 'saltOctets'>

const saltAndCount = (parameters: DerNode | undefined): Cost =>
  orNull(() => {
    const [salt, count] = childrenOf(parameters, Tag.sequence)
    return { saltOctets: octets(present(salt)).length, iterations: smallInteger(expect(count, Tag.integer)) }
  }) ?? {}

function pbes2Of(parameters: DerNode | undefined): Scheme {
  const [derivation, encryption] = childrenOf(parameters, Tag.sequence)
  const [type, cipherParameters] = childrenOf(encryption, Tag.sequence)
  const oid = oidOf(present(type))
  const bits = oid === '1.2.840.113549.3.2' ? (orNull(() => rc2Bits(cipherParameters)) ?? '') : ''
  return { family: 'pbes2', cipher: `${ciphers[oid] ?? longName(oid)}${bits}`, ...derivationOf(derivation) }
}

/** The version stands for the effective key bits (RFC 8018 appendix B.2.3). */
function rc2Bits(parameters: DerNode | undefined): string {
  const parts = childrenOf(parameters, Tag.sequence)
  const version = parts.length > 1 ? smallInteger(expect(parts[0], Tag.integer)) : -1
  return `-${{ [-1]: 32, 160: 40, 120: 64, 58: 128 }[version] ?? version}`
}

export type Derivation = Omit<Scheme, 'family' | 'cipher'>

/** Reads the AlgorithmIdentifier of a key derivation, of PBES2 and PBMAC1. Throws `DerFault`. */
export function derivationOf(node: DerNode | undefined): Derivation {
  const [type, parameters] = childrenOf(node, Tag.sequence)
  const oid = oidOf(present(type))
  if (oid !== '1.2.840.113549.1.5.12' && oid !== '1.3.6.1.4.1.11591.4.11') return { derivation: longName(oid) }
  const [salt, count, ...rest] = childrenOf(parameters, Tag.sequence)
  const saltOctets = octets(present(salt)).length
  const iterations = smallInteger(expect(count, Tag.integer))
  if (oid === '1.3.6.1.4.1.11591.4.11') return { derivation: 'scrypt', iterations, saltOctets }
  const length = rest.find(({ id }) => id === Tag.integer)
  const prf = rest.find(({ id }) => id === Tag.sequence)
  const [prfType, prfNull] = prf ? childrenOf(prf, Tag.sequence) : []
  const digest = prf ? hmacDigest(oidOf(present(prfType))) : 'SHA-1'
  return {
    derivation: 'PBKDF2',
    digest,
    iterations,
    saltOctets,
    ...(length && { keyOctets: smallInteger(length) }),
    ...(prf && !prfNull && { digestBare: true }),
  }
}

/** `1 round`, `2,048 rounds`. */
const rounds = (count: number): string => `${count.toLocaleString('en')} iteration${count === 1 ? '' : 's'}`

/** `AES-256-CBC; key by PBKDF2 with HMAC-SHA-256, 2,048 iterations, salt of 8 octets`. */
export function schemeInWords(scheme: Scheme): string {
  if (scheme.derivation === 'unknown') return scheme.cipher
  return `${scheme.cipher}; key by ${derivationInWords(scheme)}`
}

export function derivationInWords({ derivation, digest, iterations, saltOctets, keyOctets }: Derivation): string {
  const hash = digest === undefined ? '' : ` with ${derivation === 'PBKDF2' ? 'HMAC-' : ''}${digest}`
  return [
    `${derivation}${hash}`,
    ...(iterations === undefined ? [] : [derivation === 'scrypt' ? `N ${iterations}` : rounds(iterations)]),
    ...(saltOctets === undefined ? [] : [`salt of ${saltOctets} octets`]),
    ...(keyOctets === undefined ? [] : [`key of ${keyOctets} octets`]),
  ].join(', ')
}
