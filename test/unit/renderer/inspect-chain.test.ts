import { describe, expect, it } from 'vitest'
import { chainAbove, fileOrder, issuersOf, missingIssuer, orderSays } from '../../../renderer/inspect/issuers.ts'
import { matchesOf } from '../../../renderer/inspect/matches.ts'
import type { Relation } from '../../../shared/pki/facts.ts'
import { issuedBy, listingOf, row } from '../../support/listing.ts'

const leaf = row('leaf', 'f', { facts: { issuer: 'CN=ca' } })
const ca = row('ca', 'f', { facts: { subject: 'CN=ca', issuer: 'CN=root', isCa: true } })
const root = row('root', 'f', { facts: { subject: 'CN=root', issuer: 'CN=root', selfSigned: true, isCa: true } })
const chain: Relation[] = [issuedBy('leaf', 'ca', true), issuedBy('ca', 'root', true)]
const issuers = issuersOf(listingOf([leaf, ca, root], chain))

describe('the issuers among the dropped', () => {
  it('prefer one whose signature was checked to a namesake', () => {
    const rows = [leaf, ca, row('twin', 'f', { facts: { subject: 'CN=ca' } })]
    expect(issuersOf(listingOf(rows, [issuedBy('leaf', 'twin'), issuedBy('leaf', 'ca', true)])).get('leaf')).toBe('ca')
  })

  it('make the chain above an object, which ends where authorities go round', () => {
    expect(chainAbove('leaf', issuers)).toEqual(['leaf', 'ca', 'root'])
    const round = issuersOf(listingOf([leaf, ca], [issuedBy('leaf', 'ca'), issuedBy('ca', 'leaf')]))
    expect(chainAbove('leaf', round)).toEqual(['leaf', 'ca'])
  })

  it('are missing by name, but never above a certificate that signed itself', () => {
    const alone = issuersOf(listingOf([leaf, root]))
    expect(missingIssuer(leaf, alone)).toBe('CN=ca')
    expect(missingIssuer(root, alone)).toBeUndefined()
    expect(missingIssuer(leaf, issuers)).toBeUndefined()
  })
})

describe('the order of a file', () => {
  const says = (...rows: (typeof leaf)[]) => {
    const here = (id: string) => rows.some((one) => one.id === id)
    const relations = chain.filter(({ a, b }) => here(a) && here(b))
    const order = fileOrder(rows, issuersOf(listingOf(rows, relations)))
    return order && orderSays(order)
  }

  it('is what servers want with the leaf first, each followed by its issuer', () => {
    expect(says(leaf, ca, root)).toBe('In the order servers want; the root need not be sent')
    expect(says(leaf, ca)).toBe('In the order servers want; root is not in it')
  })

  it('is turned round or mixed otherwise', () => {
    expect(says(root, ca, leaf)).toMatch(/^Turned round: servers want the leaf first/)
    expect(says(leaf, root, ca)).toMatch(/^Out of order: servers want the leaf first/)
  })

  it('is none where certificates make no single chain', () => {
    expect(says(leaf)).toBeUndefined()
    expect(says(leaf, root)).toBeUndefined()
    expect(says(leaf, ca, row('other', 'f'))).toBeUndefined()
  })
})

describe('what belongs to an object', () => {
  const kinds = { key: 'private-key', leaf: 'certificate', ca: 'certificate', sub: 'certificate' } as const
  const kindOf = (id: string) => kinds[id as keyof typeof kinds]
  const relations: Relation[] = [
    { kind: 'same-key', a: 'key', b: 'leaf' },
    issuedBy('leaf', 'ca', true),
    issuedBy('sub', 'leaf', false),
  ]

  it('is its key, its issuer and what it issued', () => {
    expect(matchesOf('leaf', relations, kindOf)).toEqual([
      { object: 'key', word: 'key' },
      { object: 'ca', word: 'issuer', verified: true },
      { object: 'sub', word: 'issued', verified: false },
    ])
  })

  it('is told from the other side as well', () => {
    expect(matchesOf('key', relations, kindOf)).toEqual([{ object: 'leaf', word: 'certificate' }])
    expect(matchesOf('ca', relations, kindOf)).toEqual([{ object: 'leaf', word: 'issued', verified: true }])
  })

  it('is only the same key between two of a kind', () => {
    expect(matchesOf('leaf', [{ kind: 'same-key', a: 'leaf', b: 'sub' }], kindOf)).toEqual([
      { object: 'sub', word: 'same key' },
    ])
  })
})
