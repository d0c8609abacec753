import { join } from 'node:path'
import { formOf } from '../../../shared/pki/convert-forms.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { OpenInspection } from '../../inspections.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { type OutFile, publicMode, secretMode, unlessKept, writeAll } from '../out-files.ts'
import { tellProgress } from '../tell-progress.ts'
import { howOf, previewOf } from './preview-conversion.ts'

type Input = Parameters<Handlers['convertFiles']>[0]
type Done = { folder: string | null; written: string[]; refused: number; stopped: boolean }

/** Converts what was dropped into a folder that the user chooses. Nothing is written before all of it was converted. */
export const convertFiles =
  (means: Means): Handlers['convertFiles'] =>
  async (input) => {
    const { work, inspection: token, wish } = input
    if (wish.together && !formOf(wish.to).together) return refuse({ code: 'app.input-invalid', field: 'together' })
    const inspection = means.inspections.find(token)
    if (!inspection) return refuse({ code: 'file.not-kept' })
    const folder = await means.ask.folder({ title: 'Folder for the converted files', button: 'Convert into it' })
    if (folder === null) return ok({ folder, written: [], refused: 0, stopped: false })
    return means.works.run(work, async (signal, commit, enough) => {
      const files: OutFile[] = []
      try {
        const refused = await makeAll(means, inspection, folder, input, { work, signal }, files)
        if (!refused.ok) return refused
        return await write(means, folder, files, refused.value, work, commit, enough)
      } finally {
        for (const { content, mode } of files) if (mode === secretMode && typeof content !== 'string') content.fill(0)
      }
    })
  }

/** Puts what is to be written into `files`; answers how many of those dropped are not. */
async function makeAll(
  means: Means,
  inspection: OpenInspection,
  folder: string,
  { wish, passphrase }: Input,
  going: { work: string; signal: AbortSignal },
  files: OutFile[],
): Promise<Result<number>> {
  const rows = await previewOf(means, inspection, wish, going)
  if (!rows.ok) return rows
  const ready = rows.value.flatMap((row, at) => (row.state === 'ready' ? [{ at, name: row.becomes }] : []))
  const { together } = wish
  const [first] = ready
  const tasks = together && first ? [{ at: ready.map(({ at }) => at), name: first.name }] : ready
  const locked = formOf(wish.to).locked || (wish.keys === 'protect' && rows.value.some(({ secret }) => secret))
  if (locked && passphrase === null && first) return refuse({ code: 'convert.key-exposed' })
  const how = howOf(wish, locked ? passphrase : null, means.now())
  let failed = 0
  for (const [i, { at, name }] of tasks.entries()) {
    const stopTelling = tellProgress(means, going.work, `Converted ${i} of ${tasks.length} files`)
    const made = await inspection.reading.converted({ at: [at].flat(), how, look: false }, going.signal)
    stopTelling()
    if (going.signal.aborted) return refuse({ code: 'app.cancelled' })
    if (!made.ok || !made.value.content) failed += 1
    else
      files.push({
        path: join(folder, name),
        content: made.value.content,
        mode: made.value.secret ? secretMode : publicMode,
      })
  }
  return ok(rows.value.length - ready.length + failed)
}

async function write(
  means: Means,
  folder: string,
  files: OutFile[],
  refused: number,
  work: string,
  commit: () => boolean,
  enough: AbortSignal,
): Promise<Result<Done>> {
  const wanted = (await unlessKept(means.ask, files)) ?? []
  if (!commit()) return refuse({ code: 'app.cancelled' })
  const done: Done = { folder, written: [], refused, stopped: wanted.length < files.length }
  for (const file of wanted) {
    if (enough.aborted) return ok({ ...done, stopped: true })
    const stopTelling = tellProgress(means, work, `Wrote ${done.written.length} of ${wanted.length} files`)
    const written = await writeAll([file])
    stopTelling()
    if (!written.ok) return written
    done.written.push(file.path)
  }
  return ok(done)
}
