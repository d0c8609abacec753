import { words } from '../phrasebook.ts'
import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import type { Draft, InspectHow } from './drafts.ts'
import type { InspectedObject, Relation } from './facts.ts'
import { certificateFindings } from './findings.ts'
import type { Found } from './found.ts'
import { relatedOf } from './found.ts'
import { readPiece } from './inspect-piece.ts'
import { mayNeedPassphrase } from './locked.ts'
import { findingsAmong } from './pair-findings.ts'
import { relate } from './relate.ts'
import type { Piece } from './triage.ts'
import { triage } from './triage.ts'

/** Past this many objects a drop is no longer read: nobody looks at them, and all of them have to be held. */
export const maxObjects = 50_000

/**
 * Every object in one file, containers before their contents. `file` is the path as given, or `-` for pasted text.
 * Passphrases are tried on what is locked; without one that fits, a locked object still says what it is. Never throws,
 * whatever the bytes: what cannot be read is an object with a `problem`.
 */
export async function inspectBytes(
  file: string,
  bytes: Bytes,
  passphrases: readonly string[] = [],
  today = new Date(),
): Promise<InspectedObject[]> {
  return (await findObjects(file, bytes, { passphrases, today })).map((found) => found.object)
}

/** A file to look at; `refused` says that it is not to be read past its first `upTo` objects (none), and why. */
export type NamedFile = { file: string; bytes: Bytes; refused?: Problem; upTo?: number }

/** Hears how reading goes, so that a hang can be laid at the door of a file, and an end is in sight. */
export type ReadingHears = {
  /** A file is begun, by its index. */
  file?: (index: number) => void
  /** How many pieces a file has: at least that many objects. */
  pieces?: (count: number) => void
  /** A passphrase is about to be tried, which may take seconds. */
  opening?: () => void
}

/** Everything in some files, and what of it belongs together. */
export type Inspected = { objects: InspectedObject[]; relations: Relation[] }

/** Inspects several files as one, and tells which objects belong together. Ids are unique over all files. */
export async function inspectAll(
  files: readonly NamedFile[],
  passphrases: readonly string[] = [],
  today = new Date(),
  hears: ReadingHears = {},
): Promise<Inspected> {
  const found: Found[] = []
  for await (const one of readObjects(files, { passphrases, today }, hears)) found.push(one)
  hears.file?.(files.length)
  const pairs = findingsAmong(found.map(({ object }) => object))
  for (const { object } of pairs.size > 0 ? found : []) {
    if (pairs.has(object.id)) object.findings.push(pairs.get(object.id)!)
  }
  return { objects: found.map(({ object }) => object), relations: await relate(found.map(relatedOf)) }
}

/** The objects of one file with all that was read of them. */
export async function findObjects(file: string, bytes: Bytes, how: InspectHow): Promise<Found[]> {
  const found: Found[] = []
  for await (const one of readObjects([{ file, bytes }], how)) found.push(one)
  return found
}

/**
 * The objects of many files, one after the other as they are read. Where a drop has more than 50,000, what is left of
 * that file, and each file after it, is one object with the problem `file.too-many-objects`.
 */
export async function* readObjects(
  files: readonly NamedFile[],
  how: InspectHow,
  hears: ReadingHears = {},
): AsyncGenerator<Found> {
  let topmost = 0
  let count = 0
  for (const [fileAt, file] of files.entries()) {
    hears.file?.(fileAt)
    for await (const one of readFile(file, { fileAt, topmost, most: maxObjects - count }, how, hears)) {
      if (one.object.inside === undefined) topmost++
      count++
      yield one
    }
  }
}

/** Among this many other objects nobody takes a certificate for the only thing in its file. */
const maxWaiting = 500

/** Where a file stands among the others, and how many objects it may have. */
type Place = { fileAt: number; topmost: number; most: number }

async function* readFile(file: NamedFile, place: Place, how: InspectHow, hears: ReadingHears): AsyncGenerator<Found> {
  const name = nameOfFile(file.file)
  const { refused, upTo = refused ? 0 : Infinity } = file
  const limit = Math.min(upTo, place.most)
  const ending: Problem = refused ?? { code: 'file.too-many-objects', name, limit: maxObjects }
  const { pieces, problem } = limit > 0 ? triage(file.bytes) : { pieces: [], problem: undefined }
  let topmost = place.topmost
  const alone = (why: Problem) => placed(file.file, place.fileAt, topmost, { draft: unread(file.bytes, why) })
  if (problem) return yield* alone({ code: problem, name })
  const worth = worthReading(pieces)
  hears.pieces?.(worth.length)
  /** Held back until it is known whether a certificate came alone: its faults mean more then. */
  let waiting: Found[] = []
  let certificates = 0
  let within = 0
  for (const piece of worth) {
    if (within >= limit) break
    if (mayNeedPassphrase(piece)) hears.opening?.()
    const draft = await readPiece(piece, name, how)
    const found = placed(file.file, place.fileAt, topmost++, { draft, piece }).slice(0, limit - within)
    within += found.length
    certificates += found.filter((one) => one.draft.certificate).length
    waiting.push(...found)
    if (certificates === 1 && waiting.length < maxWaiting) continue
    for (const one of waiting) yield judged(one, how.today, true)
    waiting = []
  }
  for (const one of waiting) yield judged(one, how.today, false)
  const more = within >= limit && (refused !== undefined || worth.length > topmost - place.topmost)
  if (more || limit <= 0) yield* alone(ending)
}

/** What a certificate's faults mean depends on whether it came alone. */
export function judged(found: Found, today: Date, among: boolean): Found {
  const { certificate } = found.draft
  if (certificate) found.object.findings.push(...certificateFindings(certificate, today, among))
  found.among = among
  return found
}

const unread = (bytes: Bytes, problem: Problem): Draft => ({
  kind: 'unknown',
  facts: { bytes: bytes.length },
  findings: [],
  problem,
})

/** OpenSSL writes the curve in a block before an EC key: beside another object, parameters are not worth a mention. */
function worthReading(pieces: readonly Piece[]): readonly Piece[] {
  const isParameters = (piece: Piece) => piece.form === 'der' && / PARAMETERS$/.test(piece.label ?? '')
  const others = pieces.filter((piece) => !isParameters(piece))
  return others.length > 0 ? others : pieces
}

/** An object and what is inside it, with their ids. */
export function placed(
  file: string,
  fileAt: number,
  topmost: number,
  { draft, piece }: { draft: Draft; piece?: Piece },
): Found[] {
  const id = `${topmost}`
  const whole: Found = { object: objectOf(file, id, draft), draft, fileAt, piece, problem: draft.problem }
  const contents = draft.contents ?? []
  return [
    whole,
    ...contents.map(
      (inner, n): Found => ({
        object: objectOf(file, `${id}.${n}`, inner, id),
        draft: inner,
        fileAt,
        problem: inner.problem,
      }),
    ),
  ]
}

/** The object a draft becomes. */
export function objectOf(file: string, id: string, draft: Draft, inside?: string): InspectedObject {
  const { kind, facts, findings, problem, pem, encoding } = draft
  return {
    id,
    file,
    ...(inside !== undefined && { inside }),
    kind,
    ...(encoding && { encoding }),
    facts,
    problem: problem ? noteOf(problem) : null,
    findings: [...findings],
    ...(pem !== undefined && { pem }),
  }
}

/** A problem as scripts and cards show it. */
export function noteOf(problem: Problem): { code: string; title: string; next: string } {
  const { title, next } = words(problem)
  return { code: problem.code, title, next }
}

/** The last part of a path of either kind: problems name files, not folders. */
export const nameOfFile = (file: string): string => (file === '-' ? 'pasted text' : (file.split(/[\\/]/).pop() ?? file))
