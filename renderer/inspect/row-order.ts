import type { ObjectKind } from '../../shared/pki/facts.ts'
import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { titleOf } from './object-words.ts'
import { isBroken } from './row-search.ts'

/** `found`: as they stand in their file. */
export type Order = 'found' | 'name' | 'expiry' | 'findings' | 'kind'

export const orderWords: Record<Order, string> = {
  found: 'As found',
  name: 'Name',
  expiry: 'Expiry, soonest first',
  findings: 'Findings, worst first',
  kind: 'Kind',
}

const kinds: ObjectKind[] = [
  'private-key',
  'request',
  'certificate',
  'crl',
  'public-key',
  'pkcs12',
  'keystore',
  'pkcs7',
  'unknown',
]

const gravity = (row: ObjectRow): number => {
  if (isBroken(row)) return 0
  return row.worst === null ? 4 : { refuses: 1, warns: 2, notes: 3 }[row.worst]
}

/** Keys are plain strings and numbers: comparing ten thousand names by the rules of a language takes too long. */
const keys: Record<Exclude<Order, 'found'>, (row: ObjectRow) => string | number> = {
  name: (row) => titleOf(row).toLowerCase(),
  expiry: ({ facts }) => facts.notAfter ?? facts.nextUpdate ?? '~',
  findings: gravity,
  kind: (row) => kinds.indexOf(row.kind),
}

/**
 * The order of every row as a number, to sort the rows of any group by; undefined leaves them as found. Rows that are
 * equal keep their places.
 */
export function ranksOf(rows: readonly ObjectRow[], order: Order): ((id: string) => number) | undefined {
  if (order === 'found') return undefined
  const keyed = rows.map((row) => ({ id: row.id, key: keys[order](row) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const ranks = new Map<string, number>()
  let rank = -1
  let before: string | number | undefined
  for (const { id, key } of keyed) {
    if (key !== before) rank++
    before = key
    ranks.set(id, rank)
  }
  return (id) => ranks.get(id) ?? rank + 1
}
