import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { isOwn, type Listing } from './listing.ts'

/** What to open first: the certificate of one of mine, else the first certificate that is no CA, else the first object. */
export function firstToShow({ rows, mine }: Pick<Listing, 'rows' | 'mine'>): string | null {
  const certificates = rows.filter((row) => row.kind === 'certificate')
  const first: ObjectRow | undefined =
    certificates.find((row) => mine.get(row.id)?.some(isOwn)) ??
    certificates.find((row) => row.facts.isCa !== true && !row.problem) ??
    rows[0]
  return first?.id ?? null
}
