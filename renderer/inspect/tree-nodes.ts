import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { shortName } from '../parts/chain-links.ts'
import { type FileOrder, fileOrder, isEndless, issuersOf, missingIssuer } from './issuers.ts'
import type { Listing } from './listing.ts'

/**
 * `files`: by file and container, chains as trees within them. `chains`: by who issued whom, wherever it lies. `list`:
 * one beside the other.
 */
export type Grouping = 'files' | 'chains' | 'list'

export type TreeNode =
  | { node: 'file'; id: string; file: string; children: TreeNode[]; count: number; order?: FileOrder }
  /** `namesFile`: no line above says which file it is from. */
  | { node: 'object'; id: string; object: ObjectRow; children: TreeNode[]; namesFile: boolean; order?: FileOrder }
  /** An issuer that was not dropped, with what it issued. `aboveCa`: only authorities, so that it may be their root. */
  | { node: 'gap'; id: string; name: string; aboveCa: boolean; children: TreeNode[] }

type ObjectNode = Extract<TreeNode, { node: 'object' }>

/** Beyond this, the certificates of a file are a collection: nobody reads them as chains. */
const mostInChains = 500
/** A missing issuer is a line of its own only where there are few. */
const mostForGaps = 20

/** What was dropped as a tree. Made anew when rows come, not when one types or closes a line. */
export function nodesOf(listing: Listing, grouping: Grouping, rank?: (id: string) => number): TreeNode[] {
  const sorted = (nodes: TreeNode[]) => (rank ? sortNodes(nodes, rank) : nodes)
  switch (grouping) {
    case 'files':
      return sorted(byFile(listing))
    case 'chains':
      return sorted(byChain(listing))
    case 'list':
      return sorted(listing.rows.map((object) => leafNode(object, true)))
  }
}

const leafNode = (object: ObjectRow, namesFile: boolean): ObjectNode => ({
  node: 'object',
  id: object.id,
  object,
  children: [],
  namesFile,
})

/** Siblings by rank; a group goes where its first member goes. */
function sortNodes(nodes: TreeNode[], rank: (id: string) => number): TreeNode[] {
  for (const node of nodes) sortNodes(node.children, rank)
  const place = (node: TreeNode): number => {
    if (node.node === 'object') return rank(node.id)
    const first = node.children[0]
    return first ? place(first) : 0
  }
  return nodes.sort((a, b) => place(a) - place(b))
}

function byFile(listing: Listing): TreeNode[] {
  const issuers = issuersOf(listing)
  const files = new Map<string, ObjectRow[]>()
  const insides = new Map<string, ObjectRow[]>()
  for (const row of listing.rows) {
    const [shelf, key] = row.inside === undefined ? [files, row.file] : [insides, row.inside]
    const list = shelf.get(key)
    if (list) list.push(row)
    else shelf.set(key, [row])
  }

  const nodeOf = (row: ObjectRow, namesFile: boolean): ObjectNode => {
    const node = leafNode(row, namesFile)
    const inside = insides.get(row.id)
    if (inside) {
      node.children = asChains(
        inside.map((one) => nodeOf(one, false)),
        issuers,
      )
      node.order = orderOf(inside, issuers)
    }
    return node
  }
  return [...files].map(([file, rows]): TreeNode => {
    if (rows.length === 1 && rows[0]) return nodeOf(rows[0], true)
    const nodes = rows.map((row) => nodeOf(row, false))
    const order = orderOf(rows, issuers)
    return {
      node: 'file',
      id: `file:${file}`,
      file,
      children: asChains(nodes, issuers),
      count: rows.length,
      ...(order && { order }),
    }
  })
}

const orderOf = (rows: readonly ObjectRow[], issuers: ReadonlyMap<string, string>): FileOrder | undefined =>
  fileOrder(
    rows.filter((row) => row.kind === 'certificate'),
    issuers,
  )

/** Siblings with what each issued below it, in their place of the file; an issuer that is not here is a gap above them. */
function asChains(nodes: ObjectNode[], issuers: ReadonlyMap<string, string>): TreeNode[] {
  const certificates = nodes.filter((node) => node.object.kind === 'certificate')
  if (certificates.length < 2 || certificates.length > mostInChains) return nodes
  const tops = nest(nodes, issuers)
  return certificates.length > mostForGaps ? tops : withGaps(tops, issuers, isMissed)
}

/** What is missing above a CA is mostly its root, which need not be there; above a leaf it is missed. */
const isMissed = ({ kind, facts }: ObjectRow): boolean => kind === 'certificate' && facts.isCa !== true

/** Each node below its issuer where that is among them; what is left at the top. */
function nest(nodes: readonly ObjectNode[], issuers: ReadonlyMap<string, string>): ObjectNode[] {
  const here = new Map(nodes.map((node) => [node.id, node]))
  return nodes.filter((node) => {
    const issuer = here.get(issuers.get(node.id) ?? '')
    if (!issuer || isEndless(node.id, issuers)) return true
    issuer.children.push(node)
    return false
  })
}

/** Tops whose issuer nobody dropped, gathered under its name. */
function withGaps(
  tops: readonly ObjectNode[],
  issuers: ReadonlyMap<string, string>,
  tells: (child: ObjectRow) => boolean = () => true,
): TreeNode[] {
  const gaps = new Map<string, Extract<TreeNode, { node: 'gap' }>>()
  const all: TreeNode[] = []
  for (const top of tops) {
    const missing = missingIssuer(top.object, issuers)
    if (missing === undefined || !tells(top.object)) {
      all.push(top)
      continue
    }
    let gap = gaps.get(missing)
    if (!gap) {
      gap = { node: 'gap', id: `gap:${top.id}`, name: shortName(missing), aboveCa: true, children: [] }
      gaps.set(missing, gap)
      all.push(gap)
    }
    gap.aboveCa &&= top.object.facts.isCa === true
    gap.children.push(top)
  }
  return all
}

/** Every certificate below its issuer, its key and request below it; then what belongs to no chain. */
function byChain(listing: Listing): TreeNode[] {
  const issuers = issuersOf(listing)
  const nodes = new Map(listing.rows.map((row) => [row.id, leafNode(row, true)]))
  const holders = new Map<string, string>()
  for (const { kind, a, b } of listing.relations) {
    if (kind !== 'same-key' || holders.has(a)) continue
    if (listing.byId.get(b)?.kind === 'certificate' && listing.byId.get(a)?.kind !== 'certificate') holders.set(a, b)
  }
  const inChains: ObjectNode[] = []
  const rest: ObjectNode[] = []
  for (const node of nodes.values()) {
    const holder = nodes.get(holders.get(node.id) ?? '')
    if (holder) holder.children.push(node)
    else if (node.object.kind === 'certificate' || node.object.kind === 'crl') inChains.push(node)
    else rest.push(node)
  }
  return [...withGaps(nest(inChains, issuers), issuers), ...rest]
}
