import type { Bytes } from './der.ts'
import { concat, DerFault, der, orNull } from './der.ts'
import { digestOf } from './kdf.ts'
import { rc4 } from './legacy-keys.ts'
import type { PlainKey } from './private-key.ts'
import { rsaPkcs8 } from './private-key.ts'

/**
 * Microsoft's PVK file, which old code signing and IIS instructions produce: a header, a salt when it is encrypted, and
 * an RSA PRIVATEKEYBLOB in little-endian numbers.
 */
export type PvkFile = { encrypted: boolean; salt: Bytes; header: Bytes; blob: Bytes }

const magic = 0xb0b5f11e
const rsa2 = 0x32415352

const number = (bytes: Bytes, at: number): number => {
  if (at + 4 > bytes.length) throw new DerFault('cut off')
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true)
}

/** `null` when the bytes are no PVK file. */
export function readPvk(bytes: Bytes): PvkFile | null {
  return orNull(() => {
    if (number(bytes, 0) !== magic) return null
    const saltLength = number(bytes, 16)
    const length = number(bytes, 20)
    const from = 24 + saltLength
    if (length < 20 || from + length > bytes.length) throw new DerFault('cut off')
    return {
      encrypted: number(bytes, 12) !== 0,
      salt: bytes.subarray(24, from),
      header: bytes.subarray(from, from + 8),
      blob: bytes.subarray(from + 8, from + length),
    }
  })
}

/** The key of a file in the clear, or opened with a passphrase; `null` when the passphrase is wrong or it is no RSA key. */
export function openPvk(file: PvkFile, passphrase: Bytes): PlainKey | null {
  if (!file.encrypted) return rsaBlob(file.blob)
  const key = digestOf('SHA-1', concat([file.salt, passphrase])).subarray(0, 16)
  // Export rules of the 1990s: eleven of the sixteen octets are zero.
  const weak = concat([key.subarray(0, 5), new Uint8Array(11)])
  return rsaBlob(rc4(key, file.blob)) ?? rsaBlob(rc4(weak, file.blob))
}

function rsaBlob(blob: Bytes): PlainKey | null {
  return orNull(() => {
    if (number(blob, 0) !== rsa2) return null
    const length = number(blob, 4) / 8
    const half = length / 2
    if (!Number.isInteger(half) || length > 2048 || 12 + half * 9 > blob.length) throw new DerFault('cut off')
    let at = 12
    const next = (size: number): Bytes => {
      at += size
      return der.integer(new Uint8Array(blob.subarray(at - size, at)).reverse())
    }
    const n = next(length)
    const [p, q, dp, dq, inverse] = Array.from({ length: 5 }, () => next(half))
    const d = next(length)
    const e = der.integer(number(blob, 8))
    const pkcs8 = rsaPkcs8(der.sequence(der.integer(0), n, e, d, p!, q!, dp!, dq!, inverse!))
    return { pkcs8, container: 'PVK' }
  })
}
