import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import type { Budget } from './budget.ts'
import { newBudget } from './budget.ts'
import type { Bytes } from './der.ts'
import { children, childrenOf, DerFault, der, expect, octets, orNull, present, readDer, sameBytes, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import type { Facts } from './facts.ts'
import { digestOf } from './kdf.ts'
import type { Password } from './passwords.ts'
import { passwordOf, passwordsOf } from './passwords.ts'
import type { Mac } from './pkcs12-mac.ts'
import { readMac, writeMac } from './pkcs12-mac.ts'
import type { Pkcs12Contents, Safe } from './pkcs12-safe.ts'
import { bagType, dataType, encryptedDataType, openSafes, readSafes, Stop, shroudedKeys } from './pkcs12-safe.ts'
import { readPlainKey } from './private-key.ts'
import type { Unsupported } from './protection.ts'
import { sealModern, sealOlder } from './sealing.ts'

/** A PKCS#12 file taken apart as far as it goes without the passphrase. `mac` is `null` when nothing guards it. */
type Pkcs12File = { content: Bytes; mac: Mac | Unsupported | null }

export type OpenedPkcs12 = Pkcs12Contents & { facts: Facts }

/** Reads the PFX (RFC 7292 section 4), DER or BER. `null` when the bytes are none. */
function readFile(bytes: Bytes): Pkcs12File | Unsupported | null {
  return orNull(() => {
    const [version, safe, macData] = childrenOf(present(readDer(bytes) ?? undefined), Tag.sequence)
    expect(version, Tag.integer)
    const [type, explicit] = childrenOf(safe, Tag.sequence)
    const oid = oidOf(present(type))
    if (oid === '1.2.840.113549.1.7.2') return { unsupported: 'a signature in place of a passphrase' }
    if (oid !== dataType) throw new DerFault('another type')
    const content = octets(present(children(present(explicit))[0]))
    return { content, mac: macData ? readMac(macData) : null }
  })
}

/** What can be said of a PKCS#12 file without its passphrase; `null` when the bytes are none. */
export function describePkcs12(der: Bytes): Facts | null {
  const file = readFile(der)
  if (!file) return null
  if ('unsupported' in file) return { container: 'PKCS#12', encrypted: true, protection: file.unsupported }
  const safes = orNull(() => readSafes(file.content))
  return safes && orNull(() => factsOf(file, safes, der))
}

/** Throws `DerFault`. */
function factsOf({ mac }: Pkcs12File, safes: readonly Safe[], der: Bytes): Facts {
  const protections = safes.flatMap((safe) => ('bags' in safe ? shroudedKeys(safe.bags) : [safe.protection]))
  const labels = protections.map((one) => ('unsupported' in one ? one.unsupported : one.label))
  return {
    container: 'PKCS#12',
    encrypted: labels.length > 0,
    ...(labels.length > 0 && { protection: [...new Set(labels)].join('; ') }),
    ...(mac && { macAlgorithm: 'unsupported' in mac ? mac.unsupported : mac.label }),
    bytes: der.length,
  }
}

/**
 * Opens a PKCS#12 file, DER or BER, of any common writer: RC2, RC4 or triple DES (RFC 7292 appendix C), PBES2 (AES,
 * PBKDF2 or scrypt), PBMAC1 (RFC 9579), no MAC, no encryption. An empty passphrase stands for an absent one too. The
 * MAC is checked before anything inside is read. `name` names the file in a refusal: `key.passphrase-wrong`,
 * `key.protection-unsupported` (also for derivations that cost more than the budget), `file.damaged`.
 */
export async function openPkcs12(
  der: Bytes,
  passphrase: string,
  name = 'the file',
  budget = newBudget(),
): Promise<Result<OpenedPkcs12>> {
  const damaged = refuse({ code: 'file.damaged', name, what: 'PKCS#12 bundle' })
  const file = readFile(der)
  if (!file) return damaged
  const unsupported = (scheme: string) => refuse({ code: 'key.protection-unsupported', name, scheme })
  if ('unsupported' in file) return unsupported(file.unsupported)
  if (file.mac && 'unsupported' in file.mac) return unsupported(file.mac.unsupported)
  const passwords = await fittingPasswords(file.content, file.mac, passphrase, budget)
  if (passwords === 'costly') return unsupported(file.mac?.label ?? '')
  if (passwords.length === 0) return refuse({ code: 'key.passphrase-wrong', name })
  try {
    const safes = readSafes(file.content)
    const contents = await openSafes(safes, passwords, budget)
    if (!contents.keys.every(({ pkcs8 }) => readPlainKey(pkcs8))) return damaged
    return ok({ ...contents, facts: { ...factsOf(file, safes, der), ...summaryOf(contents) } })
  } catch (error) {
    if (error instanceof DerFault) return damaged
    if (!(error instanceof Stop)) throw error
    if (typeof error.why === 'object') return unsupported(error.why.unsupported)
    return error.why === 'damaged' ? damaged : refuse({ code: 'key.passphrase-wrong', name })
  }
}

/**
 * What a bundle holds of which nothing is encrypted, without a passphrase: whoever has the file sees it anyway. Its MAC
 * is not checked. `null` when something in it is encrypted or damaged.
 */
export async function readClearPkcs12(der: Bytes): Promise<OpenedPkcs12 | null> {
  const file = readFile(der)
  if (!file || 'unsupported' in file) return null
  try {
    const safes = readSafes(file.content)
    const contents = await openSafes(safes, [], { spend: () => false })
    if (!contents.keys.every(({ pkcs8 }) => readPlainKey(pkcs8))) return null
    return { ...contents, facts: { ...factsOf(file, safes, der), ...summaryOf(contents) } }
  } catch (error) {
    if (error instanceof DerFault || error instanceof Stop) return null
    throw error
  }
}

/** Without a MAC every encoding stays possible; with one, those that fit come first and an unfitting one stops here. */
async function fittingPasswords(
  content: Bytes,
  mac: Mac | null,
  passphrase: string,
  budget: Budget,
): Promise<Password[] | 'costly'> {
  const candidates = passwordsOf(passphrase)
  if (!mac) return candidates
  const tried: Bytes[] = []
  for (const password of candidates) {
    // Encodings that are the same for this MAC need no second derivation.
    const octets = password[mac.takes]
    if (tried.some((other) => sameBytes(other, octets))) continue
    tried.push(octets)
    const fits = await mac.verify(content, password, budget)
    if (fits === 'costly') return fits
    // Programs have mixed encodings within one file: the others are still tried on its parts.
    if (fits) return [password, ...candidates.filter((other) => other !== password)]
  }
  return []
}

function summaryOf({ keys, certificates, crls }: Pkcs12Contents): Facts {
  const friendlyName = [...keys, ...certificates].find((one) => one.friendlyName)?.friendlyName
  return {
    keys: keys.length,
    certificates: certificates.length,
    crls: crls.length,
    ...(friendlyName !== undefined && { friendlyName }),
  }
}

/** Readers of a bundle: `older` for programs from before about 2015, whose protection is weak by now. */
export type Pkcs12Readers = 'modern' | 'older'

/**
 * Rounds by reader, paid for the MAC, the certificates and the key: three times in all. .NET stops at 300,000 for one
 * and a million in all (600,000 before .NET 9), and every program pays them at each start, so they stay well below:
 * opening takes 0.1 to 0.3 s. Older readers expect OpenSSL's 2,048.
 */
const rounds: Record<Pkcs12Readers, number> = { modern: 100_000, older: 2048 }

/**
 * Writes a bundle of a key, its certificate and the chain above it (nearest issuer first). `modern`: AES-256-CBC under
 * PBKDF2 with HMAC-SHA-256, MAC with SHA-256. `older`: triple DES and SHA-1 throughout. Key and certificate carry the
 * friendly name (Java's alias) and the same local key id.
 */
export async function writePkcs12(bundle: {
  pkcs8: Bytes
  certificateDer: Bytes
  chain: Bytes[]
  friendlyName: string
  passphrase: string
  readers: Pkcs12Readers
}): Promise<Bytes> {
  const password = passwordOf(bundle.passphrase)
  const iterations = rounds[bundle.readers]
  const modern = bundle.readers === 'modern'
  const seal = modern ? sealModern : sealOlder
  const names = der.set(
    attribute('1.2.840.113549.1.9.20', der.bmpString(bundle.friendlyName)),
    attribute('1.2.840.113549.1.9.21', der.octetString(digestOf('SHA-1', bundle.certificateDer))),
  )
  const certificates = der.sequence(
    certificateBag(bundle.certificateDer, names),
    ...bundle.chain.map((issuer) => certificateBag(issuer)),
  )
  const [sealedCertificates, sealedKey] = [
    await seal(password, certificates, iterations),
    await seal(password, bundle.pkcs8, iterations),
  ]
  const shrouded = der.sequence(sealedKey.algorithm, der.octetString(sealedKey.encrypted))
  const keyBag = der.sequence(der.oid(`${bagType}2`), der.context(0, shrouded), names)
  const encrypted = der.sequence(
    der.integer(0),
    der.sequence(
      der.oid(dataType),
      sealedCertificates.algorithm,
      der.contextPrimitive(0, sealedCertificates.encrypted),
    ),
  )
  const content = der.sequence(
    der.sequence(der.oid(encryptedDataType), der.context(0, encrypted)),
    der.sequence(der.oid(dataType), der.context(0, der.octetString(der.sequence(keyBag)))),
  )
  return der.sequence(
    der.integer(3),
    der.sequence(der.oid(dataType), der.context(0, der.octetString(content))),
    await writeMac(modern ? 'SHA-256' : 'SHA-1', content, password, iterations),
  )
}

const attribute = (oid: string, value: Bytes): Bytes => der.sequence(der.oid(oid), der.set(value))

function certificateBag(certificate: Bytes, names?: Bytes): Bytes {
  const typed = der.sequence(der.oid('1.2.840.113549.1.9.22.1'), der.context(0, der.octetString(certificate)))
  return der.sequence(der.oid(`${bagType}3`), der.context(0, typed), ...(names ? [names] : []))
}
