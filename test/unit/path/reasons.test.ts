import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { concat, der } from '../../../shared/pki/der.ts'
import { checkTrust, type TrustQuestion } from '../../../shared/pki/path/check-trust.ts'
import { type PathReason, pathReasons } from '../../../shared/pki/path/reasons.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import {
  basic,
  clientAuth,
  constraints,
  keyOf,
  list,
  make,
  names,
  purposes,
  serverAuth,
  usage,
} from '../../support/path-cast.ts'

checkSignaturesBy(nodeVerifies)

const at = new Date('2026-01-01T00:00:00Z')
const root = make({ name: 'Root', isCa: true })
const middle = make({ name: 'Middle', isCa: true, issuer: root })
const leaf = make({ name: 'Leaf', issuer: middle })
const ask = (question: Partial<TrustQuestion>) =>
  checkTrust({ leaf: leaf.der, pile: [middle.der], roots: [root.der], at, ...question })

const under = (extensions: Parameters<typeof make>[0]['extensions']) =>
  make({ name: 'Leaf', issuer: middle, extensions })
const middleWith = (extensions: Parameters<typeof make>[0]['extensions']) =>
  make({ name: 'Middle', isCa: true, issuer: root, extensions })
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey
const mlDsa = der.sequence(der.oid('2.16.840.1.101.3.4.3.18'))

const cases: [PathReason, () => Promise<Awaited<ReturnType<typeof ask>>>, string?][] = [
  ['path.not-a-certificate', () => ask({ leaf: Uint8Array.of(1, 2, 3) })],
  ['path.no-roots', () => ask({ roots: [] })],
  ['path.too-complex', () => ask(mesh(12)), 'more ways than can be tried'],
  [
    'path.signature-wrong',
    () => ask({ leaf: make({ name: 'Leaf', issuer: middle, signer: keyOf('someone else') }).der }),
    '“Middle”',
  ],
  ['path.self-signed', () => ask({ leaf: make({ name: 'Alone' }).der }), 'nobody vouches'],
  [
    'path.root-untrusted',
    () => ask({ pile: [middle.der, root.der], roots: [make({ name: 'Other root', isCa: true }).der] }),
  ],
  ['path.issuer-missing', () => ask({ pile: [] }), '“Middle”'],
  [
    'path.issuer-other-key',
    () => ask({ pile: [make({ name: 'Middle', isCa: true, issuer: root, key: keyOf('Middle renewed') }).der] }),
    '“Middle”',
  ],
  [
    'path.key-unreadable',
    () => {
      const noKey = der.sequence(
        der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()),
        der.bitString(new Uint8Array(9)),
      )
      return ask({ leaf: make({ name: 'Leaf', issuer: middle, spki: noKey }).der })
    },
  ],
  [
    'path.signature-unknown',
    () => {
      // ML-DSA of a size that no parameter set has: no runtime takes such a key.
      const ca = make({
        name: 'Post-quantum',
        isCa: true,
        spki: der.sequence(mlDsa, der.bitString(new Uint8Array(64))),
      })
      const signature = { algorithm: mlDsa, bytes: new Uint8Array(64) }
      return ask({ leaf: make({ name: 'Leaf', issuer: ca, signature }).der, roots: [ca.der] })
    },
    'cannot be checked',
  ],
  ['path.version-unknown', () => ask({ leaf: make({ name: 'Leaf', issuer: middle, version: 5 }).der })],
  ['path.extension-twice', () => ask({ leaf: under([names('DNS:a.example'), names('DNS:b.example')]).der })],
  ['path.extension-malformed', () => ask({ leaf: under([['2.5.29.17', der.sequence()]]).der })],
  ['path.extension-unknown', () => ask({ leaf: under([['1.2.3.4', der.null(), true]]).der }), '1.2.3.4'],
  ['path.precertificate', () => ask({ leaf: under([['1.3.6.1.4.1.11129.2.4.3', der.null(), true]]).der })],
  [
    'path.algorithms-differ',
    () =>
      ask({
        leaf: make({ name: 'Leaf', issuer: middle, innerAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.3')) }).der,
      }),
  ],
  [
    'path.revoked',
    () => ask({ crls: [list({ issuer: middle, revoked: [{ of: leaf, reason: 1 }] })] }),
    '2025-06-01: its key got into other hands (keyCompromise)',
  ],
  ['path.distrusted', () => ask({ roots: [concat([root.der, trustFor([], [clientAuth])])], purpose: 'client' })],
  ['path.not-a-ca', () => ask({ pile: [middleWith([basic(false)]).der] }), 'intermediate “Middle”'],
  ['path.may-not-sign', () => ask({ pile: [middleWith([usage(0)]).der] })],
  [
    'path.too-long',
    () => {
      const top = make({ name: 'Top', isCa: true, extensions: [basic(true, 0)] })
      const between = make({ name: 'Between', isCa: true, issuer: top })
      const low = make({ name: 'Low', isCa: true, issuer: between })
      return ask({ leaf: make({ name: 'Leaf', issuer: low }).der, pile: [low.der, between.der], roots: [top.der] })
    },
    'allows no CA below it',
  ],
  [
    'path.name-not-permitted',
    () =>
      ask({
        leaf: under([names('DNS:other.example')]).der,
        pile: [middleWith([constraints(['DNS:mine.example'])]).der],
      }),
    'other.example',
  ],
  [
    'path.constraint-unknown',
    () => ask({ leaf: under([names('DNS:a.example')]).der, pile: [middleWith([constraints(['DNS:*.example'])]).der] }),
  ],
  [
    'path.constraints-too-many',
    () => {
      const many = (count: number, of: string) => Array.from({ length: count }, (_, i) => `DNS:${of}${i}.example`)
      return ask({
        leaf: under([names(...many(1100, 'a'))]).der,
        pile: [middleWith([constraints([], many(1100, 'b'))]).der],
      })
    },
  ],
  [
    'path.policy-missing',
    () =>
      ask({ pile: [middleWith([['2.5.29.36', der.sequence(der.contextPrimitive(0, Uint8Array.of(0))), true]]).der] }),
  ],
  ['path.curve-explicit', () => ask({ leaf: make({ name: 'Explicit', issuer: middle, key: explicit }).der })],
  ['path.key-weak', () => ask({ leaf: make({ name: 'Weak', issuer: middle, key: rsa(1024) }).der }), 'RSA 1024'],
  ['path.digest-weak', () => ask({ leaf: make({ name: 'Leaf', issuer: middle, hash: 'sha1' }).der }), 'SHA-1'],
  [
    'path.dates-unreadable',
    () =>
      ask({
        leaf: make({
          name: 'Leaf',
          issuer: middle,
          validity: der.sequence(
            der.value(0x17, new TextEncoder().encode('yesterday')),
            der.time(new Date('2030-01-01')),
          ),
        }).der,
      }),
  ],
  [
    'path.purpose-not-passed-on',
    () => ask({ pile: [middleWith([purposes(serverAuth)]).der], purpose: 'client' }),
    'client authentication',
  ],
  ['path.purpose-wrong', () => ask({ leaf: under([purposes(serverAuth)]).der, purpose: 'client' })],
  ['path.key-usage-wrong', () => ask({ leaf: under([usage(2)]).der, purpose: 'client' })],
  ['path.expired', () => ask({ leaf: make({ name: 'Leaf', issuer: middle, to: '2025-02-03' }).der }), '2025-02-03'],
  [
    'path.not-yet-valid',
    () => ask({ leaf: make({ name: 'Leaf', issuer: middle, from: '2026-02-03' }).der }),
    '2026-02-03',
  ],
  ['path.host-none', () => ask({ host: 'Leaf' }), 'the common name does not count'],
  [
    'path.host-mismatch',
    () =>
      ask({
        leaf: under([names('DNS:a.example', 'DNS:b.example', 'IP:192.0.2.1', 'DNS:c.example')]).der,
        host: 'd.example',
      }),
    'is for a.example, b.example, 192.0.2.1 and 1 more, not for d.example',
  ],
  ['path.rule-broken', () => ask({ leaf: under([basic(false, 0)]).der, rules: 'rfc5280' }), 'path length'],
  ['path.revocation-unknown', () => ask({ revocation: 'leaf' })],
  [
    'path.crl-outdated',
    () => ask({ revocation: 'leaf', crls: [list({ issuer: middle, to: '2025-12-24' })] }),
    '2025-12-24',
  ],
  [
    'path.crl-unsound',
    () => ask({ revocation: 'leaf', crls: [list({ issuer: middle, signer: keyOf('someone else') })] }),
    'signature does not fit',
  ],
]

/** OpenSSL's trust settings, as they follow a certificate. */
const trustFor = (trusted: string[], rejected: string[]) =>
  der.sequence(
    der.sequence(...trusted.map((use) => der.oid(use))),
    der.context(0, ...rejected.map((use) => der.oid(use))),
  )

const explicit = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).privateKey

/** CAs that all certify each other, below none that is trusted. */
function mesh(size: number): Partial<TrustQuestion> {
  const each = Array.from({ length: size }, (_, i) => make({ name: `Mesh ${i}`, isCa: true }))
  const pile = each.flatMap((issuer, i) =>
    each.flatMap((one, j) => (i === j ? [] : [make({ name: `Mesh ${j}`, isCa: true, issuer, key: one.key }).der])),
  )
  return { leaf: make({ name: 'Leaf', issuer: each[0] }).der, pile }
}

it('each reason that there is has a path that it stops', () => {
  expect([...new Set(cases.map(([reason]) => reason))].sort()).toEqual([...pathReasons].sort())
})

describe('a path is refused', () => {
  it.each(cases)('as %s', async (reason, question, words = '') => {
    const verdict = await question()
    expect(`${verdict.reason} ${verdict.says}`).toContain(reason)
    expect(verdict).toMatchObject({ trusted: false, reason })
    expect(verdict.says).toContain(words)
    expect(`${verdict.says} ${verdict.next}`).not.toMatch(/undefined|“”| {2}/)
    expect(verdict.next).toMatch(/\.$/)
    if (verdict.path.length > 0) expect(verdict.path.some(({ problem }) => problem !== undefined)).toBe(true)
  })

  it('but not when nothing is wrong', async () => {
    expect(await ask({})).toMatchObject({ trusted: true, reason: 'ok', says: '“Leaf” is trusted by “Root”.' })
    expect((await ask({})).path.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined])
  })
})
