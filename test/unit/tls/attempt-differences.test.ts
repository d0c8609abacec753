import { describe, expect, it } from 'vitest'
import type { Attempt } from '../../../shared/tls/attempt.ts'
import { attemptDifferences } from '../../../shared/tls/attempt-differences.ts'

const link = (sha256: string): Attempt['serverChain'][number] => ({
  subject: 'CN=api.example.com',
  issuer: 'CN=Server CA',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  sha256,
  pem: '',
})
const ours = (sha256: string) => ({
  from: 'client' as const,
  name: 'Certificate',
  says: '',
  encrypted: true,
  bytes: 900,
  fields: [{ name: 'Certificate', value: ['subject CN=acme', 'issuer CN=x', `SHA-256 ${sha256}`] }],
})
const worked: Attempt = {
  url: 'https://api.example.com/',
  startedAt: '2026-05-01T00:00:00.000Z',
  durationMs: 80,
  address: '192.0.2.1',
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  serverChain: [link('aa'.repeat(32))],
  certificateAsked: true,
  acceptableAuthorities: ['CN=A', 'CN=B'],
  signatureSchemes: [],
  certificateSent: true,
  issuersSent: 1,
  certificateConfigured: true,
  messages: [ours('11'.repeat(32))],
  http: { status: 200, statusText: 'OK', headers: [], body: '', bodyBytes: 0, truncated: false },
  steps: [],
}
const refused = { number: 48, name: 'unknown_ca', from: 'server' as const }
const failed = (more: Partial<Attempt> = {}): Attempt => ({
  ...worked,
  startedAt: '2026-05-02T00:00:00.000Z',
  durationMs: 900,
  http: null,
  alert: refused,
  ...more,
})
const what = (more: Partial<Attempt>) => attemptDifferences(failed(more), worked).map((row) => row.what)
const row = (name: string, more: Partial<Attempt>) =>
  attemptDifferences(failed(more), worked).find((one) => one.what === name)

describe('what differs from the last success', () => {
  it('is how it ended and nothing else when nothing else differs', () => {
    expect(attemptDifferences(failed(), worked)).toEqual([
      { what: 'outcome', name: 'End', was: 'HTTP 200 OK', now: 'alert 48, unknown ca' },
    ])
  })

  it('names address, proxy, protocol and cipher in the order of the connection', () => {
    const other = { address: '192.0.2.9', proxy: 'http://proxy:3128', protocol: 'TLSv1.2', cipher: 'AES' }
    expect(what(other)).toEqual(['address', 'proxy', 'protocol', 'cipher', 'outcome'])
    expect(row('protocol', other)).toMatchObject({ was: 'TLS 1.3', now: 'TLS 1.2' })
    expect(row('proxy', other)).toMatchObject({ was: 'none', now: 'http://proxy:3128' })
  })

  it('notices another certificate of the server under the same name', () => {
    const changed = row('server', { serverChain: [link('bb'.repeat(32))] })
    expect(changed?.was).toContain('aaaaaaaaaaaaaaaa…')
    expect(changed?.now).toContain('bbbbbbbbbbbbbbbb…')
  })

  it('says which authorities the server no longer names and which are new, whatever their order', () => {
    expect(what({ acceptableAuthorities: ['CN=B', 'CN=A'] })).toEqual(['outcome'])
    expect(row('asked', { acceptableAuthorities: ['CN=A', 'CN=C'] })).toMatchObject({
      was: 'one of CN=A; CN=B',
      now: 'one of CN=A; CN=C',
    })
    const many = row('asked', { acceptableAuthorities: ['CN=A', 'CN=C', 'CN=D', 'CN=E'] })
    expect(many?.now).toBe('one of CN=A; CN=C; CN=D and 1 more; no longer CN=B; now also CN=C; CN=D; CN=E')
    expect(row('asked', { certificateAsked: false, acceptableAuthorities: [] })?.now).toBe('no certificate')
  })

  it('notices another certificate of ours, its issuers left out, and none sent', () => {
    expect(row('sent', { messages: [ours('22'.repeat(32))] })?.now).toContain('fingerprint 2222222222222222…')
    expect(row('sent', { issuersSent: 0 })).toMatchObject({
      was: expect.stringContaining('with 1 issuer'),
      now: expect.stringContaining('alone'),
    })
    expect(row('sent', { certificateSent: false })?.now).toBe('no certificate')
  })

  it('says what an attempt that ended early did not reach', () => {
    const early = {
      serverChain: [],
      address: undefined,
      protocol: undefined,
      cipher: undefined,
      certificateAsked: undefined,
      certificateSent: undefined,
      alert: undefined,
      failure: { during: 'resolve' as const, code: 'ENOTFOUND', text: 'The name is not known' },
    }
    const rows = attemptDifferences(failed(early), worked)
    expect(rows.map((one) => one.now)).toEqual([...Array(6).fill('not reached'), 'The name is not known'])
  })

  it('has a row for what the failed attempt reached and the other did not', () => {
    const rows = attemptDifferences(failed(), { ...worked, cipher: undefined })
    expect(rows[0]).toMatchObject({ what: 'cipher', was: 'not reached', now: 'TLS_AES_128_GCM_SHA256' })
  })
})
