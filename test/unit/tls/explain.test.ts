import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import type { Attempt } from '../../../shared/tls/attempt.ts'
import { diagnose } from '../../../shared/tls/diagnose.ts'
import { rows } from '../../../shared/tls/explain/catalogue.ts'
import { type ExplainContext, explainText } from '../../../shared/tls/explain/explain.ts'
import type { Program } from '../../../shared/tls/explain/row.ts'
import { catalogue } from '../../../shared/tls/failures.ts'
import type { GivenFile } from '../../../shared/tls/forecast/traits.ts'
import { Explanation } from '../../../shared/tls/kept-attempts.ts'
import { alertName } from '../../../shared/tls/registry.ts'

const now = new Date('2026-11-22T12:00:00Z')
const nothing: ExplainContext = { now }
const codes = (text: string, context = nothing) => explainText(text, context).map(({ code }) => code)

const printed = rows.flatMap(({ code, id, texts }) =>
  (Object.entries(texts) as [Program, readonly string[]][]).flatMap(([program, lines]) =>
    lines.map((text) => ({ id, code, program, text })),
  ),
)

describe('the catalogue', () => {
  it('has every mistake of the research, under a code that the judge knows', () => {
    const ids = rows.map(({ id }) => id)
    const numbered = (letter: string, most: number) => Array.from({ length: most }, (_, i) => `${letter}${i + 1}`)
    expect(ids).toEqual(expect.arrayContaining([...numbered('F', 35), ...numbered('H', 17), ...numbered('S', 17)]))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { cause, code, next = '' } of rows) {
      expect(catalogue[code]).toBeDefined()
      expect(cause).toMatch(/^[A-Z].*\.$/)
      expect(next === '' || /[.:]$|\.$/.test(next)).toBe(true)
    }
  })

  it('knows each mistake in the words of the programs that were measured', () => {
    const programs = (letter: string) =>
      new Set(rows.filter(({ id }) => id.startsWith(letter)).flatMap(({ texts }) => Object.keys(texts)))
    for (const letter of ['F', 'H', 'S']) {
      for (const program of ['Node 20', 'Electron', 'curl', 'Go', 'Java']) expect(programs(letter)).toContain(program)
    }
  })
})

describe('every text of the catalogue', () => {
  it.each(printed)('$id in the words of $program: $text', ({ code, text }) => {
    const found = explainText(text, nothing)
    const one = found.find((explanation) => explanation.code === code)
    expect(found.map((explanation) => explanation.code)).toContain(code)
    expect(Explanation.parse(one)).toEqual(one)
    expect(one?.fits).toBe('possible')
    expect(one?.matched.length).toBeGreaterThan(2)
  })

  it.each([
    ['in capitals', (text: string) => text.toUpperCase()],
    ['in small letters', (text: string) => text.toLowerCase()],
    ['without hyphens', (text: string) => text.replaceAll('-', ' ')],
    ['with underscores', (text: string) => text.replace(/(?<=[a-z]) (?=[a-z])/gi, '_')],
    ['broken over lines', (text: string) => text.replaceAll(' ', '\n    ')],
    [
      'in the middle of a log',
      (text: string) => `2026-11-22T10:00:00Z INFO start\n${text}\n    at main (app.js:1:2)\n`,
    ],
    ['quoted as JSON', (text: string) => JSON.stringify({ level: 'error', message: text })],
  ])('is recognised %s', (_, change) => {
    const missed = printed.filter(({ code, text }) => !codes(change(text)).includes(code))
    expect(missed).toEqual([])
  })

  it('is told to be of the program that prints it, where only one does', () => {
    const of = (text: string) => explainText(text, nothing)[0]?.runtime
    expect(of('curl: (60) SSL certificate problem: certificate has expired')).toBe('curl')
    expect(of('x509: certificate relies on legacy Common Name field, use SANs instead')).toBe('Go')
    expect(of('javax.net.ssl.SSLHandshakeException: Received fatal alert: unknown_ca')).toBe('Java')
    expect(of('error:0900006e:PEM routines:OPENSSL_internal:NO_START_LINE')).toBe('Electron')
    expect(of('ssl.SSLError: [SSL] PEM lib (_ssl.c:3874)')).toBe('Python')
    expect(of('System.ComponentModel.Win32Exception (0x8009030E)')).toBe('Windows')
  })
})

describe('alerts', () => {
  it.each([40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 70, 71, 80, 86, 112, 116, 120])(
    'number %i means the same in every program’s words',
    (number) => {
      const name = alertName(number)
      const words = name.replaceAll('_', ' ')
      // Whose words they are only changes the order of what is equally possible.
      const byNumber = codes(`SSL alert number ${number}`).sort()
      expect(byNumber.length).toBeGreaterThan(0)
      for (const text of [
        `tlsv1 alert ${words}`,
        `TLSV1_ALERT_${name.toUpperCase()}`,
        `Received fatal alert: ${name}`,
        `remote error: tls: ${words}`,
        `ERR_SSL_SSL/TLS_ALERT_${name.toUpperCase()}`,
      ]) {
        expect(codes(text).sort(), text).toEqual(byNumber)
      }
    },
  )

  it('are not read out of other sentences', () => {
    expect(codes('the alert was raised: handshake failure is unlikely, unknown ca office')).toEqual([])
    expect(codes('unknown certificate authority')).toEqual([])
    expect(codes('remote error: tls: unknown certificate authority')).not.toContain('client.none-sent')
  })
})

const certificate: Facts = {
  subject: 'CN=client',
  issuer: 'CN=Issuing CA,O=Provider',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  keyAlgorithm: 'EC',
  curve: 'prime256v1',
  signatureAlgorithm: 'ecdsa-with-SHA256',
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['clientAuth'],
}
const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  url: 'https://api.example.com/',
  startedAt: now.toISOString(),
  durationMs: 10,
  protocol: 'TLSv1.3',
  serverChain: [],
  serverTrusted: true,
  certificateAsked: true,
  acceptableAuthorities: ['CN=Root,O=Provider'],
  signatureSchemes: ['ecdsa_secp256r1_sha256'],
  certificateSent: true,
  certificateConfigured: true,
  http: null,
  steps: [],
  ...change,
})

describe('an identity', () => {
  const bad = 'remote error: tls: bad certificate'
  const standing = (text: string, context: ExplainContext) =>
    Object.fromEntries(explainText(text, context).map(({ code, fits }) => [code, fits]))

  it('that is in order rules out what its certificate would show', () => {
    const found = standing(bad, { certificate, now })
    expect(found).toMatchObject({
      'client.expired': 'ruled-out',
      'client.not-yet-valid': 'ruled-out',
      'client.wrong-purpose': 'ruled-out',
      'client.key-usage': 'ruled-out',
      'client.too-weak': 'ruled-out',
      'client.self-signed': 'ruled-out',
      'client.untrusted-issuer': 'possible',
    })
  })

  it.each([
    ['client.expired', { notAfter: '2026-11-01T00:00:00Z' }],
    ['client.not-yet-valid', { notBefore: '2026-12-01T00:00:00Z' }],
    ['client.wrong-purpose', { extendedKeyUsage: ['serverAuth'] }],
    ['client.key-usage', { keyUsage: ['keyAgreement'] }],
    ['client.too-weak', { keyAlgorithm: 'RSA', keyBits: 1024 }],
    ['client.self-signed', { selfSigned: true, issuer: 'CN=client' }],
  ])('that explains %s brings it to the top, with its reason', (code, change) => {
    const [first] = explainText(bad, { certificate: { ...certificate, ...change }, now })
    expect(first).toMatchObject({ code, fits: 'likely' })
    expect(first?.because.length).toBeGreaterThan(10)
  })

  it('with its last test says why Go and Java get “certificate required” where Node gets “unknown ca”', () => {
    const test = attempt({
      alert: { from: 'server', number: 48, name: 'unknown_ca' },
      failure: { during: 'response', code: 'E', text: '' },
    })
    const verdict = diagnose(test, { certificate, chain: [], now })
    const context = { certificate, chain: [], attempt: test, verdict, now }
    const found = explainText('remote error: tls: certificate required', context)
    const likely = found.filter(({ fits }) => fits === 'likely').map(({ code }) => code)
    expect(likely.sort()).toEqual(['client.missing-intermediate', 'client.none-sent', 'client.untrusted-issuer'])
    expect(found.find(({ code }) => code === 'client.none-sent')?.because).toMatch(
      /Go and Java keep the certificate back/,
    )
    expect(found.find(({ code }) => code === 'client.self-signed')?.fits).toBe('ruled-out')
  })

  it('whose server never asked in the last test rules out a missing certificate', () => {
    const context = { certificate, attempt: attempt({ certificateAsked: false }), now }
    expect(standing('Received fatal alert: certificate_required', context)['client.none-sent']).toBe('ruled-out')
    expect(standing('HTTP/1.1 401 Unauthorized', context)['server.never-asked']).toBe('likely')
  })

  it('that was accepted in the last test rules out a revoked certificate', () => {
    const test = attempt({
      http: { status: 200, statusText: '', headers: [], body: '', bodyBytes: 0, truncated: false },
    })
    const verdict = diagnose(test, { certificate, now })
    expect(
      standing('tlsv1 alert certificate revoked', { certificate, attempt: test, verdict, now })['client.revoked'],
    ).toBe('ruled-out')
  })
})

describe('files', () => {
  const kinds = new URL('../../fixtures/kinds/', import.meta.url)
  const inspected = async (as: GivenFile['as'], name: string): Promise<GivenFile> => ({
    as,
    objects: await inspectBytes(name, readFileSync(new URL(name, kinds)), [], now),
  })
  const pair = async (cert: string, key: string) => [await inspected('certificate', cert), await inspected('key', key)]
  const noStartLine = 'error:0480006C:PEM routines::no start line'

  it.each([
    ['client.csr', 'file.is-request'],
    ['key-pkcs8.pem', 'file.is-key'],
    ['client.der', 'file.is-binary'],
    ['collection.p7b', 'file.is-collection'],
    ['bundle.p12', 'file.is-bundle'],
    ['empty.crt', 'file.empty'],
    ['no-header-lines-wrapped.txt', 'file.header-lines-missing'],
    ['four-dashes.crt', 'file.dashes-wrong'],
    ['label-request.crt', 'file.label-wrong'],
    ['one-line.crt', 'file.newlines-lost'],
    ['escaped-newlines.env', 'file.escaped-newlines'],
    ['utf-16le.crt', 'file.utf-16'],
  ])('%s in the place of the certificate is named out of all that read “no start line”: %s', async (name, code) => {
    const context = { now, files: await pair(name, 'key-pkcs8.pem') }
    const found = explainText(noStartLine, context)
    expect(found[0]).toMatchObject({ code, fits: 'likely' })
    const others = found.slice(1).filter(({ fits }) => fits !== 'ruled-out')
    expect(others.map(({ code: other }) => other)).toEqual([])
    expect(found.length).toBeGreaterThan(10)
  })

  it('of which certificate and key were swapped, or stand in each other’s order, are named', async () => {
    const swapped = await pair('key-pkcs8.pem', 'client.crt')
    expect(codes(noStartLine, { now, files: swapped })[0]).toBe('file.swapped')
    const order = await pair('chain-ca-first.pem', 'key-pkcs8.pem')
    expect(codes('x509 certificate routines::key values mismatch', { now, files: order })[0]).toBe('file.order-wrong')
  })

  it('that are what they should be rule every such cause out', async () => {
    const found = explainText(noStartLine, { now, files: await pair('client.crt', 'key-pkcs8.pem') })
    expect(found.every(({ fits }) => fits === 'ruled-out')).toBe(true)
  })
})

describe('any text', () => {
  it('with several errors brings up the causes of each', () => {
    const log = 'curl: (6) Could not resolve host: api\n…\ncurl: (35) error:0A00010B:SSL routines::wrong version number'
    expect(codes(log)).toEqual(expect.arrayContaining(['net.unresolved', 'net.not-tls']))
  })

  it('that holds nothing known is answered with nothing', () => {
    expect(codes('Everything went well.')).toEqual([])
    expect(codes('')).toEqual([])
  })

  it('is read without throwing, and quoted from where it stands', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(...printed.map(({ text }) => text), 'İ', 'ẞ', '\n', '-----', '_'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join(' ')
        const flat = text.replace(/\s+/g, ' ')
        for (const { matched } of explainText(text, nothing)) {
          for (const part of matched.split(' … ')) expect(flat).toContain(part)
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['letters', 'a'],
    ['dots', '.'],
    ['a source position that never ends', 'a.c:'],
    ['alert', ' alert '],
    ['error lines', 'error:0480006C:PEM routines::no start line\n'],
  ])('of a million times %s is read in seconds', (_, piece) => {
    const text = piece.repeat(Math.ceil(1_100_000 / piece.length))
    // Time of this process, not of the clock: other tests run beside it.
    const started = process.cpuUsage()
    explainText(text, nothing)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000)
  })

  it('longer than a million characters is read from its end', () => {
    expect(codes(`${'x '.repeat(600_000)}connect ECONNREFUSED`)).toEqual(['net.refused'])
  })
})
