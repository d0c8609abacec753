import { describe, expect, it } from 'vitest'
import { fileName, headlineOf, lineOf, readableName, titleOf } from '../../../renderer/inspect/object-words.ts'
import { visibleStart, visibleText } from '../../../renderer/parts/visible-text.ts'
import type { InspectedObject } from '../../../shared/pki/facts.ts'

const today = new Date('2026-11-22T12:00:00Z')
const object = (more: Partial<InspectedObject>): InspectedObject => ({
  id: '0',
  file: '/home/me/file.pem',
  kind: 'certificate',
  facts: {},
  problem: null,
  findings: [],
  ...more,
})
const client = object({
  facts: {
    subject: 'CN=api.acme.payrails.io,O=Acme',
    issuer: 'CN=Payrails CA,O=Payrails',
    notBefore: '2026-11-01T00:00:00Z',
    notAfter: '2027-11-22T00:00:00Z',
    extendedKeyUsage: ['clientAuth'],
    isCa: false,
  },
})
const locked = { code: 'key.passphrase-needed', title: 'locked', next: 'unlock' }

describe('the headline of an object', () => {
  it('says what a certificate is for, whose it is, how long it lasts and where it belongs', () => {
    expect(headlineOf(client, today, 'Acme live')).toBe(
      'Client certificate for api.acme.payrails.io, issued by Payrails CA, 364 days left, fits your identity Acme live',
    )
  })

  it.each([
    ['Server certificate', { extendedKeyUsage: ['serverAuth'] }],
    ['Client and server certificate', { extendedKeyUsage: ['serverAuth', 'clientAuth'] }],
    ['Intermediate CA certificate', { isCa: true }],
    ['Root CA certificate', { isCa: true, selfSigned: true }],
    ['Certificate', { extendedKeyUsage: [] }],
  ])('starts with %s', (start, facts) => {
    expect(headlineOf(object({ facts: { ...client.facts, ...facts } }), today)).toMatch(new RegExp(`^${start} for `))
  })

  it('says when a certificate expired, and when one is not valid yet', () => {
    const at = (notBefore: string, notAfter: string) =>
      headlineOf(object({ facts: { ...client.facts, notBefore, notAfter } }), today)
    expect(at('2025-01-01T00:00:00Z', '2026-11-19T00:00:00Z')).toContain('expired 3 days ago')
    expect(at('2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toContain('not valid before')
  })

  it('tells of a request whether its signature is right', () => {
    const request = (signatureValid: boolean) =>
      headlineOf(
        object({
          kind: 'request',
          facts: { subject: 'CN=a', keyAlgorithm: 'EC', curve: 'prime256v1', signatureValid },
        }),
        today,
      )
    expect(request(true)).toBe('Signing request for a, EC P-256 key, its signature is right')
    expect(request(false)).toContain('its signature is wrong')
  })

  it('counts what is in a bundle', () => {
    const bundle = object({ kind: 'pkcs12', facts: { keys: 1, certificates: 3 } })
    expect(headlineOf(bundle, today)).toBe('Bundle with 1 key and 3 certificates')
    expect(headlineOf({ ...bundle, facts: {}, problem: locked }, today)).toBe('Bundle, locked by a passphrase')
  })

  it('tells of a revocation list that is out of date', () => {
    const facts = { issuer: 'CN=CA', revokedCount: 1, nextUpdate: '2026-11-01T00:00:00Z' }
    expect(headlineOf(object({ kind: 'crl', facts }), today)).toMatch(
      /^Revocation list of CA, 1 certificate revoked, out of date since /,
    )
  })

  it('never fails on dates that cannot be read', () => {
    const broken = object({ facts: { ...client.facts, notBefore: '99', notAfter: 'x' } })
    expect(headlineOf(broken, today)).toBe('Client certificate for api.acme.payrails.io, issued by Payrails CA')
  })
})

describe('the words of a row', () => {
  it('are the name, and one line that says the rest', () => {
    expect(titleOf(client)).toBe('api.acme.payrails.io')
    expect(lineOf(client, today)).toBe('Client certificate · 364 days left')
  })

  it('leave the days away where years say enough', () => {
    const root = { ...client.facts, isCa: true, selfSigned: true, notAfter: '2031-01-01T00:00:00Z' }
    expect(lineOf(object({ facts: root }), today)).toBe('Root CA · 4 years left')
  })

  it('name a container by its file', () => {
    const bundle = object({ kind: 'pkcs12', file: 'C:\\keys\\box.p12', problem: locked })
    expect(titleOf(bundle)).toBe('box.p12')
    expect(lineOf(bundle, today)).toBe('PKCS#12, locked')
  })

  it('keep the name of a bundle’s file once it is open, and give what is inside its own', () => {
    const open = object({ kind: 'pkcs12', file: '/keys/box.p12', facts: { friendlyName: 'acme', keys: 1 } })
    expect(titleOf(open)).toBe('box.p12')
    expect(titleOf({ ...open, kind: 'private-key', inside: '0' })).toBe('acme')
  })

  it('call what was damaged damaged', () => {
    const damaged = object({ problem: { code: 'file.damaged', title: 'x', next: 'y' } })
    expect(lineOf(damaged, today)).toBe('Certificate, damaged')
  })

  it.each([
    ['/a/b.pem', 'b.pem'],
    ['C:\\a\\b.pem', 'b.pem'],
    ['-', 'Pasted text'],
  ])('shorten the file %s to %s', (file, name) => {
    expect(fileName(file)).toBe(name)
  })
})

describe('a name in one line', () => {
  it('is read without the escapes of its encoding', () => {
    expect(readableName('CN=Z\\C3\\BCrich\\, See 🦊,O=A\\+B')).toBe('CN=Zürich, See 🦊,O=A+B')
    expect(readableName('CN=plain')).toBe('CN=plain')
  })
})

describe('text from foreign files', () => {
  it('spells out characters that cannot be seen or turn the reading direction', () => {
    expect(visibleText('a\u202eb\u200bc\nd')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+000A⟩d')
  })

  it('keeps what can be read, in any script', () => {
    expect(visibleText('Zürich 東京 שלום 🦊')).toBe('Zürich 東京 שלום 🦊')
  })

  it('is cut with the number of characters left out', () => {
    expect(visibleStart('x'.repeat(1200), 200)).toMatch(/^x{200} … \(1.?000 more characters\)$/)
  })
})
