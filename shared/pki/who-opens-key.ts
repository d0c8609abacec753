import { measured } from '../measured.ts'
import type { Scheme } from './encryption-scheme.ts'
import type { WhoOpens } from './inspect-calls.ts'
import type { Reader } from './who-opens-bundle.ts'

/** What decides who loads a private key’s file. */
export type KeyTraits = {
  container: string
  encrypted: boolean
  /** Of an encrypted PKCS#8. */
  scheme?: Scheme
  /** Of OpenSSL’s old encrypted PEM: `DES-EDE3-CBC`. */
  pemCipher?: string
  algorithm?: string
  curve?: string
  bits?: number
}

type Verdict = Pick<WhoOpens, 'opens' | 'why'>
const yes = (why: string): Verdict => ({ opens: 'yes', why })
const no = (why: string): Verdict => ({ opens: 'no', why })
const partly = (why: string): Verdict => ({ opens: 'partly', why })

/** Formats of other programs, which no TLS program reads. */
function foreign({ container }: KeyTraits): Verdict | null {
  if (container === 'OpenSSH' || container === 'PuTTY') {
    return no(`${container} has a format of its own: convert the key to PKCS#8.`)
  }
  return container === 'PVK' ? no('PVK is an old format of Windows: convert the key to PKCS#8.') : null
}

const open = ({ encrypted }: KeyTraits): Verdict =>
  yes(encrypted ? 'It reads this encryption, given the passphrase.' : 'It reads keys of this kind.')

function openSsl3(traits: KeyTraits): Verdict {
  const { scheme, pemCipher, algorithm = '' } = traits
  const other = foreign(traits)
  if (other) return other
  const legacy =
    (scheme && !isInDefaultProvider(scheme)) ||
    (pemCipher !== undefined && !/^(AES|DES-EDE3?|CAMELLIA|ARIA|SM4)-/.test(pemCipher))
  if (legacy) return no(`${pemCipher ?? scheme!.cipher} needs OpenSSL’s legacy provider, which programs do not load.`)
  if (/^(ML-DSA|SLH-DSA)/.test(algorithm)) return partly(`${algorithm} came with OpenSSL 3.5.`)
  return open(traits)
}

const isInDefaultProvider = ({ family, cipher }: Scheme): boolean =>
  family === 'pkcs12'
    ? /^triple DES/.test(cipher)
    : family === 'pbes2' && /^(AES|ARIA|Camellia|SM4)-|^triple DES$/.test(cipher)

function openSsl1(traits: KeyTraits): Verdict {
  const other = foreign(traits)
  if (other) return other
  const { algorithm = '', scheme } = traits
  if (/^(ML-DSA|SLH-DSA)/.test(algorithm)) return no(`${algorithm} came with OpenSSL 3.5.`)
  if (/^(Ed|X)(25519|448)$/.test(algorithm)) return partly(`${algorithm} came with OpenSSL 1.1.1.`)
  if (scheme?.derivation === 'scrypt') return partly('scrypt came with OpenSSL 1.1.')
  return open(traits)
}

/** BoringSSL has four curves. */
const boringCurves = new Set(['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1'])

function electron(traits: KeyTraits): Verdict {
  const other = foreign(traits)
  if (other) return other
  const { algorithm = '', curve, scheme, pemCipher } = traits
  if (curve !== undefined && curve !== 'explicit parameters' && !boringCurves.has(curve)) {
    return no(`BoringSSL does not know the curve ${curve}.`)
  }
  if (/^(RSA-PSS|Ed448|X448|DSA|DH|ML-DSA|SLH-DSA)/.test(algorithm))
    return no(`BoringSSL does not use ${algorithm} keys.`)
  if (pemCipher !== undefined && !/^(AES-|DES-)/.test(pemCipher)) return no(`BoringSSL does not read ${pemCipher}.`)
  if (scheme) {
    const old = scheme.family === 'pkcs12' && ['triple DES', 'RC2-40', 'RC4-128'].includes(scheme.cipher)
    const modern = scheme.family === 'pbes2' && /^AES-\d+-CBC$|^triple DES$/.test(scheme.cipher)
    if (!old && !modern) return no(`BoringSSL does not read ${scheme.cipher} with ${scheme.derivation}.`)
    if (modern && scheme.derivation !== 'PBKDF2') return no(`BoringSSL does not know ${scheme.derivation}.`)
    if (modern && scheme.digest !== 'SHA-1' && scheme.digest !== 'SHA-256') {
      return no(`BoringSSL derives keys with SHA-1 and SHA-256 only, not ${scheme.digest}.`)
    }
    if (modern && scheme.digestBare) return no('BoringSSL refuses the way GnuTLS names the digest (without its NULL).')
  }
  return open(traits)
}

const goCurves = boringCurves

function go(traits: KeyTraits): Verdict {
  const other = foreign(traits)
  if (other) return other
  if (traits.encrypted) return no('Go’s standard library opens no encrypted key: decrypt it first.')
  const { algorithm = '', curve } = traits
  if (curve !== undefined && !goCurves.has(curve)) return no(`Go does not know the curve ${curve}.`)
  if (/^(RSA|EC|Ed25519|X25519)$/.test(algorithm)) return open(traits)
  return no(`Go does not use ${algorithm || 'such'} keys.`)
}

/** In the order people look for them. */
export const keyReaders: Reader<KeyTraits>[] = [
  {
    who: 'OpenSSL 3, curl, nginx, Node.js',
    on: `${measured.openssl}; ${measured.node20}; ${measured.node24}`,
    judge: openSsl3,
  },
  { who: 'OpenSSL 1.0.2 and 1.1.1', on: measured.opensslBefore, judge: openSsl1 },
  { who: 'Electron: Postman, Bruno, Insomnia', on: measured.electron, judge: electron },
  { who: 'Go', on: measured.go, judge: go },
  {
    who: 'Java',
    on: measured.java17,
    judge: () => partly('Java takes keys from a keystore: put it into a PKCS#12 with its certificate.'),
  },
  {
    who: 'Windows, macOS Keychain',
    judge: () => no('They import keys together with their certificate, as PKCS#12.'),
  },
]
