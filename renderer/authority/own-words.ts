import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'

/** What it is, in one line. */
export function kindWords({ kind, key, keyAt, issued, successor }: AuthoritySummary): string {
  const what = kind === 'root' ? 'Root authority' : 'Issuing authority'
  const where = { vault: '', token: 'in a token', cfssl: 'signs through cfssl', est: 'signs through EST' }[keyAt]
  const parts = [what, key && keyLabel[key], where, countWords(issued), successor && 'followed by another']
  return parts.filter(Boolean).join(' · ')
}

export const countWords = (issued: number): string =>
  issued === 0
    ? 'nothing issued yet'
    : issued === 1
      ? '1 certificate issued'
      : `${issued.toLocaleString()} certificates issued`
