import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { compareObjects } from '../../../shared/pki/compare.ts'
import type { Compared } from '../../../shared/pki/compare-words.ts'
import { readCrl } from '../../../shared/pki/crl.ts'
import { Facts } from '../../../shared/pki/facts.ts'
import { Comparison } from '../../../shared/pki/inspect-calls.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { readRequest } from '../../../shared/pki/request.ts'
import { revokedEntries } from '../../../shared/pki/revoked-entries.ts'
import { corpusRows } from '../../support/corpus.ts'
import { type Issued, issue, makeKey, revoke, type Wish } from '../../support/throwaway-pki.ts'

const certificate = (one: Issued): Compared => ({ kind: 'certificate', facts: readCertificate(one.der)!.facts })
const root = issue({ subject: ['C=GB', 'CN=Provider CA'], isCa: true })
const key = makeKey('ec')
const made = (wish: Partial<Wish> = {}): Compared =>
  certificate(issue({ subject: ['C=GB', 'O=Acme', 'CN=acme'], issuer: root, key, sans: ['DNS:acme.example'], ...wish }))
/** The same facts with these dates. */
const dated = (one: Compared, notBefore: string, notAfter: string): Compared => ({
  ...one,
  facts: { ...one.facts, notBefore: `${notBefore}T00:00:00Z`, notAfter: `${notAfter}T00:00:00Z` },
})
const fieldOf = (a: Compared, b: Compared, name: string, group?: string) =>
  compareObjects(a, b).fields.find((one) => one.field === name && (group === undefined || one.group === group))

describe('comparing two certificates', () => {
  const old = dated(made({ sans: ['DNS:old.example.com', 'DNS:acme.example'] }), '2024-01-01', '2025-01-01')
  const renewed = dated(made(), '2024-12-01', '2026-01-01')

  it('says first what a renewal changed', () => {
    expect(compareObjects(old, renewed).says).toBe(
      'The same key, valid a year longer, without the DNS name old.example.com.',
    )
  })

  it('reads the change from the older to the newer one, in whichever order they were chosen', () => {
    const { says, a, b, fields } = compareObjects(renewed, old)
    expect(says).toBe(compareObjects(old, renewed).says)
    expect([a.name, b.name]).toEqual(['acme', 'acme'])
    const names = fields.find(({ field }) => field === 'Subject Alternative Name')
    expect(names).toMatchObject({
      a: ['DNS:acme.example'],
      b: ['DNS:old.example.com', 'DNS:acme.example'],
      same: false,
      says: 'The newer one lacks the DNS name old.example.com, which the older one has.',
    })
  })

  it('says by how much dates moved', () => {
    expect(fieldOf(old, renewed, 'notAfter')!.says).toBe('The newer one ends a year later.')
    const shorter = dated(renewed, '2024-12-01', '2025-02-19')
    expect(fieldOf(old, shorter, 'notAfter')!.says).toBe('The newer one ends 49 days later.')
    expect(fieldOf(old, shorter, 'length')).toMatchObject({ a: ['a year'], b: ['80 days'], same: false })
  })

  it('warns of days between the two on which neither is valid', () => {
    expect(fieldOf(old, dated(renewed, '2025-01-11', '2026-01-01'), 'notBefore')!.says).toBe(
      'Between the two lie 10 days without a valid one.',
    )
  })

  it('tells a new key, and of what kind', () => {
    const other = dated(made({ key: 'rsa' }), '2024-12-01', '2026-01-01')
    expect(compareObjects(old, other).says).toMatch(/^Another key \(RSA 2048 instead of EC prime256v1\), valid a year/)
    expect(fieldOf(old, other, 'spkiSha256')).toMatchObject({ same: false, says: 'Another key.' })
    expect(fieldOf(old, renewed, 'spkiSha256')).toMatchObject({ same: true, says: 'The same key.' })
  })

  it('tells lost and added purposes', () => {
    const both = dated(made({ purposes: ['clientAuth', 'serverAuth'] }), '2024-01-01', '2025-01-01')
    const server = dated(made({ purposes: ['serverAuth'] }), '2024-12-01', '2026-01-01')
    expect(compareObjects(both, server).says).toContain('without the purpose clientAuth')
    expect(fieldOf(both, server, 'Extended Key Usage')!.says).toBe(
      'The newer one lacks clientAuth, which the older one has.',
    )
  })

  it('takes names in another order for the same', () => {
    const one = made({ sans: ['DNS:a.example', 'DNS:b.example'] })
    const other = made({ sans: ['DNS:b.example', 'DNS:a.example'] })
    expect(fieldOf(one, other, 'Subject Alternative Name')).toMatchObject({
      same: true,
      says: 'The same in another order, which means nothing.',
    })
  })

  it('sets names side by side by attribute', () => {
    const other = made({ subject: ['C=GB', 'O=Acme Ltd', 'OU=Payments', 'CN=acme'] })
    const subject = compareObjects(made(), other).fields.filter(({ group }) => group === 'subject')
    expect(subject.map(({ field, a, b, same }) => [field, a, b, same])).toEqual([
      ['CN', ['acme'], ['acme'], true],
      ['OU', [], ['Payments'], false],
      ['O', ['Acme'], ['Acme Ltd'], false],
      ['C', ['GB'], ['GB'], true],
    ])
  })

  it('tells names that differ in their order alone', () => {
    const one = made({ subject: ['O=Acme', 'CN=acme'] })
    const other = made({ subject: ['CN=acme', 'O=Acme'] })
    expect(fieldOf(one, other, 'order', 'subject')).toMatchObject({ a: ['CN=acme,O=Acme'], b: ['O=Acme,CN=acme'] })
  })

  it('says when they are one, and when they have nothing to do with each other', () => {
    const one = made()
    expect(compareObjects(one, one).says).toBe('Both are the same, byte for byte.')
    const stranger = certificate(issue({ subject: ['CN=other'], key: 'ec', sans: ['DNS:other.example'] }))
    expect(compareObjects(one, stranger).says).toBe(
      'Two certificates that have neither name, issuer nor key in common.',
    )
  })

  it('tells that one issuer gave one number twice', () => {
    const one = made()
    const other: Compared = { ...made(), facts: { ...made().facts, serialHex: one.facts.serialHex } }
    expect(fieldOf(one, other, 'serial')).toMatchObject({ same: true, says: expect.stringMatching(/must not happen/) })
  })
})

describe('comparing a request with the certificate that came back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'))
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const read = (file: string) => pemBlocks(readFileSync(join(folder, file), 'utf8'))[0]!.der
  run('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'k.pem', '-out', 'r.csr', '-subj', '/CN=acme/O=Acme',
    '-addext', 'subjectAltName=DNS:a.example,DNS:b.example', '-addext', 'extendedKeyUsage=clientAuth') // biome-ignore format: one command
  run('x509', '-req', '-in', 'r.csr', '-signkey', 'k.pem', '-days', '10', '-out', 'plain.crt')
  run(
    'x509',
    '-req',
    '-in',
    'r.csr',
    '-signkey',
    'k.pem',
    '-days',
    '10',
    '-copy_extensions',
    'copyall',
    '-out',
    'full.crt',
  )
  writeFileSync(join(folder, 'ext'), 'subjectAltName=DNS:a.example,DNS:c.example\nextendedKeyUsage=serverAuth\n')
  run('x509', '-req', '-in', 'r.csr', '-signkey', 'k.pem', '-days', '10', '-extfile', 'ext', '-out', 'other.crt')
  const request: Compared = { kind: 'request', facts: readRequest(read('r.csr'))!.facts }
  const answer = (file: string): Compared => ({ kind: 'certificate', facts: readCertificate(read(file))!.facts })

  it('says that everything asked for is there', () => {
    expect(compareObjects(request, answer('full.crt')).says).toBe(
      'The certificate answers the request: the same key, and everything that was asked for.',
    )
  })

  it('names what `openssl x509 -req` dropped', () => {
    const { says, fields } = compareObjects(request, answer('plain.crt'))
    expect(says).toBe(
      'The certificate answers the request with the same key, but the DNS names a.example and b.example are missing, ' +
        'and the purpose clientAuth, which was asked for, is missing.',
    )
    expect(fields.find(({ field }) => field === 'Subject Alternative Name')).toMatchObject({
      b: [],
      says: 'The request asked for the DNS names a.example and b.example, the certificate has them not.',
    })
  })

  it('tells what the issuer changed, from either side', () => {
    for (const [a, b] of [
      [request, answer('other.crt')],
      [answer('other.crt'), request],
    ] as const) {
      expect(fieldOf(a, b, 'Subject Alternative Name')!.says).toBe(
        'The request asked for the DNS name b.example, the certificate has it not; the issuer added the DNS name c.example.',
      )
      expect(fieldOf(a, b, 'Extended Key Usage')!.says).toBe(
        'The request asked for clientAuth, the certificate has it not; the issuer added serverAuth.',
      )
    }
  })

  it('leaves out what a request cannot have', () => {
    const { fields } = compareObjects(request, answer('full.crt'))
    expect(fields.some(({ group }) => group === 'validity' || group === 'issuer')).toBe(false)
    expect(fields.some(({ field }) => field === 'serial')).toBe(false)
  })

  it('says that a certificate is for another key', () => {
    expect(compareObjects(request, made()).says).toBe(
      'The certificate holds another key: it does not answer this request.',
    )
  })
})

describe('comparing other objects', () => {
  it('tells which revocations a newer list adds', () => {
    const leaves = [1, 2, 3].map((n) => issue({ subject: [`CN=${n}`], issuer: root, key }))
    const list = (revoked: Issued[]): Compared => {
      const { der } = pemBlocks(revoke(root, revoked))[0]!
      return { kind: 'crl', facts: readCrl(der)!.facts, revoked: revokedEntries(der) }
    }
    const { says, fields } = compareObjects(list(leaves.slice(0, 1)), list(leaves))
    expect(says).toMatch(/^The (second|newer one) revokes 2 more certificates\.$/)
    expect(fields.find(({ field }) => field === 'revoked')!.b).toHaveLength(2)
  })

  it('says whether a key and a certificate belong together, and when that cannot be known', () => {
    const one = made()
    const { keyAlgorithm, spkiSha256 } = one.facts
    const held: Compared = { kind: 'private-key', facts: { keyAlgorithm, spkiSha256 } }
    expect(compareObjects(held, one).says).toBe('They hold the same key: they belong together.')
    expect(compareObjects(held, made({ key: 'ec' })).says).toBe('They hold different keys.')
    expect(compareObjects({ kind: 'private-key', facts: { keyAlgorithm } }, one).says).toMatch(/cannot be compared/)
    expect(compareObjects({ kind: 'unknown', facts: {} }, { kind: 'pkcs12', facts: {} }).says).toMatch(
      /nothing in common/,
    )
  })

  it('takes time that grows with the names alone', () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `DNS:${i}.example`)
    const extension = { oid: '2.5.29.17', name: 'Subject Alternative Name', critical: false, value: names }
    const many: Compared = { kind: 'certificate', facts: { subjectAltNames: names, extensions: [extension] } }
    const fewer: Compared = {
      kind: 'certificate',
      facts: { subjectAltNames: names.slice(1), extensions: [{ ...extension, value: names.slice(1).reverse() }] },
    }
    const start = performance.now()
    expect(compareObjects(many, fewer).says).toContain('without the DNS name 0.example')
    expect(performance.now() - start).toBeLessThan(1500)
  })

  it('answers what the page expects, for any two objects of the corpus', () => {
    const all = (['certificates', 'requests', 'crls'] as const).flatMap((kind) =>
      corpusRows(kind).flatMap((row): Compared[] => {
        const bytes = new Uint8Array(readFileSync(row.path))
        const der = bytes[0] === 0x30 ? bytes : pemBlocks(new TextDecoder().decode(bytes))[0]?.der
        const facts = der && (readCertificate(der) ?? readRequest(der) ?? readCrl(der))?.facts
        return facts ? [{ kind: kind === 'crls' ? 'crl' : kind === 'requests' ? 'request' : 'certificate', facts }] : []
      }),
    )
    expect(all.length).toBeGreaterThan(200)
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (a, b) => {
        expect(Facts.safeParse(a.facts).success).toBe(true)
        const comparison = compareObjects(a, b)
        expect(Comparison.parse(comparison)).toEqual(comparison)
        expect(comparison.says).toMatch(/^[A-Z].*\.$/)
        for (const { says } of comparison.fields) if (says !== undefined) expect(says).toMatch(/^[A-Z].*\.$/s)
        const self = compareObjects(a, a)
        expect(self.fields.filter(({ same }) => !same)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
