import type { Certificate } from '../certificate.ts'
import { readCertificate } from '../certificate.ts'
import type { Bytes } from '../der.ts'
import { childrenOf, derOf, orNull, Tag, whole } from '../der.ts'
import type { CanonicalName } from './canonical-name.ts'
import { canonicalName } from './canonical-name.ts'
import type { Terms } from './terms.ts'
import { termsOf } from './terms.ts'
import type { TrustSettings } from './trust-settings.ts'
import { partTrusted } from './trust-settings.ts'

/** A certificate with all that building and judging a path asks of it. */
export type Candidate = {
  certificate: Certificate
  subject: CanonicalName
  issuer: CanonicalName
  /** The same name twice (RFC 5280 section 3.2): a root, or one key of a CA vouching for its next. */
  selfIssued: boolean
  terms: Terms
  trust?: TrustSettings
}

/** Reads a certificate, with OpenSSL's trust settings where they follow it; `null` when the bytes are none. */
export function readCandidate(bytes: Bytes): Candidate | null {
  const { der, settings } = partTrusted(bytes)
  const certificate = readCertificate(der)
  if (!certificate) return null
  return orNull(() => {
    const [subject, issuer] = [canonicalName(certificate.subject), canonicalName(certificate.issuer)]
    return {
      certificate,
      subject,
      issuer,
      selfIssued: subject.key === issuer.key,
      terms: termsOf(certificate.tbs),
      ...(settings && { trust: settings }),
    }
  })
}

/** Certificates by the name of their owner, each read when its name is asked for. */
export type Pool = {
  named(subject: CanonicalName): readonly Candidate[]
  /** The same certificate among these, octet for octet. */
  same(candidate: Candidate): Candidate | undefined
}

/** So many of one name are read; a CA has a handful. */
const maxNamesakes = 100

const pools = new WeakMap<readonly Bytes[], Pool>()

/** The pool of a list, made once for the same list: system roots are read for the first question only. */
export function poolOf(ders: readonly Bytes[]): Pool {
  const known = pools.get(ders)
  if (known) return known
  const pool = createPool(ders)
  pools.set(ders, pool)
  return pool
}

function createPool(ders: readonly Bytes[]): Pool {
  const unread = new Map<string, Bytes[]>()
  const read = new Map<string, Candidate[]>()
  for (const der of ders) {
    const name = orNull(() => canonicalName(subjectOf(der)).key)
    if (name === null) continue
    const namesakes = unread.get(name)
    if (!namesakes) unread.set(name, [der])
    else if (namesakes.length < maxNamesakes) namesakes.push(der)
  }
  const named: Pool['named'] = ({ key }) => {
    const known = read.get(key)
    if (known) return known
    const found = new Map<string, Candidate>()
    for (const der of unread.get(key) ?? []) {
      const candidate = readCandidate(der)
      const digest = candidate?.certificate.facts.sha256 ?? ''
      // Of two copies, the one that says whether it is trusted.
      if (candidate && (candidate.trust || !found.has(digest))) found.set(digest, candidate)
    }
    const candidates = [...found.values()]
    read.set(key, candidates)
    return candidates
  }
  return { named, same: (candidate) => named(candidate.subject).find((one) => isSame(one, candidate)) }
}

export const isSame = (a: Candidate, b: Candidate): boolean => a.certificate.facts.sha256 === b.certificate.facts.sha256

/** The Name after the validity of a certificate (RFC 5280 section 4.1). Throws `DerFault`. */
function subjectOf(bytes: Bytes): Bytes {
  const fields = childrenOf(childrenOf(derOf(partTrusted(bytes).der), Tag.sequence)[0], Tag.sequence)
  const subject = fields[fields[0]?.id === 0xa0 ? 5 : 4]
  return subject ? whole(subject) : new Uint8Array()
}
