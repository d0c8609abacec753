import { words } from '../../shared/phrasebook.ts'
import type { InspectionPart } from '../../shared/pki/inspect-calls.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { LeftOut, OpenInspection } from '../inspections.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { asking } from './asking.ts'
import { ownThings } from './own-things.ts'

/** The next rows of an inspection; the last of them come with what belongs together. */
export const moreRows =
  (means: Means): Handlers['moreRows'] =>
  async ({ inspection, from }) =>
    nextPart(means, inspection, from)

/** Tells progress under the name of the work while there is more to come. */
export async function nextPart(
  means: Means,
  token: string,
  from: number,
  work?: string,
): Promise<Result<InspectionPart>> {
  const inspection = means.inspections.find(token)
  if (!inspection) return refuse({ code: 'file.not-kept' })
  if (work !== undefined) inspection.told = { work, sinceMs: performance.now() }
  const { reading } = inspection
  const { stop } = inspection.reach
  const read = inspection.ahead?.from === from ? await inspection.ahead.rows : await reading.rows(from, stop.signal)
  inspection.ahead = undefined
  // Forgotten meanwhile: for a newer drop, or because the page left.
  if (means.inspections.find(token) !== inspection) return refuse({ code: 'file.not-kept' })
  if (!read.ok && read.problem.code !== 'app.cancelled') return read
  if (!read.ok) return ok(await cutShort(means, token, inspection, { rows: [], total: from }))
  const { rows, done, total } = read.value
  const shown = rows.map(asking)
  for (const row of shown) if (isLocked(row)) inspection.locked.set(row.id, row.file)
  const reached = from + rows.length
  if (!done && stop.signal.aborted) {
    return ok(await cutShort(means, token, inspection, { rows: shown, total: reached }))
  }
  if (!done) {
    tell(means, inspection, reached, total)
    // While the page draws these, the next are read.
    inspection.ahead = { from: reached, rows: reading.rows(reached, stop.signal) }
    inspection.total = total
    return ok({ ...partOf(token, inspection), rows: shown, done, total })
  }
  return ok({ ...(await lastPart(means, token, inspection)), rows: shown, total: reached })
}

/** Cancelled: what has been read stays, and belongs together as far as it goes. */
async function cutShort(
  means: Means,
  token: string,
  inspection: OpenInspection,
  last: Pick<InspectionPart, 'rows' | 'total'>,
): Promise<InspectionPart> {
  const rest = Math.max(1, (inspection.total ?? 0) - last.total)
  const file = `${rest.toLocaleString('en-GB')} more ${rest === 1 ? 'object' : 'objects'}`
  inspection.leftOut.push({ file, problem: { code: 'app.cancelled' } })
  return { ...(await lastPart(means, token, inspection)), ...last }
}

async function lastPart(means: Means, token: string, inspection: OpenInspection) {
  inspection.reach.finish()
  const related = await inspection.reading.relations(await ownThings(means))
  // A list without its relations is better than none.
  const { relations, mine } = related.ok ? related.value : { relations: [], mine: [] }
  return { ...partOf(token, inspection), done: true, relations, mine }
}

const partOf = (token: string, { locked, leftOut }: OpenInspection) => ({
  inspection: token,
  relations: [],
  mine: [],
  leftOut: leftOut.map(inWords),
  locked: [...locked.keys()],
})

function inWords({ file, problem }: LeftOut) {
  const { title, next } = words(problem)
  return { file, code: problem.code, title, next }
}

function tell(means: Means, { told }: OpenInspection, reached: number, total: number): void {
  if (!told) return
  const says = `${reached.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} objects`
  means.news({ kind: 'work', work: told.work, says, elapsedMs: Math.round(performance.now() - told.sinceMs) })
}
