import { argon2dAsync, argon2iAsync, argon2idAsync } from '@noble/hashes/argon2.js'
import { decodeBase64 } from './base64.ts'
import type { Budget } from './budget.ts'
import type { Bytes } from './der.ts'
import { concat, der, orNull, sameBytes } from './der.ts'
import { latin1 } from './der-values.ts'
import { digestOf, hmacOf } from './kdf.ts'
import { ecOfSsh, ed25519OfSsh, fields, rsaOfSsh } from './openssh-key.ts'
import type { PlainKey } from './private-key.ts'
import { dsaPkcs8 } from './private-key.ts'
import { rawCbc } from './sealing.ts'
import { spkiOfSsh } from './ssh-public.ts'

/** A PuTTY key file (.ppk, versions 2 and 3, PuTTY manual appendix C), as far as it shows itself openly. */
export type PuttyFile = {
  version: 2 | 3
  /** Encrypted or not, and with what. */
  encrypted: boolean
  label: string
  spki: Bytes | null
  /** What the MAC is taken over, but for the private part. */
  named: { type: string; encryption: string; comment: Bytes; publicKey: Bytes }
  private: Bytes
  mac: Bytes
  argon: { flavour: keyof typeof argons; memoryKiB: number; passes: number; lanes: number; salt: Bytes } | null
}

const argons = { Argon2d: argon2dAsync, Argon2i: argon2iAsync, Argon2id: argon2idAsync }

/** PuTTY's own default is 8 MiB. */
const maxMemoryKiB = 256 * 1024

const utf8 = new TextDecoder()

/** Is it a file of this kind at all? */
export const isPutty = (bytes: Bytes): boolean => latin1(bytes.subarray(0, 20)) === 'PuTTY-User-Key-File-'

/** `null` when the file is none, or damaged. */
export function readPutty(bytes: Bytes): PuttyFile | null {
  if (!isPutty(bytes) || bytes.length > 1024 * 1024) return null
  const lines = utf8.decode(bytes).split(/\r\n|\r|\n/)
  const fieldsOf = new Map<string, string>()
  const blocks = new Map<string, Bytes>()
  for (let at = 0; at < lines.length && at < 2000; at++) {
    const [, name, value] = /^([A-Za-z0-9-]{1,40}): (.*)$/.exec(lines[at]!) ?? []
    if (name === undefined || value === undefined) continue
    if (!/^(?:Public|Private)-Lines$/.test(name)) fieldsOf.set(name, value)
    else {
      const count = /^\d{1,4}$/.test(value) ? Number(value) : 0
      const decoded = decodeBase64(lines.slice(at + 1, at + 1 + count).join(''))
      if (decoded) blocks.set(name, decoded)
      at += count
    }
  }
  const version = fieldsOf.has('PuTTY-User-Key-File-3') ? 3 : 2
  const type = fieldsOf.get(`PuTTY-User-Key-File-${version}`)
  const encryption = fieldsOf.get('Encryption')
  const publicKey = blocks.get('Public-Lines')
  const secret = blocks.get('Private-Lines')
  const mac = octetsOf(fieldsOf.get('Private-MAC'))
  if (!type || !encryption || !publicKey || !secret || !mac) return null
  const encrypted = encryption !== 'none'
  const argon = encrypted && version === 3 ? argonOf(fieldsOf) : null
  if (encrypted && version === 3 && !argon) return null
  const derivation = argon ? `${argon.flavour} (${argon.memoryKiB} KiB, ${argon.passes} passes)` : 'SHA-1'
  return {
    version,
    encrypted,
    label: `PuTTY, ${derivation}, ${encryption.slice(0, 40).replace(/[^a-z0-9-]/g, '?')}`,
    spki: spkiOfSsh(publicKey),
    named: { type, encryption, comment: new TextEncoder().encode(fieldsOf.get('Comment') ?? ''), publicKey },
    private: secret,
    mac,
    argon,
  }
}

function argonOf(from: Map<string, string>): PuttyFile['argon'] {
  const flavour = from.get('Key-Derivation') ?? ''
  const number = (name: string) => (/^\d{1,9}$/.test(from.get(name) ?? '') ? Number(from.get(name)) : 0)
  const salt = octetsOf(from.get('Argon2-Salt'))
  const [memoryKiB, passes, lanes] = [number('Argon2-Memory'), number('Argon2-Passes'), number('Argon2-Parallelism')]
  const known = flavour === 'Argon2d' || flavour === 'Argon2i' || flavour === 'Argon2id'
  if (!known || !salt || salt.length < 8 || lanes < 1 || lanes > 16 || passes < 1 || memoryKiB < 8 * lanes) return null
  return { flavour, memoryKiB, passes, lanes, salt }
}

const octetsOf = (hex: string | undefined): Bytes | null =>
  hex && /^(?:[0-9a-f]{2}){1,128}$/i.test(hex)
    ? Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16))
    : null

/** Opens an encrypted file. `unsupported` for other ciphers and types of key. */
export async function openPutty(
  file: PuttyFile,
  passphrase: Bytes,
  budget: Budget,
): Promise<PlainKey | 'wrong' | 'costly' | 'unsupported' | 'damaged'> {
  if (file.named.encryption !== 'aes256-cbc') return 'unsupported'
  const keys = file.version === 2 ? sha1Keys(passphrase) : await argonKeys(file, passphrase, budget)
  if (typeof keys === 'string') return keys
  const plain = await rawCbc(keys.key, keys.iv, file.private)
  return plain ? checked(file, keys.mac, plain, 'wrong') : 'damaged'
}

/** The key of a file in the clear. */
export const clearPutty = (file: PuttyFile): PlainKey | 'unsupported' | 'damaged' =>
  checked(file, file.version === 2 ? sha1Keys(nothing).mac : nothing, file.private, 'damaged')

const nothing = new Uint8Array(0)

function checked<W extends 'wrong' | 'damaged'>(file: PuttyFile, macKey: Bytes, plain: Bytes, otherwise: W) {
  const strings = [file.named.type, file.named.encryption].map((text) => new TextEncoder().encode(text))
  const guarded = concat([...strings, file.named.comment, file.named.publicKey, plain].map(stringOf))
  const digest = file.version === 3 ? 'SHA-256' : 'SHA-1'
  if (!sameBytes(hmacOf(digest, macKey, guarded), file.mac)) return otherwise
  const pkcs8 = orNull(() => keyOf(file.named.type, fields(file.named.publicKey), fields(plain)))
  return pkcs8 ? { pkcs8, container: 'PuTTY' as const } : 'unsupported'
}

function stringOf(octets: Bytes): Bytes {
  const whole = new Uint8Array(4 + octets.length)
  new DataView(whole.buffer).setUint32(0, octets.length)
  whole.set(octets, 4)
  return whole
}

type Keys = { key: Bytes; iv: Bytes; mac: Bytes }

function sha1Keys(passphrase: Bytes): Keys {
  const half = (count: number) => digestOf('SHA-1', concat([Uint8Array.of(0, 0, 0, count), passphrase]))
  const purpose = new TextEncoder().encode('putty-private-key-file-mac-key')
  const mac = digestOf('SHA-1', concat([purpose, passphrase]))
  return { key: concat([half(0), half(1)]).subarray(0, 32), iv: new Uint8Array(16), mac }
}

async function argonKeys(
  { argon }: PuttyFile,
  passphrase: Bytes,
  budget: Budget,
): Promise<Keys | 'costly' | 'damaged'> {
  if (!argon) return 'damaged'
  const { flavour, memoryKiB, passes, lanes, salt } = argon
  if (memoryKiB > maxMemoryKiB || !budget.spend((memoryKiB * passes) / 60)) return 'costly'
  const how = { m: memoryKiB, t: passes, p: lanes, dkLen: 80, asyncTick: 10, maxmem: 2 ** 30 }
  const derived = await argons[flavour](passphrase, salt, how)
  return { key: derived.subarray(0, 32), iv: derived.subarray(32, 48), mac: derived.subarray(48) }
}

type Fields = ReturnType<typeof fields>

/** The public numbers stand in the open part, the private ones behind it. Throws `DerFault`. */
function keyOf(type: string, open: Fields, secret: Fields): Bytes | null {
  open.string()
  if (type === 'ssh-rsa') {
    const [e, n] = [open.string(), open.string()]
    const [d, p, q, inverse] = Array.from({ length: 4 }, () => secret.string())
    return rsaOfSsh({ n, e, d: d!, p: p!, q: q!, inverse: inverse! })
  }
  if (type === 'ssh-dss') {
    const [p, q, g] = Array.from({ length: 3 }, () => der.integer(open.string()))
    return dsaPkcs8(p!, q!, g!, der.integer(secret.string()))
  }
  if (type === 'ssh-ed25519') {
    // Written with its last octet first significant: zeros at its end are left out.
    const seed = new Uint8Array(32)
    seed.set(secret.string().subarray(0, 32))
    return ed25519OfSsh(seed)
  }
  if (!type.startsWith('ecdsa-')) return null
  open.string()
  return ecOfSsh(type, open.string(), secret.string())
}
