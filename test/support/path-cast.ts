import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { concat, der } from '../../shared/pki/der.ts'

/**
 * Certificates and lists for tests of paths, wrong in one place on purpose: every part can be replaced. Built byte by
 * byte and signed by node:crypto, with one key for each name so that hundreds of them cost little.
 */
type Bytes = Uint8Array

export type Made = { der: Bytes; key: KeyObject; name: Bytes; serial: number }

export type Extension = [oid: string, value: Bytes, critical?: boolean]

export type Parts = {
  name: string | Bytes
  issuer?: Made
  /** Signs in place of the issuer: a wrong signature. */
  signer?: KeyObject
  key?: KeyObject
  from?: string
  to?: string
  /** Absent: none for a leaf, critical CA:TRUE and key usage for an authority. */
  isCa?: boolean
  extensions?: Extension[]
  version?: number
  serial?: number
  hash?: 'sha256' | 'sha1' | 'md5'
  /** What the signed part says of the algorithm, when that is to be another one. */
  innerAlgorithm?: Bytes
  validity?: Bytes
  /** A public key of any making, in place of the key's own. */
  spki?: Bytes
  /** A signature of any making. */
  signature?: { algorithm: Bytes; bytes: Bytes }
}

const keys = new Map<string, KeyObject>()

/** The key of a name, made once. */
export function keyOf(name: string): KeyObject {
  const known = keys.get(name)
  if (known) return known
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  keys.set(name, privateKey)
  return privateKey
}

const spkis = new Map<KeyObject, Bytes>()

export function spki(key: KeyObject): Bytes {
  const known = spkis.get(key)
  if (known) return known
  const publicKey = createPublicKey(key.export({ type: 'pkcs8', format: 'pem' }))
  const made = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  spkis.set(key, made)
  return made
}

export const nameOf = (cn: string): Bytes => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8String(cn))))

const oids = {
  ec: { sha256: '1.2.840.10045.4.3.2', sha1: '1.2.840.10045.4.1', md5: '1.2.840.10045.4.3.2' },
  rsa: { sha256: '1.2.840.113549.1.1.11', sha1: '1.2.840.113549.1.1.5', md5: '1.2.840.113549.1.1.4' },
}

function algorithmOf(key: KeyObject, hash: 'sha256' | 'sha1' | 'md5'): Bytes {
  if (key.asymmetricKeyType === 'rsa') return der.sequence(der.oid(oids.rsa[hash]), der.null())
  return der.sequence(der.oid(oids.ec[hash]))
}

export const usage = (...bits: number[]): Extension => {
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  return ['2.5.29.15', der.bitString(Uint8Array.of(octet)), true]
}
export const basic = (isCa: boolean, pathLength?: number): Extension => [
  '2.5.29.19',
  der.sequence(...(isCa ? [der.boolean(true)] : []), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
  true,
]
export const purposes = (...list: string[]): Extension => [
  '2.5.29.37',
  der.sequence(...list.map((one) => der.oid(one))),
]
export const clientAuth = '1.3.6.1.5.5.7.3.2'
export const serverAuth = '1.3.6.1.5.5.7.3.1'

const text = (value: string) => new TextEncoder().encode(value)
/** `DNS:…`, `email:…`, `URI:…`, `IP:1.2.3.4` (also with `/mask`), `dir:CN`. */
export function general(spelt: string): Bytes {
  const [kind, value] = [spelt.slice(0, spelt.indexOf(':')), spelt.slice(spelt.indexOf(':') + 1)]
  if (kind === 'email') return der.contextPrimitive(1, text(value))
  if (kind === 'DNS') return der.contextPrimitive(2, text(value))
  if (kind === 'URI') return der.contextPrimitive(6, text(value))
  if (kind === 'dir') return der.context(4, nameOf(value))
  if (kind === 'hex') return der.contextPrimitive(7, Uint8Array.from(Buffer.from(value, 'hex')))
  return der.contextPrimitive(7, Uint8Array.from(value.split(/[./]/).map(Number)))
}
export const names = (...list: string[]): Extension => ['2.5.29.17', der.sequence(...list.map(general))]
export function constraints(permitted: string[], excluded: string[] = []): Extension {
  const trees = (tag: number, list: string[]) =>
    list.length === 0 ? [] : [der.context(tag, ...list.map((one) => der.sequence(general(one))))]
  return ['2.5.29.30', der.sequence(...trees(0, permitted), ...trees(1, excluded)), true]
}
export const keyIdOf = (key: KeyObject): Bytes => new Uint8Array(createHash('sha1').update(spki(key)).digest())

let serials = 1000

export function make(parts: Parts): Made {
  const cn = typeof parts.name === 'string' ? parts.name : 'of bytes'
  const key = parts.key ?? keyOf(cn)
  const name = typeof parts.name === 'string' ? nameOf(parts.name) : parts.name
  const signer = parts.signer ?? parts.issuer?.key ?? key
  const hash = parts.hash ?? 'sha256'
  const algorithm = parts.signature?.algorithm ?? algorithmOf(signer, hash)
  const serial = parts.serial ?? serials++
  const given = parts.extensions ?? []
  const has = (oid: string) => given.some(([one]) => one === oid)
  const usual: Extension[] = [
    ...(parts.isCa && !has('2.5.29.19') ? [basic(true)] : []),
    ...(parts.isCa && !has('2.5.29.15') ? [usage(5, 6)] : []),
    ...(has('2.5.29.14') ? [] : [['2.5.29.14', der.octetString(keyIdOf(key))] as Extension]),
    ...(has('2.5.29.35') || !parts.issuer
      ? []
      : [['2.5.29.35', der.sequence(der.contextPrimitive(0, keyIdOf(parts.issuer.key)))] as Extension]),
  ]
  const extensions = [...usual, ...given].map(([oid, value, critical]) =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value)),
  )
  const version = parts.version ?? 3
  const tbs = der.sequence(
    ...(version === 1 ? [] : [der.context(0, der.integer(version - 1))]),
    der.integer(serial),
    parts.innerAlgorithm ?? algorithm,
    parts.issuer?.name ?? name,
    parts.validity ??
      der.sequence(
        der.time(new Date(`${parts.from ?? '2020-01-01'}T00:00:00Z`)),
        der.time(new Date(`${parts.to ?? '2040-01-01'}T00:00:00Z`)),
      ),
    name,
    parts.spki ?? spki(key),
    ...(version === 3 ? [der.context(3, der.sequence(...extensions))] : []),
  )
  const whole = parts.signature
    ? der.sequence(tbs, algorithm, der.bitString(parts.signature.bytes))
    : signed(tbs, algorithm, signer, hash)
  return { der: whole, key, name, serial }
}

const signed = (tbs: Bytes, algorithm: Bytes, key: KeyObject, hash: string): Bytes =>
  der.sequence(tbs, algorithm, der.bitString(new Uint8Array(sign(hash, tbs, key))))

export type ListParts = {
  issuer: Made
  revoked?: { of: Made; on?: string; reason?: number; more?: Extension[] }[]
  from?: string
  to?: string | null
  extensions?: Extension[]
  signer?: KeyObject
}

/** A revocation list. */
export function list({ issuer, revoked = [], from, to, extensions = [], signer }: ListParts): Bytes {
  const key = signer ?? issuer.key
  const algorithm = algorithmOf(key, 'sha256')
  const extension = ([oid, value, critical]: Extension) =>
    der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value))
  const entries = revoked.map(({ of, on, reason, more = [] }) => {
    const all: Extension[] =
      reason === undefined ? more : [['2.5.29.21', der.value(10, Uint8Array.of(reason))], ...more]
    return der.sequence(
      der.integer(of.serial),
      der.time(new Date(`${on ?? '2025-06-01'}T00:00:00Z`)),
      ...(all.length > 0 ? [der.sequence(...all.map(extension))] : []),
    )
  })
  const tbs = der.sequence(
    der.integer(1),
    algorithm,
    issuer.name,
    der.time(new Date(`${from ?? '2025-12-01'}T00:00:00Z`)),
    ...(to === null ? [] : [der.time(new Date(`${to ?? '2026-12-01'}T00:00:00Z`))]),
    ...(entries.length > 0 ? [der.value(0x30, concat(entries))] : []),
    ...(extensions.length > 0 ? [der.context(0, der.sequence(...extensions.map(extension)))] : []),
  )
  return signed(tbs, algorithm, key, 'sha256')
}
