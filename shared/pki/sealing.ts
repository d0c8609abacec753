import type { Budget } from './budget.ts'
import type { Bytes } from './der.ts'
import { concat, der } from './der.ts'
import { pbkdf2, pkcs12Kdf } from './kdf.ts'
import { decryptBlocks, encryptTripleDes, rc4 } from './legacy-keys.ts'
import type { Password } from './passwords.ts'
import type { Cipher, Protection } from './protection.ts'

/** `wrong`: the passphrase does not fit. `damaged`: the content cannot be whole. `costly`: past the budget. */
export type Unlocked = Bytes | 'wrong' | 'damaged' | 'costly'

/** Opens encrypted content with one password. */
export async function unlock(
  protection: Protection,
  password: Password,
  data: Bytes,
  budget: Budget,
): Promise<Unlocked> {
  const { cipher } = protection
  const block = cipher.name === 'AES-CBC' ? 16 : cipher.name === 'RC4' ? 1 : 8
  if (data.length === 0 || data.length % block !== 0) return 'damaged'
  if (!budget.spend(protection.cost)) return 'costly'
  const { key, iv } = await protection.derive(password)
  return decipher(cipher, key, iv, data)
}

/** Deciphers and takes the padding off; `wrong` when it is not there. Lengths have been checked. */
export async function decipher(cipher: Cipher, key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes | 'wrong'> {
  if (cipher.name === 'RC4') return rc4(key, data)
  if (cipher.name === 'AES-CBC') {
    const aes = await crypto.subtle.importKey('raw', key as BufferSource, 'AES-CBC', false, ['decrypt'])
    try {
      const how = { name: 'AES-CBC', iv: iv as BufferSource }
      return new Uint8Array(await crypto.subtle.decrypt(how, aes, data as BufferSource))
    } catch {
      return 'wrong'
    }
  }
  const padded = await decryptBlocks(cipher, key, iv, data)
  const padding = padded.at(-1)!
  if (padding < 1 || padding > 8 || padded.subarray(-padding).some((octet) => octet !== padding)) return 'wrong'
  return padded.subarray(0, -padding)
}

/** Deciphers AES-CBC and leaves the padding on; `null` when it is not whole blocks. */
export async function rawCbc(key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes | null> {
  if (data.length === 0 || data.length % 16 !== 0) return null
  const usages: KeyUsage[] = ['encrypt', 'decrypt']
  const aes = await crypto.subtle.importKey('raw', key as BufferSource, 'AES-CBC', false, usages)
  // WebCrypto takes padding off and refuses what has none: a block of it is put behind the data.
  const last = { name: 'AES-CBC', iv: data.slice(-16) as BufferSource }
  const padding = new Uint8Array(await crypto.subtle.encrypt(last, aes, new Uint8Array(16).fill(16)))
  const how = { name: 'AES-CBC', iv: iv as BufferSource }
  const padded = concat([data, padding.subarray(0, 16)])
  return new Uint8Array(await crypto.subtle.decrypt(how, aes, padded as BufferSource))
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

/** What was encrypted, with the AlgorithmIdentifier that says how. */
export type Sealed = { algorithm: Bytes; encrypted: Bytes }

/** AES-256-CBC under PBKDF2 with HMAC-SHA-256: what OpenSSL 1.1, Java 8u301, Windows 10 and newer all read. */
export async function sealModern(password: Password, data: Bytes, iterations: number): Promise<Sealed> {
  const salt = random(16)
  const iv = random(16)
  const key = await pbkdf2('SHA-256', password.utf8, salt, iterations, 32)
  const aes = await crypto.subtle.importKey('raw', key as BufferSource, 'AES-CBC', false, ['encrypt'])
  const how = { name: 'AES-CBC', iv: iv as BufferSource }
  const prf = der.sequence(der.oid('1.2.840.113549.2.9'), der.null())
  return {
    algorithm: der.sequence(
      der.oid('1.2.840.113549.1.5.13'),
      der.sequence(
        der.sequence(
          der.oid('1.2.840.113549.1.5.12'),
          der.sequence(der.octetString(salt), der.integer(iterations), prf),
        ),
        der.sequence(der.oid('2.16.840.1.101.3.4.1.42'), der.octetString(iv)),
      ),
    ),
    encrypted: new Uint8Array(await crypto.subtle.encrypt(how, aes, data as BufferSource)),
  }
}

/** pbeWithSHA1And3-KeyTripleDES-CBC: what programs from before about 2015 read. */
export async function sealOlder(password: Password, data: Bytes, iterations: number): Promise<Sealed> {
  const salt = random(8)
  const key = await pkcs12Kdf('SHA-1', password.bmp, salt, 'key', iterations, 24)
  const iv = await pkcs12Kdf('SHA-1', password.bmp, salt, 'iv', iterations, 8)
  return {
    algorithm: der.sequence(
      der.oid('1.2.840.113549.1.12.1.3'),
      der.sequence(der.octetString(salt), der.integer(iterations)),
    ),
    encrypted: await encryptTripleDes(key, iv, data),
  }
}
