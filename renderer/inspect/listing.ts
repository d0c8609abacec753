import type { Relation } from '../../shared/pki/facts.ts'
import type { InspectionPart, Mine, ObjectRow } from '../../shared/pki/inspect-calls.ts'
import type { Problem } from '../../shared/problems.ts'

export type LeftOutFile = InspectionPart['leftOut'][number]

/** What is known of an inspection so far: parts come in until `done`, or until the user stopped them. */
export type Listing = {
  inspection: string
  rows: readonly ObjectRow[]
  byId: ReadonlyMap<string, ObjectRow>
  /** How many objects there are, as far as is known. */
  total: number
  done: boolean
  /** Stopped half-way: what is here stays, more does not come. */
  stopped: boolean
  /** Why no more comes, when it was not the user who stopped it. */
  trouble?: Problem
  relations: readonly Relation[]
  /** What an object is to identities of mine, the closest first. */
  mine: ReadonlyMap<string, readonly Mine[]>
  leftOut: readonly LeftOutFile[]
  locked: ReadonlySet<string>
}

export const noListing = (inspection: string): Listing => ({
  inspection,
  rows: [],
  byId: new Map(),
  total: 0,
  done: false,
  stopped: false,
  relations: [],
  mine: new Map(),
  leftOut: [],
  locked: new Set(),
})

/** The rest of a list that was cancelled is told beside files that were left out, but is none. */
const isCut = ({ code }: LeftOutFile): boolean => code === 'app.cancelled'

/** The listing with what came; parts that came together are added together, so that the page draws them once. */
export function withParts(listing: Listing, parts: readonly InspectionPart[]): Listing {
  const last = parts.at(-1)
  if (!last) return listing
  const byId = new Map(listing.byId)
  const rows = [...listing.rows]
  for (const part of parts) {
    for (const row of part.rows) {
      if (byId.has(row.id)) continue
      byId.set(row.id, row)
      rows.push(row)
    }
  }
  const locked = new Set(listing.locked)
  for (const part of parts) for (const id of part.locked) locked.add(id)
  const leftOut = new Map(listing.leftOut.map((one) => [`${one.code} ${one.file}`, one]))
  for (const part of parts) {
    for (const one of part.leftOut) if (!isCut(one)) leftOut.set(`${one.code} ${one.file}`, one)
  }
  return {
    ...listing,
    rows,
    byId,
    total: Math.max(listing.total, ...parts.map((part) => part.total), rows.length),
    done: last.done,
    stopped: listing.stopped || parts.some((part) => part.leftOut.some(isCut)),
    relations: parts.findLast((part) => part.relations.length > 0)?.relations ?? listing.relations,
    mine: mineWith(
      listing.mine,
      parts.flatMap((part) => part.mine),
    ),
    leftOut: [...leftOut.values()],
    locked,
  }
}

const closeness: Mine['how'][] = ['certificate', 'request', 'answers-request', 'same-key', 'issuer', 'issued-by']

/** It is mine, or holds my key; an authority of mine is only related to it. */
export const isOwn = ({ how }: Mine): boolean => how !== 'issuer' && how !== 'issued-by'

function mineWith(before: Listing['mine'], more: readonly Mine[]): Listing['mine'] {
  if (more.length === 0) return before
  const all = new Map(before)
  for (const one of more) {
    const known = all.get(one.object) ?? []
    if (known.some((other) => other.identity === one.identity && other.how === one.how)) continue
    const list = [...known, one]
    all.set(
      one.object,
      list.sort((a, b) => closeness.indexOf(a.how) - closeness.indexOf(b.how)),
    )
  }
  return all
}

const plural = (count: number, one: string) => `${count.toLocaleString()} ${count === 1 ? one : `${one}s`}`

/** `12 objects in 3 files, 1 left out`; while reading, how far it is. */
export function listingSays({ rows, total, done, stopped, leftOut }: Listing): string {
  if (!done && !stopped)
    return `${rows.length.toLocaleString()} of ${plural(Math.max(total, rows.length), 'object')} read`
  const files = new Set(rows.map((row) => row.file))
  const from = files.size === 1 && files.has('-') ? 'the pasted text' : plural(files.size, 'file')
  const left = leftOut.length > 0 ? `, ${leftOut.length.toLocaleString()} left out` : ''
  const cut = stopped && total > rows.length ? ` of ${total.toLocaleString()}, then stopped,` : ''
  return `${plural(rows.length, 'object')}${cut} in ${from}${left}`
}
