import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { checkTrust, type TrustQuestion } from '../../../shared/pki/path/check-trust.ts'
import { pathReasons } from '../../../shared/pki/path/reasons.ts'
import type { Use } from '../../../shared/pki/path/settings.ts'
import { verifyFiles } from '../../../shared/pki/path/verify-files.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import { casesOf, questionOf, suites } from './chain-cases.ts'

checkSignaturesBy(nodeVerifies)

/** Every fourth case of each suite: a pool of certificates and lists that know each other. */
const questions = await Promise.all(
  suites.flatMap((suite) =>
    casesOf(suite)
      .filter((one, i) => i % 4 === 0 && !/toomany|Too many/.test(one.id))
      .map(questionOf),
  ),
)

const change = fc.record({
  at: fc.nat({ max: 100_000 }),
  value: fc.nat({ max: 255 }),
  how: fc.constantFrom('set', 'flip', 'cut'),
})
type Change = { at: number; value: number; how: string }

function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  const now = Uint8Array.from(bytes)
  for (const { at, value, how } of changes) {
    const place = at % Math.max(1, now.length)
    if (how === 'cut') return now.slice(0, place)
    now[place] = how === 'set' ? value : now[place]! ^ (1 << (value & 7))
  }
  return now
}

const settings: fc.Arbitrary<Partial<TrustQuestion>> = fc.record(
  {
    purpose: fc.constantFrom<Use>('any', 'client', 'server', 'code-signing', 'time-stamping'),
    host: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('example.com', '::1', '192.0.2.1')),
    at: fc.date({ min: new Date('1960-01-01'), max: new Date('9998-01-01'), noInvalidDate: true }),
    revocation: fc.constantFrom('known', 'leaf', 'all'),
    anchors: fc.constantFrom('key', 'usual', 'policies'),
    rules: fc.constantFrom('usual', 'rfc5280', 'web'),
    level: fc.nat({ max: 5 }),
    policies: fc.array(fc.constantFrom('2.5.29.32.0', '2.16.840.1.101.3.2.1.48.1'), { maxLength: 2 }),
    requireExplicitPolicy: fc.boolean(),
    inhibitAnyPolicy: fc.boolean(),
    inhibitPolicyMapping: fc.boolean(),
  },
  { requiredKeys: [] },
)

const limitMs = 1000

async function judged(question: TrustQuestion): Promise<void> {
  const before = process.cpuUsage()
  const verdict = await checkTrust(question)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(limitMs)
  expect(verdict.trusted).toBe(verdict.reason === 'ok')
  if (!verdict.trusted) expect(pathReasons).toContain(verdict.reason)
  for (const text of [verdict.says, ...verdict.path.map(({ problem = '' }) => problem)]) {
    expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
  }
}

describe('whatever the bytes', () => {
  it('a damaged certificate in a shuffled pile is judged without fault and in time', async () => {
    const which = fc.nat({ max: questions.length - 1 })
    await fc.assert(
      fc.asyncProperty(
        which,
        which,
        fc.array(change, { maxLength: 3 }),
        fc.nat(),
        settings,
        async (i, j, changes, place, wishes) => {
          const [one, other] = [questions[i]!, questions[j]!]
          const parts = [one.leaf, ...one.pile, ...one.roots]
          const damaged = parts.map((bytes, at) => (at === place % parts.length ? changed(bytes, changes) : bytes))
          const [leaf, ...pile] = damaged
          const roots = pile.splice(one.pile.length)
          const shuffled = [...pile, ...other.pile, other.leaf].sort(
            (a, b) => (a[a.length - 1] ?? 0) - (b[b.length - 1] ?? 0),
          )
          const crls = (one.crls ?? []).map((crl, at) => (at === place % 5 ? changed(crl, changes) : crl))
          await judged({ ...one, ...wishes, leaf: leaf!, pile: shuffled, roots, crls, at: wishes.at ?? one.at })
        },
      ),
      { numRuns: 700 },
    )
  }, 120_000)

  it('any octets in any place are judged, and as files too', async () => {
    const octets = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(octets, fc.array(octets, { maxLength: 4 }), settings, async (leaf, others, wishes) => {
        const at = wishes.at ?? new Date()
        await judged({ ...wishes, leaf, pile: others, roots: others, crls: others, at })
        const file = (bytes: Uint8Array) => ({ file: 'any', bytes })
        const all = others.map(file)
        const files = { leaf: file(leaf), chain: all, roots: all, crls: all, otherRoots: others }
        const { verdict, problems } = await verifyFiles({ ...wishes, ...files, passphrases: [], today: at, at })
        expect(verdict.trusted).toBe(false)
        expect(problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  }, 60_000)
})
