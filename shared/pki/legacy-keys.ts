import type { Bytes } from './der.ts'
import { concat } from './der.ts'
import { latin1 } from './der-values.ts'

/**
 * The ciphers of old key files, which WebCrypto does not have: DES, triple DES, RC2 (by node-forge, imported nowhere
 * else and only when such a file comes) and RC4. They are read so that old keys can be moved; triple DES is written for
 * programs that read nothing newer.
 */
export type LegacyCipher =
  | { name: 'DES-CBC' }
  | { name: '3DES-CBC' }
  | { name: 'RC2-CBC'; effectiveBits: number }
  | { name: 'RC4' }

export type LegacyBlockCipher = Exclude<LegacyCipher, { name: 'RC4' }>

async function forge() {
  const { default: parts } = await import('node-forge/lib/forge.js')
  await Promise.all([import('node-forge/lib/des.js'), import('node-forge/lib/rc2.js')])
  return parts
}

const octets = (text: string): Bytes => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** Two-key triple DES is three-key with the first key again. */
const threeKeys = (key: Bytes): Bytes => (key.length === 16 ? concat([key, key.subarray(0, 8)]) : key)

/** Deciphers whole blocks and leaves the padding on. `data` is a multiple of eight octets, `iv` eight. */
export async function decryptBlocks(cipher: LegacyBlockCipher, key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes> {
  const { cipher: ciphers, rc2, util } = await forge()
  const input = util.createBuffer(latin1(data))
  if (cipher.name === 'RC2-CBC') {
    const decipher = rc2.createDecryptionCipher(latin1(key), cipher.effectiveBits)
    decipher.start(latin1(iv))
    decipher.update(input)
    decipher.finish(() => true)
    return octets(decipher.output.getBytes())
  }
  const decipher = ciphers.createDecipher(cipher.name, latin1(cipher.name === '3DES-CBC' ? threeKeys(key) : key))
  decipher.start({ iv: latin1(iv) })
  decipher.update(input)
  decipher.finish(() => true)
  return octets(decipher.output.getBytes())
}

/** Triple DES in CBC with PKCS#7 padding, for files that older systems will read. */
export async function encryptTripleDes(key: Bytes, iv: Bytes, data: Bytes): Promise<Bytes> {
  const { cipher: ciphers, util } = await forge()
  const padding = 8 - (data.length % 8)
  const encipher = ciphers.createCipher('3DES-CBC', latin1(key))
  encipher.start({ iv: latin1(iv) })
  encipher.update(util.createBuffer(latin1(concat([data, new Uint8Array(padding).fill(padding)]))))
  encipher.finish(() => true)
  return octets(encipher.output.getBytes())
}

/** RC4, which has neither padding nor any sign of a wrong key. */
export function rc4(key: Bytes, data: Bytes): Bytes {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  const swap = (i: number, j: number) => {
    const held = state[i]!
    state[i] = state[j]!
    state[j] = held
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 0xff
    swap(i, j)
  }
  let i = 0
  let j = 0
  return data.map((octet) => {
    i = (i + 1) & 0xff
    j = (j + state[i]!) & 0xff
    swap(i, j)
    return octet ^ state[(state[i]! + state[j]!) & 0xff]!
  })
}
