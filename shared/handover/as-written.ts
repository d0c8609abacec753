import type { KeyAlgorithm } from '../pki/key-plan.ts'
import type { Pkcs12Readers } from '../pki/pkcs12-writer.ts'
import type { BundleTraits } from '../pki/who-opens-bundle.ts'
import type { KeyTraits } from '../pki/who-opens-key.ts'

const aes = {
  family: 'pbes2',
  cipher: 'AES-256-CBC',
  derivation: 'PBKDF2',
  digest: 'SHA-256',
  iterations: 100_000,
  saltOctets: 16,
} as const
const tripleDes = {
  family: 'pkcs12',
  cipher: 'triple DES',
  derivation: 'PKCS#12',
  digest: 'SHA-1',
  iterations: 2048,
} as const

/**
 * What decides who opens a bundle of ours, without writing one: a passphrase has ASCII letters alone, because every rule
 * for receivers asks for that. A test holds it against what is written.
 */
export function bundleAsWritten(readers: Pkcs12Readers): BundleTraits {
  const scheme = readers === 'older' ? tripleDes : aes
  const hmac = (digest: string) => ({ kind: 'hmac', digest, iterations: scheme.iterations, saltOctets: 16 }) as const
  return {
    schemes: [scheme, scheme],
    mac:
      readers === 'fips'
        ? { kind: 'pbmac1', digest: 'SHA-256', derivation: aes }
        : hmac(readers === 'older' ? 'SHA-1' : 'SHA-256'),
    safes: 2,
    indefinite: false,
    bytesAfter: false,
    plainKeys: false,
    letters: 'ascii',
    keys: 1,
    certificates: 1,
  }
}

const kinds: Record<KeyAlgorithm, Pick<KeyTraits, 'algorithm' | 'curve' | 'bits'>> = {
  'rsa-2048': { algorithm: 'RSA', bits: 2048 },
  'rsa-3072': { algorithm: 'RSA', bits: 3072 },
  'rsa-4096': { algorithm: 'RSA', bits: 4096 },
  'ec-p256': { algorithm: 'EC', curve: 'prime256v1', bits: 256 },
  'ec-p384': { algorithm: 'EC', curve: 'secp384r1', bits: 384 },
  'ec-p521': { algorithm: 'EC', curve: 'secp521r1', bits: 521 },
  ed25519: { algorithm: 'Ed25519' },
}

/** The same of a key file. */
export const keyAsWritten = (key: KeyAlgorithm, locked: boolean): KeyTraits => ({
  container: 'PKCS#8',
  encrypted: locked,
  ...(locked && { scheme: aes }),
  ...kinds[key],
})
