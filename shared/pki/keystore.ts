import type { Bytes } from './der.ts'
import { DerFault, orNull } from './der.ts'
import { latin1 } from './der-values.ts'

export type KeystoreEntry = { alias: string; hasKey: boolean; certificates: Bytes[] }

/** More entries than a file of ours may hold; each takes fourteen octets at least. */
const maxEntries = 10_000

/**
 * What a Java keystore (JKS, JCEKS) says without its password: certificates lie in the clear, keys do not. Reading
 * stops at a secret key, which is a serialised Java object. `null` when the bytes are no keystore.
 */
export function readKeystore(bytes: Bytes): KeystoreEntry[] | null {
  return orNull(() => {
    const from = cursor(bytes)
    const magic = from.number()
    const version = from.number()
    const count = from.number()
    if ((magic !== 0xfeedfeed && magic !== 0xcececece) || (version !== 1 && version !== 2)) throw new DerFault('magic')
    const entries: KeystoreEntry[] = []
    for (let i = 0; i < Math.min(count, maxEntries); i++) {
      const tag = from.number()
      if (tag !== 1 && tag !== 2) break
      const alias = from.text()
      from.take(8)
      if (tag === 1) from.take(from.number())
      const certificates: Bytes[] = []
      const chain = tag === 1 ? from.number() : 1
      for (let link = 0; link < chain; link++) {
        if (version === 2) from.text()
        certificates.push(from.take(from.number()))
      }
      entries.push({ alias, hasKey: tag === 1, certificates })
    }
    return entries
  })
}

function cursor(bytes: Bytes) {
  let at = 0
  const take = (length: number): Bytes => {
    if (length > bytes.length - at) throw new DerFault('cut off')
    at += length
    return bytes.subarray(at - length, at)
  }
  const number = (): number => take(4).reduce((sum, octet) => sum * 256 + octet, 0)
  return {
    take,
    number,
    text: (): string => latin1(take(take(2).reduce((sum, octet) => sum * 256 + octet, 0))),
  }
}
