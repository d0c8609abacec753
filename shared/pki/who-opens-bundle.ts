import { measured } from '../measured.ts'
import type { Scheme } from './encryption-scheme.ts'
import type { WhoOpens } from './inspect-calls.ts'
import type { MacOutline } from './pkcs12-outline.ts'

/** What decides who opens a PKCS#12 file. */
export type BundleTraits = {
  /** Of encrypted safes, and of encrypted keys as far as they can be seen without the passphrase. */
  schemes: Scheme[]
  mac: MacOutline
  safes: number
  /** Written with an indefinite length, and followed by octets that do not belong to it. */
  indefinite: boolean
  bytesAfter: boolean
  /** A private key lies in it without encryption of its own. */
  plainKeys: boolean
  /** The passphrase has letters beyond ASCII, or beyond the first plane of Unicode (emoji). */
  letters: 'ascii' | 'accented' | 'astral'
  /** Counts, once it was opened. */
  keys?: number
  certificates?: number
}

type Verdict = Pick<WhoOpens, 'opens' | 'why'>
/** `on`: the programs that were run to learn its rules; absent where it is what makers and users report. */
export type Reader<Traits> = { who: string; on?: string; judge: (traits: Traits) => Verdict }

export const judgedBy = <Traits>(readers: readonly Reader<Traits>[], traits: Traits): WhoOpens[] =>
  readers.map(({ who, on, judge }) => ({ who, ...judge(traits), measured: on ?? null }))

const yes = (why: string): Verdict => ({ opens: 'yes', why })
const no = (why: string): Verdict => ({ opens: 'no', why })
const partly = (why: string): Verdict => ({ opens: 'partly', why })

/** The first of these schemes that a rule does not let pass. */
const firstNot = (traits: BundleTraits, passes: (scheme: Scheme) => boolean): Scheme | undefined =>
  traits.schemes.find((scheme) => !passes(scheme))

const isAes = ({ family, cipher }: Scheme): boolean => family === 'pbes2' && /^AES-\d+-CBC$/.test(cipher)
const is = (scheme: Scheme, family: Scheme['family'], ...ciphers: string[]): boolean =>
  scheme.family === family && ciphers.includes(scheme.cipher)

/** What OpenSSL 3 has in its default provider: the rest lies in the legacy one, which programs do not load. */
const inOpenSsl3 = (scheme: Scheme): boolean =>
  is(scheme, 'pkcs12', 'triple DES', 'triple DES with two keys') ||
  (scheme.family === 'pbes2' && /^(AES|ARIA|Camellia|SM4)-|^triple DES$/.test(scheme.cipher))

const noKey = (traits: BundleTraits): boolean => traits.keys === 0
const noCertificate = (traits: BundleTraits): boolean => traits.certificates === 0

function describedBy({ schemes, mac }: BundleTraits): string {
  const ciphers = [...new Set(schemes.map(({ cipher }) => cipher))]
  const guard = mac.kind === 'hmac' ? `a ${mac.digest} MAC` : mac.kind === 'none' ? 'no MAC' : 'its MAC'
  if (ciphers.length === 0) return `Nothing is encrypted${mac.kind === 'none' ? '' : `, and it reads ${guard}`}.`
  return mac.kind === 'none'
    ? `It reads ${ciphers.join(' and ')}, and asks for no MAC.`
    : `It reads ${ciphers.join(' and ')}, and ${guard}.`
}

const reads = (traits: BundleTraits): Verdict => yes(describedBy(traits))

function openSsl3(traits: BundleTraits): Verdict {
  const old = firstNot(traits, inOpenSsl3)
  if (old)
    return no(`${old.cipher} needs OpenSSL’s legacy provider: the command opens it with -legacy, programs do not.`)
  if (traits.mac.kind === 'pbmac1') return no('PBMAC1 is known to OpenSSL from 3.4 on.')
  return withoutMacOrKey(traits, traits.mac.kind === 'none')
}

function openSsl35(traits: BundleTraits): Verdict {
  const old = firstNot(traits, inOpenSsl3)
  if (old)
    return no(`${old.cipher} needs OpenSSL’s legacy provider: the command opens it with -legacy, programs do not.`)
  return withoutMacOrKey(traits, false)
}

function openSsl1(traits: BundleTraits): Verdict {
  if (traits.mac.kind === 'pbmac1') return no('PBMAC1 is known to OpenSSL from 3.4 on.')
  const newer = traits.schemes.find(({ cipher, derivation }) => derivation === 'scrypt' || /^(ARIA|SM4)-/.test(cipher))
  if (newer) return partly(`${newer.derivation === 'scrypt' ? 'scrypt' : newer.cipher} came with OpenSSL 1.1.`)
  if (traits.letters !== 'ascii') {
    return partly('OpenSSL before 1.1.0 encodes a passphrase with such letters in another way than other programs.')
  }
  return withoutMacOrKey(traits, traits.mac.kind === 'none')
}

function withoutMacOrKey(traits: BundleTraits, macMissed: boolean): Verdict {
  if (macMissed) return partly('The openssl command opens it; programs such as curl and Node.js say “mac absent”.')
  if (noKey(traits))
    return partly('The openssl command lists its certificates; a TLS client finds no private key in it.')
  return reads(traits)
}

/** BoringSSL: few algorithms, some of the old ones among them. */
function electron(traits: BundleTraits): Verdict {
  if (traits.mac.kind === 'none') return no('Without a MAC it says that the passphrase is wrong.')
  if (traits.mac.kind === 'pbmac1') return no('BoringSSL does not know PBMAC1.')
  for (const scheme of traits.schemes) {
    const old = is(scheme, 'pkcs12', 'triple DES', 'RC2-40', 'RC4-128')
    const modern = scheme.family === 'pbes2' && /^AES-\d+-CBC$|^triple DES$/.test(scheme.cipher)
    if (!old && !modern)
      return no(`BoringSSL does not read ${scheme.cipher}${scheme.family === 'pkcs12' ? ' here' : ''}.`)
    if (old) continue
    if (scheme.derivation !== 'PBKDF2') return no(`BoringSSL does not know ${scheme.derivation}.`)
    if (scheme.digest !== 'SHA-1' && scheme.digest !== 'SHA-256') {
      return no(`BoringSSL derives keys with SHA-1 and SHA-256 only, not ${scheme.digest}.`)
    }
    if (scheme.digestBare) return no('BoringSSL refuses the way GnuTLS and NSS name the digest (without its NULL).')
  }
  if (noKey(traits)) return no('A client certificate needs a private key, and none is inside.')
  if (noCertificate(traits)) return no('No certificate is inside.')
  if (traits.letters === 'astral')
    return no('BoringSSL refuses passphrases with emoji and other characters of their kind.')
  if (traits.bytesAfter) return no('BoringSSL refuses a bundle with bytes after its end, such as a line break.')
  if ((traits.keys ?? 1) > 1) return no('BoringSSL refuses bundles with more than one private key.')
  return reads(traits)
}

function javaNew(traits: BundleTraits): Verdict {
  if (traits.mac.kind === 'pbmac1') return no('Java knows PBMAC1 from version 26 on.')
  if (traits.mac.kind === 'hmac' && traits.mac.digest === 'MD5') return no('Java refuses a MAC with MD5.')
  const fault = firstNot(
    traits,
    (scheme) =>
      is(scheme, 'pkcs12', 'triple DES', 'RC2-40', 'RC2-128', 'RC4-40', 'RC4-128') ||
      (is(scheme, 'pbes1', 'DES') && scheme.digest === 'MD5') ||
      (is(scheme, 'pbes2', 'AES-128-CBC', 'AES-256-CBC') && scheme.derivation === 'PBKDF2'),
  )
  if (fault) return no(`Java does not read ${fault.cipher} with ${fault.derivation}.`)
  if (traits.plainKeys)
    return partly('Java passes over private keys that are not encrypted, and shows no entry for them.')
  if (noKey(traits)) return partly('Java shows a bundle without a private key as empty, unless Java wrote it.')
  if (traits.letters !== 'ascii') return partly('Most versions of Java take passphrases of ASCII letters only.')
  return reads(traits)
}

/** What every program from before about 2018 reads, and writes. */
const isOldStyle = (traits: BundleTraits): boolean =>
  traits.mac.kind === 'hmac' &&
  traits.mac.digest === 'SHA-1' &&
  !firstNot(traits, (scheme) => is(scheme, 'pkcs12', 'triple DES', 'RC2-40'))

const needsOldStyle = 'It knows triple DES and RC2-40 with a SHA-1 MAC only.'

function javaOld(traits: BundleTraits): Verdict {
  if (!isOldStyle(traits)) return no(needsOldStyle)
  if (noKey(traits)) return partly('Java shows a bundle without a private key as empty, unless Java wrote it.')
  return reads(traits)
}

const aesWithSha2 = (traits: BundleTraits): boolean =>
  traits.mac.kind === 'hmac' &&
  /^SHA-(1|256|384|512)$/.test(traits.mac.digest) &&
  !firstNot(
    traits,
    (scheme) => is(scheme, 'pkcs12', 'triple DES', 'RC2-40') || (isAes(scheme) && scheme.derivation === 'PBKDF2'),
  )

function windowsNew(traits: BundleTraits): Verdict {
  if (isOldStyle(traits)) return reads(traits)
  if (traits.mac.kind !== 'hmac') {
    return no('The import says that the password is wrong: it wants a MAC of the usual kind.')
  }
  if (!aesWithSha2(traits)) return no('The import knows AES, triple DES and RC2-40 only.')
  const costly = traits.schemes.some(({ iterations = 0 }) => iterations > 600_000)
  return costly ? partly('.NET refuses more than 600,000 iterations; the certificate import does not.') : reads(traits)
}

const windowsOld = (traits: BundleTraits): Verdict =>
  isOldStyle(traits) ? reads(traits) : no(`${needsOldStyle} The import says that the password is wrong.`)

function macOs(traits: BundleTraits): Verdict {
  if (isOldStyle(traits)) return reads(traits)
  if (!aesWithSha2(traits)) return no('Keychain Access says “MAC verification failed … (wrong password?)”.')
  return partly('Many versions of Keychain Access refuse AES with “MAC verification failed … (wrong password?)”.')
}

function android(traits: BundleTraits): Verdict {
  if (isOldStyle(traits)) return reads(traits)
  if (!aesWithSha2(traits)) return no('The certificate installer says that the password is wrong.')
  return partly('Newer versions read AES; older ones say that the password is wrong.')
}

function go(traits: BundleTraits): Verdict {
  const plain =
    !traits.indefinite && !traits.bytesAfter && !traits.plainKeys && !noKey(traits) && !noCertificate(traits)
  const first = traits.safes === 2 && isOldStyle(traits) && plain
  if (first) return yes('golang.org/x/crypto/pkcs12 reads triple DES and RC2-40 with a SHA-1 MAC.')
  if (aesWithSha2(traits) || isOldStyle(traits)) {
    return partly('golang.org/x/crypto/pkcs12 does not; software.sslmate.com/src/go-pkcs12 does.')
  }
  return no('Neither golang.org/x/crypto/pkcs12 nor software.sslmate.com/src/go-pkcs12 reads it, as far as is known.')
}

/** SP 800-132 asks for a salt of 128 bits; OpenSSL’s FIPS provider checks it, and 1,000 iterations. */
function fips(traits: BundleTraits): Verdict {
  if (traits.mac.kind !== 'pbmac1') {
    return no(
      'The MAC of PKCS#12 uses a key derivation that FIPS does not allow: only PBMAC1 (OpenSSL 3.4) can be checked.',
    )
  }
  const { derivation } = traits.mac
  const all = [derivation, ...traits.schemes]
  const weak = all.find(({ saltOctets = 0, iterations = 0 }) => saltOctets < 16 || iterations < 1000)
  if (weak) return no('FIPS wants a salt of 16 octets and 1,000 iterations at least.')
  if (firstNot(traits, isAes)) return no('FIPS allows AES alone.')
  return yes('PBMAC1, PBKDF2 and AES are approved; it takes OpenSSL 3.4.')
}

/** In the order people look for them. */
export const bundleReaders: Reader<BundleTraits>[] = [
  {
    who: 'OpenSSL 3.0 to 3.3, curl, Node.js 20',
    on: `${measured.openssl}; ${measured.curl}; ${measured.node20}`,
    judge: openSsl3,
  },
  { who: 'OpenSSL 3.4 and newer, Node.js 24', on: measured.node24, judge: openSsl35 },
  { who: 'OpenSSL 1.0.2 and 1.1.1', on: measured.opensslBefore, judge: openSsl1 },
  { who: 'Electron: Postman, Bruno, Insomnia', on: measured.electron, judge: electron },
  { who: 'Java 8u301, 11.0.12, 17 and newer', on: measured.java17, judge: javaNew },
  { who: 'Java before 8u301 and 11.0.12', judge: javaOld },
  { who: 'Windows 10 1709, Server 2019 and newer', judge: windowsNew },
  { who: 'Windows 7 to Server 2016', judge: windowsOld },
  { who: 'macOS Keychain', judge: macOs },
  { who: 'Android', judge: android },
  { who: 'Go', judge: go },
  { who: 'OpenSSL in FIPS mode', judge: fips },
  {
    who: 'nginx, Apache httpd, HAProxy, Python requests',
    judge: () => no('They read PEM files only: save certificate and key as two of them.'),
  },
]
