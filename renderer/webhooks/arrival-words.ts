import type { ArrivalRow, SignatureState } from '../../shared/webhooks/arrival.ts'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** The time of day; with its date where it is another day. */
export function timeOf(iso: string, now: Date): string {
  const at = new Date(iso)
  const today = at.toDateString() === now.toDateString()
  return today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`
}

export const signatureWords: Record<SignatureState, string> = {
  good: 'signature good',
  missing: 'not signed',
  malformed: 'signature malformed',
  wrong: 'signature wrong',
  unchecked: 'signature not checked',
}

/** The first line of a row: what was asked, or that nothing was. */
export const askedWords = ({ kind, method, path }: ArrivalRow): string =>
  kind === 'request' ? `${method} ${path}` : 'No request'

/** All words of a row, which a search looks through. */
export function rowWords(row: ArrivalRow): string {
  const outcome = row.outcome === 'accepted' ? 'Accepted' : 'Refused'
  const signed = row.signature ? signatureWords[row.signature] : ''
  const subject = row.subject ?? 'no certificate'
  return [
    outcome,
    askedWords(row),
    row.says,
    subject,
    row.from,
    signed,
    row.status ? `answered ${row.status}` : '',
    row.code,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Rows, newest first, that hold all the words of a search. */
export function found(rows: readonly ArrivalRow[], search: string, only: 'all' | 'accepted' | 'refused'): ArrivalRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const hits: ArrivalRow[] = []
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at]
    if (!row || (only !== 'all' && row.outcome !== only)) continue
    if (words.length > 0) {
      const text = rowWords(row).toLowerCase()
      if (!words.every((word) => text.includes(word))) continue
    }
    hits.push(row)
  }
  return hits
}
