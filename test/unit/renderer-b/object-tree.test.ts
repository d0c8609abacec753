import { describe, expect, it } from 'vitest'
import { matchesOf, placesOf, treeOf } from '../../../renderer/inspect/object-tree.ts'
import type { InspectedObject, Inspection, Relation } from '../../../shared/pki/facts.ts'

const object = (id: string, file: string, more: Partial<InspectedObject> = {}): InspectedObject => ({
  id,
  file,
  kind: 'certificate',
  facts: { subject: `CN=name-${id}` },
  problem: null,
  findings: [],
  ...more,
})
const inspection = (objects: InspectedObject[], relations: Relation[] = []): Inspection => ({
  objects,
  relations,
  mine: [],
  leftOut: [],
})
const none = new Set<string>()
const ids = (rows: { id: string; level: number }[]) => rows.map((row) => `${row.level} ${row.id}`)

const dropped = inspection([
  object('0', '/a/one.crt'),
  object('1', '/a/bundle.pem'),
  object('2', '/a/bundle.pem'),
  object('3', '/a/box.p12', { kind: 'pkcs12', facts: {} }),
  object('3.0', '/a/box.p12', { inside: '3' }),
  object('3.1', '/a/box.p12', { inside: '3', kind: 'private-key', facts: { keyAlgorithm: 'RSA', keyBits: 2048 } }),
])

describe('the tree of an inspection', () => {
  it('gives a file with one object a single row, which names the file', () => {
    expect(treeOf(dropped, none)[0]).toMatchObject({ row: 'object', id: '0', level: 1, file: '/a/one.crt' })
  })

  it('gathers the objects of one file under it, and those of a container inside it', () => {
    expect(ids(treeOf(dropped, none))).toEqual(['1 0', '1 file:/a/bundle.pem', '2 1', '2 2', '1 3', '2 3.0', '2 3.1'])
  })

  it('leaves out what is inside closed rows', () => {
    expect(ids(treeOf(dropped, new Set(['3', 'file:/a/bundle.pem'])))).toEqual(['1 0', '1 file:/a/bundle.pem', '1 3'])
  })

  it('keeps what matches a filter together with what it is inside of, even when that is closed', () => {
    expect(ids(treeOf(dropped, new Set(['3']), 'NAME-3.0'))).toEqual(['1 3', '2 3.0'])
    expect(ids(treeOf(dropped, none, 'name-2'))).toEqual(['1 file:/a/bundle.pem', '2 2'])
  })

  it('finds objects by kind, file and container too', () => {
    expect(ids(treeOf(dropped, none, 'private key'))).toEqual(['1 3', '2 3.1'])
    expect(ids(treeOf(dropped, none, 'one.crt'))).toEqual(['1 0'])
    expect(treeOf(dropped, none, 'nowhere')).toEqual([])
  })

  it('tells each row its number among its siblings', () => {
    expect(placesOf(treeOf(dropped, none)).map(({ at, of }) => `${at}/${of}`)).toEqual([
      '1/3',
      '2/3',
      '1/2',
      '2/2',
      '3/3',
      '1/2',
      '2/2',
    ])
  })

  it('lays out ten thousand objects in well under a second', () => {
    const many = inspection(Array.from({ length: 10_000 }, (_, at) => object(String(at), `/many/${at >> 1}.pem`)))
    const from = performance.now()
    expect(treeOf(many, none)).toHaveLength(15_000)
    expect(performance.now() - from).toBeLessThan(500)
  })
})

describe('what belongs to an object', () => {
  const related = inspection(dropped.objects, [
    { kind: 'same-key', a: '3.1', b: '0' },
    { kind: 'issued-by', a: '0', b: '1', verified: true },
    { kind: 'issued-by', a: '2', b: '0', verified: false },
  ])
  const kindOf = (id: string) => related.objects.find((one) => one.id === id)?.kind

  it('is its key, its issuer and what it issued', () => {
    expect(matchesOf('0', related, kindOf)).toEqual([
      { object: '3.1', word: 'key' },
      { object: '1', word: 'issuer', verified: true },
      { object: '2', word: 'issued', verified: false },
    ])
  })

  it('is told from the other side as well', () => {
    expect(matchesOf('3.1', related, kindOf)).toEqual([{ object: '0', word: 'certificate' }])
    expect(matchesOf('1', related, kindOf)).toEqual([{ object: '0', word: 'issued', verified: true }])
  })

  it('is only the same key between two of a kind', () => {
    const twins = inspection(dropped.objects, [{ kind: 'same-key', a: '1', b: '2' }])
    expect(matchesOf('1', twins, kindOf)).toEqual([{ object: '2', word: 'same key' }])
  })

  it('is nothing for an object without relations', () => {
    expect(matchesOf('3', related, kindOf)).toEqual([])
  })
})
