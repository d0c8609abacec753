import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import type { FileOrder } from './issuers.ts'
import type { TreeNode } from './tree-nodes.ts'

/** One line of the tree. Its words are found when it is drawn. `open` is undefined where nothing is below it. */
export type TreeRow = { id: string; level: number; open?: boolean } & (
  | { row: 'file'; file: string; count: number; order?: FileOrder }
  | { row: 'object'; object: ObjectRow; namesFile: boolean; order?: FileOrder }
  | { row: 'gap'; name: string; aboveCa: boolean }
)

/**
 * The nodes as lines, closed ones left out. With `wanted` (ids that a filter let through) a line stays with all that is
 * above it, and nothing is closed.
 */
export function rowsOf(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  wanted?: ReadonlySet<string>,
): TreeRow[] {
  const rows: TreeRow[] = []
  const add = (node: TreeNode, level: number): boolean => {
    const at = rows.length
    const row = rowOf(node, level)
    rows.push(row)
    let kept = !wanted || (node.node === 'object' && wanted.has(node.id))
    if (node.children.length > 0) {
      row.open = wanted !== undefined || !closed.has(node.id)
      if (row.open) for (const child of node.children) kept = add(child, level + 1) || kept
      // An object that was found may have nothing of what is below it found.
      if (rows.length === at + 1 && wanted) row.open = undefined
    }
    if (!kept) rows.length = at
    return kept
  }
  for (const node of nodes) add(node, 1)
  return rows
}

function rowOf(node: TreeNode, level: number): TreeRow {
  switch (node.node) {
    case 'file':
      return { row: 'file', id: node.id, level, file: node.file, count: node.count, order: node.order }
    case 'gap':
      return { row: 'gap', id: node.id, level, name: node.name, aboveCa: node.aboveCa }
    case 'object':
      return {
        row: 'object',
        id: node.id,
        level,
        object: node.object,
        namesFile: node.namesFile,
        order: node.order,
      }
  }
}

/** A row's number among its siblings, and how many they are: rows out of sight do not exist, so they cannot be counted. */
export type Place = { at: number; of: number }

export function placesOf(rows: readonly Pick<TreeRow, 'level'>[]): Place[] {
  const places: Place[] = []
  const open: Place[][] = []
  const close = (level: number) => {
    for (const siblings of open.splice(level)) for (const one of siblings) one.of = siblings.length
  }
  for (const { level } of rows) {
    close(level)
    const siblings = open[level - 1] ?? []
    open[level - 1] = siblings
    const place = { at: siblings.length + 1, of: 0 }
    siblings.push(place)
    places.push(place)
  }
  close(0)
  return places
}

/** The next row whose name starts with what is typed, from the cursor on and around; -1 where there is none. */
export function rowStarting(
  rows: readonly TreeRow[],
  from: number,
  typed: string,
  nameOf: (row: TreeRow) => string,
): number {
  const wanted = typed.toLowerCase()
  for (let step = 0; step < rows.length; step++) {
    const at = (from + step) % rows.length
    const row = rows[at]
    if (row && nameOf(row).toLowerCase().startsWith(wanted)) return at
  }
  return -1
}
