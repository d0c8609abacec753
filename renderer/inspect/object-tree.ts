import type { InspectedObject, Inspection, Relation } from '../../shared/pki/facts.ts'
import { fileName, lineOf, titleOf } from './object-words.ts'

/** One line of the tree: a file that holds several objects, an object, or a file that was left out. */
export type TreeRow =
  | { row: 'file'; id: string; level: 1; name: string; says: string; count: number; open: boolean }
  | {
      row: 'object'
      id: string
      level: number
      object: InspectedObject
      name: string
      says: string
      /** The file's name, where no file row above says it. */
      file?: string
      /** Undefined when nothing is inside it. */
      open?: boolean
    }

export type Tree = { rows: TreeRow[]; files: number }

const matches = (text: string, wanted: string) => text.toLowerCase().includes(wanted)

/**
 * The inspection as the rows of a tree, closed ones left out. A file with one object at its top is that object's row.
 * With a filter, objects that match stay, with all that they are inside of.
 */
export function treeOf(inspection: Inspection, closed: ReadonlySet<string>, today: Date, filter = ''): Tree {
  const wanted = filter.trim().toLowerCase()
  const children = new Map<string, InspectedObject[]>()
  const files = new Map<string, InspectedObject[]>()
  for (const object of inspection.objects) {
    const [shelf, key] = object.inside === undefined ? [files, object.file] : [children, object.inside]
    const list = shelf.get(key)
    if (list) list.push(object)
    else shelf.set(key, [object])
  }

  const rows: TreeRow[] = []
  const add = (object: InspectedObject, level: number, file: string | undefined): boolean => {
    const inside = children.get(object.id) ?? []
    const row: TreeRow = {
      row: 'object',
      id: object.id,
      level,
      object,
      name: titleOf(object),
      says: lineOf(object, today),
    }
    if (file !== undefined) row.file = file
    const at = rows.push(row) - 1
    let kept = wanted === '' || matches(`${row.name} ${row.says} ${object.facts.subject ?? ''} ${object.file}`, wanted)
    if (inside.length > 0) {
      row.open = wanted !== '' || !closed.has(object.id)
      for (const child of inside) kept = (row.open && add(child, level + 1, undefined)) || kept
    }
    if (!kept) rows.length = at
    return kept
  }

  for (const [file, objects] of files) {
    const name = fileName(file)
    if (objects.length === 1 && objects[0]) {
      add(objects[0], 1, name)
      continue
    }
    const id = `file:${file}`
    const open = wanted !== '' || !closed.has(id)
    const at = rows.length
    const row: TreeRow = {
      row: 'file',
      id,
      level: 1,
      name,
      says: `${objects.length.toLocaleString()} objects`,
      count: objects.length,
      open,
    }
    rows.push(row)
    if (open) for (const object of objects) add(object, 2, undefined)
    if (wanted !== '' && rows.length === at + 1) rows.length = at
  }
  return { rows, files: files.size }
}

/** What another object is to this one. */
export type Match = {
  object: string
  word: 'key' | 'request' | 'certificate' | 'same key' | 'issuer' | 'issued'
  verified?: boolean
}

/** What belongs to one object among the dropped: its key, request and certificate, its issuer and what it issued. */
export function matchesOf(
  id: string,
  inspection: Inspection,
  kindOf: (id: string) => InspectedObject['kind'] | undefined,
): Match[] {
  const found: Match[] = []
  const other = (relation: Relation) => (relation.a === id ? relation.b : relation.b === id ? relation.a : null)
  for (const relation of inspection.relations) {
    const object = other(relation)
    if (object === null || object === id) continue
    if (relation.kind === 'issued-by') {
      found.push({ object, word: relation.a === id ? 'issuer' : 'issued', verified: relation.verified })
      continue
    }
    const kind = kindOf(object)
    const word = kind === 'private-key' ? 'key' : kind === 'request' || kind === 'certificate' ? kind : 'same key'
    found.push({ object, word })
  }
  return found
}
