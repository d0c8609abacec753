import type { Compared } from '../shared/pki/compare-words.ts'
import type { DroppedQuestion } from '../shared/pki/convert-dropped.ts'
import type { NamedFile } from '../shared/pki/inspect.ts'
import type { Purpose } from '../shared/pki/inspect-calls.ts'
import type { Own } from '../shared/pki/mine.ts'
import type { FilesQuestion } from '../shared/pki/path/verify-files.ts'

/** A file whose octets follow in parts: one message of many megabytes would hold up the main process. */
export type SizedFile = Omit<NamedFile, 'bytes'> & { size: number }

/** Would `leaf` be trusted? A reading's certificates may stand between, and `dropped` means its self-signed authorities. */
export type ReadingQuestion = {
  leaf: Uint8Array
  pile: Uint8Array[]
  roots: Uint8Array[] | 'dropped'
  purpose: Purpose
  host?: string
  at: string
}

/** What the reader is asked. `reading` names files that were handed over with `begin` and `part`. */
export type Task =
  | { call: 'inspect'; files: NamedFile[]; passphrases: string[]; today: string }
  | { call: 'takeIn'; files: NamedFile[]; passphrases: string[] }
  | { call: 'certificatesIn'; name: string; bytes: Uint8Array; passphrases: string[]; today: string }
  | { call: 'begin'; reading: number; files: SizedFile[]; passphrases: string[]; today: string }
  | { call: 'part'; reading: number; parts: { file: number; at: number; bytes: Uint8Array }[] }
  | { call: 'rows'; reading: number; from: number; most: number; withinMs: number }
  | { call: 'relations'; reading: number; own: Own[] }
  | { call: 'open'; reading: number; object: string }
  | { call: 'compared'; reading: number; object: string }
  | { call: 'structure'; reading: number; object: string }
  | { call: 'saved'; reading: number; object: string; form: 'pem' | 'der' }
  | { call: 'repaired'; reading: number; object: string }
  | { call: 'converted'; reading: number; question: DroppedQuestion }
  | { call: 'unlock'; reading: number; passphrase: string }
  | { call: 'certificate'; reading: number; object: string }
  | { call: 'trust'; reading: number | null; question: ReadingQuestion }
  | { call: 'compare'; a: Compared; b: Compared }
  | { call: 'verify'; question: FilesQuestion }
  | { call: 'forget'; reading: number }

export type Job = Task & { id: number }

/**
 * What the reader says of a job: that it has begun, the file it is at (so that a hang or a crash can be laid at its
 * door), that it tries a passphrase now, and its end.
 */
export type Report = { id: number } & (
  | { begun: true }
  | { at: number }
  | { opening: true }
  | { value: unknown }
  | { failed: true }
  /** The reading it is about was given up for newer ones. */
  | { unknown: true }
)
