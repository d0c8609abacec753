import { describe, expect, it } from 'vitest'
import { type Filter, isFiltering, matching, noFilter } from '../../../renderer/inspect/row-search.ts'
import { row } from '../../support/listing.ts'

const rows = [
  row('0', '/a/live.crt', {
    facts: {
      subject: 'CN=api.acme.example,O=Acme',
      issuer: 'CN=Payrails CA',
      serialHex: '4C1F0A77B20E55D9',
      sha256: '3fa85cab01',
      subjectAltNames: ['DNS:payments.acme.example'],
    },
    worst: 'warns',
  }),
  row('1', '/a/old.crt', { facts: { subject: 'CN=Z\\C3\\BCrich', issuer: 'CN=Other' }, worst: 'refuses' }),
  row('2', '/b/request.csr', { kind: 'request', facts: { subject: 'CN=api.acme.example' } }),
  row('3', '/b/broken.der', { kind: 'unknown', facts: {}, problem: { code: 'file.damaged', title: 't', next: 'n' } }),
]
const found = (filter: Partial<Filter>, mine: string[] = []) => [
  ...matching(rows, { ...noFilter, ...filter }, (id) => mine.includes(id)),
]

describe('the search', () => {
  it.each([
    ['a name', 'API.acme', ['0', '2']],
    ['an issuer', 'payrails', ['0']],
    ['a name without the escapes of its encoding', 'zürich', ['1']],
    ['an alternative name', 'payments.acme', ['0']],
    ['a serial number', '4c1f0a77', ['0']],
    ['a serial number in decimal', BigInt('0x4C1F0A77B20E55D9').toString(), ['0']],
    ['a fingerprint with colons', '3F:A8:5C:AB', ['0']],
    ['a fingerprint in pairs with spaces', '3f a8 5c', ['0']],
    ['a file', 'old.crt', ['1']],
    ['a kind in plain words', 'signing request', ['2']],
    ['a kind by its term', 'csr', ['2']],
    ['all its words, in any order', 'payrails api', ['0']],
    ['nothing', 'nowhere', []],
    ['all, when empty', '  ', ['0', '1', '2', '3']],
  ])('finds by %s', (_, search, expected) => {
    expect(found({ search })).toEqual(expected)
  })
})

describe('the filter', () => {
  it('narrows to kinds', () => {
    expect(found({ kinds: new Set(['request', 'unknown']) })).toEqual(['2', '3'])
  })

  it('narrows to what has something to tell, or will be refused; what cannot be read is both', () => {
    expect(found({ findings: 'some' })).toEqual(['0', '1', '3'])
    expect(found({ findings: 'refuses' })).toEqual(['1', '3'])
  })

  it('does not take what waits for its passphrase for broken', () => {
    const problem = { code: 'key.passphrase-needed', title: 't', next: 'n' }
    const locked = [row('0', 'f', { kind: 'private-key', facts: { encrypted: true }, problem })]
    expect(matching(locked, { ...noFilter, findings: 'some' }, () => false).size).toBe(0)
  })

  it('narrows to what is mine', () => {
    expect(found({ mine: true }, ['2'])).toEqual(['2'])
  })

  it('adds up', () => {
    expect(found({ search: 'api', kinds: new Set(['certificate']), findings: 'some' })).toEqual(['0'])
  })

  it('knows when it lets everything through', () => {
    expect(isFiltering(noFilter)).toBe(false)
    expect(isFiltering({ ...noFilter, search: ' ' })).toBe(false)
    expect(isFiltering({ ...noFilter, mine: true })).toBe(true)
  })

  it('goes through ten thousand rows between two letters typed', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => row(String(at), `/many/${at}.pem`))
    matching(many, { ...noFilter, search: 'warm' }, () => false)
    const from = performance.now()
    matching(many, { ...noFilter, search: 'name-9' }, () => false)
    expect(performance.now() - from).toBeLessThan(200)
  })
})
