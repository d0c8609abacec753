import { describe, expect, it } from 'vitest'
import { type ChainCertificate, chainItems, chainSays, shortName } from '../../../renderer/parts/chain-links.ts'

const link = (subject: string, issuer: string): ChainCertificate => ({
  subject: `CN=${subject}`,
  issuer: `CN=${issuer}`,
  notAfter: '2030-01-01T00:00:00Z',
  sha256: subject,
})
const words = (chain: ChainCertificate[], trusted?: boolean) =>
  chainItems(chain, trusted).map((item) => `${item.at}: ${item.name}`)

describe('the picture of a chain', () => {
  it('shows a whole chain without gaps', () => {
    expect(words([link('leaf', 'ca'), link('ca', 'root'), link('root', 'root')])).toEqual([
      'certificate: leaf',
      'certificate: ca',
      'certificate: root',
    ])
  })

  it('names a missing link in its gap', () => {
    expect(words([link('leaf', 'ca'), link('root', 'root')])).toEqual([
      'certificate: leaf',
      'gap: ca',
      'certificate: root',
    ])
  })

  it('ends at the authority that vouched for it, which need not be sent', () => {
    expect(chainItems([link('leaf', 'ca')], true).at(-1)).toEqual({ at: 'anchor', name: 'ca', known: true })
  })

  it('ends in a gap when nobody vouched for it', () => {
    expect(chainItems([link('leaf', 'ca')], false).at(-1)).toEqual({ at: 'gap', name: 'ca', below: 'leaf' })
  })

  it('calls nothing missing where trust was not decided', () => {
    expect(chainItems([link('leaf', 'ca')]).at(-1)).toEqual({ at: 'anchor', name: 'ca', known: false })
  })

  it('calls a certificate that signed itself a leaf when it stands alone', () => {
    expect(chainItems([link('self', 'self')])).toMatchObject([{ at: 'certificate', role: 'leaf' }])
  })

  it('says in words what it shows', () => {
    expect(chainSays(chainItems([link('leaf', 'ca'), link('root', 'root')]))).toBe('leaf, then missing: ca, then root')
    expect(chainSays([])).toBe('No certificates')
  })
})

describe('the short form of a name', () => {
  it.each([
    ['CN=api.acme.example,O=Acme', 'api.acme.example'],
    ['O=Acme\\, Inc.,C=US', 'Acme, Inc.'],
    ['C=US,O=Acme+CN=x', 'x'],
    ['CN=Z\\C3\\BCrich,C=CH', 'Zürich'],
    ['CN=Zürich', 'Zürich'],
    ['OU=Unit', 'Unit'],
    ['1.2.3.4=#0500', '1.2.3.4=#0500'],
    ['', 'no name'],
  ])('of %s is %s', (name, short) => {
    expect(shortName(name)).toBe(short)
  })

  it('takes no attribute from inside a value', () => {
    expect(shortName('O=A\\,CN=evil,CN=good')).toBe('good')
  })
})
