import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import type { Draft } from './drafts.ts'
import type { InspectedObject } from './facts.ts'
import type { Related } from './relate.ts'
import type { Piece } from './triage.ts'

/** An object as it was found, with what it was read from. Never leaves the reader as it is. */
export type Found = {
  object: InspectedObject
  draft: Draft
  /** Which of the files it was found in. */
  fileAt: number
  /** Absent inside a container, and for a file that was not read. */
  piece?: Piece
  problem?: Problem
  /** A certificate that did not come alone: its faults were judged accordingly. */
  among?: boolean
}

/** The DER that a certificate or a revocation list consists of, wherever it was found. */
export const signedDer = ({ draft }: Found): Bytes | undefined => draft.certificate?.der ?? draft.crl?.der

export function relatedOf(found: Found): Related {
  const { object, draft } = found
  const { facts } = object
  return {
    id: object.id,
    kind: object.kind,
    spkiSha256: facts.spkiSha256,
    sha256: facts.sha256,
    selfSigned: facts.selfSigned,
    subject: draft.certificate?.subject,
    issuer: draft.certificate?.issuer ?? draft.crl?.issuer,
    subjectKeyIdentifier: facts.subjectKeyIdentifier,
    authorityKeyIdentifier: facts.authorityKeyIdentifier,
    der: signedDer(found),
  }
}
