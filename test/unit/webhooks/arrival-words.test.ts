import { describe, expect, it } from 'vitest'
import { found, rowWords, timeOf } from '../../../renderer/webhooks/arrival-words.ts'
import type { ArrivalRow } from '../../../shared/webhooks/arrival.ts'

const row = (id: number, change: Partial<ArrivalRow> = {}): ArrivalRow => ({
  id,
  at: '2026-03-01T12:00:00.000Z',
  provider: 'truv',
  from: '127.0.0.1:50000',
  kind: 'request',
  outcome: 'accepted',
  code: 'ok',
  says: 'It is trusted.',
  method: 'POST',
  path: `/hooks/${id}`,
  status: 200,
  subject: 'CN=mtls-prod.truv.com',
  signature: 'good',
  ...change,
})
const refused = row(2, {
  kind: 'connection',
  outcome: 'refused',
  code: 'path.expired',
  says: '“x” expired.',
  method: undefined,
})

describe('arrivals in the list', () => {
  it('stand newest first, and are found by any of their words in any order', () => {
    const rows = [row(1), refused, row(3)]
    expect(found(rows, '', 'all').map(({ id }) => id)).toEqual([3, 2, 1])
    expect(found(rows, 'TRUV.com  /hooks/3', 'all').map(({ id }) => id)).toEqual([3])
    expect(found(rows, 'path.expired', 'all').map(({ id }) => id)).toEqual([2])
    expect(found(rows, 'nothing of this', 'all')).toEqual([])
  })

  it('can be narrowed to those that were let in, or not', () => {
    const rows = [row(1), refused, row(3)]
    expect(found(rows, '', 'refused')).toEqual([refused])
    expect(found(rows, '', 'accepted')).toHaveLength(2)
  })

  it('say all of it to who cannot see the marks', () => {
    expect(rowWords(row(1, { signature: 'wrong' }))).toBe(
      'Accepted, POST /hooks/1, It is trusted., CN=mtls-prod.truv.com, 127.0.0.1:50000, signature wrong, answered 200, ok',
    )
    expect(rowWords(refused)).toContain('Refused, No request, “x” expired.')
  })

  it('search ten thousand in a moment', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => row(i + 1))
    const begun = performance.now()
    expect(found(rows, 'hooks/4321', 'all')).toHaveLength(1)
    expect(performance.now() - begun).toBeLessThan(500)
  })

  it('name the day where it is another one', () => {
    const now = new Date(2026, 2, 1, 18)
    expect(timeOf(new Date(2026, 2, 1, 9).toISOString(), now)).not.toMatch(/Mar/)
    expect(timeOf(new Date(2026, 1, 27, 9).toISOString(), now)).toMatch(/27/)
  })
})
