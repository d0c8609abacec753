import type { Cursor } from './cursor.ts'
import { DerFault } from './der.ts'
import { latin1 } from './der-values.ts'

/**
 * Walks over one serialised Java object (Java Object Serialization Specification, chapter 6) to find where it ends.
 * Nothing of it is brought to life: reading such objects is how Java programs have been taken over. Bounded in depth
 * and number of objects. Throws `DerFault`.
 */
export function skipJavaObject(from: Cursor): void {
  if (from.number(2) !== 0xaced || from.number(2) !== 5) throw new DerFault('stream')
  walk({ from, handles: [], left: maxObjects }, 0)
}

/** A key in a keystore consists of about ten. */
const maxObjects = 500
const maxDepth = 20

type Described = { name: string; flags: number; fields: string[]; above: Described | null }
type Walk = { from: Cursor; handles: (Described | null)[]; left: number }

const sizes: Record<string, number> = { B: 1, C: 2, D: 8, F: 4, I: 4, J: 8, S: 2, Z: 1 }

const text = (from: Cursor): string => latin1(from.take(from.number(2)))

function walk(walked: Walk, depth: number, tag = walked.from.number(1)): void {
  const { from, handles } = walked
  if (depth > maxDepth || --walked.left < 0) throw new DerFault('too deep')
  switch (tag) {
    case 0x70:
      return
    case 0x71:
      from.take(4)
      return
    case 0x72:
      describe(walked, depth, tag)
      return
    case 0x73: {
      const type = describe(walked, depth + 1)
      handles.push(null)
      if (type) values(walked, depth, type)
      return
    }
    case 0x74:
      handles.push(null)
      from.take(from.number(2))
      return
    case 0x75: {
      const type = describe(walked, depth + 1)
      handles.push(null)
      const length = from.number(4)
      const size = sizes[type?.name[1] ?? '']
      if (size) from.take(length * size)
      else for (let i = 0; i < length; i++) walk(walked, depth + 1)
      return
    }
    case 0x77:
      from.take(from.number(1))
      return
    case 0x7a:
      from.take(from.number(4))
      return
    case 0x7e:
      describe(walked, depth + 1)
      handles.push(null)
      walk(walked, depth + 1)
      return
    default:
      throw new DerFault('another value')
  }
}

/** A class description, or a reference to one seen before. */
function describe(walked: Walk, depth: number, tag = walked.from.number(1)): Described | null {
  const { from, handles } = walked
  if (depth > maxDepth) throw new DerFault('too deep')
  if (tag === 0x70) return null
  if (tag === 0x71) {
    const known = handles[from.number(4) - 0x7e0000]
    if (!known) throw new DerFault('reference')
    return known
  }
  if (tag !== 0x72) throw new DerFault('class')
  const described: Described = { name: text(from), flags: 0, fields: [], above: null }
  from.take(8)
  handles.push(described)
  described.flags = from.number(1)
  const count = from.number(2)
  for (let i = 0; i < count; i++) {
    const type = latin1(from.take(1))
    text(from)
    if (type === 'L' || type === '[') walk(walked, depth + 1)
    else if (!sizes[type]) throw new DerFault('field')
    described.fields.push(type)
  }
  annotations(walked, depth)
  described.above = describe(walked, depth + 1)
  return described
}

function annotations(walked: Walk, depth: number): void {
  for (let tag = walked.from.number(1); tag !== 0x78; tag = walked.from.number(1)) walk(walked, depth + 1, tag)
}

/** The fields of an object, those of the topmost class first. */
function values(walked: Walk, depth: number, type: Described): void {
  if (depth > maxDepth) throw new DerFault('too deep')
  if (type.above) values(walked, depth + 1, type.above)
  if ((type.flags & 2) === 0) throw new DerFault('written by its own method')
  for (const field of type.fields) {
    const size = sizes[field]
    if (size) walked.from.take(size)
    else walk(walked, depth + 1)
  }
  if ((type.flags & 1) !== 0) annotations(walked, depth)
}
