import type { Budget } from './budget.ts'
import type { Bytes } from './der.ts'
import { childrenOf, concat, content, DerFault, derOf, expect, octets, orNull, present, sameBytes, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import { wideOf } from './jks.ts'
import { digestOf, pbkdf1Cost } from './kdf.ts'
import { longName } from './oids.ts'
import { counted, iterationsOf, maxIterations } from './pbes2.ts'
import { isOneBlock, repeat } from './repeated-digest.ts'
import { decipher } from './sealing.ts'

const sunProtector = '1.3.6.1.4.1.42.2.17.1.1'
const jcePbe = '1.3.6.1.4.1.42.2.19.1'

/** How one key of a keystore is protected, and the way to open it. Passphrases are tried as they are. */
export type SealedEntry = {
  label: string
  open: (password: string, budget: Budget) => Promise<Bytes | 'wrong' | 'costly'>
}

/** Reads the EncryptedPrivateKeyInfo of an entry; `null` when it is damaged. */
export function readSealedEntry(sealed: Bytes): SealedEntry | { unsupported: string } | null {
  return orNull(() => {
    const [algorithm, data] = childrenOf(derOf(sealed), Tag.sequence)
    const [type, parameters] = childrenOf(algorithm, Tag.sequence)
    const encrypted = octets(present(data))
    const oid = oidOf(present(type))
    if (oid === sunProtector) {
      if (encrypted.length < 41) throw new DerFault('cut off')
      const open = async (password: string, budget: Budget) =>
        budget.spend(encrypted.length / 6000) ? openSun(encrypted, wideOf(password)) : 'costly'
      return { label: 'JKS, SHA-1 as a cipher', open }
    }
    if (oid !== jcePbe) return { unsupported: longName(oid) }
    const [saltNode, countNode] = childrenOf(parameters, Tag.sequence)
    const salt = content(expect(saltNode, Tag.octetString))
    const iterations = iterationsOf(countNode)
    const label = `PBE with MD5 and triple DES (${counted(iterations)})`
    if (salt.length !== 8 || encrypted.length === 0 || encrypted.length % 8 !== 0) throw new DerFault('parameters')
    if (iterations > maxIterations) return { unsupported: label }
    return {
      label,
      open: async (password, budget) => {
        if (!budget.spend(pbkdf1Cost('MD5', iterations) * 2)) return 'costly'
        // Java takes seven bits of each character, and refuses passwords of others.
        const ascii = Uint8Array.from(password, (character) => character.charCodeAt(0) & 0x7f)
        const derived = tripleDesKey(ascii, salt, iterations)
        return decipher({ name: '3DES-CBC' }, derived.subarray(0, 24), derived.subarray(24), encrypted)
      },
    }
  })
}

/** Sun's KeyProtector: the key under a stream of SHA-1 digests, then a digest over password and key. */
function openSun(data: Bytes, password: Bytes): Bytes | 'wrong' {
  // A copy in any case: slice() of Node's Buffer is a view, and the next passphrase is tried on the same octets.
  const key = new Uint8Array(data.subarray(20, -20))
  let last: Bytes = data.subarray(0, 20)
  for (let at = 0; at < key.length; at += 20) {
    last = digestOf('SHA-1', concat([password, last]))
    for (let i = 0; i < 20 && at + i < key.length; i++) key[at + i]! ^= last[i]!
  }
  return sameBytes(digestOf('SHA-1', concat([password, key])), data.subarray(-20)) ? key : 'wrong'
}

/** PBEWithMD5AndTripleDES as the JCE does it: each half of the salt is digested with the password on its own. */
function tripleDesKey(password: Bytes, salt: Bytes, iterations: number): Bytes {
  const [first, second] = [new Uint8Array(salt.subarray(0, 4)), salt.subarray(4)]
  // Halves that are the same would give the same half of a key twice.
  if (sameBytes(first, second)) first.reverse()
  return concat(
    [first, second].map((half) => {
      if (isOneBlock(16 + password.length)) return repeat('MD5', half, password, iterations)
      let last: Bytes = half
      for (let i = 0; i < iterations; i++) last = digestOf('MD5', concat([last, password]))
      return last
    }),
  )
}
