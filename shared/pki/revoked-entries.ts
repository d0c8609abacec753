import type { Bytes, DerNode } from './der.ts'
import { childrenOf, content, derOf, eachChild, expect, octets, orNull, present, Tag } from './der.ts'
import { integerHex, latin1, oidOf, timeOf, visible } from './der-values.ts'
import { extensionLines } from './extension-values.ts'
import type { RevokedEntry } from './inspect-calls.ts'

/** Stops the walk through a list whose rest is not wanted. */
class Enough extends Error {}

/**
 * The first `most` entries of a revocation list in its order (RFC 5280 section 5.3); none when the bytes are no list.
 * A date that cannot be read is given as it is written. Costs as much as what is asked for, not as the whole list.
 */
export function revokedEntries(der: Bytes, most = Number.POSITIVE_INFINITY): RevokedEntry[] {
  const found: RevokedEntry[] = []
  const read = () => {
    const fields = childrenOf(childrenOf(derOf(der), Tag.sequence)[0], Tag.sequence)
    const list = fields[fields.findLastIndex(isTime) + 1]
    if (list?.id !== Tag.sequence) return
    let issuer: string | undefined
    eachChild(list, (entry) => {
      if (found.length >= most) throw new Enough()
      const read = entryOf(entry)
      // In an indirect list an issuer holds for all entries after it, until another one is named.
      issuer = read.issuer ?? issuer
      found.push(issuer === undefined ? read : { ...read, issuer })
    })
  }
  try {
    orNull(read)
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return found
}

const isTime = (node: DerNode): boolean => node.id === Tag.utcTime || node.id === Tag.generalizedTime

/** Throws `DerFault`. */
function entryOf(entry: DerNode): RevokedEntry {
  const [serial, date, extensions] = childrenOf(entry, Tag.sequence)
  return {
    serialHex: integerHex(expect(serial, Tag.integer)),
    revokedAt: orNull(() => timeOf(present(date))) ?? visible(latin1(content(present(date)))),
    ...(extensions && orNull(() => furtherOf(extensions))),
  }
}

/** What the extensions of an entry say (RFC 5280 section 5.3); those that cannot be read are passed over. */
function furtherOf(extensions: DerNode): Partial<RevokedEntry> {
  const further: Partial<RevokedEntry> = {}
  for (const extension of childrenOf(extensions, Tag.sequence)) {
    const parts = childrenOf(extension, Tag.sequence)
    const oid = oidOf(present(parts[0]))
    const lines = extensionLines(oid, octets(present(parts.at(-1)))).lines
    if (!lines) continue
    if (oid === '2.5.29.21') further.reason = lines[0]
    if (oid === '2.5.29.24') further.invalidSince = lines[0]
    if (oid === '2.5.29.29') further.issuer = lines.join(', ')
  }
  return further
}
