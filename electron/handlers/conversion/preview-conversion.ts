import type { ConversionRow, ConversionWish } from '../../../shared/calls/conversion.ts'
import { words } from '../../../shared/phrasebook.ts'
import { formOf } from '../../../shared/pki/convert-forms.ts'
import type { ConvertHow } from '../../../shared/pki/convert-how.ts'
import type { Problem } from '../../../shared/problems.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { OpenInspection } from '../../inspections.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { tellProgress } from '../tell-progress.ts'
import { outNames, togetherName } from './out-names.ts'

/** Tries what would become of each file. */
export const previewConversion =
  (means: Means): Handlers['previewConversion'] =>
  ({ work, inspection: token, wish }) =>
    means.works.run(work, async (signal) => {
      const inspection = means.inspections.find(token)
      if (!inspection) return refuse({ code: 'file.not-kept' })
      const rows = await previewOf(means, inspection, wish, { work, signal })
      return rows.ok ? ok({ rows: rows.value }) : rows
    })

/** How a wish is done. The passphrase only matters for what it writes. */
export const howOf = ({ to, readers, keys }: ConversionWish, passphrase: string | null, now: Date): ConvertHow => ({
  to,
  readers,
  now,
  order: to === 'pem',
  withoutKeys: keys === 'leave-out',
  keyApart: false,
  inTheClear: keys === 'open',
  ...(passphrase !== null && { passphrase }),
})

type Going = { work: string; signal: AbortSignal }

/** One row a file, in the order of the drop. Refused as a whole when it was cancelled, or the files are gone. */
export async function previewOf(
  means: Means,
  { files, leftOut, reading }: OpenInspection,
  wish: ConversionWish,
  { work, signal }: Going,
): Promise<Result<ConversionRow[]>> {
  // Any passphrase will do: nothing is written with it.
  const how = howOf(wish, formOf(wish.to).locked || wish.keys === 'protect' ? 'looked at only' : null, means.now())
  const rows: ConversionRow[] = []
  let stopTelling = () => {}
  for (const [at, { file }] of files.entries()) {
    if (at % 20 === 0) {
      stopTelling()
      stopTelling = tellProgress(means, work, `Looked at ${at} of ${files.length} files`)
    }
    const looked = await reading.converted({ at: [at], how, look: true }, signal)
    if (!looked.ok && (signal.aborted || looked.problem.code === 'file.not-kept')) {
      stopTelling()
      return looked
    }
    rows.push(
      looked.ok
        ? { ...looked.value, file, state: 'ready', becomes: '' }
        : { ...refusedRow(file, looked.problem), ...alongWith(wish, looked.problem) },
    )
  }
  stopTelling()
  nameReady(rows, wish)
  return ok([...rows, ...leftOut.map(({ file, problem }) => refusedRow(file, problem))])
}

/** Only what will be written takes a name. */
function nameReady(rows: readonly ConversionRow[], { to, together }: ConversionWish): void {
  const ready = rows.filter(({ state }) => state === 'ready')
  const names = outNames(
    ready.map(({ file, holds }) => ({ file, keyAlone: holds === 'a private key' })),
    to,
  )
  for (const [i, row] of ready.entries()) row.becomes = together ? togetherName(to) : names[i]!
}

/** Of a bundle the certificates are in files of their own more often than not: those are not forgotten. */
const alongWith = ({ to }: ConversionWish, problem: Problem) =>
  (to === 'p12' || to === 'jks') && problem.code === 'convert.nothing-for' && problem.found.includes('certificate')
    ? { title: 'No private key is in it', next: 'Its certificates go into the bundle of the key that they belong to.' }
    : {}

function refusedRow(file: string, problem: Problem): ConversionRow {
  const { title, next } = words(problem)
  const locked = problem.code === 'key.passphrase-needed' || problem.code === 'key.passphrase-wrong'
  const state = locked ? 'locked' : 'refused'
  return { file, state, becomes: '', holds: '', secret: false, code: problem.code, title, next }
}
