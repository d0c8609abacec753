import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { shortName } from '../parts/chain-links.ts'
import type { Listing } from './listing.ts'

/** Longer chains do not occur; authorities that signed each other would go round for ever. */
const maxLinks = 16

type Related = Pick<Listing, 'rows' | 'byId' | 'relations'>

const known = new WeakMap<Related['byId'], ReadonlyMap<string, string>>()

/**
 * Who issued whom among the dropped: an issuer whose signature was checked goes before one that only has the name. Of
 * the same issuer dropped several times, the one that lies beside the certificate.
 */
export function issuersOf(listing: Related): ReadonlyMap<string, string> {
  const { relations, byId } = listing
  if (relations.length === 0) return new Map()
  const before = known.get(byId)
  if (before) return before
  const found = new Map<string, { issuer: string; verified: boolean }>()
  for (const { kind, a, b, verified } of relations) {
    if (kind !== 'issued-by' || a === b) continue
    const other = found.get(a)
    if (!other || (verified === true && !other.verified)) found.set(a, { issuer: b, verified: verified === true })
  }
  const copies = copiesOf(listing)
  const issuers = new Map([...found].map(([child, { issuer }]) => [child, copies(child, issuer)]))
  known.set(byId, issuers)
  return issuers
}

/** The copy of an issuer in the file and container of its child, or the issuer as it was found. */
function copiesOf({ rows, byId }: Related): (child: string, issuer: string) => string {
  const place = (row: ObjectRow) => `${row.facts.sha256} ${row.inside ?? ''} ${row.file}`
  const placed = new Map(rows.map((row) => [place(row), row.id]))
  return (child, issuer) => {
    const [below, above] = [byId.get(child), byId.get(issuer)]
    if (!below || !above) return issuer
    return placed.get(place({ ...above, file: below.file, inside: below.inside })) ?? issuer
  }
}

/** The chain above an object, itself first, as far as it was dropped. */
export function chainAbove(id: string, issuers: ReadonlyMap<string, string>): string[] {
  const chain = [id]
  for (let next = issuers.get(id); next !== undefined && chain.length < maxLinks; next = issuers.get(next)) {
    if (chain.includes(next)) break
    chain.push(next)
  }
  return chain
}

/** Authorities that signed each other would hang below one another, and a made-up chain of thousands has no end either. */
export function isEndless(id: string, issuers: ReadonlyMap<string, string>): boolean {
  let at = issuers.get(id)
  for (let links = 1; at !== undefined && links < maxLinks; links++) {
    if (at === id) return true
    at = issuers.get(at)
  }
  return at !== undefined
}

/** The issuer that a certificate or list names and nobody dropped; undefined where it is here, or its own. */
export function missingIssuer(row: ObjectRow, issuers: ReadonlyMap<string, string>): string | undefined {
  if ((row.kind !== 'certificate' && row.kind !== 'crl') || issuers.has(row.id)) return undefined
  const { selfSigned, subject, issuer } = row.facts
  return selfSigned || issuer === undefined || issuer === subject ? undefined : issuer
}

/** Does the order of a file's certificates suit a server (RFC 8446 section 4.4.2: leaf first, each issued by the next)? */
export type FileOrder = {
  order: 'right' | 'turned' | 'mixed'
  /** A self-signed root at its end: correct, and of no use, because who checks has its own. */
  root: boolean
  missing?: string
}

/**
 * The order of certificates that make one chain; undefined for a collection: several leaves, or certificates that have
 * nothing to do with each other.
 */
export function fileOrder(
  certificates: readonly ObjectRow[],
  issuers: ReadonlyMap<string, string>,
): FileOrder | undefined {
  if (certificates.length < 2 || certificates.length > maxLinks) return undefined
  const here = new Map(certificates.map((row) => [row.id, row]))
  const issuing = new Set(certificates.flatMap((row) => issuers.get(row.id) ?? []))
  const leaves = certificates.filter((row) => !issuing.has(row.id))
  const leaf = leaves[0]
  if (!leaf || leaves.length !== 1) return undefined
  const chain = chainAbove(leaf.id, issuers).filter((id) => here.has(id))
  if (chain.length !== certificates.length) return undefined
  const found = certificates.map((row) => row.id)
  const order = same(found, chain) ? 'right' : same(found, chain.toReversed()) ? 'turned' : 'mixed'
  const top = here.get(chain.at(-1) ?? '')
  const missing = top && missingIssuer(top, issuers)
  return { order, root: top?.facts.selfSigned === true, ...(missing !== undefined && { missing }) }
}

const same = (a: readonly string[], b: readonly string[]) => a.every((one, at) => one === b[at])

/** The order in words, for those who configure the server. */
export function orderSays({ order, root, missing }: FileOrder): string {
  const end = root ? '; the root need not be sent' : missing ? `; ${shortName(missing)} is not in it` : ''
  if (order === 'right') return `In the order servers want${end}`
  return `${order === 'turned' ? 'Turned round' : 'Out of order'}: servers want the leaf first${end}`
}
