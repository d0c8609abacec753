import type { Input } from '../../shared/contract.ts'
import { words } from '../../shared/phrasebook.ts'
import type { InspectedObject, Inspection } from '../../shared/pki/facts.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type Gathered, gather, gatherContents } from '../gather.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

/** Looks at anything: files, folders, pasted text, the clipboard, and once more what was locked. */
export const inspect =
  (means: Means): Handlers['inspect'] =>
  async (source) => {
    if (source.from === 'unlock') return unlock(means, source)
    const gathered = await gatherFrom(means, source)
    if (gathered === null) return ok({ inspection: null })
    const inspection = await look(means, gathered)
    return inspection.ok ? ok({ inspection: inspection.value }) : inspection
  }

async function gatherFrom(
  means: Means,
  source: Exclude<Input<'inspect'>, { from: 'unlock' }>,
): Promise<Gathered | null> {
  switch (source.from) {
    case 'choose': {
      const paths = await means.ask.files({ title: 'Files to inspect', filters: [], many: true })
      return paths.length === 0 ? null : gather(paths)
    }
    case 'paths':
      return gather(source.paths)
    case 'contents':
      return gatherContents(source.files)
    case 'text':
      return asText(source.text)
    case 'clipboard':
      return asText(await means.clipboard.read())
  }
}

/** Pasted text has no name; the contract calls it `-`. */
function asText(text: string): Gathered {
  if (text.trim() === '')
    return { files: [], leftOut: [{ file: '-', problem: { code: 'file.empty', name: 'clipboard' } }] }
  return { files: [{ file: '-', bytes: new TextEncoder().encode(text) }], leftOut: [] }
}

type Before = { token: string; passphrases: string[] }

async function look(means: Means, { files, leftOut }: Gathered, before?: Before): Promise<Result<Inspection>> {
  const passphrases = before?.passphrases ?? []
  const reader = await means.reader()
  const none = ok({ objects: [], relations: [] })
  const read = files.length === 0 ? none : await reader.inspect(files, passphrases, means.now())
  if (!read.ok) return read
  const { relations } = read.value
  const objects = read.value.objects.map(asking)
  const { records } = await means.vault.identities.list()
  const bySpki = new Map(records.map((record) => [record.spkiSha256, record]))
  const locked = lockedIn(objects)
  return ok({
    objects,
    relations,
    mine: objects.flatMap(({ id, facts }) => {
      const record = facts.spkiSha256 === undefined ? undefined : bySpki.get(facts.spkiSha256)
      return record ? [{ object: id, identity: record.handle, name: record.plan.name }] : []
    }),
    leftOut: leftOut.map(({ file, problem }) => {
      const { title, next } = words(problem)
      return { file, code: problem.code, title, next }
    }),
    unlock:
      locked.length > 0 ? means.keptFiles.keep({ files, leftOut, locked, passphrases }, before?.token) : undefined,
  })
}

const lockedIn = (objects: readonly InspectedObject[]): string[] => objects.filter(isLocked).map(({ id }) => id)

/** In the window a locked object asks for its passphrase, also when the one of its neighbour was just tried on it. */
function asking(object: InspectedObject): InspectedObject {
  if (!isLocked(object)) return object
  const name = object.file === '-' ? 'pasted text' : object.file
  const problem: Problem = { code: 'key.passphrase-needed', name }
  const { title, next } = words(problem)
  return { ...object, problem: { code: problem.code, title, next } }
}

/** The same files with one passphrase more. Only one that opens something is kept, or called right. */
async function unlock(means: Means, source: { unlock: string; passphrase: string }): ReturnType<Handlers['inspect']> {
  const token = source.unlock
  const kept = means.keptFiles.find(token)
  if (!kept) return refuse({ code: 'file.not-kept' })
  const { locked, passphrases, files } = kept
  const after = await look(means, kept, { token, passphrases: [...passphrases, source.passphrase] })
  if (!after.ok) return after
  const { objects } = after.value
  const stillLocked = new Set(lockedIn(objects))
  if (locked.every((id) => stillLocked.has(id))) {
    means.keptFiles.keep(kept, token)
    const name = objects.find(({ id }) => id === locked[0])?.file ?? files[0]?.file ?? '-'
    return refuse({ code: 'key.passphrase-wrong', name })
  }
  if (stillLocked.size === 0) means.keptFiles.forget(token)
  return ok({ inspection: after.value })
}
