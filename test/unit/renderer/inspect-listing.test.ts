import { describe, expect, it } from 'vitest'
import { firstToShow } from '../../../renderer/inspect/first-to-show.ts'
import { isOwn, listingSays, noListing, withParts } from '../../../renderer/inspect/listing.ts'
import { objectChoices, refOf } from '../../../renderer/inspect/object-choices.ts'
import type { Mine } from '../../../shared/pki/inspect-calls.ts'
import { issuedBy, listingOf, part, row, token } from '../../support/listing.ts'
import { people } from '../../support/preview/people.ts'

const mine = (object: string, how: Mine['how'], name = 'Acme live'): Mine => ({
  object,
  identity: 'aaaa0001',
  name,
  how,
})

describe('a listing', () => {
  const first = part([row('0', 'a'), row('1', 'a')], { done: false, total: 5 })
  const more = part([row('2', 'b')], { done: true, total: 3, relations: [issuedBy('0', '1')], locked: ['2'] })

  it('grows by parts, and is done with the last', () => {
    const begun = withParts(noListing(token), [first])
    expect(listingSays(begun)).toBe('2 of 5 objects read')
    const whole = withParts(begun, [more])
    expect(whole.rows.map((one) => one.id)).toEqual(['0', '1', '2'])
    expect(whole.relations).toHaveLength(1)
    expect(whole.locked).toEqual(new Set(['2']))
    expect(listingSays(whole)).toBe('3 objects in 2 files')
  })

  it('takes each row and each file that was left out once', () => {
    const left = { file: 'x', code: 'file.too-large', title: 't', next: 'n' }
    const again = part([row('0', 'a')], { leftOut: [left] })
    const listing = withParts(noListing(token), [{ ...first, leftOut: [left] }, again])
    expect(listing.rows).toHaveLength(2)
    expect(listing.leftOut).toEqual([left])
    expect(listingSays(withParts(noListing(token), [again]))).toBe('1 object in 1 file, 1 left out')
  })

  it('that was cut short says how far it came, and calls nothing a file that is none', () => {
    const cut = { file: '3 more objects', code: 'app.cancelled', title: 'Cancelled', next: '' }
    const listing = withParts(withParts(noListing(token), [first]), [part([], { total: 2, leftOut: [cut] })])
    expect(listing).toMatchObject({ stopped: true, leftOut: [] })
    expect(listingSays(listing)).toBe('2 objects of 5, then stopped, in 1 file')
  })

  it('keeps what an object is to my identities, the closest first', () => {
    const listing = withParts(noListing(token), [
      part([row('0', 'a')], { mine: [mine('0', 'issued-by', 'CA'), mine('0', 'certificate')] }),
    ])
    expect(listing.mine.get('0')?.map((one) => one.how)).toEqual(['certificate', 'issued-by'])
    expect(listing.mine.get('0')?.filter(isOwn)).toHaveLength(1)
  })
})

describe('the first object shown', () => {
  const ca = row('0', 'f', { facts: { isCa: true } })
  const leaf = row('1', 'f', { facts: { isCa: false } })
  const own = row('2', 'f', { facts: { isCa: false } })

  it('is the certificate of one of my identities, else a leaf, else the first of all', () => {
    const of = (rows: (typeof ca)[], whose: Mine[] = []) =>
      firstToShow(withParts(noListing(token), [part(rows, { mine: whose })]))
    expect(of([ca, leaf, own], [mine('2', 'certificate')])).toBe('2')
    expect(of([ca, leaf, own], [mine('2', 'issued-by')])).toBe('1')
    expect(of([ca])).toBe('0')
    expect(of([])).toBeNull()
  })
})

describe('choices to compare', () => {
  const listing = listingOf([
    row('0', '/a/old.crt'),
    row('1', '/a/new.crt'),
    row('2', '/a/odd', { problem: { code: 'file.damaged', title: 't', next: 'n' } }),
  ])

  it('are what was dropped and can be read, and what identities hold', () => {
    const groups = objectChoices(listing, people.slice(0, 3), '', 'object:0')
    expect(groups.map(({ group, items }) => [group, items.map((one) => one.value)])).toEqual([
      ['Dropped here', ['object:1']],
      [
        'My identities',
        ['certificate:aaaa0001', 'request:aaaa0001', 'certificate:aaaa0002', 'request:aaaa0002', 'request:aaaa0003'],
      ],
    ])
  })

  it('are searched', () => {
    const [here] = objectChoices(listing, people, 'new.crt')
    expect(here?.items.map((one) => one.label)).toEqual(['name-1, certificate, new.crt'])
  })

  it('name the object as the calls want it', () => {
    expect(refOf('object:1.0', token)).toEqual({ of: 'inspection', inspection: token, object: '1.0' })
    expect(refOf('request:aaaa0001', token)).toEqual({ of: 'identity', identity: 'aaaa0001', part: 'request' })
    expect(refOf('else:1', token)).toBeNull()
  })
})
