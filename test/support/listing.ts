import { type Listing, noListing, withParts } from '../../renderer/inspect/listing.ts'
import type { Relation } from '../../shared/pki/facts.ts'
import type { InspectionPart, ObjectRow } from '../../shared/pki/inspect-calls.ts'

export const token = '0'.repeat(24)

/** A row of a list, a certificate named after its id unless told otherwise. */
export const row = (id: string, file: string, more: Partial<ObjectRow> = {}): ObjectRow => ({
  id,
  file,
  kind: 'certificate',
  problem: null,
  worst: null,
  findings: 0,
  repairable: false,
  ...more,
  facts: { subject: `CN=name-${id}`, sha256: `digest-${id}`, ...more.facts },
})

export const part = (rows: ObjectRow[], more: Partial<InspectionPart> = {}): InspectionPart => ({
  inspection: token,
  rows,
  done: true,
  total: rows.length,
  relations: [],
  mine: [],
  leftOut: [],
  locked: [],
  ...more,
})

export const listingOf = (rows: ObjectRow[], relations: Relation[] = []): Listing =>
  withParts(noListing(token), [part(rows, { relations })])

export const issuedBy = (a: string, b: string, verified?: boolean): Relation => ({
  kind: 'issued-by',
  a,
  b,
  ...(verified !== undefined && { verified }),
})
