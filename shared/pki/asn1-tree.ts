import { shapeOfKind } from './asn1-roles.ts'
import type { Field, Shape } from './asn1-shape.ts'
import type { Header } from './asn1-values.ts'
import { headerAt, isOneValue, tagName, valueInWords } from './asn1-values.ts'
import type { Bytes } from './der.ts'
import { orNull, Tag } from './der.ts'
import { oidOf } from './der-values.ts'
import type { ObjectKind } from './facts.ts'
import type { Asn1Node, Structure } from './inspect-calls.ts'

/** More nodes or octets than a person looks through; a list of a million revocations has ten times as many. */
const maxNodes = 20_000
const maxBytes = 2 * 1024 * 1024
/** Nesting shown; below it a value is one line. */
const maxDepth = 64
/** Values inside strings inside values: each level costs one more pass over its octets. */
const maxWraps = 6

/** An open constructed value: where it ends, and what its children are called. */
type Frame = {
  node?: Asn1Node
  end: number
  indefinite: boolean
  wraps: number
  shape?: Shape
  /** Index of the next of `shape.fields`, and the object identifier last read here. */
  next: number
  oid?: string
}

/**
 * Every value of some DER or BER in preorder with its exact octets, whatever they are: values that run past their
 * place are cut off at its end, octets that are no value become a node `unreadable`, octets after the first value one
 * called `bytes after`. OCTET and BIT STRINGs that hold exactly one value are opened. Children lie within their
 * parent's octets; an indefinite length counts its end-of-contents octets. Linear in `bytes`; never throws. Whether the
 * octets may be shown at all is the caller's to know: `holds-key.ts`.
 */
export function asn1Tree(bytes: Bytes, kind?: ObjectKind): Structure {
  const nodes: Asn1Node[] = []
  const shown = bytes.subarray(0, maxBytes)
  const root: Frame = { end: bytes.length, indefinite: false, wraps: 0, next: 0 }
  const shape = kind && shapeOfKind[kind]
  if (shape) root.shape = shape
  const frames: Frame[] = [root]
  let at = 0
  let cut = bytes.length > shown.length

  while (frames.length > 0) {
    const frame = frames.at(-1)!
    if (at >= frame.end) {
      if (frame.indefinite && frame.node) {
        frame.node.length = frame.end - frame.node.at - frame.node.headerLength
        frame.node.value = 'indefinite length without an end'
      }
      frames.pop()
      continue
    }
    if (nodes.length === maxNodes || at >= shown.length) {
      cut = true
      closeAll(frames)
      break
    }
    const depth = frames.length - 1
    if (frame.indefinite && frame.node && bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= frame.end) {
      nodes.push({ depth, at, headerLength: 2, length: 0, tag: 'end of contents' })
      at += 2
      frame.node.length = at - frame.node.at - frame.node.headerLength
      frames.pop()
      continue
    }
    if (depth === 0 && at > 0 && !isOneValue(bytes, at, bytes.length)) {
      nodes.push(octetsAs('bytes after', bytes, depth, at, frame.end))
      at = frame.end
      continue
    }
    const header = headerAt(bytes, at, frame.end)
    if (!header) {
      nodes.push(octetsAs('unreadable', bytes, depth, at, frame.end))
      at = frame.end
      continue
    }
    const field = fieldFor(frame, header.id)
    const node = nodeOf(bytes, header, depth, field)
    nodes.push(node)
    const inner = depth < maxDepth ? frameInside(bytes, header, node, field, frame) : null
    if (inner) {
      frames.push(inner)
      at = inner.wraps > frame.wraps && header.id === Tag.bitString ? header.from + 1 : header.from
      continue
    }
    if (header.constructed && depth >= maxDepth) {
      node.value = 'nested too deeply to show'
      cut = true
      // Where an unclosed value ends is not known without reading on: the rest of its place is taken for it.
      if (header.indefinite) node.length = frame.end - header.from
    }
    if (header.id === Tag.oid) frame.oid = dotted(bytes, header)
    at = node.at + node.headerLength + node.length
  }
  return { nodes, bytes: shown.slice(), cut }
}

/** Lengths of values whose end was not reached: they are taken to fill their place. */
function closeAll(frames: readonly Frame[]): void {
  for (const { node, indefinite, end } of frames) {
    if (node && indefinite) node.length = end - node.at - node.headerLength
  }
}

function nodeOf(bytes: Bytes, header: Header, depth: number, field: Field | undefined): Asn1Node {
  const value = valueInWords(bytes, header)
  return {
    depth,
    at: header.at,
    headerLength: header.from - header.at,
    length: header.to - header.from,
    tag: tagName(header),
    ...(field && { role: field.role }),
    ...(value !== undefined && { value }),
  }
}

const octetsAs = (tag: string, bytes: Bytes, depth: number, at: number, end: number): Asn1Node => ({
  depth,
  at,
  headerLength: 0,
  length: end - at,
  tag,
  value: valueInWords(bytes, { at, from: at, to: end, id: Tag.octetString, tag: 4, constructed: false }) ?? '',
})

/** Which of the named children this one is; steps over optional ones that are not there. */
function fieldFor(frame: Frame, id: number): Field | undefined {
  const { shape } = frame
  if (!shape) return undefined
  const tagged = shape.byId?.[id] ?? shape.each
  if (tagged) return tagged.ids && !tagged.ids.includes(id) ? undefined : tagged
  for (const fields = shape.fields ?? []; frame.next < fields.length; ) {
    const field = fields[frame.next++]!
    if (!field.ids || field.ids.includes(id)) return field
    if (!field.optional) return undefined
  }
  return undefined
}

/** The frame for what lies in a value: its children, or the one value that a string wraps. `null`: nothing. */
function frameInside(
  bytes: Bytes,
  header: Header,
  node: Asn1Node,
  field: Field | undefined,
  outer: Frame,
): Frame | null {
  const inside = typeof field?.inside === 'function' ? field.inside(outer.oid) : field?.inside
  const shape = inside && { shape: inside }
  const common = { node, end: header.to, next: 0, ...shape }
  if (header.constructed) {
    return { ...common, indefinite: header.indefinite === true, wraps: outer.wraps }
  }
  const from = header.id === Tag.octetString ? header.from : header.id === Tag.bitString ? header.from + 1 : -1
  if (from < 0 || header.cut || outer.wraps === maxWraps || header.to - from < 2) return null
  if (header.id === Tag.bitString && bytes[header.from] !== 0) return null
  // Random octets look like a short primitive value now and then: those are opened only where one is due.
  const isExtension = field?.role === 'extnValue'
  if (bytes[from] !== Tag.sequence && !isExtension) return null
  if (!isOneValue(bytes, from, header.to)) return null
  return { ...common, indefinite: false, wraps: outer.wraps + 1 }
}

function dotted(bytes: Bytes, { from, to, at, id, tag }: Header): string | undefined {
  const source = { bytes, ends: new Map() }
  return (
    orNull(() => oidOf({ source, start: at, from, to, end: to, id, tag, constructed: false, depth: 0 })) ?? undefined
  )
}
