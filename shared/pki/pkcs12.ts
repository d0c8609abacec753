import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import type { Budget } from './budget.ts'
import { newBudget } from './budget.ts'
import type { Bytes } from './der.ts'
import { children, childrenOf, DerFault, expect, octets, orNull, present, readDer, sameBytes, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import type { Facts } from './facts.ts'
import type { Password } from './passwords.ts'
import { passwordsOf } from './passwords.ts'
import type { Mac } from './pkcs12-mac.ts'
import { readMac } from './pkcs12-mac.ts'
import type { Pkcs12Contents, Safe } from './pkcs12-safe.ts'
import { dataType, openSafes, readSafes, Stop, shroudedKeys } from './pkcs12-safe.ts'
import { readPlainKey } from './private-key.ts'
import type { Unsupported } from './protection.ts'

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
