import { describe, expect, it } from 'vitest'
import type { Attempt, ProbeResult } from '../../../shared/tls/attempt.ts'
import { diagnose } from '../../../shared/tls/diagnose.ts'

type Header = [string, string]
type Answer = { status: number; headers?: Header[]; body?: string }

const now = new Date('2026-11-22T12:00:00Z')
const url = 'https://api.example.com/v1/orders'

/** What the server asked, and what became of the certificate. */
const asked = {
  'asked, sent': { certificateAsked: true, certificateSent: true, certificateConfigured: true },
  'asked, kept back': { certificateAsked: true, certificateSent: false, certificateConfigured: true },
  'asked, none given': { certificateAsked: true, certificateSent: false, certificateConfigured: false },
  'never asked': { certificateAsked: false, certificateSent: false, certificateConfigured: true },
  'never asked, none given': { certificateAsked: false, certificateSent: false, certificateConfigured: false },
} as const

function judge({ status, headers = [], body = '' }: Answer, when: keyof typeof asked, probes?: ProbeResult[]) {
  const attempt: Attempt = {
    url,
    startedAt: '2026-11-22T12:00:00Z',
    durationMs: 10,
    address: '192.0.2.1',
    protocol: 'TLSv1.3',
    serverChain: [],
    serverTrusted: true,
    acceptableAuthorities: [],
    signatureSchemes: [],
    ...asked[when],
    http: { status, statusText: '', headers, body, bodyBytes: body.length, truncated: false },
    steps: [],
  }
  const verdict = diagnose(attempt, { now, ...(probes && { probes }) })
  return { ...verdict, codes: verdict.causes.map(({ code }) => code), because: verdict.causes[0]?.because ?? '' }
}

const to = (location: string, status = 302): Answer => ({ status, headers: [['Location', location]] })
const login: Answer = {
  status: 200,
  headers: [['content-type', 'text/html; charset=utf-8']],
  body: '<!DOCTYPE html><html><head><title>Acme</title></head><form><input name=p type="password"></form></html>',
}
const json: Answer = { status: 200, headers: [['content-type', 'application/json']], body: '{"password":"type"}' }
const without = (change: Partial<ProbeResult>): ProbeResult => ({
  probe: 'without-certificate',
  tried: 'no certificate',
  outcome: 'refused',
  saw: 'certificate_required, alert 116',
  tookMs: 1,
  ...change,
})

describe('what an answer shows of the certificate', () => {
  it.each<[string, Answer, keyof typeof asked, string, string[]]>([
    ['200', json, 'asked, sent', 'accepted', ['ok']],
    ['204', { status: 204 }, 'asked, sent', 'accepted', ['ok']],
    ['404', { status: 404 }, 'asked, sent', 'accepted', ['ok', 'http.not-served']],
    ['426', { status: 426 }, 'asked, sent', 'accepted', ['ok', 'http.not-served']],
    ['304', { status: 304 }, 'asked, sent', 'accepted', ['ok', 'http.not-served']],
    ['401', { status: 401 }, 'asked, sent', 'refused', ['http.refused']],
    ['403', { status: 403 }, 'asked, sent', 'refused', ['http.refused']],
    ['502', { status: 502 }, 'asked, sent', 'accepted', ['ok', 'server.fault']],
    ['511', { status: 511 }, 'asked, sent', 'refused', ['net.proxy']],
    ['a redirect', to('/v2'), 'asked, sent', 'unproven', ['http.redirected']],
    ['a login page', login, 'asked, sent', 'unproven', ['http.web-page']],
    ['200', json, 'asked, kept back', 'unproven', ['client.withheld']],
    ['a redirect', to('/v2'), 'asked, kept back', 'unproven', ['client.withheld', 'http.redirected']],
    ['200', json, 'asked, none given', 'accepted', ['ok', 'client.none-sent']],
    ['a redirect', to('/v2'), 'asked, none given', 'unproven', ['http.redirected']],
    ['200', json, 'never asked', 'unproven', ['server.never-asked']],
    ['204', { status: 204 }, 'never asked', 'unproven', ['server.never-asked']],
    ['a redirect', to('/v2'), 'never asked', 'unproven', ['http.redirected', 'server.never-asked']],
    ['a login page', login, 'never asked', 'unproven', ['server.never-asked', 'http.web-page']],
    ['401', { status: 401 }, 'never asked', 'refused', ['server.never-asked', 'http.refused']],
    ['403', { status: 403 }, 'never asked', 'refused', ['server.never-asked', 'http.refused']],
    ['404', { status: 404 }, 'never asked', 'unproven', ['server.never-asked', 'http.not-served']],
    ['426', { status: 426 }, 'never asked', 'unproven', ['server.never-asked', 'http.not-served']],
    ['500', { status: 500 }, 'never asked', 'unproven', ['server.never-asked', 'server.fault']],
    ['200', json, 'never asked, none given', 'accepted', ['ok', 'server.never-asked']],
    ['a redirect', to('/v2'), 'never asked, none given', 'unproven', ['http.redirected', 'server.never-asked']],
  ])('%s (%o) where the server %s: %s', (_, answer, when, outcome, codes) => {
    const verdict = judge(answer, when)
    expect({ outcome: verdict.outcome, codes: verdict.codes }).toEqual({ outcome, codes })
    if (outcome === 'unproven') expect(verdict.title).not.toMatch(/accepted/i)
    expect(verdict.title).toMatch(/HTTP \d{3}|TLS|proxy|certificate/)
  })

  it.each([301, 302, 303, 307, 308])('status %i alone never makes a certificate accepted', (status) => {
    for (const when of Object.keys(asked) as (keyof typeof asked)[]) {
      const verdict = judge(to('https://www.example.com/', status), when)
      expect(verdict.outcome).toBe('unproven')
      expect(verdict.cause).not.toBe('ok')
    }
  })
})

describe('a redirect', () => {
  it.each<[string, string, RegExp, RegExp]>([
    ['to the same address', url, /very address.*without TLS/, /gateway/],
    ['to plain HTTP', 'http://api.example.com/v1/orders', /No TLS is spoken there/, /https address/],
    ['to a login page', '/login?next=%2Fv1', /login page/, /for programs/],
    ['to a host for signing in', 'https://sso.example.com/x', /login page/, /for programs/],
    ['to another host', 'https://www.example.com/', /another server/, /base address/],
    ['to a slash', '/v1/orders/', /Only the slash/, /exactly/],
    ['to another path', '/v2/orders', /the path is another/, /whole path/],
  ])('%s says the likely reason and what to do', (_, location, says, next) => {
    const verdict = judge(to(location), 'asked, sent')
    expect(verdict.because).toMatch(says)
    expect(verdict.because).toContain('which was not called')
    expect(verdict.next).toMatch(next)
  })

  it('is named with its target, but without what may be secret in it', () => {
    const { because } = judge(to('https://u:hunter2@id.example.com/authorize?state=secret#token'), 'never asked')
    expect(because).toContain('https://id.example.com/authorize')
    expect(because).not.toMatch(/hunter2|secret|token/)
  })

  it('without an address that can be read says so', () => {
    expect(judge({ status: 302 }, 'asked, sent').because).toMatch(/names no address/)
  })

  it('is acceptance where a call without the certificate is refused', () => {
    const verdict = judge(to('/v2/orders'), 'asked, sent', [without({ alert: 116 })])
    expect(verdict).toMatchObject({ outcome: 'accepted', codes: ['ok', 'http.redirected'] })
    expect(verdict.title).toMatch(/pointed elsewhere/)
    expect(verdict.because).toMatch(/Without one it refuses/)
  })

  it('is nothing of the kind where a call without the certificate gets the same', () => {
    const verdict = judge(to('/v2/orders'), 'asked, sent', [
      without({ outcome: 'unproven', status: 302, saw: 'HTTP 302' }),
    ])
    expect(verdict.outcome).toBe('unproven')
    expect(verdict.because).toMatch(/Without a certificate it answers the same/)
  })
})

describe('an answer that does not serve the call', () => {
  it.each<[number, Header[], RegExp]>([
    [404, [], /nothing at this path/],
    [405, [['Allow', 'GET, HEAD']], /It takes GET, HEAD\./],
    [405, [['Allow', '<script>']], /does not take this method\.$/],
    [415, [], /kind of content/],
    [421, [], /SNI/],
    [426, [['Upgrade', 'TLS/1.2']], /another protocol: TLS\/1\.2/],
    [429, [['Retry-After', '30']], /30 to wait/],
    [422, [], /not right, whoever asks/],
  ])('of status %i with %j says why', (status, headers, says) => {
    const { causes } = judge({ status, headers }, 'asked, sent')
    expect(causes.find(({ code }) => code === 'http.not-served')?.because).toMatch(says)
  })

  it('is a web page where data was wanted, and a login page only where one signs in on it', () => {
    const page = { ...login, body: '<html><title>Welcome</title>Log in to read more</html>' }
    expect(judge(page, 'asked, sent')).toMatchObject({ outcome: 'accepted', codes: ['ok', 'http.web-page'] })
    const titled = { ...login, body: '<html><head><title>Acme: Sign in</title></head></html>' }
    expect(judge(titled, 'asked, sent').outcome).toBe('unproven')
  })

  it('was made by a gateway where only a gateway says so', () => {
    const said = (status: number) =>
      judge({ status }, 'asked, sent').causes.find(({ code }) => code === 'server.fault')?.because
    expect(said(504)).toMatch(/gateway/)
    expect(said(500)).toMatch(/application/)
  })
})
