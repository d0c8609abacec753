import { words } from '../phrasebook.ts'
import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import type { Draft, InspectHow } from './drafts.ts'
import type { InspectedObject, Inspection } from './facts.ts'
import { certificateFindings } from './findings.ts'
import { readPiece } from './inspect-piece.ts'
import type { Found } from './relate.ts'
import { relate } from './relate.ts'
import type { Piece } from './triage.ts'
import { triage } from './triage.ts'

/** Past this many objects a file is no longer read: nobody looks at them, and a reply has to stay sendable. */
export const maxObjects = 10_000

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
  return (await findObjects(file, bytes, { passphrases, today }, 0)).map((found) => found.object)
}

/** A file to look at; `refused` says that it is not to be read, and why. */
export type NamedFile = { file: string; bytes: Bytes; refused?: Problem }

/**
 * Inspects several files as one, and tells which objects belong together. Ids are unique over all files. `onFile` hears
 * the index of each file before it is read.
 */
export async function inspectAll(
  files: readonly NamedFile[],
  passphrases: readonly string[] = [],
  today = new Date(),
  onFile: (index: number) => void = () => {},
): Promise<Pick<Inspection, 'objects' | 'relations'>> {
  const found: Found[] = []
  let first = 0
  for (const [index, { file, bytes, refused }] of files.entries()) {
    onFile(index)
    const more = refused
      ? placed(file, [{ kind: 'unknown', facts: { bytes: bytes.length }, findings: [], problem: refused }], first)
      : await findObjects(file, bytes, { passphrases, today }, first)
    first += more.filter(({ object }) => object.inside === undefined).length
    found.push(...more)
  }
  onFile(files.length)
  return { objects: found.map(({ object }) => object), relations: await relate(found) }
}

/** Like `inspectBytes`, with the parsed objects; ids count from `firstId`. */
export async function findObjects(file: string, bytes: Bytes, how: InspectHow, firstId: number): Promise<Found[]> {
  const { pieces, problem } = triage(bytes)
  const name = nameOfFile(file)
  if (problem) {
    return placed(
      file,
      [{ kind: 'unknown', facts: { bytes: bytes.length }, findings: [], problem: { code: problem, name } }],
      firstId,
    )
  }
  const drafts: Draft[] = []
  for (const piece of worthReading(pieces)) {
    if (drafts.length >= maxObjects) break
    drafts.push(await readPiece(piece, name, how))
  }
  const found = placed(file, drafts, firstId)
  judgeCertificates(found, how.today)
  return found
}

/** What a certificate's faults mean depends on whether it came alone. */
function judgeCertificates(found: readonly Found[], today: Date): void {
  const certificates = found.filter((one) => one.certificate)
  for (const { object, certificate } of certificates) {
    object.findings.push(...certificateFindings(certificate!, today, certificates.length > 1))
  }
}

/** OpenSSL writes the curve in a block before an EC key: beside another object, parameters are not worth a mention. */
function worthReading(pieces: readonly Piece[]): readonly Piece[] {
  const isParameters = (piece: Piece) => piece.form === 'der' && / PARAMETERS$/.test(piece.label ?? '')
  const others = pieces.filter((piece) => !isParameters(piece))
  return others.length > 0 ? others : pieces
}

function placed(file: string, drafts: readonly Draft[], firstId: number): Found[] {
  const found: Found[] = []
  for (const [i, draft] of drafts.entries()) {
    const id = `${firstId + i}`
    found.push(objectOf(file, id, draft))
    for (const [n, inner] of (draft.contents ?? []).entries()) found.push(objectOf(file, `${id}.${n}`, inner, id))
  }
  return found
}

function objectOf(file: string, id: string, draft: Draft, inside?: string): Found {
  const { kind, facts, findings, problem, pem, encoding, certificate, crl } = draft
  return {
    object: {
      id,
      file,
      ...(inside !== undefined && { inside }),
      kind,
      ...(encoding && { encoding }),
      facts,
      problem: problem ? noteOf(problem) : null,
      findings,
      ...(pem !== undefined && { pem }),
    },
    ...(problem && { problem }),
    ...(certificate && { certificate }),
    ...(crl && { crl }),
  }
}

/** A problem as scripts and cards show it. */
export function noteOf(problem: Problem): { code: string; title: string; next: string } {
  const { title, next } = words(problem)
  return { code: problem.code, title, next }
}

/** The last part of a path of either kind: problems name files, not folders. */
const nameOfFile = (file: string): string => (file === '-' ? 'pasted text' : (file.split(/[\\/]/).pop() ?? file))
