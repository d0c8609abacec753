import type { DoorCase, DoorRow } from './door-report.ts'
import { DoorCase as DoorCases, DoorVersion } from './door-report.ts'

/** Why a case cannot be tried, by case; what is absent can be. */
export type NotAtHand = Partial<Record<DoorCase, string>>

/**
 * All rows of a check, in the order of the table: each case in each version of TLS. At most 20. Another client of the
 * same authority is only presented to a door that is said to pin one.
 */
export function plannedRows(without: NotAtHand, pinned: boolean): DoorRow[] {
  const cases = DoorCases.options.filter((one) => one !== 'other-subject' || pinned)
  return cases.flatMap((one) =>
    DoorVersion.options.map((version): DoorRow => {
      const expected = one === 'right' ? 'let-in' : 'refused'
      const because = without[one]
      return because === undefined
        ? { case: one, version, state: 'waiting', expected }
        : { case: one, version, state: 'done', expected, verdict: 'not-tried', because }
    }),
  )
}

/**
 * The order in which they are tried: first the right one, whose answer the others are held against, or, without one,
 * what needs no certificate.
 */
export function orderOfTrying(rows: readonly DoorRow[]): number[] {
  const at = rows.flatMap((row, i) => (row.state === 'waiting' ? [i] : []))
  const rank = (i: number) => (rows[i]?.case === 'right' ? 0 : rows[i]?.case === 'none' ? 1 : 2)
  return at.sort((a, b) => rank(a) - rank(b) || a - b)
}
