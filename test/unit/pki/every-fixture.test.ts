import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'

/**
 * Every fixture there is, cut off or with one bit turned over, some cases a file. `npm run fuzz` makes a hundred thousand
 * of them; the seed is the number of the case, so that a case found at night is found again by day.
 */
const cases = Number(process.env.COUNTERSIGN_CASES ?? 2000)
const first = Number(process.env.COUNTERSIGN_FIRST_CASE ?? 0)
/** Of the processor, not of the clock: another program’s load is no fault of the parser. */
const limitMs = 1000

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const files = ['kinds', 'corpus']
  .flatMap((folder) => readdirSync(join(fixtures, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && !/\.(?:csv|json|md)$|^NOTICE/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }))
  .filter(({ bytes }) => bytes.length > 0)

/** The n-th number of a fixed sequence, spread over 32 bits (the finaliser of MurmurHash3). */
function scattered(n: number): number {
  let h = Math.imul(n + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function caseOf(n: number): { name: string; bytes: Uint8Array } {
  const { path, bytes } = files[n % files.length]!
  const at = scattered(n) % bytes.length
  if (scattered(n + 0x10000) % 3 === 0) return { name: `${path} cut at ${at}`, bytes: bytes.slice(0, at) }
  const flipped = Uint8Array.from(bytes)
  const bit = scattered(n + 0x20000) % 8
  flipped[at] = flipped[at]! ^ (1 << bit)
  return { name: `${path} with bit ${bit} of octet ${at} turned over`, bytes: flipped }
}

describe('every fixture, cut or with a bit turned over', () => {
  it(`is inspected without fault within ${limitMs} ms, in ${cases} cases`, async () => {
    const slow: string[] = []
    for (let n = first; n < first + cases; n++) {
      const { name, bytes } = caseOf(n)
      const before = process.cpuUsage()
      const objects = await inspectBytes('any', bytes, [], new Date('2027-01-01T00:00:00Z')).catch((thrown) => {
        throw new Error(`case ${n}: ${name}`, { cause: thrown })
      })
      const { user, system } = process.cpuUsage(before)
      const tookMs = (user + system) / 1000
      if (tookMs > limitMs) slow.push(`case ${n}: ${name} took ${Math.round(tookMs)} ms`)
      expect(objects.length, `case ${n}: ${name}`).toBeGreaterThan(0)
    }
    expect(slow).toEqual([])
  }, 3_600_000)
})
