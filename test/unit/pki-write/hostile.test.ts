import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describePrivateKey, openPrivateKey } from '../../../shared/pki/pkcs8.ts'
import { describePkcs12, openPkcs12 } from '../../../shared/pki/pkcs12.ts'
import { corpusRows } from '../../support/corpus.ts'

/** The reader stops a file at its own deadline; nothing here may come near it by itself. */
const longestMs = 15_000

async function within<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const answer = await work()
  expect(performance.now() - start).toBeLessThan(longestMs)
  return answer
}

const codes =
  /^(key\.(passphrase-needed|passphrase-wrong|protection-unsupported|type-unsupported)|file\.(damaged|unknown-kind))$/
const expectAnswer = (result: Awaited<ReturnType<typeof openPrivateKey | typeof openPkcs12>>) => {
  if (!result.ok) expect(result.problem.code).toMatch(codes)
}

/** A file with octets changed, cut out, doubled or put in. */
const mutated = (bytes: Uint8Array) =>
  fc
    .array(
      fc.record({ at: fc.nat(Math.max(0, bytes.length - 1)), kind: fc.nat(3), octet: fc.nat(255), length: fc.nat(8) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((changes) => {
      let altered = Array.from(bytes)
      for (const { at, kind, octet, length } of changes) {
        if (kind === 0) altered[at % altered.length] = octet
        else if (kind === 1) altered.splice(at, length)
        else if (kind === 2) altered.splice(at, 0, ...altered.slice(at, at + length))
        else altered = altered.slice(0, at)
      }
      return Uint8Array.from(altered)
    })

const small = (kind: string) =>
  corpusRows(kind)
    .filter((row) => row.expect === 'ok')
    .map((row) => ({ row, bytes: new Uint8Array(readFileSync(row.path)) }))
    .filter(({ bytes }) => bytes.length < 8000)

describe('opening never throws and ends', () => {
  it('with random octets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expectAnswer(await within(() => openPrivateKey(bytes, 'x')))
        expectAnswer(await within(() => openPkcs12(bytes, 'x')))
        describePrivateKey(bytes)
        describePkcs12(bytes)
      }),
      { numRuns: 500 },
    )
  })

  it('with every key of the corpus, altered', async () => {
    const files = small('keys')
    const altered = fc
      .constantFrom(...files)
      .chain(({ row, bytes }) => fc.record({ row: fc.constant(row), bytes: mutated(bytes) }))
    await fc.assert(
      fc.asyncProperty(altered, async ({ row, bytes }) => {
        expectAnswer(await within(() => openPrivateKey(bytes, row.password)))
        describePrivateKey(bytes)
      }),
      { numRuns: 1500, interruptAfterTimeLimit: 60_000 },
    )
  }, 120_000)

  it('with every bundle of the corpus, altered', async () => {
    const files = small('pkcs12')
    const altered = fc
      .constantFrom(...files)
      .chain(({ row, bytes }) => fc.record({ row: fc.constant(row), bytes: mutated(bytes) }))
    await fc.assert(
      fc.asyncProperty(altered, async ({ row, bytes }) => {
        expectAnswer(await within(() => openPkcs12(bytes, row.password ?? '')))
        describePkcs12(bytes)
      }),
      { numRuns: 400, interruptAfterTimeLimit: 60_000 },
    )
  }, 120_000)

  it('with every hostile file of the corpus', async () => {
    for (const row of corpusRows('hostile')) {
      const bytes = readFileSync(row.path)
      expectAnswer(await within(() => openPrivateKey(bytes, row.password ?? 'x')))
      expectAnswer(await within(() => openPkcs12(bytes, row.password ?? 'x')))
      describePrivateKey(bytes)
      describePkcs12(bytes)
    }
  }, 60_000)
})
