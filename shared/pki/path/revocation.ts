import type { Bytes } from '../der.ts'
import { childrenOf, content, derOf, orNull, Tag } from '../der.ts'
import type { PublicKey } from '../spki.ts'
import type { Candidate } from './candidate.ts'
import { allReasons, type DistributionPoint, directory, namesOfPoint } from './distribution-point.ts'
import type { List, ListEntry } from './list.ts'
import { entryIn } from './list.ts'
import type { PathProblem } from './problem.ts'

/** What revocation lists say of a certificate. `unknown` with the most telling reason why. */
export type Standing = { is: 'good' } | { is: 'revoked' | 'unknown'; problem: Omit<PathProblem, 'at'> }

/** Whose key made the signature of a list, when that may be believed; `null` otherwise. */
export type SignerOf = (list: List) => Promise<PublicKey | null>

/** Lists looked at for one certificate; a CA has one or two. */
const maxLists = 64

const unknown: Omit<PathProblem, 'at'> = { reason: 'path.revocation-unknown' }
const gravity = ['path.revocation-unknown', 'path.crl-outdated', 'path.crl-unsound']

/**
 * Was a certificate revoked by `at`, as far as these lists tell (RFC 5280 section 6.3.3)? Each reason to revoke has to be
 * covered by a list that is current, in scope and well signed; a delta adds to the complete list that it is made for. Who
 * stands on a list that has run out is revoked all the same.
 */
export async function revocationOf(
  subject: Candidate,
  lists: readonly List[],
  at: Date,
  signerOf: SignerOf,
): Promise<Standing> {
  const now = at.toISOString().slice(0, 19)
  const serial = serialOf(subject)
  let covered = 0
  let why = unknown
  const blame = (problem: Omit<PathProblem, 'at'>) => {
    if (gravity.indexOf(problem.reason) > gravity.indexOf(why.reason)) why = problem
  }
  const points = [...(subject.terms.points ?? []), issuersOwn(subject)]
  let looked = 0
  for (const point of points.slice(0, maxLists)) {
    for (const list of lists) {
      if (list.base !== undefined || !isAbout(list, point, subject)) continue
      const reasons = list.scope.reasons & point.reasons
      if ((reasons & ~covered) === 0 || looked++ >= maxLists) continue
      const key = list.unsound ? null : await signerOf(list)
      if (!key) {
        const detail = list.unsound
          ? 'a critical extension of it is not understood'
          : 'its signature does not fit, or its signer is not trusted'
        blame({ reason: 'path.crl-unsound', detail })
        continue
      }
      if ((list.crl.facts.thisUpdate ?? '').slice(0, 19) > now) continue
      const delta = await newestDelta(list, lists, now, key, signerOf)
      const entry = standing(list, delta, serial, subject.issuer.key)
      if (entry === 'unsound') {
        blame({ reason: 'path.crl-unsound', detail: 'a critical extension of an entry is not understood' })
        continue
      }
      if (entry) return { is: 'revoked', problem: { reason: 'path.revoked', detail: words(entry) } }
      if (!delta && isOver(list, now)) {
        blame({ reason: 'path.crl-outdated', detail: (list.crl.facts.nextUpdate ?? '').slice(0, 10) })
        continue
      }
      covered |= reasons
    }
  }
  return covered === allReasons ? { is: 'good' } : { is: 'unknown', problem: why }
}

/** For lists that no distribution point names: as if there were one with the name of the issuer. */
const issuersOwn = ({ issuer }: Candidate): DistributionPoint => ({
  name: { full: [directory(issuer.key)] },
  reasons: allReasons,
  crlIssuers: [],
})

/** Is the list by who may issue it for this point, and is the certificate in its scope (section 6.3.3 (b))? */
function isAbout({ issuer, scope }: List, point: DistributionPoint, subject: Candidate): boolean {
  const own = issuer.key === subject.issuer.key
  const byOther = scope.indirect && point.crlIssuers.includes(issuer.key)
  if (point.crlIssuers.length > 0 ? !byOther && !(own && point.crlIssuers.includes(issuer.key)) : !own) return false
  if (scope.only === 'attributes') return false
  const isCa = subject.terms.basicConstraints?.isCa === true
  if ((scope.only === 'users' && isCa) || (scope.only === 'authorities' && !isCa)) return false
  if (!scope.name) return true
  const names = namesOfPoint(scope.name, issuer.key)
  const wanted = point.name
    ? namesOfPoint(point.name, point.crlIssuers[0] ?? subject.issuer.key)
    : point.crlIssuers.map(directory)
  return wanted.some((name) => names.includes(name))
}

const isOver = ({ crl: { facts } }: List, now: string): boolean =>
  facts.nextUpdate !== undefined && facts.nextUpdate.slice(0, 19) < now

/** The latest delta for a complete list: of the same issuer, scope and key, and built on it or an earlier one. */
async function newestDelta(
  complete: List,
  lists: readonly List[],
  now: string,
  key: PublicKey,
  signerOf: SignerOf,
): Promise<List | null> {
  const { number } = complete
  if (number === undefined) return null
  const fits = lists
    .filter((list) => list.base !== undefined && !list.unsound && list.issuer.key === complete.issuer.key)
    .filter((list) => list.family === complete.family && list.base! <= number && (list.number ?? 0n) > number)
    .filter((list) => (list.crl.facts.thisUpdate ?? '').slice(0, 19) <= now && !isOver(list, now))
    .sort((a, b) => (a.number! > b.number! ? -1 : 1))
  for (const delta of fits.slice(0, 4)) {
    const signer = await signerOf(delta)
    if (signer?.facts.spkiSha256 === key.facts.spkiSha256) return delta
  }
  return null
}

function standing(list: List, delta: List | null, serial: Bytes, issuer: string): ListEntry | 'unsound' | null {
  const changed = delta && entryIn(delta, serial, issuer)
  if (changed) return changed !== 'unsound' && changed.reason === 'removeFromCRL' ? null : changed
  return entryIn(list, serial, issuer)
}

/** CRLReason (section 5.3.1) in words. */
const reasonWords: Record<string, string> = {
  keyCompromise: 'its key got into other hands',
  cACompromise: 'the key of its CA got into other hands',
  affiliationChanged: 'its owner’s details changed',
  superseded: 'another one took its place',
  cessationOfOperation: 'it is not needed any more',
  certificateHold: 'it is on hold',
  privilegeWithdrawn: 'its owner lost the right to it',
  aACompromise: 'the key of its attribute authority got into other hands',
}

function words({ revokedAt, reason }: ListEntry): string {
  const because = reasonWords[reason]
  return ` on ${revokedAt.slice(0, 10)}${because === undefined ? '' : `: ${because} (${reason})`}`
}

/** Content of the serialNumber as encoded. */
function serialOf({ certificate: { tbs } }: Candidate): Bytes {
  return (
    orNull(() => {
      const fields = childrenOf(derOf(tbs), Tag.sequence)
      return content(fields[fields[0]?.id === 0xa0 ? 1 : 0]!)
    }) ?? new Uint8Array()
  )
}
