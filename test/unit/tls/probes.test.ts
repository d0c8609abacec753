import { describe, expect, it } from 'vitest'
import type { Attempt, Verdict } from '../../../shared/tls/attempt.ts'
import { probesWorthMaking } from '../../../shared/tls/probes.ts'

const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  url: 'https://api.example.com/',
  startedAt: '2026-03-01T12:00:00.000Z',
  durationMs: 1,
  address: '127.0.0.1',
  protocol: 'TLSv1.3',
  serverChain: [],
  serverTrusted: true,
  acceptableAuthorities: [],
  signatureSchemes: [],
  certificateAsked: true,
  certificateSent: true,
  certificateConfigured: true,
  http: null,
  steps: [],
  failure: { during: 'response', code: 'ECONNRESET', text: 'closed' },
  ...change,
})
const verdict = (...codes: string[]): Verdict => ({
  outcome: codes[0]?.startsWith('net.') ? 'unreachable' : codes[0] === 'ok' ? 'accepted' : 'refused',
  title: '',
  cause: codes[0] ?? '',
  causes: codes.map((code) => ({ code, because: '' })),
})
const nothing = { sentAbove: 0, spareIssuers: false, others: 0 }
const much = { sentAbove: 0, spareIssuers: true, others: 5 }
const alert = (number: number) => ({ from: 'server' as const, number, name: '' })

describe('no further connection is worth making', () => {
  it.each([
    ['after an answer', attempt(), verdict('ok')],
    ['to a host that was not reached', attempt({ address: undefined }), verdict('net.refused')],
    ['where the connection was cut', attempt(), verdict('net.reset', 'client.revoked')],
    ['for a key that is not the certificate’s', attempt({ address: undefined }), verdict('client.key-mismatch')],
    ['to a server that is not trusted', attempt({ serverTrusted: false }), verdict('server.untrusted')],
    ['for an expired certificate', attempt({ alert: alert(45) }), verdict('client.expired')],
    ['for an expired one, said or not', attempt(), verdict('client.expired', 'client.revoked', 'net.reset')],
    [
      'when there was no identity to begin with',
      attempt({ certificateConfigured: false, certificateSent: false }),
      verdict('client.none-sent'),
    ],
    [
      'when the way through the proxy failed',
      attempt({ proxy: 'http://p:1', failure: { during: 'connect', code: 'ERR_PROXY_AUTH', text: '' } }),
      verdict('client.untrusted-issuer'),
    ],
  ])('%s', (_, made, said) => {
    expect(probesWorthMaking(made, said, much)).toEqual([])
  })
})

describe('a refusal of the certificate that was sent', () => {
  const open = verdict('client.untrusted-issuer', 'client.missing-intermediate', 'client.revoked')

  it('without a word leaves everything open', () => {
    expect(probesWorthMaking(attempt(), open, much)).toEqual([
      'without-certificate',
      'with-intermediates',
      'tls-1.2',
      'other-identity',
      'other-identity',
    ])
  })

  it('by an alert that names its reason is not tried in another version', () => {
    expect(probesWorthMaking(attempt({ alert: alert(48) }), open, nothing)).toEqual(['without-certificate'])
    expect(probesWorthMaking(attempt({ alert: alert(42) }), open, nothing)).toEqual(['without-certificate', 'tls-1.2'])
  })

  it('with a chain is tried without it', () => {
    expect(probesWorthMaking(attempt(), open, { ...nothing, sentAbove: 2 })).toContain('without-intermediates')
  })

  it('in TLS 1.2 is not tried in TLS 1.2', () => {
    expect(probesWorthMaking(attempt({ protocol: 'TLSv1.2' }), open, nothing)).toEqual(['without-certificate'])
  })

  it('never takes more than six, two of them with other identities', () => {
    const many = verdict('client.untrusted-issuer', 'server.never-asked', 'tls.failed', 'server.asks-later')
    const worth = probesWorthMaking(attempt(), many, { sentAbove: 1, spareIssuers: true, others: 9 })
    expect(worth).toHaveLength(6)
    expect(worth.filter((name) => name === 'other-identity')).toHaveLength(2)
    expect(new Set(worth.slice(0, 4)).size).toBe(4)
  })

  it('by the application is compared with what nobody gets', () => {
    expect(probesWorthMaking(attempt(), verdict('http.refused'), much)).toEqual(['without-certificate'])
  })
})

describe('a certificate that stayed here', () => {
  const kept = attempt({ certificateSent: false })

  it('for want of a common signature is tried in TLS 1.2, and with other identities', () => {
    const said = verdict('client.no-common-signature', 'client.withheld')
    expect(probesWorthMaking(kept, said, { ...nothing, others: 1 })).toEqual(['tls-1.2', 'other-identity'])
    // BoringSSL broke off before anything could be read.
    const blind = { ...kept, certificateSent: undefined, certificateAsked: undefined, protocol: undefined }
    expect(probesWorthMaking(blind, said, nothing)).toEqual(['without-certificate', 'tls-1.2'])
  })

  it('because nobody asked is tried where older servers ask, and at the server’s own name', () => {
    const said = verdict('server.never-asked', 'http.refused')
    const unasked = { ...kept, certificateAsked: false }
    expect(probesWorthMaking(unasked, said, much)).toEqual(['tls-1.2', 'without-sni'])
    const byNumber = { ...unasked, url: 'https://127.0.0.1/' }
    expect(probesWorthMaking(byNumber, said, much)).toEqual(['tls-1.2'])
    expect(probesWorthMaking({ ...unasked, options: { serverName: null } }, said, much)).toEqual(['tls-1.2'])
  })
})

describe('a handshake that failed', () => {
  const early = {
    certificateSent: undefined,
    certificateAsked: undefined,
    serverTrusted: undefined,
    protocol: undefined,
  }

  it.each([
    [{ options: { maxVersion: 'TLSv1.2' as const } }, 'tls.version', ['tls-1.3']],
    [{ options: { minVersion: 'TLSv1.3' as const } }, 'tls.version', ['tls-1.2']],
    [{}, 'tls.version', []],
    [{}, 'tls.no-common-cipher', ['tls-1.2', 'without-sni']],
    [{ options: { maxVersion: 'TLSv1.2' as const } }, 'tls.no-common-cipher', ['without-sni']],
    [{ alert: alert(112) }, 'server.wrong-name', ['without-sni']],
  ])('%j, %s: %j', (change, code, worth) => {
    expect(probesWorthMaking(attempt({ ...early, ...change }), verdict(code), nothing)).toEqual(worth)
  })
})
