import type { AuthorityRecord } from '../vault/authority-record.ts'

/** What newly signed certificates get until somebody changes it: a year, as the providers' own pages show. */
export const usualDefaults: AuthorityRecord['defaults'] = { days: 365, crlUrls: [], issuerUrls: [] }
