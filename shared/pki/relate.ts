import { readCertificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import type { Bytes } from './der.ts'
import { latin1 } from './der-values.ts'
import type { Facts, ObjectKind, Relation } from './facts.ts'
import { signatureFits } from './verify.ts'

/** What relations need to know of an object: little enough to hold for fifty thousand. Byte fields are views. */
export type Related = Pick<
  Facts,
  'spkiSha256' | 'sha256' | 'selfSigned' | 'subjectKeyIdentifier' | 'authorityKeyIdentifier'
> & {
  id: string
  kind: ObjectKind
  /** Names as encoded, of certificates (both) and revocation lists (issuer). */
  subject?: Bytes
  issuer?: Bytes
  /** A certificate's or list's DER, read again when its signature is checked. */
  der?: Bytes
}

/** A key's objects from the most private to the most public. */
const privacy: ObjectKind[] = ['private-key', 'request', 'public-key', 'certificate']

/** Up to this many objects of one key are related each to each; beyond, all of them to the first. */
const maxPairs = 8
/** Namesakes looked at for one issuer name, and signatures checked in one inspection: a check takes up to 1 ms. */
const maxNamesakes = 32
const maxChecks = 200

/**
 * Which objects belong together. `same-key`: the same public key (by its SPKI digest), `a` the more private.
 * `issued-by`: `b` has the name and the key identifier that `a` asks for, and where it could be checked its key made
 * the signature (`verified`). Past 200 checks `verified` is left out. A signature that does not fit is no relation.
 */
export async function relate(found: readonly Related[]): Promise<Relation[]> {
  return [...sameKey(found), ...(await issuedBy(found))]
}

function sameKey(found: readonly Related[]): Relation[] {
  const groups = new Map<string, Related[]>()
  for (const one of found) {
    const key = one.spkiSha256
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  const relations: Relation[] = []
  const rank = (one: Related) => privacy.indexOf(one.kind)
  for (const group of groups.values()) {
    group.sort((a, b) => rank(a) - rank(b))
    for (const [i, a] of group.entries()) {
      if (i > 0 && group.length > maxPairs) break
      for (const b of group.slice(i + 1)) relations.push({ kind: 'same-key', a: a.id, b: b.id })
    }
  }
  return relations
}

async function issuedBy(found: readonly Related[]): Promise<Relation[]> {
  const bySubject = new Map<string, Related[]>()
  for (const one of found) {
    if (!one.subject) continue
    const name = latin1(one.subject)
    const namesakes = bySubject.get(name)
    if (!namesakes) bySubject.set(name, [one])
    else if (namesakes.length < maxNamesakes) namesakes.push(one)
  }
  let checks = 0
  const pending: Promise<Relation | null>[] = []
  for (const child of found) {
    if (!child.issuer || child.selfSigned) continue
    const candidates = (bySubject.get(latin1(child.issuer)) ?? []).filter((issuer) => couldIssue(child, issuer))
    if (candidates.length === 0) continue
    const affordable = checks < maxChecks
    checks += candidates.length
    pending.push(affordable ? firstThatFits(child, candidates) : Promise.resolve(relation(child, candidates[0]!)))
  }
  return (await Promise.all(pending)).filter((one) => one !== null)
}

/** By name (compared before) and key identifier, without a look at the signature. */
export function couldIssue(child: Related, issuer: Related): boolean {
  if (child.sha256 === issuer.sha256) return false
  const asked = child.authorityKeyIdentifier
  const own = issuer.subjectKeyIdentifier
  return asked === undefined || own === undefined || asked === own
}

async function firstThatFits(child: Related, candidates: readonly Related[]): Promise<Relation | null> {
  let unchecked: Relation | null = null
  for (const issuer of candidates.slice(0, 4)) {
    const fits = await signedBy(child, issuer)
    if (fits) return { ...relation(child, issuer), verified: true }
    if (fits === null) unchecked ??= relation(child, issuer)
  }
  return unchecked
}

/** Did the issuer's key make the child's signature? `null` when that cannot be said here. */
export async function signedBy(child: Related, issuer: Related): Promise<boolean | null> {
  const key = issuer.der && readCertificate(issuer.der)?.publicKey
  const signed = child.der && (child.kind === 'crl' ? readCrl(child.der) : readCertificate(child.der))
  return signed && key ? signatureFits(signed, key) : null
}

const relation = (child: Related, issuer: Related): Relation => ({ kind: 'issued-by', a: child.id, b: issuer.id })
