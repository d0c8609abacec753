import type { Finding } from '../findings.ts'
import type { Problem } from '../problems.ts'
import type { Certificate } from './certificate.ts'
import { readCertificate } from './certificate.ts'
import type { RevocationList } from './crl.ts'
import { readCrl } from './crl.ts'
import type { Bytes } from './der.ts'
import { visible } from './der-values.ts'
import type { Facts, InspectedObject, ObjectKind } from './facts.ts'
import { crlFindings } from './findings.ts'
import { toPem } from './pem.ts'

/** What is known of one object before it has its place in the inspection. */
export type Draft = {
  kind: ObjectKind
  facts: Facts
  findings: Finding[]
  problem?: Problem
  pem?: string
  encoding?: InspectedObject['encoding']
  contents?: Draft[]
  /** A PKCS#7 that is a signature, not a collection. */
  signed?: boolean
  /** Kept for relations and chains; never leaves the reader. */
  certificate?: Certificate
  crl?: RevocationList
}

/** What a file is read with: the passphrases to try, and the day that dates are judged by. */
export type InspectHow = { passphrases: readonly string[]; today: Date }

/** Each kind in words, to follow “a” or “the”. */
export const kindWords: Record<ObjectKind, string> = {
  certificate: 'certificate',
  request: 'signing request',
  crl: 'revocation list',
  'private-key': 'private key',
  'public-key': 'public key',
  pkcs12: 'bundle (PKCS#12)',
  pkcs7: 'certificate collection (PKCS#7)',
  keystore: 'keystore',
  unknown: 'content',
}

/** An object whose kind is known and whose content is not readable. */
export function damaged(kind: ObjectKind, name: string): Draft {
  const problem: Problem = { code: 'file.damaged', name, what: kindWords[kind] }
  return { kind, facts: {}, findings: [], problem }
}

/** A certificate as an object, whose findings wait until its neighbours are known; `null` when the bytes are none. */
export function certificateDraft(bytes: Bytes, friendlyName?: string): Draft | null {
  const certificate = readCertificate(bytes)
  if (!certificate) return null
  const { facts } = certificate
  if (friendlyName !== undefined) facts.friendlyName = visible(friendlyName)
  return {
    kind: 'certificate',
    facts,
    findings: [],
    pem: toPem('CERTIFICATE', bytes),
    certificate,
  }
}

/** A revocation list as an object; `null` when the bytes are none. */
export function crlDraft(bytes: Bytes, today: Date): Draft | null {
  const crl = readCrl(bytes)
  if (!crl) return null
  return { kind: 'crl', facts: crl.facts, findings: crlFindings(crl, today), pem: toPem('X509 CRL', bytes), crl }
}
