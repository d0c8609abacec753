import type { DoorCase, DoorReport, DoorRow } from './door-report.ts'
import { caseWords, remedies } from './door-words.ts'

type Summary = Pick<DoorReport, 'outcome' | 'title' | 'next'>

const listed = (cases: readonly DoorCase[]): string =>
  [...new Set(cases)].map((one) => caseWords[one].name.toLowerCase()).join(', ')

/** The whole check in a sentence, and what to do. One open row makes an open door, whatever the others say. */
export function summariseDoor(rows: readonly DoorRow[], cancelled: boolean): Summary {
  const of = (verdict: DoorRow['verdict']) => rows.filter((row) => row.verdict === verdict).map((row) => row.case)
  const open = [...new Set(of('open'))]
  const next = open.flatMap((one) => (one === 'right' ? [] : [remedies[one]]))
  if (open.length > 0) {
    return { outcome: 'open', title: `The door is open: it accepts what it must refuse (${listed(open)})`, next }
  }
  const unsure = of('cannot-tell')
  const tried = rows.some((row) => row.verdict !== undefined && row.verdict !== 'not-tried')
  if (of('shuts-out').length > 0) {
    return {
      outcome: 'shuts-out',
      title: 'The right certificate is refused as well, so the other refusals show little',
      next: [
        'Test this address with the right certificate in the Test room: it tells the causes of the refusal apart.',
      ],
    }
  }
  if (cancelled || unsure.length > 0 || !tried) {
    const why = cancelled ? 'the check was cancelled' : unsure.length > 0 ? listed(unsure) : 'nothing could be tried'
    return { outcome: 'cannot-tell', title: `No open door was found, but not all is known: ${why}`, next: [] }
  }
  const left = leftOut(rows)
  const seen = of('lets-in').length > 0 ? 'and lets the right one in' : 'as far as it was tried'
  return {
    outcome: 'shut',
    title: `The door is shut to what must be refused, ${seen}${left.length > 0 ? `; not tried: ${listed(left)}` : ''}`,
    next: left.includes('revoked')
      ? ['Choose a revoked certificate, or have one prepared by your authority, to see whether revocation is checked.']
      : [],
  }
}

/** Cases that were tried in no version of TLS. */
function leftOut(rows: readonly DoorRow[]): DoorCase[] {
  const tried = new Set(rows.filter((row) => row.verdict !== 'not-tried').map((row) => row.case))
  return [...new Set(rows.map((row) => row.case))].filter((one) => !tried.has(one))
}
