import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../shared/pki/facts.ts'
import type { Attempt } from '../../../shared/tls/attempt.ts'
import { forecastFor, runtimes } from '../../../shared/tls/forecast/forecast.ts'
import type { GivenFile, Situation } from '../../../shared/tls/forecast/traits.ts'
import { ForecastRow } from '../../../shared/tls/kept-attempts.ts'
import { issue } from '../../support/throwaway-pki.ts'

const now = new Date()
const certificate: Facts = {
  subject: 'CN=client',
  issuer: 'CN=Issuing CA,O=Provider',
  keyAlgorithm: 'EC',
  curve: 'prime256v1',
  signatureAlgorithm: 'ecdsa-with-SHA256',
  spkiSha256: 'aa',
}
const root = issue({ subject: ['CN=Root'], isCa: true })
const link = (pem: string, subject: string, issuer: string) => ({
  subject,
  issuer,
  notBefore: '',
  notAfter: '',
  sha256: '',
  pem,
})
const server = (change: Partial<Parameters<typeof issue>[0]> = {}) =>
  link(issue({ subject: ['CN=api'], issuer: root, sans: ['DNS:api'], ...change }).pem, 'CN=api', 'CN=Root')
const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  url: 'https://api/',
  startedAt: now.toISOString(),
  durationMs: 1,
  protocol: 'TLSv1.3',
  serverChain: [server()],
  serverTrusted: true,
  trustedAuthorities: ['CN=Root'],
  certificateAsked: true,
  acceptableAuthorities: [],
  signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
  certificateSent: true,
  certificateConfigured: true,
  http: null,
  steps: [],
  ...change,
})

/** `node-20:yes …` for one question. */
const answers = (asks: 'loads' | 'sends' | 'trusts', situation: Partial<Situation>) =>
  Object.fromEntries(
    forecastFor({ certificate, now, ...situation }).map((row) => [row.runtime, row[asks].answer]),
  ) as Record<string, string>

const bundle = (facts: Facts): GivenFile[] => [
  { as: 'bundle', objects: [{ id: '0', kind: 'pkcs12', encoding: 'DER', facts, findings: [], problem: null }] },
]

describe('a forecast', () => {
  it('has a row for each runtime, with a reason for each answer and where it was measured', () => {
    const rows = forecastFor({ certificate, now, attempt: attempt() })
    expect(rows.map(({ runtime }) => runtime)).toEqual([
      'node-20',
      'node-24',
      'electron',
      'curl',
      'java-17',
      'go',
      'python',
      'dotnet',
    ])
    for (const row of rows) {
      expect(ForecastRow.parse(row)).toEqual(row)
      for (const { why } of [row.loads, row.sends, row.trusts]) expect(why).toMatch(/^[A-Z`].*\.\)?$/)
      expect(row.measured).toBeTruthy()
    }
    expect(rows.find(({ runtime }) => runtime === 'curl')).toMatchObject({
      loads: { answer: 'yes' },
      sends: { answer: 'yes' },
      trusts: { answer: 'yes' },
      says: 'Should work.',
    })
  })

  it('claims nothing about a server that was never tested', () => {
    for (const { sends, trusts } of forecastFor({ certificate, now })) {
      expect([sends.answer, trusts.answer]).toEqual(['unknown', 'unknown'])
    }
  })

  it('marks every answer for Windows as not measured', () => {
    const rules = runtimes.find(({ id }) => id === 'dotnet')?.rules ?? []
    expect(rules.length).toBeGreaterThan(5)
    expect(rules.every(({ documented }) => documented)).toBe(true)
  })
})

describe('what was measured', () => {
  it('opens RC2 bundles in Electron and Java only', () => {
    const loads = answers('loads', {
      files: bundle({ protection: 'pbeWithSHA1And40BitRC2-CBC', macAlgorithm: 'HMAC-SHA-1' }),
    })
    expect(loads).toMatchObject({ 'node-20': 'no', 'node-24': 'no', electron: 'yes', curl: 'no', 'java-17': 'yes' })
  })

  it('opens bundles without a MAC in Node 24 and Java only', () => {
    const loads = answers('loads', { files: bundle({ protection: 'PBES2' }) })
    expect(loads).toMatchObject({ 'node-20': 'no', 'node-24': 'yes', electron: 'no', curl: 'no', 'java-17': 'yes' })
  })

  it('reads a byte order mark in Node, curl and Python, not in Electron and Go', () => {
    const findings = [{ code: 'file.byte-order-mark', severity: 'warns' as const, message: '' }]
    const pem: GivenFile = {
      as: 'certificate',
      objects: [{ id: '0', kind: 'certificate', encoding: 'PEM', facts: certificate, findings, problem: null }],
    }
    const loads = answers('loads', { files: [pem] })
    expect(loads).toMatchObject({ 'node-20': 'yes', electron: 'no', curl: 'yes', go: 'no', python: 'yes' })
  })

  it('keeps the certificate back in Go and Java when no issuer is on the server’s list', () => {
    const listed = { attempt: attempt({ acceptableAuthorities: ['CN=Root,O=Provider'] }) }
    expect(answers('sends', listed)).toMatchObject({
      curl: 'yes',
      electron: 'yes',
      go: 'no',
      'java-17': 'no',
      dotnet: 'unknown',
    })
    const chain: Facts[] = [{ subject: 'CN=Issuing CA,O=Provider', issuer: 'CN=Root,O=Provider' }]
    expect(answers('sends', { ...listed, chain })).toMatchObject({ go: 'yes', 'java-17': 'yes' })
    const row = forecastFor({ certificate, now, ...listed }).find(({ runtime }) => runtime === 'go')
    expect(row?.says).toBe(
      'Calls without the certificate: the server sees none. It prints: remote error: tls: certificate required',
    )
  })

  it('answers a late request in curl and Python only', () => {
    const late = answers('sends', { attempt: attempt({ certificateAsked: false }), cause: 'server.asks-later' })
    expect(late).toMatchObject({
      curl: 'partly',
      python: 'partly',
      'node-20': 'no',
      electron: 'no',
      go: 'no',
      'java-17': 'no',
    })
  })

  it('takes part in a second handshake of TLS 1.2 everywhere but in Go', () => {
    const anew = attempt({ certificateAskedLater: true, protocol: 'TLSv1.2' })
    expect(answers('sends', { attempt: anew })).toMatchObject({
      curl: 'yes',
      'node-20': 'yes',
      'java-17': 'yes',
      go: 'no',
    })
    const later = attempt({ certificateAskedLater: true })
    expect(answers('sends', { attempt: later })).toMatchObject({ curl: 'partly', 'node-20': 'no', go: 'no' })
  })

  it('refuses a server without alternative names in Go', () => {
    const trusts = answers('trusts', { attempt: attempt({ serverChain: [server({ sans: undefined })] }) })
    expect(trusts).toMatchObject({ go: 'no', 'node-20': 'yes', electron: 'partly', python: 'partly' })
  })

  it('takes a key of another kind without a word in Node, and then sends nothing', () => {
    const key = { spkiSha256: 'bb', keyAlgorithm: 'RSA' }
    const given = { key, attempt: attempt() }
    expect(answers('loads', given)).toMatchObject({
      'node-20': 'yes',
      electron: 'no',
      curl: 'no',
      go: 'no',
      python: 'no',
    })
    expect(answers('sends', given)).toMatchObject({ 'node-20': 'no', 'node-24': 'no' })
  })
})

describe('any situation', () => {
  const text = fc.option(fc.constantFrom('RSA', 'EC', 'Ed25519', 'X', 'secp521r1', 'CN=Root', ''), { nil: undefined })
  const facts = fc.record({ keyAlgorithm: text, curve: text, issuer: text, signatureAlgorithm: text, protection: text })
  const kind = fc.constantFrom('certificate', 'private-key', 'pkcs12', 'request', 'pkcs7', 'unknown')
  const object = fc.record({ id: fc.constant('0'), kind, facts, findings: fc.constant([]), problem: fc.constant(null) })
  const file = fc.record({
    as: fc.constantFrom('certificate', 'key', 'bundle'),
    objects: fc.array(object, { maxLength: 3 }),
  })

  it('gets a whole row from each runtime', () => {
    fc.assert(
      fc.property(facts, fc.array(file, { maxLength: 3 }), fc.boolean(), (own, files, tested) => {
        const rows = forecastFor({
          certificate: own as Facts,
          files: files as unknown as GivenFile[],
          now,
          ...(tested ? { attempt: attempt({ acceptableAuthorities: ['CN=Root'] }) } : {}),
        })
        for (const row of rows) ForecastRow.parse(row)
        expect(rows).toHaveLength(runtimes.length)
      }),
      { numRuns: 500 },
    )
  })
})
