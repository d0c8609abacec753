import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { HashName } from '../shared/pki/signature-algorithms.ts'
import type { PublicKey } from '../shared/pki/spki.ts'
import { plainRsa, type SignatureMeans, webCryptoVerifies } from '../shared/pki/verify.ts'

const digests: Partial<Record<HashName, string>> = {
  MD4: 'md4',
  MD5: 'md5',
  'RIPEMD-160': 'ripemd160',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA-512/224': 'sha512-224',
  'SHA-512/256': 'sha512-256',
  'SHA3-224': 'sha3-224',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
}

/** A handful of issuers sign everything that is looked at, and reading a key costs as much as checking with it. */
const keys = new Map<string, KeyObject | null>()
const keysKept = 64

function keyObject(key: PublicKey): KeyObject | null {
  const name = key.facts.spkiSha256 ?? ''
  const kept = keys.get(name)
  if (kept !== undefined) return kept
  const read = readKey(key.der) ?? readKey(plainRsa(key))
  if (keys.size >= keysKept) keys.clear()
  keys.set(name, read)
  return read
}

function readKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

/**
 * Checks signatures by node:crypto, which is synchronous and, where it runs on OpenSSL, knows DSA, MD5, SHA-224, SHA-3,
 * Ed448 and every curve, ML-DSA from Node 24.6 and SLH-DSA from 24.8 on. What it does not take is left to WebCrypto:
 * Electron's BoringSSL has less.
 */
export const nodeVerifies: SignatureMeans = (signed, key) => {
  const { algorithm, tbs, signature } = signed
  const digest = algorithm.hash === undefined ? null : digests[algorithm.hash]
  const read = digest === undefined ? null : keyObject(key)
  if (digest === undefined || !read) return webCryptoVerifies(signed, key)
  try {
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
    return verify(digest, tbs, { key: read, ...(algorithm.scheme === 'rsa-pss' && pss) }, signature)
  } catch {
    return webCryptoVerifies(signed, key)
  }
}
