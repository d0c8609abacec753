import { describe, expect, it } from 'vitest'
import { authoritiesOf, type KnownCertificate, roleWords } from '../../../renderer/authority/authorities.ts'
import type { IdentityDetail } from '../../../shared/identity.ts'

const known = (name: string, issuer = name, notAfter = '2030-01-01T00:00:00Z'): KnownCertificate => ({
  pem: `pem of ${name}`,
  facts: { subject: `CN=${name}`, issuer: `CN=${issuer}`, sha256: name, notAfter },
})
const detail = (name: string, issuer: string, more: Partial<IdentityDetail> = {}): IdentityDetail => ({
  handle: name,
  name,
  provider: 'apata',
  providerName: 'Apata',
  environment: 'live',
  environmentName: 'Live',
  state: 'ready',
  key: 'rsa-2048',
  keptBy: 'keychain',
  createdAt: '2026-01-01T00:00:00Z',
  practice: false,
  spkiSha256: '',
  plan: {
    provider: 'apata',
    environment: 'live',
    name,
    answers: {},
    subject: {},
    subjectAltNames: [],
    key: 'rsa-2048',
  },
  requestPem: '',
  requestFacts: {},
  certificateFacts: { subject: `CN=${name}`, issuer: `CN=${issuer}` },
  chain: [],
  findings: [],
  remembered: [],
  history: [],
  ...more,
})
const none = new Map<string, KnownCertificate[]>()

describe('the authorities that identities depend on', () => {
  it('are the issuers in their chains, each once with all that depend on it', () => {
    const chain = [known('CA', 'Root'), known('Root')]
    const found = authoritiesOf({
      details: [detail('a', 'CA', { chain }), detail('b', 'CA', { chain })],
      serverCas: none,
      practice: null,
    })
    expect(found.map((one) => one.name).sort()).toEqual(['CA', 'Root'])
    expect(found[0]?.issued.map((one) => one.name)).toEqual(['a', 'b'])
  })

  it('include an issuer whose certificate never came, first of all', () => {
    const found = authoritiesOf({
      details: [detail('a', 'CA', { chain: [known('CA')] }), detail('b', 'Gone CA')],
      serverCas: none,
      practice: null,
    })
    expect(found[0]).toMatchObject({ name: 'Gone CA', issued: [{ handle: 'b', name: 'b' }] })
    expect(found[0]?.facts).toBeUndefined()
  })

  it('name none for a certificate that signed itself', () => {
    expect(authoritiesOf({ details: [detail('a', 'a')], serverCas: none, practice: null })).toEqual([])
  })

  it('include those kept to trust the provider’s servers', () => {
    const found = authoritiesOf({
      details: [detail('a', 'a', { serverCaPem: 'kept' })],
      serverCas: new Map([['kept', [known('Server CA')]]]),
      practice: null,
    })
    expect(found).toMatchObject([{ name: 'Server CA', vouchesFor: [{ name: 'a' }], issued: [] }])
    expect(found[0] && roleWords(found[0])).toBe('vouches for the server of a')
  })

  it('mark those of the practice provider', () => {
    const practice = {
      provider: 'apata',
      providerName: 'Apata',
      environment: 'live',
      apiUrl: '',
      portalUrl: '',
      serverCaPem: 's',
      clientCaPem: 'c',
    }
    const serverCas = new Map([
      ['s', [known('Practice server CA')]],
      ['c', [known('Practice CA')]],
    ])
    const found = authoritiesOf({ details: [], serverCas, practice })
    expect(found.every((one) => one.practice)).toBe(true)
    expect(found[0] && roleWords(found[0])).toBe('belongs to the practice provider')
  })

  it('come in the order in which they expire', () => {
    const chain = [known('Long', 'Short', '2040-01-01T00:00:00Z'), known('Short', 'Short', '2027-01-01T00:00:00Z')]
    const found = authoritiesOf({ details: [detail('a', 'Long', { chain })], serverCas: none, practice: null })
    expect(found.map((one) => one.name)).toEqual(['Short', 'Long'])
  })
})
