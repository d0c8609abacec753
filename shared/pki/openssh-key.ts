import type { Bytes } from './der.ts'
import { DerFault, der, hex, orNull } from './der.ts'
import { latin1, visible } from './der-values.ts'
import type { PlainKey } from './private-key.ts'
import { dsaPkcs8, ecPkcs8, pkcs8Of, rsaPkcs8 } from './private-key.ts'

const magic = 'openssh-key-v1\0'

/** `locked` names the encryption, `type` a kind of key that has no PKCS#8 form (one that lives on a security key). */
export type OpenSshKey = { key: PlainKey } | { locked: string } | { type: string }

const curves = new Map([
  ['ecdsa-sha2-nistp256', '1.2.840.10045.3.1.7'],
  ['ecdsa-sha2-nistp384', '1.3.132.0.34'],
  ['ecdsa-sha2-nistp521', '1.3.132.0.35'],
])

/**
 * Reads the content of an `OPENSSH PRIVATE KEY` block (OpenSSH's PROTOCOL.key). Encrypted ones are recognised only:
 * their bcrypt derivation is used nowhere else. `null` when the bytes are none.
 */
export function readOpenSshKey(bytes: Bytes): OpenSshKey | null {
  if (latin1(bytes.subarray(0, magic.length)) !== magic) return null
  return orNull(() => {
    const outer = fields(bytes.subarray(magic.length))
    const cipher = nameOf(outer.string())
    const kdf = nameOf(outer.string())
    outer.string()
    if (outer.number() !== 1) throw new DerFault('several keys')
    outer.string()
    const inside = fields(outer.string())
    if (cipher !== 'none') return { locked: `OpenSSH ${kdf}, ${cipher}` }
    const check = inside.number()
    if (inside.number() !== check) throw new DerFault('check numbers')
    const type = nameOf(inside.string())
    const pkcs8 = keyOf(type, inside)
    return pkcs8 ? { key: { pkcs8, container: 'OpenSSH' } } : { type }
  })
}

/** Names of algorithms end up in refusals: from a hostile file they may be anything. */
const nameOf = (octets: Bytes): string => visible(latin1(octets.subarray(0, 64)))

function keyOf(type: string, inside: Fields): Bytes | null {
  const next = () => der.integer(inside.string())
  if (type === 'ssh-rsa') {
    const [n, e, d, inverse, p, q] = Array.from({ length: 6 }, () => inside.string())
    return rsaPkcs8(
      der.sequence(der.integer(0), ...[n!, e!, d!, p!, q!, less(d!, p!), less(d!, q!), inverse!].map(der.integer)),
    )
  }
  if (type === 'ssh-ed25519') {
    inside.string()
    const seed = inside.string().subarray(0, 32)
    return pkcs8Of(der.sequence(der.oid('1.3.101.112')), der.octetString(seed))
  }
  if (type === 'ssh-dss') {
    const [p, q, g, , x] = Array.from({ length: 5 }, next)
    return dsaPkcs8(p!, q!, g!, x!)
  }
  const curve = curves.get(type)
  if (!curve) return null
  inside.string()
  const point = inside.string()
  const length = (point.length - 1) / 2
  const secret = inside.string()
  const trimmed = secret[0] === 0 ? secret.subarray(1) : secret
  if (!Number.isInteger(length) || trimmed.length > length) throw new DerFault('point')
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

type Fields = { number: () => number; string: () => Bytes }

/** SSH's data types (RFC 4251 section 5), one after the other. They throw `DerFault` at the end. */
function fields(bytes: Bytes): Fields {
  let at = 0
  const number = () => {
    if (at + 4 > bytes.length) throw new DerFault('cut off')
    at += 4
    return new DataView(bytes.buffer, bytes.byteOffset + at - 4, 4).getUint32(0)
  }
  const string = () => {
    const length = number()
    if (at + length > bytes.length) throw new DerFault('cut off')
    at += length
    return bytes.subarray(at - length, at)
  }
  return { number, string }
}
