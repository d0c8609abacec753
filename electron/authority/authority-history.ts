import type { AuthorityRecord } from '../vault/authority-record.ts'

const longestHistory = 500

/** Adds to an authority's history; the oldest go when it grows too long. */
export function withAuthorityEvent(
  record: AuthorityRecord,
  event: AuthorityRecord['history'][number],
): AuthorityRecord {
  return { ...record, history: [...record.history, event].slice(-longestHistory) }
}
