import { describe, expect, it } from 'vitest'
import { createInspections } from '../../electron/inspections.ts'
import { readerHere } from '../support/reader-here.ts'

const mebibyte = 1024 * 1024
const inspection = (bytes = new Uint8Array([7])) => {
  const files = [{ file: 'a', bytes }]
  return { reading: readerHere().reading(files, new Date()), files, leftOut: [] }
}

describe('what was dropped', () => {
  it('is zeroed and forgotten an hour after it was last looked at', () => {
    let now = 0
    const kept = createInspections(() => now)
    const held = inspection()
    const token = kept.keep(held)
    for (const minutes of [59, 118]) {
      now = minutes * 60_000
      expect(kept.find(token)).toBeDefined()
    }
    now = 179 * 60_000
    expect(kept.find(token)).toBeUndefined()
    expect([...held.files[0]!.bytes]).toEqual([0])
  })

  it('is kept of the last four drops, the one least looked at going first', () => {
    const kept = createInspections()
    const tokens = [1, 2, 3, 4].map(() => kept.keep(inspection()))
    kept.find(tokens[0]!)
    tokens.push(kept.keep(inspection()))
    expect(tokens.map((token) => kept.find(token) !== undefined)).toEqual([true, false, true, true, true])
  })

  it('never takes more than 256 MiB in all', () => {
    const kept = createInspections()
    const tokens = [120, 120, 120].map((size) => kept.keep(inspection(new Uint8Array(size * mebibyte))))
    expect(tokens.map((token) => kept.find(token) !== undefined)).toEqual([false, true, true])
  })
})
