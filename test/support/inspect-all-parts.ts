import type { InspectionSource } from '../../shared/calls/inspect.ts'
import type { InspectionPart } from '../../shared/pki/inspect-calls.ts'
import { type TestDesk, value } from './test-means.ts'

/** Asks for all parts of an inspection as the page does, and puts them together: the last part with all rows. */
export async function allParts(
  desk: Pick<TestDesk, 'call'>,
  source: InspectionSource,
  work = 'w',
): Promise<InspectionPart & { parts: number }> {
  const { inspection: first } = value(await desk.call('startInspection', { work, source }))
  if (!first) throw new Error('the dialog was closed')
  return goOn(desk, first)
}

export async function goOn(desk: Pick<TestDesk, 'call'>, first: InspectionPart) {
  let part = first
  const rows = [...first.rows]
  let parts = 1
  for (; !part.done; parts++) {
    part = value(await desk.call('moreRows', { inspection: part.inspection, from: rows.length }))
    rows.push(...part.rows)
  }
  return { ...part, rows, parts }
}
