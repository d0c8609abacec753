import type { Asn1Node } from '../../shared/pki/inspect-calls.ts'

/** A node has something below it when the next one in preorder is deeper. */
export const hasInside = (nodes: readonly Asn1Node[], index: number): boolean =>
  (nodes[index + 1]?.depth ?? 0) > (nodes[index]?.depth ?? 0)

/** The nodes that are not inside a closed one, as indexes, in order. */
export function openNodes(nodes: readonly Asn1Node[], closed: ReadonlySet<number>): number[] {
  const shown: number[] = []
  let below = Number.POSITIVE_INFINITY
  nodes.forEach((node, index) => {
    if (node.depth > below) return
    below = closed.has(index) ? node.depth : Number.POSITIVE_INFINITY
    shown.push(index)
  })
  return shown
}

/** The node that a node lies in, or -1. */
export function outerOf(nodes: readonly Asn1Node[], index: number): number {
  const depth = nodes[index]?.depth ?? 0
  for (let at = index - 1; at >= 0; at--) if (nodes[at]!.depth < depth) return at
  return -1
}

export const endOf = (node: Asn1Node): number => node.at + node.headerLength + node.length

/** The innermost node that an octet belongs to, or -1 where none does. Nodes are in the order of their octets. */
export function nodeAt(nodes: readonly Asn1Node[], offset: number): number {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (nodes[middle]!.at <= offset) low = middle + 1
    else high = middle
  }
  for (let index = low - 1; index >= 0; index = outerOf(nodes, index)) if (offset < endOf(nodes[index]!)) return index
  return -1
}

/** What an octet is to the marked node: part of its tag and length, part of its content, or neither. */
export function partOf(node: Asn1Node | undefined, offset: number): 'header' | 'content' | undefined {
  if (!node || offset < node.at || offset >= endOf(node)) return undefined
  return offset < node.at + node.headerLength ? 'header' : 'content'
}

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0')

/** An offset in hex, with as many digits as the last one needs, four at least. */
export const offsetText = (offset: number, size: number): string =>
  offset.toString(16).padStart(Math.max(4, (size - 1).toString(16).length), '0')

/** An octet as the character it may stand for, a dot otherwise. */
export const charOf = (byte: number): string => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '·')

const shownBytes = 64

/** Octets as spaced hex, cut with the number left out. */
export function hexOf(bytes: Uint8Array, from: number, to: number, most = shownBytes): string {
  const shown = Array.from(bytes.subarray(from, Math.min(to, from + most)), hexByte).join(' ')
  return to - from > most ? `${shown} … (${(to - from - most).toLocaleString()} more)` : shown
}
