import type { Finding } from '../findings.ts'
import type { Bytes } from './der.ts'
import type { Facts } from './facts.ts'
import { fips186, rfc5280, rfc5480, rfc7748, rfc8017, rfc8446, roca, sp800131a } from './finding-sources.ts'
import { hasRocaFingerprint, smallFactor } from './roca.ts'
import type { PublicKey } from './spki.ts'
import { readPublicKey } from './spki.ts'

const usualCurves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/** BoringSSL reads exponents of 33 bits at most, and moduli of 16384. */
const longestExponent = 1n << 33n
const longestModulus = 16384

/**
 * What is worth telling about a public key, wherever it was found. `asIssuer`: the key of a CA among others, where a
 * weakness that would make a certificate unusable is a warning only.
 */
export function publicKeyFindings(facts: Facts, key?: PublicKey, asIssuer = false): Finding[] {
  const { keyAlgorithm: algorithm, keyBits: bits, curve } = facts
  const refuses = asIssuer ? 'warns' : 'refuses'
  const found: Finding[] = []
  if (key && !key.readable) {
    found.push({
      code: 'key.unreadable',
      severity: refuses,
      message: 'The public key inside is malformed: no program can use it.',
      next: 'Ask for the file again, or create a new key.',
      source: rfc5280('4.1.2.7'),
    })
  }
  if ((algorithm === 'RSA' || algorithm === 'RSA-PSS') && bits !== undefined) {
    if (bits < 2048) found.push(tooSmall(`RSA ${bits}`, refuses))
    if (bits > longestModulus) {
      found.push({
        code: 'key.too-large',
        severity: 'warns',
        message: `The RSA key has ${bits} bits: many programs refuse more than ${longestModulus}.`,
        next: 'Create a key of 3072 or 4096 bits.',
        source: rfc8017('3.1'),
      })
    }
    found.push(...exponentFindings(key?.exponent, refuses), ...modulusFindings(key, refuses))
  }
  if (algorithm === 'EC') {
    if (bits !== undefined && bits < 224) found.push(tooSmall(`EC, ${bits} bits`, refuses))
    if (curve === 'explicit parameters') {
      found.push({
        code: 'key.explicit-curve',
        severity: 'warns',
        message: 'The curve is spelt out instead of named: BoringSSL, Go and others refuse such keys.',
        next: 'Create a key on P-256 or P-384, by name.',
        source: rfc5480('2.1.1'),
      })
    } else if (curve !== undefined && !usualCurves.has(curve)) {
      found.push({
        code: 'key.curve-unusual',
        severity: 'warns',
        message: `The curve ${curve} is not understood by every TLS program.`,
        next: 'Create a key on P-256 or P-384.',
        source: rfc8446('4.2.3'),
      })
    }
  }
  if (algorithm === 'X25519' || algorithm === 'X448' || algorithm === 'DH') {
    found.push({
      code: 'key.cannot-sign',
      severity: refuses,
      message: `A key of type ${algorithm} agrees on secrets but cannot sign, so it cannot prove who a client is.`,
      next: 'Create an RSA or EC key.',
      source: rfc7748('6'),
    })
  }
  if (algorithm === 'DSA') {
    found.push({
      code: 'key.out-of-use',
      severity: 'warns',
      message: 'DSA keys are not usable in TLS 1.3, and most programs refuse them.',
      next: 'Create an RSA or EC key.',
      source: rfc8446('1.2'),
    })
  }
  return found
}

const tooSmall = (what: string, severity: Finding['severity']): Finding => ({
  code: 'key.too-small',
  severity,
  message: `The key is too small (${what}): OpenSSL, providers and public CAs refuse it.`,
  next: 'Create a key of RSA 2048 or more, or EC P-256.',
  source: sp800131a,
})

function exponentFindings(exponent: bigint | undefined, refuses: Finding['severity']): Finding[] {
  if (exponent === undefined) return []
  if (exponent < 3n || exponent % 2n === 0n) {
    const message = `The RSA exponent ${exponent} cannot be used: it must be odd and 3 at least.`
    return [
      { code: 'key.exponent-unusable', severity: refuses, message, next: 'Create a new key.', source: rfc8017('3.1') },
    ]
  }
  if (exponent >= longestExponent) {
    const message = 'The RSA exponent is very large: BoringSSL (Electron, Chrome) and others refuse the key.'
    const next = 'Create a key with the exponent 65537.'
    return [{ code: 'key.exponent-large', severity: 'warns', message, next, source: rfc8017('3.1') }]
  }
  if (exponent < 65537n) {
    const message = `The RSA exponent is ${exponent}, not 65537: sound programs use it safely, some rules forbid it.`
    const next = 'Create a key with the exponent 65537.'
    return [{ code: 'key.exponent-small', severity: 'notes', message, next, source: fips186 }]
  }
  return []
}

/** Keys that were made badly: anybody can compute the private one. */
function modulusFindings(key: PublicKey | undefined, refuses: Finding['severity']): Finding[] {
  if (!key?.modulus) return []
  const factor = smallFactor(key.modulus)
  if (factor !== null) {
    return [
      {
        code: 'key.modulus-broken',
        severity: refuses,
        message: `The RSA modulus can be divided by ${factor}: the key is damaged or was made wrongly, and protects nothing.`,
        next: 'Create a new key.',
        source: rfc8017('3.1'),
      },
    ]
  }
  if (!hasRocaFingerprint(key.modulus)) return []
  return [
    {
      code: 'key.roca',
      severity: refuses,
      message:
        'The key was made by a chip with a known fault (ROCA): its private half can be computed from the public one.',
      next: 'Create a new key elsewhere, and have every certificate for this one revoked.',
      source: roca,
    },
  ]
}

/** What is worth telling about a private key by its public half (`spki`, where it is known), wherever it lies. */
export const keyFindings = (facts: Facts, spki: Bytes | null = null): Finding[] =>
  publicKeyFindings(facts, (spki && readPublicKey(spki)) ?? undefined)

/** The same, and what is worth telling of it as a file; not for keys inside an opened container. */
export function privateKeyFindings(facts: Facts, spki: Bytes | null = null): Finding[] {
  const found = keyFindings(facts, spki)
  if (facts.encrypted === true) {
    const message = `The private key is protected by a passphrase${facts.protection ? ` (${facts.protection})` : ''}.`
    const next = 'Keep the passphrase apart from the file.'
    found.push({ code: 'key.encrypted', severity: 'notes', message, next })
  } else {
    found.push({
      code: 'key.unencrypted',
      severity: 'warns',
      message: 'The private key lies in the file in the clear: whoever copies the file has the key.',
      next: 'Keep the file readable by you alone, or protect it with a passphrase.',
    })
  }
  if (facts.container === 'OpenSSH' || facts.container === 'PuTTY') {
    found.push({
      code: 'key.other-format',
      severity: 'warns',
      message: `The key is in ${facts.container}’s format: TLS programs do not read it.`,
      next: 'Convert it to PKCS#8, or create a key here.',
    })
  }
  return found
}
