import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import { askedBeside, authoritiesFound } from '../../../shared/tls/asked-beside.ts'

const facts = (more: Partial<Facts>) => more as Facts
const rsa = facts({ keyAlgorithm: 'RSA', subject: 'CN=acme', issuer: 'CN=Issuing CA' })
const issuing = facts({ subject: 'CN=Issuing CA', issuer: 'CN=Root CA' })
const asked = (more: object = {}) => ({
  certificateAsked: true,
  acceptableAuthorities: ['CN=Other CA', 'CN=Root CA'],
  signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256', 'rsa_pss_rsae_sha256'],
  protocol: 'TLSv1.3',
  ...more,
})

describe('what was asked, beside what we have', () => {
  it('is nothing when no certificate was asked for, or when that was not seen', () => {
    expect(askedBeside(asked({ certificateAsked: false }))).toBeNull()
    expect(askedBeside(asked({ certificateAsked: undefined }))).toBeNull()
  })

  it('marks nothing without an identity', () => {
    const found = askedBeside(asked())
    expect(found?.schemes[0]).toEqual({ name: 'ecdsa_secp256r1_sha256' })
    expect(found).not.toHaveProperty('leadsTo')
  })

  it('finds the authority that the chain leads to, nearest first', () => {
    expect(askedBeside(asked(), { certificate: rsa, chain: [issuing] })?.leadsTo).toBe('CN=Root CA')
    const both = asked({ acceptableAuthorities: ['CN=Root CA', 'CN=Issuing CA'] })
    expect(askedBeside(both, { certificate: rsa, chain: [issuing] })?.leadsTo).toBe('CN=Issuing CA')
  })

  it('says that none fits when only others are named, and nothing when the server names none', () => {
    expect(askedBeside(asked(), { certificate: rsa, chain: [] })?.leadsTo).toBeNull()
    const any = askedBeside(asked({ acceptableAuthorities: [] }), { certificate: rsa, chain: [] })
    expect(any).not.toHaveProperty('leadsTo')
  })

  it('marks the signature schemes that the key can make in that version of TLS, each once', () => {
    const in13 = askedBeside(asked(), { certificate: rsa, chain: [] })?.schemes
    expect(in13).toEqual([
      { name: 'ecdsa_secp256r1_sha256', ours: false },
      { name: 'rsa_pss_rsae_sha256', ours: true },
      { name: 'rsa_pkcs1_sha256', ours: false },
    ])
    const in12 = askedBeside(asked({ protocol: 'TLSv1.2' }), { certificate: rsa, chain: [] })?.schemes
    expect(in12?.[2]?.ours).toBe(true)
  })

  it('compares 20,000 names with a long chain in a moment', () => {
    const acceptableAuthorities = Array.from({ length: 20_000 }, (_, at) => `CN=Authority ${at}`)
    const chain = Array.from({ length: 50 }, (_, at) => facts({ subject: `CN=a${at}`, issuer: `CN=b${at}` }))
    const start = performance.now()
    expect(askedBeside(asked({ acceptableAuthorities }), { certificate: rsa, chain })?.leadsTo).toBeNull()
    expect(performance.now() - start).toBeLessThan(200)
  })
})

describe('searching the authorities', () => {
  it('finds by every word, whatever its case', () => {
    const names = ['CN=Acme Root CA,O=Acme', 'CN=Other Root CA,O=Other']
    expect(authoritiesFound(names, 'ROOT acme')).toEqual([names[0]])
    expect(authoritiesFound(names, '  ')).toEqual(names)
    expect(authoritiesFound(names, 'nobody')).toEqual([])
  })
})
