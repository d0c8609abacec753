import type { TakenIn } from '../shared/intake/take-in.ts'
import type { FoundCertificates } from '../shared/pki/certificates-in.ts'
import type { Compared } from '../shared/pki/compare-words.ts'
import type { Inspected, NamedFile } from '../shared/pki/inspect.ts'
import { nameOfFile } from '../shared/pki/inspect.ts'
import type { Comparison, PathVerdict } from '../shared/pki/inspect-calls.ts'
import type { FilesQuestion, FilesVerdict } from '../shared/pki/path/verify-files.ts'
import type { Problem } from '../shared/problems.ts'
import { ok, type Result, refuse } from '../shared/result.ts'
import { blame } from './blame.ts'
import { type ForeignReading, foreignReading, type GivenFile } from './foreign-reading.ts'
import type { ReaderHost } from './reader-host.ts'
import type { ReadingQuestion, Task } from './reader-jobs.ts'
import { maxForeignBytes, type ReaderLimits, usualLimits } from './reader-limits.ts'
import { createReaderLine } from './reader-line.ts'
import { readerThread } from './reader-thread.ts'

const maxFiles = 5000
/** After this many hangs or crashes in one call, the files that are left are not tried. */
const maxCulprits = 5

type FilesOf = 'chain' | 'roots' | 'crls'

export type Reader = {
  /**
   * What is in these files, all of it at once, and what belongs together. A file that takes too long, is too large or
   * ends the reader becomes an object with that problem; the others are read all the same.
   */
  inspect(files: readonly GivenFile[], passphrases: readonly string[], today?: Date): Promise<Result<Inspected>>
  /** What in these files makes identities, keys in the clear included; see `shared/intake/take-in.ts`. */
  takeIn(files: readonly GivenFile[], passphrases: readonly string[]): Promise<Result<TakenIn>>
  /** The certificates in one file; see `shared/pki/certificates-in.ts`. */
  certificatesIn(name: string, bytes: Uint8Array, passphrase?: string, today?: Date): Promise<Result<FoundCertificates>>
  /** Files to be read bit by bit, with objects that are opened later. */
  reading(files: readonly GivenFile[], today: Date): ForeignReading
  compare(a: Compared, b: Compared): Promise<Result<Comparison>>
  /** Would the certificate in a file be trusted? See `shared/pki/path/verify-files.ts`. */
  verify(
    question: Omit<FilesQuestion, 'leaf' | FilesOf> & { leaf: GivenFile } & Record<FilesOf, readonly GivenFile[]>,
  ): Promise<Result<FilesVerdict>>
  /** Would a certificate be trusted, with what is given alone? */
  trust(question: ReadingQuestion): Promise<Result<PathVerdict>>
  /** Starts the reader ahead of its first use. */
  warm(): void
  close(): Promise<void>
}

/** Whoever reads foreign files: starts `host` when there is something to read. Without one, a thread. */
export function createReader(host: ReaderHost = readerThread(), limits: ReaderLimits = usualLimits): Reader {
  const line = createReaderLine(host, limits)

  const run = async <T>(task: Task, file: string): Promise<Result<T>> => {
    // Each of its passphrases may take its rounds: the limits of a bit of a file are not meant for a whole one.
    const ending = await line.run(task, { fileMs: limits.openingMs })
    return ending.how === 'done' ? ok(ending.value as T) : refuse(blame(file, ending, limits))
  }

  /** All files in one job; one that hangs or ends the reader is set aside, and the others are read without it. */
  const runAll = async <T>(given: readonly GivenFile[], taskOf: (files: NamedFile[]) => Task): Promise<Result<T>> => {
    if (given.length > maxFiles) return refuse({ code: 'file.too-many', count: given.length, limit: maxFiles })
    const files = given.map(withinSize)
    for (let culprits = 0; ; culprits++) {
      const ending = await line.run(taskOf(files), { fileMs: limits.openingMs })
      if (ending.how === 'done') return ok(ending.value as T)
      const at = ending.at ?? 0
      const culprit = files[at]
      // Past the last file only relations are left to find: nothing more can be set aside.
      if (!culprit || culprit.refused) return refuse(blame(culprit?.file ?? '', ending, limits))
      for (const one of culprits >= maxCulprits ? files.slice(at) : [culprit]) {
        one.bytes = nothing
        one.refused ??= blame(one.file, ending, limits)
      }
    }
  }

  return {
    inspect: (given, passphrases, today = new Date()) =>
      runAll<Inspected>(given, (files) => ({
        call: 'inspect',
        files,
        passphrases: [...passphrases],
        today: today.toISOString(),
      })),
    takeIn: (given, passphrases) =>
      runAll<TakenIn>(given, (files) => ({ call: 'takeIn', files, passphrases: [...passphrases] })),
    async certificatesIn(name, bytes, passphrase, today = new Date()) {
      const { refused } = withinSize({ file: name, bytes })
      if (refused) return refuse(refused)
      const passphrases = passphrase === undefined ? [] : [passphrase]
      const task: Task = { call: 'certificatesIn', name, bytes, passphrases, today: today.toISOString() }
      const found = await run<Result<FoundCertificates>>(task, name)
      return found.ok ? found.value : found
    },
    reading: (files, today) => foreignReading(line, limits, files.map(withinSize), today),
    compare: (a, b) => run({ call: 'compare', a, b }, a.name ?? ''),
    verify: ({ leaf, chain, roots, crls, ...wishes }) => {
      const [chainFiles, rootFiles, listFiles] = [chain, roots, crls].map((files) => files.map(withinSize))
      const files = { leaf: withinSize(leaf), chain: chainFiles!, roots: rootFiles!, crls: listFiles! }
      return run({ call: 'verify', question: { ...wishes, ...files } }, leaf.file)
    },
    trust: (question) => run({ call: 'trust', reading: null, question }, ''),
    warm: () => void line.running(),
    close: () => line.stop(),
  }
}

const nothing = new Uint8Array(0)

function withinSize({ file, bytes, refused }: GivenFile): NamedFile {
  if (refused) return { file, bytes: nothing, refused }
  if (bytes.length <= maxForeignBytes) return { file, bytes }
  const problem: Problem = {
    code: 'file.too-large',
    name: nameOfFile(file),
    bytes: bytes.length,
    limit: maxForeignBytes,
  }
  return { file, bytes: nothing, refused: problem }
}
