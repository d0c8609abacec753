import type { FoundCertificates } from '../shared/pki/certificates-in.ts'
import type { Inspection } from '../shared/pki/facts.ts'
import type { NamedFile } from '../shared/pki/inspect.ts'
import type { Problem } from '../shared/problems.ts'
import type { Result } from '../shared/result.ts'
import { ok, refuse } from '../shared/result.ts'
import type { Job } from './reader.ts'
import { createReaderWorker } from './reader-worker.ts'

/** Per file. Opening a bundle with a million rounds of key derivation takes about three seconds. */
const usualDeadlineMs = 20_000
const maxBytes = 32 * 1024 * 1024
const maxFiles = 2000
/** After this many hangs or crashes in one call, the files that are left are not tried. */
const maxCulprits = 5

export type Reader = {
  /**
   * What is in these files, and what belongs together. A file that takes too long, is too large or brings the worker
   * down becomes an object with that problem; the others are read all the same. `deadlineMs` is per file.
   */
  inspect(
    files: readonly { file: string; bytes: Uint8Array }[],
    passphrases: readonly string[],
    deadlineMs?: number,
    today?: Date,
  ): Promise<Result<Pick<Inspection, 'objects' | 'relations'>>>
  /** The certificates in one file; see `shared/pki/certificates-in.ts`. */
  certificatesIn(name: string, bytes: Uint8Array, passphrase?: string, today?: Date): Promise<Result<FoundCertificates>>
  /** Starts the worker ahead of its first use. */
  warm(): void
  close(): Promise<void>
}

/** A reader in a worker of its own. Both arguments are for tests; the built worker is found by itself. */
export function createReader(workerUrl?: URL, memoryMiB?: number): Reader {
  const worker = createReaderWorker(workerUrl, memoryMiB)
  let last: Promise<unknown> = Promise.resolve()
  let id = 0

  /** One call after the other: a hang must be laid at the door of one file. */
  const inTurn = <T>(call: () => Promise<T>): Promise<T> => {
    const turn = last.then(call, call)
    last = turn.catch(() => {})
    return turn
  }

  const inspect: Reader['inspect'] = async (given, passphrases, deadlineMs = usualDeadlineMs, today = new Date()) => {
    if (given.length > maxFiles) return refuse({ code: 'file.too-many', count: given.length, limit: maxFiles })
    const files = given.map(({ file, bytes }) => withinSize(file, bytes))
    for (let culprits = 0; ; culprits++) {
      const job: Job = { id: ++id, call: 'inspect', files, passphrases: [...passphrases], today: today.toISOString() }
      const ending = await worker.run(job, deadlineMs)
      if (ending.how === 'done') return ok(ending.value as Pick<Inspection, 'objects' | 'relations'>)
      const culprit = files[ending.at]
      const problem = blame(culprit?.file ?? files[0]?.file ?? '', ending.how, deadlineMs)
      // Past the last file only relations are left to find: nothing more can be set aside.
      if (!culprit || culprit.refused) return refuse(problem)
      const aside = culprits >= maxCulprits ? files.slice(ending.at) : [culprit]
      for (const one of aside) setAside(one, { ...problem, name: lastPart(one.file) } as Problem)
    }
  }

  const certificatesIn: Reader['certificatesIn'] = async (name, bytes, passphrase, today = new Date()) => {
    const { refused } = withinSize(name, bytes)
    if (refused) return refuse(refused)
    const passphrases = passphrase === undefined ? [] : [passphrase]
    const job: Job = { id: ++id, call: 'certificatesIn', name, bytes, passphrases, today: today.toISOString() }
    const ending = await worker.run(job, usualDeadlineMs)
    if (ending.how === 'done') return ending.value as Result<FoundCertificates>
    return refuse(blame(name, ending.how, usualDeadlineMs))
  }

  return {
    inspect: (...call) => inTurn(() => inspect(...call)),
    certificatesIn: (...call) => inTurn(() => certificatesIn(...call)),
    warm: () => worker.start(),
    close: () => inTurn(() => worker.stop()),
  }
}

const lastPart = (file: string): string => (file === '-' ? 'pasted text' : (file.split(/[\\/]/).pop() ?? file))

const nothing = new Uint8Array(0)

function withinSize(file: string, bytes: Uint8Array): NamedFile {
  if (bytes.length <= maxBytes) return { file, bytes }
  const name = lastPart(file)
  return { file, bytes: nothing, refused: { code: 'file.too-large', name, bytes: bytes.length, limit: maxBytes } }
}

function setAside(file: NamedFile, problem: Problem): void {
  file.bytes = nothing
  file.refused = problem
}

function blame(file: string, how: 'late' | 'broken', deadlineMs: number): Problem {
  const name = lastPart(file)
  if (how === 'late') return { code: 'file.took-too-long', name, limitMs: deadlineMs }
  return { code: 'file.damaged', name, what: 'content' }
}
