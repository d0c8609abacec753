import type { InspectionSource } from '../../shared/calls/inspect.ts'
import type { InspectionPart } from '../../shared/pki/inspect-calls.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type Gathered, gather, gatherContents, limits } from '../gather.ts'
import { newReach } from '../inspections.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { nextPart } from './more-rows.ts'

/** Looks at anything: files, folders, pasted text, the clipboard, a server's certificates, and again what was locked. */
export const startInspection =
  (means: Means): Handlers['startInspection'] =>
  async ({ work, source }) => {
    const first = await means.works.run(work, async (signal) => {
      if (source.from === 'unlock') return unlock(means, source, work)
      const gathered = await gatherFrom(means, source, signal)
      if (!gathered.ok) return gathered
      if (signal.aborted) return refuse({ code: 'app.cancelled' })
      if (gathered.value === null) return ok(null)
      return begin(means, gathered.value, work, signal)
    })
    if (!first.ok) return first
    if (first.value && !first.value.done) followOn(means, first.value.inspection, work)
    return ok({ inspection: first.value })
  }

async function gatherFrom(
  means: Means,
  source: Exclude<InspectionSource, { from: 'unlock' }>,
  signal: AbortSignal,
): Promise<Result<Gathered | null>> {
  switch (source.from) {
    case 'choose': {
      const paths = await means.ask.files({ title: 'Files to inspect', filters: [], many: true })
      return ok(paths.length === 0 ? null : await gather(paths, limits))
    }
    case 'opened': {
      const paths = means.openedFiles.take(source.opened)
      return paths ? ok(await gather(paths, limits)) : refuse({ code: 'file.not-kept' })
    }
    case 'paths':
      return ok(await gather(source.paths, limits))
    case 'contents':
      return ok(gatherContents(source.files, limits))
    case 'text':
      return ok(asText(source.text))
    case 'clipboard':
      return ok(asText(await means.clipboard.read()))
    case 'address': {
      const { proxy } = means.settings.read()
      const found = await means.serverChain(source.address, signal, (url) => means.proxies.wayTo(url, proxy))
      return found.ok ? ok({ files: [found.value], leftOut: [] }) : found
    }
  }
}

/** Pasted text has no name; the contract calls it `-`. */
function asText(text: string): Gathered {
  if (text.trim() === '')
    return { files: [], leftOut: [{ file: '-', problem: { code: 'file.empty', name: 'clipboard' } }] }
  return { files: [{ file: '-', bytes: new TextEncoder().encode(text) }], leftOut: [] }
}

async function begin(
  means: Means,
  { files, leftOut }: Gathered,
  work: string,
  signal: AbortSignal,
): Promise<Result<InspectionPart | null>> {
  const reader = await means.reader()
  const token = means.inspections.keep({ reading: reader.reading(files, means.now()), files, leftOut })
  // Cancelled before anything was shown, there is nothing to keep.
  const forget = () => means.inspections.forget(token)
  signal.addEventListener('abort', forget, { once: true })
  const part = await nextPart(means, token, 0, work)
  signal.removeEventListener('abort', forget)
  if (!part.ok) forget()
  return part
}

/** Once rows are on show, cancelling ends the list where it is. */
function followOn(means: Means, token: string, work: string): void {
  const inspection = means.inspections.find(token)
  if (!inspection) return
  const { stop, finished } = inspection.reach
  void means.works.run(work, async (signal) => {
    signal.addEventListener('abort', () => stop.abort(), { once: true })
    await finished
    return ok(null)
  })
}

/** One passphrase more for what is locked. Only one that opens something is kept, or called right. */
async function unlock(
  means: Means,
  { unlock: token, passphrase }: Extract<InspectionSource, { from: 'unlock' }>,
  work: string,
): Promise<Result<InspectionPart | null>> {
  const inspection = means.inspections.find(token)
  if (!inspection) return refuse({ code: 'file.not-kept' })
  const opened = await inspection.reading.unlock(passphrase)
  if (!opened.ok) return opened
  if (opened.value.length === 0) {
    const [name = '-'] = inspection.locked.values()
    return refuse({ code: 'key.passphrase-wrong', name: name === '-' ? 'pasted text' : name })
  }
  inspection.locked.clear()
  inspection.ahead = undefined
  // A list that was cut short is gone through to its end now.
  inspection.leftOut = inspection.leftOut.filter(({ problem }) => problem.code !== 'app.cancelled')
  inspection.reach.finish()
  inspection.reach = newReach()
  return nextPart(means, token, 0, work)
}
