import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convert } from '../../../shared/pki/convert.ts'
import { type ConvertHow, targets } from '../../../shared/pki/convert-how.ts'
import { itemsOf } from '../../../shared/pki/convert-items.ts'
import { repairOfFile } from '../../../shared/pki/repair.ts'
import { triage } from '../../../shared/pki/triage.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const files = readdirSync(folder)
  .filter((file) => file !== 'kinds.csv')
  .map((file) => new Uint8Array(readFileSync(join(folder, file))))
  .filter(({ length }) => length > 0)

/** A fixture with a few bits turned over, cut off at either end, or with two put together. */
const damaged = fc
  .tuple(
    fc.constantFrom(...files),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { maxLength: 4 }),
    fc.option(fc.nat(), { freq: 2 }),
    fc.option(fc.constantFrom(...files), { freq: 4 }),
    fc.option(fc.nat(), { freq: 4 }),
  )
  .map(([file, flips, cut, other, from]) => {
    let bytes = Uint8Array.from(other ? [...file, ...other] : file)
    for (const [at, bit] of flips) bytes[at % bytes.length]! ^= 1 << bit
    if (from !== null) bytes = bytes.slice(from % bytes.length)
    if (cut !== null) bytes = bytes.slice(0, (cut % bytes.length) + 1)
    return bytes
  })

/** Of the processor, not of the clock: another program’s load is no fault of ours. */
const limitMs = 1000

async function inTime<T>(call: () => T | Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const value = await call()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(limitMs)
  return value
}

const runs = { numRuns: 2000 }

describe('whatever became of a file', () => {
  it('is taken apart and repaired without fault, in time, and once and for all', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        await inTime(() => triage(bytes))
        const repaired = await inTime(() => repairOfFile('any.crt', bytes))
        if (!repaired) return
        expect(repaired.changes.length).toBeGreaterThan(0)
        const again = repairOfFile(repaired.fileName, repaired.bytes)
        expect(again?.changes).toBeUndefined()
        const secret = repaired.objects.some(({ kind }) => kind === 'private-key' || kind === 'pkcs12')
        expect(repaired.text === null).toBe(secret)
      }),
      runs,
    )
  }, 120_000)

  it('is converted or refused without fault and in time, into every form', async () => {
    const how: Omit<ConvertHow, 'to'> = {
      order: true,
      withoutKeys: false,
      readers: 'modern',
      now: new Date(0),
      keyApart: false,
      inTheClear: true,
    }
    await fc.assert(
      fc.asyncProperty(damaged, fc.constantFrom(...targets), async (bytes, to) => {
        const found = await inTime(() => itemsOf('any', bytes, []))
        if (!found.ok) {
          expect(found.problem.code).toMatch(/^(file|key)\./)
          return
        }
        const made = await inTime(() => convert([found.value], { ...how, to }))
        if (made.ok) expect(made.value.content.length + (made.value.key?.length ?? 0)).toBeGreaterThan(0)
        else expect(made.problem.code).toMatch(/^(convert|key|file)\./)
      }),
      runs,
    )
  }, 120_000)

  it('is no private key in the text that a page is shown', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        expect(repairOfFile('any', bytes)?.text ?? '').not.toContain('PRIVATE KEY')
      }),
      runs,
    )
  }, 120_000)
})

describe('a long text', () => {
  const long = (part: string) => part.repeat(Math.ceil(12_000_000 / part.length))

  // Regular expressions that keep a way back for each character overflow the stack on such runs.
  it.each([
    ['base64 of nothing', long('LS0tLS1')],
    ['base64 in lines', long('MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAMIIBIjANBgkqhkiG9w0BAQEF\n')],
    ['words like base64', long('MI MI')],
    ['spaces in a block', `-----BEGIN X-----${long(' ')}`],
    ['empty lines in an encrypted block', `-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\n${long('\n')}AAAA`],
    ['tags', `BEGIN <pre>${long('<pre ')}`],
    ['quotes', `BEGIN ${long('> ')}`],
    ['signs of a mail’s source', `BEGIN ${long('=3D \n')}`],
    ['invisible spaces', `BEGIN ${long('\u00a0')}`],
    [
      'bag attributes',
      long(`Bag Attributes\n friendlyName:${' '.repeat(3000)}\n-----BEGIN X-----\nAAAA\n-----END X-----\n`),
    ],
  ])('of %s is taken apart in time that grows with it, and no stack', async (_, text) => {
    const bytes = new TextEncoder().encode(text)
    const before = process.cpuUsage()
    repairOfFile('any', bytes)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(5 * limitMs)
  })
})
