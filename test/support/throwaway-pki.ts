import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { der } from '../../shared/pki/der.ts'
import { toPem } from '../../shared/pki/pem.ts'

/**
 * Certificates and lists for tests, well-formed or wrong on purpose (weak, expired, for another use): built byte by byte
 * and signed by node:crypto, so that no test depends on the code it tests, nor on what a tool of the day still agrees
 * to make.
 */
type Bytes = Uint8Array

export type KeyKind = 'ec' | 'ec384' | 'rsa' | 'rsa1024' | 'ed25519'

export type Issued = {
  key: KeyObject
  keyPem: string
  der: Bytes
  pem: string
  subject: string[]
  serial: Bytes
}

export type Wish = {
  /** `['C=GB', 'CN=x']` in the order of the encoding. */
  subject: string[]
  key?: KeyKind | KeyObject
  /** Absent signs with its own key. */
  issuer?: Issued
  fromDays?: number
  toDays?: number
  isCa?: boolean
  /** Bits of key usage from the first: 'digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'. */
  keyUsage?: ('digitalSignature' | 'keyEncipherment' | 'keyCertSign' | 'cRLSign')[] | null
  purposes?: ('clientAuth' | 'serverAuth')[] | null
  sans?: string[]
  hash?: 'sha256' | 'sha1'
}

const types: Record<string, string> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
}
const usageBits = { digitalSignature: 0x80, keyEncipherment: 0x20, keyCertSign: 0x04, cRLSign: 0x02 }
const purposeOids = { clientAuth: '1.3.6.1.5.5.7.3.2', serverAuth: '1.3.6.1.5.5.7.3.1' }

export function makeKey(kind: KeyKind): KeyObject {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  if (kind === 'ec') return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  if (kind === 'ec384') return generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey
  return generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 }).privateKey
}

export const keyPem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

const spkiOf = (key: KeyObject): Bytes => createPublicKey(keyPem(key)).export({ type: 'spki', format: 'der' })

const nameDer = (subject: string[]) =>
  der.sequence(
    ...subject.map((part) => {
      const [type = '', value = ''] = [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]
      const text = type === 'C' ? der.printableString(value) : der.utf8String(value)
      return der.set(der.sequence(der.oid(types[type] ?? type), text))
    }),
  )

function signatureAlgorithm(key: KeyObject, hash: 'sha256' | 'sha1'): Bytes {
  const kind = key.asymmetricKeyType
  if (kind === 'ed25519') return der.sequence(der.oid('1.3.101.112'))
  if (kind === 'ec') return der.sequence(der.oid(hash === 'sha1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'))
  return der.sequence(der.oid(hash === 'sha1' ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'), der.null())
}

const signed = (tbs: Bytes, key: KeyObject, hash: 'sha256' | 'sha1') =>
  der.sequence(
    tbs,
    signatureAlgorithm(key, hash),
    der.bitString(sign(key.asymmetricKeyType === 'ed25519' ? null : hash, tbs, key)),
  )

const extension = (oid: string, critical: boolean, value: Bytes) =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value))

function sanDer(san: string): Bytes {
  const value = san.slice(san.indexOf(':') + 1)
  if (san.startsWith('IP:')) {
    const octets = value.includes(':') ? [...Array<number>(15).fill(0), 1] : value.split('.').map(Number)
    return der.contextPrimitive(7, Uint8Array.from(octets))
  }
  return der.contextPrimitive(2, new TextEncoder().encode(value))
}

const keyId = (spki: Bytes) => createHash('sha1').update(spki).digest()
const day = 86_400_000

export function issue(wish: Wish): Issued {
  const key = typeof wish.key === 'object' ? wish.key : makeKey(wish.key ?? 'ec')
  const spki = spkiOf(key)
  const issuer = wish.issuer
  const hash = wish.hash ?? 'sha256'
  const signer = issuer?.key ?? key
  const now = Date.now()
  const keyUsage =
    wish.keyUsage === undefined ? (wish.isCa ? ['keyCertSign', 'cRLSign'] : ['digitalSignature']) : wish.keyUsage
  const purposes = wish.purposes === undefined ? (wish.isCa ? null : ['clientAuth']) : wish.purposes
  const bits = (keyUsage ?? []).reduce((sum, use) => sum | usageBits[use as keyof typeof usageBits], 0)
  const unused = bits ? Math.log2(bits & -bits) : 0
  const extensions = [
    extension('2.5.29.19', true, wish.isCa ? der.sequence(der.boolean(true)) : der.sequence()),
    extension('2.5.29.14', false, der.octetString(keyId(spki))),
    extension('2.5.29.35', false, der.sequence(der.contextPrimitive(0, keyId(issuer ? spkiOf(issuer.key) : spki)))),
  ]
  if (keyUsage) extensions.push(extension('2.5.29.15', true, der.bitString(Uint8Array.of(bits), unused)))
  if (purposes) {
    const oids = purposes.map((purpose) => der.oid(purposeOids[purpose as keyof typeof purposeOids]))
    extensions.push(extension('2.5.29.37', false, der.sequence(...oids)))
  }
  if (wish.sans) extensions.push(extension('2.5.29.17', false, der.sequence(...wish.sans.map(sanDer))))
  const serial = Uint8Array.of(0x40, ...randomBytes(9))
  const tbs = der.sequence(
    der.context(0, der.integer(2)),
    der.integer(serial),
    signatureAlgorithm(signer, hash),
    nameDer(issuer?.subject ?? wish.subject),
    der.sequence(
      der.time(new Date(now + (wish.fromDays ?? -1) * day)),
      der.time(new Date(now + (wish.toDays ?? 365) * day)),
    ),
    nameDer(wish.subject),
    spki,
    der.context(3, der.sequence(...extensions)),
  )
  const certificate = signed(tbs, signer, hash)
  return {
    key,
    keyPem: keyPem(key),
    der: certificate,
    pem: toPem('CERTIFICATE', certificate),
    subject: wish.subject,
    serial,
  }
}

/** A revocation list of one authority. */
export function revoke(issuer: Issued, revoked: Issued[]): string {
  const now = Date.now()
  const entries = revoked.map((one) => der.sequence(der.integer(one.serial), der.time(new Date(now - day))))
  const tbs = der.sequence(
    der.integer(1),
    signatureAlgorithm(issuer.key, 'sha256'),
    nameDer(issuer.subject),
    der.time(new Date(now - day)),
    der.time(new Date(now + 30 * day)),
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
  )
  return toPem('X509 CRL', signed(tbs, issuer.key, 'sha256'))
}
