import type { Bytes, DerNode } from './der.ts'
import { childrenOf, content, DerFault, derOf, eachChild, expect, octets, orNull, present, Tag } from './der.ts'
import { integerHex, integerOf, latin1, oidOf, timeOf, visible } from './der-values.ts'
import { revocationReasons } from './extension-values.ts'
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
    eachChild(list, (entry) => {
      if (found.length >= most) throw new Enough()
      found.push(entryOf(entry))
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
  const reason = extensions && orNull(() => reasonOf(extensions))
  return {
    serialHex: integerHex(expect(serial, Tag.integer)),
    revokedAt: orNull(() => timeOf(present(date))) ?? visible(latin1(content(present(date)))),
    ...(reason && { reason }),
  }
}

const reasonOid = '2.5.29.21'

function reasonOf(extensions: DerNode): string | null {
  for (const extension of childrenOf(extensions, Tag.sequence)) {
    const parts = childrenOf(extension, Tag.sequence)
    if (oidOf(present(parts[0])) !== reasonOid) continue
    const code = integerOf(expect(derOf(octets(present(parts.at(-1)))), Tag.enumerated))
    const reason = revocationReasons[Number(code)]
    if (!reason) throw new DerFault('reason')
    return reason
  }
  return null
}
