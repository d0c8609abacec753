import type { Problem } from '../problems.ts'
import type { Certificate } from './certificate.ts'
import type { RevocationList } from './crl.ts'
import { latin1 } from './der-values.ts'
import type { InspectedObject, ObjectKind, Relation } from './facts.ts'
import { signatureFits } from './verify.ts'

/** An object with what relations need to know of it. */
export type Found = { object: InspectedObject; problem?: Problem; certificate?: Certificate; crl?: RevocationList }

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
export async function relate(found: readonly Found[]): Promise<Relation[]> {
  return [...sameKey(found), ...(await issuedBy(found))]
}

function sameKey(found: readonly Found[]): Relation[] {
  const groups = new Map<string, Found[]>()
  for (const one of found) {
    const key = one.object.facts.spkiSha256
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  const relations: Relation[] = []
  const rank = (one: Found) => privacy.indexOf(one.object.kind)
  for (const group of groups.values()) {
    group.sort((a, b) => rank(a) - rank(b))
    for (const [i, a] of group.entries()) {
      if (i > 0 && group.length > maxPairs) break
      for (const b of group.slice(i + 1)) relations.push({ kind: 'same-key', a: a.object.id, b: b.object.id })
    }
  }
  return relations
}

async function issuedBy(found: readonly Found[]): Promise<Relation[]> {
  const bySubject = new Map<string, Found[]>()
  for (const one of found) {
    if (!one.certificate) continue
    const name = latin1(one.certificate.subject)
    const namesakes = bySubject.get(name)
    if (!namesakes) bySubject.set(name, [one])
    else if (namesakes.length < maxNamesakes) namesakes.push(one)
  }
  let checks = 0
  const pending: Promise<Relation | null>[] = []
  for (const child of found) {
    const signed = child.certificate ?? child.crl
    if (!signed || child.object.facts.selfSigned) continue
    const candidates = (bySubject.get(latin1(signed.issuer)) ?? []).filter((issuer) => couldIssue(child, issuer))
    if (candidates.length === 0) continue
    const affordable = checks < maxChecks
    checks += candidates.length
    pending.push(affordable ? firstThatFits(child, candidates) : Promise.resolve(relation(child, candidates[0]!)))
  }
  return (await Promise.all(pending)).filter((one) => one !== null)
}

function couldIssue(child: Found, issuer: Found): boolean {
  if (child.object.facts.sha256 === issuer.object.facts.sha256) return false
  const asked = child.object.facts.authorityKeyIdentifier
  const own = issuer.object.facts.subjectKeyIdentifier
  return asked === undefined || own === undefined || asked === own
}

async function firstThatFits(child: Found, candidates: readonly Found[]): Promise<Relation | null> {
  const signed = child.certificate ?? child.crl
  let unchecked: Relation | null = null
  for (const issuer of candidates.slice(0, 4)) {
    if (!signed || !issuer.certificate) continue
    const fits = await signatureFits(signed, issuer.certificate.publicKey)
    if (fits) return { ...relation(child, issuer), verified: true }
    if (fits === null) unchecked ??= relation(child, issuer)
  }
  return unchecked
}

const relation = (child: Found, issuer: Found): Relation => ({
  kind: 'issued-by',
  a: child.object.id,
  b: issuer.object.id,
})
