import type { InspectedObject, Inspection, Relation } from '../../shared/pki/facts.ts'
import { fileName, kindWords, titleOf } from './object-words.ts'

/** One line of the tree: a file that holds several objects, or an object. Words are found when a line is drawn. */
export type TreeRow =
  | { row: 'file'; id: string; level: 1; file: string; count: number; open: boolean }
  | {
      row: 'object'
      id: string
      level: number
      object: InspectedObject
      /** Set where no line above names the file. */
      file?: string
      /** Undefined when nothing is inside it. */
      open?: boolean
    }

/** What a filter looks into, worked out once for each object. */
const haystacks = new WeakMap<InspectedObject, string>()

function haystackOf(object: InspectedObject): string {
  const known = haystacks.get(object)
  if (known !== undefined) return known
  const { facts, kind } = object
  const { plain, term = '' } = kindWords[kind]
  const names = facts.subjectAltNames?.slice(0, 50).join(' ') ?? ''
  const parts = [
    titleOf(object),
    plain,
    term,
    facts.subject,
    facts.issuer,
    facts.serialHex,
    names,
    fileName(object.file),
  ]
  const made = parts.join(' ').toLowerCase()
  haystacks.set(object, made)
  return made
}

/**
 * The inspection as the rows of a tree, closed ones left out. A file with one object at its top is that object's row.
 * With a filter, objects that match stay, with all that they are inside of.
 */
export function treeOf(inspection: Inspection, closed: ReadonlySet<string>, filter = ''): TreeRow[] {
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
  const add = (object: InspectedObject, level: number, file?: string): boolean => {
    const inside = children.get(object.id)
    const row: TreeRow = { row: 'object', id: object.id, level, object, ...(file !== undefined && { file }) }
    const at = rows.push(row) - 1
    let kept = wanted === '' || haystackOf(object).includes(wanted)
    if (inside) {
      row.open = wanted !== '' || !closed.has(object.id)
      for (const child of inside) kept = (row.open && add(child, level + 1)) || kept
    }
    if (!kept) rows.length = at
    return kept
  }

  for (const [file, objects] of files) {
    if (objects.length === 1 && objects[0]) {
      add(objects[0], 1, file)
      continue
    }
    const id = `file:${file}`
    const open = wanted !== '' || !closed.has(id)
    const at = rows.push({ row: 'file', id, level: 1, file, count: objects.length, open })
    if (open) for (const object of objects) add(object, 2)
    if (wanted !== '' && rows.length === at) rows.length = at - 1
  }
  return rows
}

/** A row's number among its siblings, and how many they are: rows out of sight do not exist, so they cannot be counted. */
export type Place = { at: number; of: number }

export function placesOf(rows: readonly TreeRow[]): Place[] {
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

/** What another object is to this one. */
export type Match = {
  object: string
  word: 'key' | 'request' | 'certificate' | 'same key' | 'issuer' | 'issued'
  verified?: boolean
}

/** What belongs to one object among the dropped: its key, request and certificate, its issuer and what it issued. */
export function matchesOf(
  id: string,
  inspection: Pick<Inspection, 'relations'>,
  kindOf: (id: string) => InspectedObject['kind'] | undefined,
): Match[] {
  const found: Match[] = []
  const own = kindOf(id)
  const other = (relation: Relation) => (relation.a === id ? relation.b : relation.b === id ? relation.a : null)
  for (const relation of inspection.relations) {
    const object = other(relation)
    if (object === null || object === id) continue
    if (relation.kind === 'issued-by') {
      found.push({ object, word: relation.a === id ? 'issuer' : 'issued', verified: relation.verified })
      continue
    }
    const kind = kindOf(object)
    // Two of a kind with one key are not each other's anything: they only share it.
    if (kind === own) found.push({ object, word: 'same key' })
    else if (kind === 'private-key') found.push({ object, word: 'key' })
    else found.push({ object, word: kind === 'request' || kind === 'certificate' ? kind : 'same key' })
  }
  return found
}
