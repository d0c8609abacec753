import type { IdentitySummary } from '../../shared/identity.ts'
import type { ObjectRef } from '../../shared/pki/inspect-calls.ts'
import type { Listing } from './listing.ts'
import { fileName, kindWords, titleOf } from './object-words.ts'
import { matching, noFilter } from './row-search.ts'

type Choice = { value: string; label: string }
export type ChoiceGroup = { group: string; items: Choice[] }

/** More than these are found by typing. */
const mostShown = 50

const nothingMine = () => false

/** What can be compared: objects here, and what my identities hold. `search` narrows both. */
export function objectChoices(
  listing: Listing,
  identities: readonly IdentitySummary[],
  search: string,
  without: string | null = null,
): ChoiceGroup[] {
  const found = matching(listing.rows, { ...noFilter, search }, nothingMine)
  const here: Choice[] = []
  for (const row of listing.rows) {
    if (here.length >= mostShown) break
    const value = `object:${row.id}`
    if (!found.has(row.id) || row.problem || value === without) continue
    const kind = kindWords[row.kind].plain.toLowerCase()
    here.push({ value, label: `${titleOf(row)}, ${kind}, ${fileName(row.file)}` })
  }
  const wanted = search.trim().toLowerCase()
  const mine = identities
    .flatMap((one): Choice[] => [
      ...(one.notAfter === undefined
        ? []
        : [{ value: `certificate:${one.handle}`, label: `${one.name}, its certificate` }]),
      { value: `request:${one.handle}`, label: `${one.name}, its signing request` },
    ])
    .filter((choice) => choice.value !== without && choice.label.toLowerCase().includes(wanted))
    .slice(0, mostShown)
  return [
    { group: 'Dropped here', items: here },
    { group: 'My identities', items: mine },
  ].filter((group) => group.items.length > 0)
}

/** Where a compared object is from: its file, or the identity that holds it. */
export function originOf(ref: ObjectRef, listing: Listing, identities: readonly IdentitySummary[]): string {
  if (ref.of === 'identity') return identities.find((one) => one.handle === ref.identity)?.name ?? ''
  const row = listing.byId.get(ref.object)
  return row ? fileName(row.file) : ''
}

/** A choice as the calls name it. */
export function refOf(value: string, inspection: string): ObjectRef | null {
  const at = value.indexOf(':')
  const [of, id] = [value.slice(0, at), value.slice(at + 1)]
  if (of === 'object') return { of: 'inspection', inspection, object: id }
  return of === 'certificate' || of === 'request' ? { of: 'identity', identity: id, part: of } : null
}
