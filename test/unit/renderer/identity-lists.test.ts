import { beforeEach, describe, expect, it } from 'vitest'
import { filtered, tagsIn, tagsOf } from '../../../renderer/identities/identity-filter.ts'
import { matching, sorted } from '../../../renderer/identities/identity-order.ts'
import { useList } from '../../../renderer/identities/list-store.ts'
import type { IdentitySummary, Renewal } from '../../../shared/identity.ts'

const today = new Date('2026-06-01T12:00:00Z')

const identity = (name: string, more: Partial<IdentitySummary> = {}): IdentitySummary => ({
  handle: name.toLowerCase().padEnd(8, 'x'),
  name,
  provider: 'truv',
  providerName: 'Truv',
  environment: 'sandbox',
  environmentName: 'Sandbox',
  state: 'ready',
  key: 'ec-p256',
  keptBy: 'keychain',
  createdAt: '2026-01-01T00:00:00Z',
  notBefore: '2026-01-02T00:00:00Z',
  notAfter: '2027-01-02T00:00:00Z',
  practice: false,
  spkiSha256: 'ab'.repeat(32),
  ...more,
})

const renewal: Renewal = {
  side: 'old',
  old: { handle: 'oldoldold', name: 'Old' },
  new: { handle: 'newnewnew', name: 'New' },
  sameKey: false,
  selfSigned: false,
  startedOn: '2026-05-01T00:00:00Z',
}
const all = [
  identity('Alpha', { tags: ['pci', 'Team A'], note: 'Ask Jane' }),
  identity('Bravo', { provider: 'payrails', providerName: 'Payrails', environment: 'live', environmentName: 'Live' }),
  identity('Charlie', { practice: true, notAfter: '2026-06-10T00:00:00Z' }),
  identity('Delta', { renewal, notBefore: '2025-01-01T00:00:00Z' }),
  identity('Echo', { state: 'requested', notAfter: undefined, notBefore: undefined }),
]
const names = (list: readonly IdentitySummary[]) => list.map(({ name }) => name)

describe('the list is narrowed', () => {
  it.each<[string, Parameters<typeof filtered>[1], string[]]>([
    ['by provider', { provider: 'payrails' }, ['Bravo']],
    ['by environment of a provider', { environment: 'truv/sandbox' }, ['Alpha', 'Charlie', 'Delta', 'Echo']],
    ['by the state of today', { state: 'expiring' }, ['Charlie']],
    ['to what waits', { state: 'requested' }, ['Echo']],
    ['to what is being renewed', { state: 'renewing' }, ['Delta']],
    ['to practice', { practice: 'only' }, ['Charlie']],
    ['by tag', { tag: 'Team A' }, ['Alpha']],
    ['by several at once', { provider: 'truv', practice: 'none', state: 'ready' }, ['Alpha', 'Delta']],
    ['by nothing', {}, ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo']],
  ])('%s', (_, filter, expected) => {
    expect(names(filtered(all, filter, today, 30))).toEqual(expected)
  })

  it.each([
    ['pci alpha', ['Alpha']],
    ['JANE', ['Alpha']],
    ['payr live', ['Bravo']],
  ])('by the words “%s”, in tags and notes too', (search, expected) => {
    expect(names(matching(all, search))).toEqual(expected)
  })

  it('and sorted by where a lifeline begins', () => {
    expect(names(sorted(all, { by: 'begun', descending: false }, today))[0]).toBe('Delta')
  })

  it('a thousand in a moment', () => {
    const many = Array.from({ length: 1000 }, (_, at) => identity(`Customer ${at}`, { tags: ['a', 'b'] }))
    const since = performance.now()
    sorted(filtered(matching(many, 'customer 9'), { tag: 'a' }, today, 30), { by: 'left', descending: true }, today)
    expect(performance.now() - since).toBeLessThan(100)
  })
})

describe('tags', () => {
  it('are read as they are typed', () => {
    expect(tagsIn(' pci, team a ,,pci')).toEqual(['pci', 'team a'])
    expect(tagsIn(' , ')).toEqual([])
  })
  it('in use are each told once', () => {
    expect(tagsOf([...all, identity('F', { tags: ['pci'] })])).toEqual(['pci', 'Team A'])
  })
})

describe('rows are chosen', () => {
  const shown = ['a', 'b', 'c', 'd', 'e']
  const picked = () => [...useList.getState().picked].sort()
  beforeEach(() => useList.setState({ picked: new Set(), anchor: null }))

  it('one by one, and with Shift up to the last one', () => {
    const { pick } = useList.getState()
    pick('b', shown, false)
    pick('d', shown, true)
    expect(picked()).toEqual(['b', 'c', 'd'])
    pick('c', shown, false)
    expect(picked()).toEqual(['b', 'd'])
    pick('a', shown, true)
    expect(picked()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('all that are shown, without those that are not', () => {
    useList.getState().pick('z', ['z'], false)
    useList.getState().pickAll(shown, true)
    expect(picked()).toEqual(['a', 'b', 'c', 'd', 'e', 'z'])
    useList.getState().pickAll(shown, false)
    expect(picked()).toEqual(['z'])
  })
})
