import type { ReactNode } from 'react'
import type { FieldFinding } from '../../shared/providers/subject.ts'
import classes from './Steps.module.css'

/** What a field says once it was left: the reason it would be refused, and milder words under it. */
export function faultsOf(
  field: string,
  findings: readonly FieldFinding[],
  left: ReadonlySet<string>,
): { error: string | null; aside: ReactNode } {
  const mine = findings.filter((finding) => finding.field === field)
  const refusal = left.has(field) ? mine.find((finding) => finding.severity === 'refuses') : undefined
  const milder = mine.filter((finding) => finding.severity !== 'refuses')
  return {
    error: refusal ? [refusal.message, refusal.next].filter(Boolean).join(' ') : null,
    aside:
      milder.length > 0
        ? milder.map((finding) => (
            <span key={finding.code} className={classes.aside} data-severity={finding.severity}>
              {finding.message} {finding.next}
            </span>
          ))
        : null,
  }
}
