import { describe, expect, it } from 'vitest'
import {
  charOf,
  hasInside,
  hexOf,
  nodeAt,
  offsetText,
  openNodes,
  outerOf,
  partOf,
} from '../../../renderer/inspect/asn1-nodes.ts'
import { asn1Tree } from '../../../shared/pki/asn1-tree.ts'

/** SEQUENCE { INTEGER 5, SEQUENCE { NULL, OCTET STRING ab cd } } and two bytes after it. */
const bytes = Uint8Array.from([0x30, 0x0b, 2, 1, 5, 0x30, 6, 5, 0, 4, 2, 0xab, 0xcd, 0, 0])
const { nodes } = asn1Tree(bytes.subarray(0, 13))

describe('the nodes of an ASN.1 tree', () => {
  it('are in preorder', () => {
    expect(nodes.map(({ depth, at }) => [depth, at])).toEqual([
      [0, 0],
      [1, 2],
      [1, 5],
      [2, 7],
      [2, 9],
    ])
  })

  it('know what is inside of them and what they are inside of', () => {
    expect(nodes.map((_, index) => hasInside(nodes, index))).toEqual([true, false, true, false, false])
    expect(nodes.map((_, index) => outerOf(nodes, index))).toEqual([-1, 0, 0, 2, 2])
  })

  it('are hidden inside closed ones', () => {
    expect(openNodes(nodes, new Set())).toEqual([0, 1, 2, 3, 4])
    expect(openNodes(nodes, new Set([2]))).toEqual([0, 1, 2])
    expect(openNodes(nodes, new Set([0, 2]))).toEqual([0])
  })

  it('are found by any of their bytes, the innermost first', () => {
    expect(Array.from(bytes, (_, offset) => nodeAt(nodes, offset))).toEqual([
      0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4, -1, -1,
    ])
    expect(nodeAt([], 0)).toBe(-1)
  })

  it('own their tag and length, and their content', () => {
    const octets = nodes[4]
    expect(Array.from(bytes, (_, offset) => partOf(octets, offset))).toEqual([
      ...Array(9).fill(undefined),
      'header',
      'header',
      'content',
      'content',
      undefined,
      undefined,
    ])
    expect(partOf(undefined, 0)).toBeUndefined()
  })

  it('are found in twenty thousand nodes at once', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      depth: at === 0 ? 0 : 1,
      at: at === 0 ? 0 : 4 + (at - 1) * 3,
      headerLength: at === 0 ? 4 : 2,
      length: at === 0 ? 60_000 : 1,
      tag: 'INTEGER',
    }))
    const from = performance.now()
    for (let offset = 0; offset < 60_000; offset += 60) nodeAt(many, offset)
    expect(performance.now() - from).toBeLessThan(200)
  })
})

describe('bytes in hex', () => {
  it('have offsets as wide as the last one needs', () => {
    expect(offsetText(16, 100)).toBe('0010')
    expect(offsetText(16, 0x12345)).toBe('00010')
  })

  it('are cut with the number left out', () => {
    expect(hexOf(bytes, 0, 3)).toBe('30 0b 02')
    expect(hexOf(bytes, 0, 15, 2)).toBe('30 0b … (13 more)')
  })

  it('stand for a character or a dot', () => {
    expect([0x41, 0x20, 0x7f, 0x0a, 0xff].map(charOf).join('')).toBe('A ···')
  })
})
