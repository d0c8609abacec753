import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { systemRoots } from '../../../electron/tls/system-roots.ts'
import { concat, der } from '../../../shared/pki/der.ts'
import { checkTrust, type TrustQuestion } from '../../../shared/pki/path/check-trust.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import { basic, clientAuth, keyOf, list, make, purposes, serverAuth, usage } from '../../support/path-cast.ts'
import { casesOf, questionOf } from './chain-cases.ts'

checkSignaturesBy(nodeVerifies)

const at = new Date('2026-01-01T00:00:00Z')
const root = make({ name: 'Root', isCa: true })
const middle = make({ name: 'Middle', isCa: true, issuer: root })
const leaf = make({ name: 'Leaf', issuer: middle })
const ask = (question: Partial<TrustQuestion>) =>
  checkTrust({ leaf: leaf.der, pile: [middle.der], roots: [root.der], at, ...question })
const subjects = async (question: Partial<TrustQuestion>) => (await ask(question)).path.map(({ subject }) => subject)

describe('a path is found', () => {
  const old = make({ name: 'Middle', isCa: true, issuer: root, to: '2025-01-01' })
  const otherRoot = make({ name: 'Other root', isCa: true })
  const crossed = make({ name: 'Root', isCa: true, issuer: otherRoot, key: root.key })
  const namesake = make({
    name: 'Middle',
    isCa: true,
    issuer: root,
    key: keyOf('another'),
    extensions: [['2.5.29.14', der.octetString(Uint8Array.of(1))]],
  })

  it('whatever the order of the pile, with doubles, strangers, namesakes and what is no certificate', async () => {
    const strangers = ['a', 'b', 'c'].map((name) => make({ name, isCa: true }).der)
    const pile = [middle.der, middle.der, old.der, crossed.der, namesake.der, leaf.der, Uint8Array.of(0), ...strangers]
    const expected = await ask({ pile })
    expect(expected).toMatchObject({ trusted: true })
    expect(expected.path).toHaveLength(3)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(pile, { minLength: pile.length }), async (shuffled) => {
        expect(await ask({ pile: shuffled })).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('over the certificate that is still valid, where a CA has several', async () => {
    expect((await ask({ pile: [old.der, middle.der] })).trusted).toBe(true)
    expect(await ask({ pile: [old.der] })).toMatchObject({ reason: 'path.expired' })
  })

  it('over a cross-signed root, to whichever root is trusted', async () => {
    const pile = [middle.der, crossed.der]
    expect(await subjects({ pile, roots: [otherRoot.der] })).toEqual([
      'CN=Leaf',
      'CN=Middle',
      'CN=Root',
      'CN=Other root',
    ])
    expect(await subjects({ pile, roots: [root.der, otherRoot.der] })).toEqual(['CN=Leaf', 'CN=Middle', 'CN=Root'])
  })

  it('back from a dead end: the first path that is tried need not be the one', async () => {
    const limited = make({
      name: 'Middle',
      isCa: true,
      issuer: root,
      to: '2050-01-01',
      extensions: [purposes(serverAuth)],
    })
    expect((await ask({ pile: [limited.der, middle.der], purpose: 'client' })).trusted).toBe(true)
    expect((await ask({ pile: [limited.der], purpose: 'client' })).reason).toBe('path.purpose-not-passed-on')
  })

  it('to an intermediate or the leaf itself, when that is what is trusted', async () => {
    expect(await subjects({ pile: [], roots: [middle.der] })).toEqual(['CN=Leaf', 'CN=Middle'])
    expect(await ask({ pile: [], roots: [leaf.der] })).toMatchObject({
      trusted: true,
      says: '“Leaf” is trusted by itself.',
    })
  })

  it('among circles of CAs that certify each other', async () => {
    const a = make({ name: 'A', isCa: true })
    const bByA = make({ name: 'B', isCa: true, issuer: a })
    const aByB = make({ name: 'A', isCa: true, issuer: bByA, key: a.key })
    const end = make({ name: 'End', issuer: aByB })
    const pile = [bByA.der, aByB.der]
    expect((await checkTrust({ leaf: end.der, pile, roots: [root.der], at })).reason).toBe('path.issuer-missing')
    const bByRoot = make({ name: 'B', isCa: true, issuer: root, key: bByA.key })
    const verdict = await checkTrust({ leaf: end.der, pile: [...pile, bByRoot.der], roots: [root.der], at })
    expect(verdict.path.map(({ subject }) => subject)).toEqual(['CN=End', 'CN=A', 'CN=B', 'CN=Root'])
  })

  it('over names that are equal by RFC 5280 though not by their octets', async () => {
    const spelt = (text: Uint8Array) => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), text)))
    const loud = make({ name: spelt(der.utf8String('  THE   Middle ')), isCa: true, issuer: root, key: keyOf('M') })
    const quiet = { ...loud, name: spelt(der.printableString('the middle')) }
    expect((await ask({ leaf: make({ name: 'Leaf', issuer: quiet }).der, pile: [loud.der] })).trusted).toBe(true)
  })
})

describe('the most telling reason is chosen', () => {
  it('expired, not “no path”, when the only path is expired', async () => {
    const old = make({ name: 'Root', isCa: true, key: root.key, to: '2025-05-05' })
    const verdict = await ask({ roots: [old.der, make({ name: 'Unrelated', isCa: true }).der] })
    expect(verdict).toMatchObject({ reason: 'path.expired', says: 'The root “Root” expired on 2025-05-05.' })
    expect(verdict.path[2]?.problem).toBe('Expired on 2025-05-05')
  })

  it('of the path that comes nearest', async () => {
    const bad = make({ name: 'Middle', isCa: true, issuer: root, extensions: [usage(0), basic(false)] })
    const mild = make({ name: 'Middle', isCa: true, issuer: root, to: '2025-01-01' })
    expect((await ask({ pile: [bad.der, mild.der] })).reason).toBe('path.expired')
  })

  it('where the longest way ends, when none reaches what is trusted', async () => {
    const verdict = await ask({ roots: [make({ name: 'Other', isCa: true }).der] })
    expect(verdict).toMatchObject({ reason: 'path.issuer-missing', says: expect.stringContaining('“Root”') })
    expect(verdict.path.map(({ problem }) => problem)).toEqual([undefined, 'Issuer “Root” is missing'])
  })
})

describe('trust settings of OpenSSL’s trusted certificates', () => {
  const uses = (trusted: string[], rejected: string[]) =>
    der.sequence(
      ...(trusted.length > 0 ? [der.sequence(...trusted.map((use) => der.oid(use)))] : []),
      ...(rejected.length > 0 ? [der.context(0, ...rejected.map((use) => der.oid(use)))] : []),
      der.utf8String('a name for it'),
    )
  const withUses = (of: Uint8Array, trusted: string[], rejected: string[] = []) => concat([of, uses(trusted, rejected)])
  const reason = async (roots: Uint8Array[], purpose: 'client' | 'server' | 'any') =>
    (await ask({ roots, purpose })).reason

  it('say for what a root is trusted, and for what not', async () => {
    expect(await reason([withUses(root.der, [clientAuth])], 'client')).toBe('ok')
    expect(await reason([withUses(root.der, [clientAuth])], 'server')).toBe('path.distrusted')
    expect(await reason([withUses(root.der, [], [serverAuth])], 'server')).toBe('path.distrusted')
    expect(await reason([withUses(root.der, [], [serverAuth])], 'client')).toBe('ok')
    expect(await reason([withUses(root.der, [clientAuth])], 'any')).toBe('ok')
  })

  it('hold for a CA in whatever copy it comes along', async () => {
    expect(await reason([root.der, withUses(middle.der, [], [clientAuth])], 'client')).toBe('path.distrusted')
  })

  it('do no harm when they are not to be understood', async () => {
    expect(await reason([concat([root.der, Uint8Array.of(0x30, 0x82, 1)])], 'client')).toBe('ok')
  })
})

describe('what is revoked', () => {
  const crls = [list({ issuer: middle, revoked: [{ of: leaf }] }), list({ issuer: root })]

  it('is refused by any valid list, also when no list is demanded', async () => {
    expect((await ask({ crls })).reason).toBe('path.revoked')
    expect((await ask({ crls: [list({ issuer: middle })] })).reason).toBe('ok')
    expect(
      (await ask({ crls: [list({ issuer: middle, revoked: [{ of: leaf }], signer: keyOf('no one') })] })).reason,
    ).toBe('ok')
  })

  it('has to be vouched for by a list when one is demanded: for the leaf, or for all', async () => {
    const ofLeaf = [list({ issuer: middle })]
    expect((await ask({ revocation: 'leaf', crls: ofLeaf })).reason).toBe('ok')
    expect(await ask({ revocation: 'all', crls: ofLeaf })).toMatchObject({
      reason: 'path.revocation-unknown',
      path: [{}, { problem: 'No revocation list covers it' }, {}],
    })
    expect((await ask({ revocation: 'all', crls: [...ofLeaf, list({ issuer: root })] })).reason).toBe('ok')
  })

  it('is found in a list that has run out, but not in one from after the day', async () => {
    const over = list({ issuer: middle, revoked: [{ of: leaf }], to: '2025-12-10' })
    const later = list({ issuer: middle, revoked: [{ of: leaf, on: '2026-05-05' }], from: '2026-06-01' })
    expect((await ask({ crls: [over] })).reason).toBe('path.revoked')
    expect((await ask({ crls: [later] })).reason).toBe('ok')
    expect((await ask({ crls: [list({ issuer: middle, to: null })], revocation: 'leaf' })).reason).toBe('ok')
  })

  it('is not found by a list about other certificates, or one whose critical parts are not understood', async () => {
    const scope = (...parts: Uint8Array[]) =>
      [['2.5.29.28', der.sequence(...parts), true]] as [string, Uint8Array, boolean][]
    const only = (tag: number) => scope(der.contextPrimitive(tag, Uint8Array.of(0xff)))
    const asked = async (extensions: [string, Uint8Array, boolean][]) =>
      (await ask({ revocation: 'leaf', crls: [list({ issuer: middle, revoked: [{ of: leaf }], extensions })] })).reason
    expect(await asked(only(1))).toBe('path.revoked')
    expect(await asked(only(2))).toBe('path.revocation-unknown')
    expect(await asked(only(5))).toBe('path.revocation-unknown')
    expect(await asked([['1.2.3', der.null(), true]])).toBe('path.crl-unsound')
  })

  it('is found by its serial number, also behind entries with extensions and a long number', async () => {
    const long = make({ name: 'Leaf', issuer: middle, serial: 2 ** 31 - 1 })
    const others = Array.from({ length: 300 }, (_, i) => ({
      of: { ...leaf, serial: i + 1 },
      reason: i % 2 ? 4 : undefined,
    }))
    const crl = list({ issuer: middle, revoked: [...others, { of: long, reason: 6 }] })
    expect(await ask({ leaf: long.der, crls: [crl] })).toMatchObject({
      says: expect.stringContaining('certificateHold'),
    })
    expect((await ask({ crls: [crl] })).reason).toBe('ok')
  })
})

describe('what it costs', () => {
  /** Processor time: what else the machine does is no fault of the path. */
  const costMs = async (question: TrustQuestion): Promise<{ ms: number; reason: string }> => {
    const before = process.cpuUsage()
    const { reason } = await checkTrust(question)
    const { user, system } = process.cpuUsage(before)
    return { ms: (user + system) / 1000, reason }
  }
  const inTime = async (question: TrustQuestion): Promise<string> => {
    const { ms, reason } = await costMs(question)
    expect(ms).toBeLessThan(1000)
    return reason
  }

  it('is at most ten milliseconds for a path of three among the roots of the system', async () => {
    const question = { ...(await questionOf(casesOf('x509-limbo').find(({ id }) => id === 'online::apple.com')!)) }
    const roots = systemRoots().ders
    const times: number[] = []
    for (let i = 0; i < 15; i++) {
      const { ms, reason } = await costMs({ ...question, roots })
      expect(reason).toBe('ok')
      times.push(ms)
    }
    expect(times.sort((x, y) => x - y)[7]).toBeLessThan(10)
  })

  it('stays bounded where thirty CAs all certify each other', async () => {
    const each = Array.from({ length: 30 }, (_, i) => make({ name: `Mesh ${i}`, isCa: true }))
    const pile = each.flatMap((issuer, i) =>
      each.flatMap((one, j) => (i === j ? [] : [make({ name: `Mesh ${j}`, isCa: true, issuer, key: one.key }).der])),
    )
    const end = make({ name: 'End', issuer: each[0] }).der
    expect(await inTime({ leaf: end, pile, roots: [root.der], at })).toBe('path.too-complex')
    // With a way out the way out is taken.
    expect(await inTime({ leaf: end, pile, roots: [each[29]!.der], at })).toBe('ok')
  })

  it('stays bounded for thousands of namesakes, each with a key of its own', async () => {
    const key = keyOf('one of many')
    const pile = Array.from(
      { length: 3000 },
      (_, i) => make({ name: 'Middle', isCa: true, issuer: root, key, serial: i + 1 }).der,
    )
    expect(await inTime({ leaf: leaf.der, pile: [...pile, middle.der], roots: [root.der], at })).toMatch(/^path\./)
  }, 30_000)

  it('grows with the size of policies, not by their combinations', async () => {
    const file = (name: string) => readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url), 'utf8')
    const pems = (text: string) =>
      (text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END/g) ?? []).map(
        (pem) => new Uint8Array(Buffer.from(pem.replace(/-----[^-]*(?:-----)?/g, ''), 'base64')),
      )
    const chain = pems(file('bundles/ossl__policytree-large_policy_tree.pem'))
    const [end] = pems(file('certificates/ossl__policytree-large_leaf.pem'))
    expect(chain.length).toBeGreaterThan(10)
    const question = { leaf: end!, pile: chain, roots: chain, at: new Date('2023-06-01'), requireExplicitPolicy: true }
    expect(await inTime({ ...question, policies: ['2.5.29.32.0'] })).toBe('ok')
  })

  it('stays bounded for a list of two hundred thousand entries', async () => {
    const revoked = Array.from({ length: 200_000 }, (_, i) => ({ of: { ...leaf, serial: i + 5_000_000 } }))
    const crl = list({ issuer: middle, revoked })
    expect(
      await inTime({ leaf: leaf.der, pile: [middle.der], roots: [root.der], crls: [crl], revocation: 'leaf', at }),
    ).toBe('ok')
  }, 30_000)
})
