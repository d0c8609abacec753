import { cursorOver } from './cursor.ts'
import type { Bytes } from './der.ts'
import { concat, DerFault, orNull, sameBytes } from './der.ts'
import { visible } from './der-values.ts'
import { skipJavaObject } from './java-object.ts'
import { digestOf } from './kdf.ts'

/** One entry of a Java keystore. `sealed` is the EncryptedPrivateKeyInfo of a key; certificates lie in the clear. */
export type KeystoreEntry = {
  /** Fit to show. */
  alias: string
  /** When it was put there, ISO 8601 UTC; `null` when the time is none. */
  createdAt: string | null
  certificates: Bytes[]
} & ({ kind: 'key'; sealed: Bytes } | { kind: 'certificate' | 'secret-key' })

export type Keystore = {
  type: 'JKS' | 'JCEKS'
  entries: KeystoreEntry[]
  /** What the digest at the end is taken over, and the digest; `null` when the entries could not all be read. */
  guard: { covered: Bytes; digest: Bytes } | null
}

/** More entries than a file of ours may hold; each takes fourteen octets at least. */
const maxEntries = 10_000
const maxChain = 1000

/**
 * Reads a Java keystore of the old kinds, JKS and JCEKS, as far as it goes without its password. Secret keys (JCEKS
 * alone) are serialised Java objects: they are named and passed over. `null` when the bytes are no keystore.
 */
export function readKeystore(bytes: Bytes): Keystore | null {
  return orNull(() => {
    const from = cursorOver(bytes)
    const magic = from.number(4)
    const version = from.number(4)
    const count = from.number(4)
    if ((magic !== 0xfeedfeed && magic !== 0xcececece) || (version !== 1 && version !== 2)) throw new DerFault('magic')
    const text = () => utf8.decode(from.take(from.number(2)))
    const entries: KeystoreEntry[] = []
    const certificate = () => {
      if (version === 2) text()
      return from.take(from.number(4))
    }
    const entry = (): KeystoreEntry => {
      const tag = from.number(4)
      const named = { alias: visible(text()), createdAt: timeOf(from.take(8)) }
      if (tag === 2) return { ...named, kind: 'certificate', certificates: [certificate()] }
      if (tag === 3) {
        skipJavaObject(from)
        return { ...named, kind: 'secret-key', certificates: [] }
      }
      if (tag !== 1) throw new DerFault('another entry')
      const sealed = from.take(from.number(4))
      const links = from.number(4)
      if (links > maxChain) throw new DerFault('chain')
      return { ...named, kind: 'key', sealed, certificates: Array.from({ length: links }, certificate) }
    }
    // What was read before a fault is shown: certificates of a damaged file are still certificates.
    const all = orNull(() => {
      if (count > maxEntries) throw new DerFault('count')
      for (let i = 0; i < count; i++) entries.push(entry())
      return true
    })
    if (!all && entries.length === 0 && count > 0) return null
    const guard = all && from.left() === 20 ? { covered: bytes.subarray(0, from.at()), digest: from.take(20) } : null
    return { type: magic === 0xfeedfeed ? 'JKS' : 'JCEKS', entries, guard }
  })
}

/** Java's modified UTF-8 differs in NUL and in characters past the first plane only. */
const utf8 = new TextDecoder()

function timeOf(octets: Bytes): string | null {
  const milliseconds = Number(octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n))
  return milliseconds < 253_402_300_800_000 ? `${new Date(milliseconds).toISOString().slice(0, 19)}Z` : null
}

/** A password as both kinds of keystore take it: UTF-16, big-endian. */
export const wideOf = (password: string): Bytes =>
  Uint8Array.from(
    { length: password.length * 2 },
    (_, i) => (password.charCodeAt(i >> 1) >> (i % 2 === 0 ? 8 : 0)) & 0xff,
  )

/** Does the password fit the digest at the file's end, and is the file as it was written? `null` when it has none. */
export function integrityFits({ guard }: Keystore, password: string): boolean | null {
  if (!guard) return null
  // The words between password and content are fixed in the format.
  const whitener = new TextEncoder().encode('Mighty Aphrodite')
  return sameBytes(digestOf('SHA-1', concat([wideOf(password), whitener, guard.covered])), guard.digest)
}
