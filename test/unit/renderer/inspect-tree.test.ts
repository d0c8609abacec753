import { describe, expect, it } from 'vitest'
import type { Listing } from '../../../renderer/inspect/listing.ts'
import { ranksOf } from '../../../renderer/inspect/row-order.ts'
import { type Grouping, nodesOf } from '../../../renderer/inspect/tree-nodes.ts'
import { placesOf, rowStarting, rowsOf, type TreeRow } from '../../../renderer/inspect/tree-rows.ts'
import type { Relation } from '../../../shared/pki/facts.ts'
import { issuedBy, listingOf, row } from '../../support/listing.ts'

const none = new Set<string>()
const rowsFor = (listing: Listing, grouping: Grouping = 'files', closed: ReadonlySet<string> = none) =>
  rowsOf(nodesOf(listing, grouping), closed)
const ids = (rows: readonly TreeRow[]) => rows.map((one) => `${one.level} ${one.id}`)

const dropped = listingOf([
  row('0', '/a/one.crt'),
  row('1', '/a/bundle.pem'),
  row('2', '/a/bundle.pem'),
  row('3', '/a/box.p12', { kind: 'pkcs12', facts: {} }),
  row('3.0', '/a/box.p12', { inside: '3' }),
  row('3.1', '/a/box.p12', { inside: '3', kind: 'private-key', facts: { keyAlgorithm: 'RSA', keyBits: 2048 } }),
])

const leaf = (id: string, file: string, issuer = 'CN=CA') => row(id, file, { facts: { issuer, isCa: false } })
const ca = (id: string, file: string, issuer = 'CN=Root') =>
  row(id, file, { facts: { subject: 'CN=CA', issuer, isCa: true } })
const root = (id: string, file: string) =>
  row(id, file, { facts: { subject: 'CN=Root', issuer: 'CN=Root', isCa: true, selfSigned: true } })

describe('the tree by files', () => {
  it('gives a file with one object a single row, which names the file', () => {
    expect(rowsFor(dropped)[0]).toMatchObject({ row: 'object', id: '0', level: 1, namesFile: true })
  })

  it('gathers the objects of one file under it, and those of a container inside it', () => {
    expect(ids(rowsFor(dropped))).toEqual(['1 0', '1 file:/a/bundle.pem', '2 1', '2 2', '1 3', '2 3.0', '2 3.1'])
  })

  it('leaves out what is inside closed rows', () => {
    const closed = new Set(['3', 'file:/a/bundle.pem'])
    expect(ids(rowsFor(dropped, 'files', closed))).toEqual(['1 0', '1 file:/a/bundle.pem', '1 3'])
  })

  it('hangs certificates of one file below their issuers, whatever their order in it', () => {
    const chain = listingOf(
      [leaf('0', 'f'), ca('1', 'f'), root('2', 'f')],
      [issuedBy('0', '1', true), issuedBy('1', '2', true)],
    )
    expect(ids(rowsFor(chain))).toEqual(['1 file:f', '2 2', '3 1', '4 0'])
  })

  it('names the issuer that a leaf misses', () => {
    const gap = listingOf([leaf('0', 'f', 'CN=Issuing CA 2'), root('1', 'f')])
    expect(rowsFor(gap)[1]).toMatchObject({ row: 'gap', name: 'Issuing CA 2', aboveCa: false })
    expect(ids(rowsFor(gap))).toEqual(['1 file:f', '2 gap:0', '3 0', '2 1'])
  })

  it('does not miss the root above an intermediate authority', () => {
    const usual = listingOf([leaf('0', 'f'), ca('1', 'f')], [issuedBy('0', '1', true)])
    expect(ids(rowsFor(usual))).toEqual(['1 file:f', '2 1', '3 0'])
  })

  it('uses the copy of an issuer that lies beside the certificate', () => {
    const copy = { facts: { subject: 'CN=CA', issuer: 'CN=Root', isCa: true, sha256: 'same' } }
    const twice = listingOf(
      [leaf('0', 'f'), row('1', 'f', copy), leaf('2', 'g'), row('3', 'g', copy)],
      [issuedBy('0', '1', true), issuedBy('2', '1', true)],
    )
    expect(ids(rowsFor(twice))).toEqual(['1 file:f', '2 1', '3 0', '1 file:g', '2 3', '3 2'])
  })

  it('draws authorities that signed each other once each', () => {
    const crossed = listingOf([ca('0', 'f'), ca('1', 'f')], [issuedBy('0', '1'), issuedBy('1', '0')])
    expect(ids(rowsFor(crossed))).toEqual(['1 file:f', '2 0', '2 1'])
  })
})

describe('the tree by issuers', () => {
  const files: Relation[] = [
    issuedBy('0', '1', true),
    issuedBy('1', '2', true),
    { kind: 'same-key', a: '3', b: '0' },
    issuedBy('4', '1', true),
  ]
  const across = listingOf(
    [
      leaf('0', 'leaf.crt'),
      ca('1', 'ca.crt'),
      root('2', 'root.crt'),
      row('3', 'key.pem', { kind: 'private-key', facts: {} }),
      row('4', 'list.crl', { kind: 'crl', facts: { issuer: 'CN=CA' } }),
      row('5', 'odd.bin', { kind: 'unknown', facts: {} }),
    ],
    files,
  )

  it('gathers a chain from several files, with the key below its certificate and the list below its issuer', () => {
    expect(ids(rowsFor(across, 'chains'))).toEqual(['1 2', '2 1', '3 0', '4 3', '3 4', '1 5'])
  })

  it('gathers what one missing authority issued under its name', () => {
    const list = row('3', 'd', { kind: 'crl', facts: { issuer: 'CN=CA' } })
    const orphans = rowsFor(listingOf([leaf('0', 'a'), leaf('1', 'b'), ca('2', 'c', 'CN=Top'), list]), 'chains')
    expect(ids(orphans)).toEqual(['1 gap:0', '2 0', '2 1', '2 3', '1 gap:2', '2 2'])
    expect(orphans.flatMap((one) => (one.row === 'gap' ? one.aboveCa : []))).toEqual([false, true])
  })

  it('does not follow a made-up chain of thousands to its end', () => {
    const many = Array.from({ length: 5000 }, (_, at) => ca(String(at), 'f'))
    const relations = many.slice(1).map((one, at) => issuedBy(String(at), one.id, true))
    const rows = rowsFor(listingOf(many, relations), 'chains')
    expect(rows.filter((one) => one.row === 'object')).toHaveLength(5000)
    expect(Math.max(...rows.map((one) => one.level))).toBeLessThan(40)
  })
})

describe('the order of rows', () => {
  const rows = [
    row('0', 'f', { facts: { subject: 'CN=b', notAfter: '2030-01-01T00:00:00Z' }, worst: 'notes' }),
    row('1', 'f', { facts: { subject: 'CN=A', notAfter: '2027-01-01T00:00:00Z' } }),
    row('2', 'f', { facts: { subject: 'CN=c' }, worst: 'refuses' }),
  ]
  const listing = listingOf(rows)
  const sorted = (order: Parameters<typeof ranksOf>[1]) =>
    rowsOf(nodesOf(listing, 'list', ranksOf(rows, order)), none).map((one) => one.id)

  it.each([
    ['found', ['0', '1', '2']],
    ['name', ['1', '0', '2']],
    ['expiry', ['1', '0', '2']],
    ['findings', ['2', '0', '1']],
  ] as const)('%s is %j', (order, expected) => {
    expect(sorted(order)).toEqual(expected)
  })

  it('moves a file to where its first object goes', () => {
    const two = listingOf([row('0', 'b'), row('1', 'b'), row('2', 'a'), row('3', 'a')])
    const rank = (id: string) => -Number(id)
    expect(ids(rowsOf(nodesOf(two, 'files', rank), none))).toEqual(['1 file:a', '2 3', '2 2', '1 file:b', '2 1', '2 0'])
  })
})

describe('rows for a filter', () => {
  it('stay together with what they are inside of, even when that is closed', () => {
    expect(ids(rowsOf(nodesOf(dropped, 'files'), new Set(['3']), new Set(['3.0'])))).toEqual(['1 3', '2 3.0'])
    expect(ids(rowsOf(nodesOf(dropped, 'files'), none, new Set(['2'])))).toEqual(['1 file:/a/bundle.pem', '2 2'])
    expect(rowsOf(nodesOf(dropped, 'files'), none, none)).toEqual([])
  })

  it('show nothing to open on an object that was found alone', () => {
    const [box] = rowsOf(nodesOf(dropped, 'files'), none, new Set(['3']))
    expect(box).toMatchObject({ id: '3', open: undefined })
  })
})

describe('places in the tree', () => {
  it('tell each row its number among its siblings', () => {
    expect(placesOf(rowsFor(dropped)).map(({ at, of }) => `${at}/${of}`)).toEqual([
      '1/3',
      '2/3',
      '1/2',
      '2/2',
      '3/3',
      '1/2',
      '2/2',
    ])
  })

  it('are found by typing the start of a name, from the cursor on and around', () => {
    const rows = rowsFor(dropped)
    const nameOf = (one: TreeRow) => one.id
    expect(rowStarting(rows, 0, '3.1', nameOf)).toBe(6)
    expect(rowStarting(rows, 5, '1', nameOf)).toBe(2)
    expect(rowStarting(rows, 0, 'nothing', nameOf)).toBe(-1)
  })
})

describe('ten thousand objects', () => {
  const many = listingOf(Array.from({ length: 10_000 }, (_, at) => row(String(at), `/many/${at >> 1}.pem`)))

  it('are laid out by files, by issuers and sorted in a moment', () => {
    for (const grouping of ['files', 'chains', 'list'] as const) {
      const from = performance.now()
      expect(rowsFor(many, grouping).length).toBeGreaterThanOrEqual(10_000)
      expect(performance.now() - from).toBeLessThan(500)
    }
    const from = performance.now()
    nodesOf(many, 'list', ranksOf(many.rows, 'name'))
    expect(performance.now() - from).toBeLessThan(500)
  })
})
