import { bcryptCost, bcryptPbkdf } from './bcrypt-pbkdf.ts'
import type { Budget } from './budget.ts'
import { cursorOver } from './cursor.ts'
import type { Bytes } from './der.ts'
import { concat, DerFault, der, hex, orNull } from './der.ts'
import { latin1, visible } from './der-values.ts'
import type { PlainKey } from './private-key.ts'
import { dsaPkcs8, ecPkcs8, pkcs8Of, rsaPkcs8 } from './private-key.ts'
import { rawCbc } from './sealing.ts'
import { spkiOfSsh, sshCurves } from './ssh-public.ts'

const magic = 'openssh-key-v1\0'

/**
 * `type` is a kind of key that has no PKCS#8 form (one that lives on a security key). What is sealed shows its public
 * half all the same.
 */
export type OpenSshKey =
  | { key: PlainKey }
  | { sealed: SealedSsh }
  | { unsupported: string; spki: Bytes | null }
  | { type: string }

/** An encrypted key and how to open it. */
export type SealedSsh = {
  label: string
  spki: Bytes | null
  salt: Bytes
  rounds: number
  cipher: SshCipher
  data: Bytes
}

type SshCipher = { name: 'AES-CTR' | 'AES-CBC' | 'AES-GCM'; keyLength: number; ivLength: number }

const aes = (name: SshCipher['name'], bits: number, ivLength = 16): SshCipher => ({
  name,
  keyLength: bits / 8,
  ivLength,
})

const ciphers = new Map<string, SshCipher>([
  ['aes128-ctr', aes('AES-CTR', 128)],
  ['aes192-ctr', aes('AES-CTR', 192)],
  ['aes256-ctr', aes('AES-CTR', 256)],
  ['aes128-cbc', aes('AES-CBC', 128)],
  ['aes192-cbc', aes('AES-CBC', 192)],
  ['aes256-cbc', aes('AES-CBC', 256)],
  ['aes128-gcm@openssh.com', aes('AES-GCM', 128, 12)],
  ['aes256-gcm@openssh.com', aes('AES-GCM', 256, 12)],
])

/** Reads the content of an `OPENSSH PRIVATE KEY` block (OpenSSH's PROTOCOL.key); `null` when the bytes are none. */
export function readOpenSshKey(bytes: Bytes): OpenSshKey | null {
  if (latin1(bytes.subarray(0, magic.length)) !== magic) return null
  return orNull(() => {
    const outer = fields(bytes.subarray(magic.length))
    const cipher = nameOf(outer.string())
    const kdf = nameOf(outer.string())
    const options = outer.string()
    if (outer.number() !== 1) throw new DerFault('several keys')
    const spki = spkiOfSsh(outer.string())
    const data = outer.string()
    if (cipher === 'none') return keyInside(data)
    const label = `OpenSSH ${kdf}, ${cipher}`
    const known = ciphers.get(cipher)
    if (!known || kdf !== 'bcrypt') return { unsupported: label, spki }
    const how = fields(options)
    const salt = how.string()
    const rounds = how.number()
    if (rounds < 1 || salt.length === 0) throw new DerFault('rounds')
    // The tag of GCM follows the string.
    const sealed = known.name === 'AES-GCM' ? concat([data, outer.octets(16)]) : data
    const spelt = `OpenSSH, bcrypt (${rounds} round${rounds === 1 ? '' : 's'}), ${cipher}`
    return { sealed: { label: spelt, spki, salt, rounds, cipher: known, data: sealed } }
  })
}

/** Opens an encrypted key; `wrong` when the passphrase does not fit. */
export async function openSsh(
  sealed: SealedSsh,
  passphrase: Bytes,
  budget: Budget,
): Promise<OpenSshKey | 'wrong' | 'costly'> {
  const { keyLength, ivLength, name } = sealed.cipher
  if (!budget.spend(bcryptCost(sealed.rounds, keyLength + ivLength))) return 'costly'
  const derived = await bcryptPbkdf(passphrase, sealed.salt, sealed.rounds, keyLength + ivLength)
  const [key, iv] = [derived.subarray(0, keyLength), derived.subarray(keyLength)]
  const plain = name === 'AES-CBC' ? await rawCbc(key, iv, sealed.data) : await withAes(name, key, iv, sealed.data)
  return (plain && orNull(() => keyInside(plain))) ?? 'wrong'
}

async function withAes(name: 'AES-CTR' | 'AES-GCM', key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes | null> {
  const imported = await crypto.subtle.importKey('raw', key as BufferSource, name, false, ['decrypt'])
  const start = iv as BufferSource
  const how = name === 'AES-GCM' ? { name, iv: start } : { name, counter: start, length: 128 }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, imported, data as BufferSource))
  } catch {
    return null
  }
}

/** The two check numbers are the same: with a wrong passphrase they are not. Throws `DerFault`. */
function keyInside(data: Bytes): OpenSshKey {
  const inside = fields(data)
  const check = inside.number()
  if (inside.number() !== check) throw new DerFault('check numbers')
  const type = nameOf(inside.string())
  const pkcs8 = keyOf(type, inside)
  return pkcs8 ? { key: { pkcs8, container: 'OpenSSH' } } : { type }
}

/** Names of algorithms end up in refusals: from a hostile file they may be anything. */
const nameOf = (octets: Bytes): string => visible(latin1(octets.subarray(0, 64)))

function keyOf(type: string, inside: Fields): Bytes | null {
  const next = () => inside.string()
  if (type === 'ssh-rsa') {
    const [n, e, d, inverse, p, q] = Array.from({ length: 6 }, next)
    return rsaOfSsh({ n: n!, e: e!, d: d!, p: p!, q: q!, inverse: inverse! })
  }
  if (type === 'ssh-ed25519') {
    inside.string()
    return ed25519OfSsh(inside.string().subarray(0, 32))
  }
  if (type === 'ssh-dss') {
    const [p, q, g, , x] = Array.from({ length: 5 }, () => der.integer(inside.string()))
    return dsaPkcs8(p!, q!, g!, x!)
  }
  if (!sshCurves.get(type)) return null
  inside.string()
  const point = inside.string()
  return ecOfSsh(type, point, inside.string())
}

/** SSH leaves out two numbers of a PKCS#1 key. */
export const rsaOfSsh = (key: Record<'n' | 'e' | 'd' | 'p' | 'q' | 'inverse', Bytes>): Bytes => {
  const { n, e, d, p, q, inverse } = key
  return rsaPkcs8(der.sequence(der.integer(0), ...[n, e, d, p, q, less(d, p), less(d, q), inverse].map(der.integer)))
}

export const ed25519OfSsh = (seed: Bytes): Bytes => pkcs8Of(der.sequence(der.oid('1.3.101.112')), der.octetString(seed))

/** Throws `DerFault` for a type that is no curve, or numbers that do not fit it. */
export function ecOfSsh(type: string, point: Bytes, secret: Bytes): Bytes {
  const curve = sshCurves.get(type)
  const length = (point.length - 1) / 2
  const trimmed = secret[0] === 0 ? secret.subarray(1) : secret
  if (!curve || !Number.isInteger(length) || trimmed.length > length) throw new DerFault('point')
  const padded = new Uint8Array(length)
  padded.set(trimmed, length - trimmed.length)
  return ecPkcs8(der.oid(curve), padded, point)
}

/** d mod (prime − 1), which PKCS#1 holds and OpenSSH leaves out. */
function less(d: Bytes, prime: Bytes): Bytes {
  if (d.length > 4096 || prime.length > 4096) throw new DerFault('number')
  const modulus = BigInt(`0x0${hex(prime)}`) - 1n
  if (modulus < 2n) throw new DerFault('prime')
  const digits = (BigInt(`0x0${hex(d)}`) % modulus).toString(16)
  const even = digits.length % 2 === 1 ? `0${digits}` : digits
  return Uint8Array.from(even.match(/../g)!, (pair) => Number.parseInt(pair, 16))
}

type Fields = { number: () => number; string: () => Bytes; octets: (length: number) => Bytes }

/** SSH's data types (RFC 4251 section 5), one after the other. They throw `DerFault` at the end. */
export function fields(bytes: Bytes): Fields {
  const from = cursorOver(bytes)
  return {
    number: () => from.number(4),
    string: () => from.take(from.number(4)),
    octets: from.take,
  }
}
