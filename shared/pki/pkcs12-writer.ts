import type { Bytes } from './der.ts'
import { der } from './der.ts'
import { digestOf } from './kdf.ts'
import type { Password } from './passwords.ts'
import { passwordOf } from './passwords.ts'
import type { Sealer } from './pkcs12-mac.ts'
import { newMac, newPbmac1 } from './pkcs12-mac.ts'
import { bagType, dataType, encryptedDataType } from './pkcs12-safe.ts'
import { sealModern, sealOlder } from './sealing.ts'

/**
 * Readers of a bundle: `older` for programs from before about 2015, whose protection is weak by now; `fips` for those
 * that may use nothing but approved algorithms, also for the MAC (RFC 9579; OpenSSL 3.4, Java 26).
 */
export type Pkcs12Readers = 'modern' | 'older' | 'fips'

/**
 * Rounds by reader, paid for the MAC, the certificates and the key: three times in all. .NET stops at 300,000 for one
 * and a million in all (600,000 before .NET 9), and every program pays them at each start, so they stay well below:
 * opening takes 0.1 to 0.3 s. Older readers expect OpenSSL's 2,048.
 */
const rounds: Record<Pkcs12Readers, number> = { modern: 100_000, older: 2048, fips: 100_000 }

/** How the parts of a bundle are protected for its readers. */
type Protecting = { password: Password; readers: Pkcs12Readers }

const sealed = ({ password, readers }: Protecting, data: Bytes) =>
  (readers === 'older' ? sealOlder : sealModern)(password, data, rounds[readers])

function newSealer({ password, readers }: Protecting): Promise<Sealer> {
  const iterations = rounds[readers]
  if (readers === 'fips') return newPbmac1(password, iterations)
  return newMac(readers === 'older' ? 'SHA-1' : 'SHA-256', password, iterations)
}

/**
 * Writes a bundle of a key, its certificate and the chain above it (nearest issuer first). `modern`: AES-256-CBC under
 * PBKDF2 with HMAC-SHA-256, MAC with SHA-256. `fips`: the same with PBMAC1. `older`: triple DES and SHA-1 throughout.
 * Key and certificate carry the friendly name (Java's alias) and the same local key id.
 */
export async function writePkcs12(bundle: {
  pkcs8: Bytes
  certificateDer: Bytes
  chain: Bytes[]
  friendlyName: string
  passphrase: string
  readers: Pkcs12Readers
}): Promise<Bytes> {
  const how = { password: passwordOf(bundle.passphrase), readers: bundle.readers }
  const names = [
    friendlyName(bundle.friendlyName),
    attribute('1.2.840.113549.1.9.21', der.octetString(digestOf('SHA-1', bundle.certificateDer))),
  ]
  const certificates = [
    certificateBag(bundle.certificateDer, names),
    ...bundle.chain.map((issuer) => certificateBag(issuer)),
  ]
  // Three derivations that wait for nothing: beside each other they take the time of the longest.
  const derived = [sealed(how, bundle.pkcs8), encryptedSafe(certificates, how), newSealer(how)] as const
  const [key, certificateSafe, sealer] = await Promise.all(derived)
  const shrouded = der.sequence(key.algorithm, der.octetString(key.encrypted))
  const keyBag = der.sequence(der.oid(`${bagType}2`), der.context(0, shrouded), der.set(...names))
  const keySafe = der.sequence(der.oid(dataType), der.context(0, der.octetString(der.sequence(keyBag))))
  return pfx([certificateSafe, keySafe], sealer)
}

/**
 * Writes certificates to be trusted, without any key, as Java reads a truststore: each entry carries Oracle's attribute
 * that says for what it is trusted (any purpose), without which Java 8u301 and newer see an empty store.
 */
export async function writeTrustStore(store: {
  certificates: readonly { der: Bytes; alias: string }[]
  passphrase: string
  readers: Pkcs12Readers
}): Promise<Bytes> {
  const how = { password: passwordOf(store.passphrase), readers: store.readers }
  const bags = store.certificates.map((one) => certificateBag(one.der, [friendlyName(one.alias), trustedForAnything]))
  const [safe, sealer] = await Promise.all([encryptedSafe(bags, how), newSealer(how)])
  return pfx([safe], sealer)
}

async function encryptedSafe(bags: readonly Bytes[], how: Protecting): Promise<Bytes> {
  const { algorithm, encrypted } = await sealed(how, der.sequence(...bags))
  const content = der.sequence(der.oid(dataType), algorithm, der.contextPrimitive(0, encrypted))
  return der.sequence(der.oid(encryptedDataType), der.context(0, der.sequence(der.integer(0), content)))
}

function pfx(safes: readonly Bytes[], sealer: Sealer): Bytes {
  const content = der.sequence(...safes)
  return der.sequence(
    der.integer(3),
    der.sequence(der.oid(dataType), der.context(0, der.octetString(content))),
    sealer(content),
  )
}

const attribute = (oid: string, value: Bytes): Bytes => der.sequence(der.oid(oid), der.set(value))

const friendlyName = (name: string): Bytes => attribute('1.2.840.113549.1.9.20', der.bmpString(name))

/** Oracle's trustedKeyUsage, with anyExtendedKeyUsage. */
const trustedForAnything = attribute('2.16.840.1.113894.746875.1.1', der.oid('2.5.29.37.0'))

function certificateBag(certificate: Bytes, attributes: readonly Bytes[] = []): Bytes {
  const typed = der.sequence(der.oid('1.2.840.113549.1.9.22.1'), der.context(0, der.octetString(certificate)))
  return der.sequence(
    der.oid(`${bagType}3`),
    der.context(0, typed),
    ...(attributes.length > 0 ? [der.set(...attributes)] : []),
  )
}
