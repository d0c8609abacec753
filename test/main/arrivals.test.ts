import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createArrivals } from '../../electron/webhooks/arrivals.ts'
import type { Arrival } from '../../shared/webhooks/arrival.ts'

const arrival = (body = '{}'): Omit<Arrival, 'id'> => ({
  at: '2026-03-01T12:00:00.000Z',
  provider: 'truv',
  from: '127.0.0.1:50000',
  kind: 'request',
  outcome: 'accepted',
  code: 'ok',
  says: 'It is trusted.',
  method: 'POST',
  path: '/',
  status: 200,
  bodyBytes: body.length,
  chain: [],
  headers: [['Host', 'localhost']],
  masked: [],
  body,
  bodyForm: 'text',
  bodyCut: false,
})
const folder = () => mkdtempSync(join(tmpdir(), 'arrivals-'))
const small = { mostArrivals: 20, mostBytes: 1 << 20, arrivalsAFile: 5, bytesAFile: 1 << 16 }

describe('what arrived', () => {
  it('is there after a restart, numbered on', async () => {
    const at = folder()
    const before = createArrivals(at)
    await before.append([arrival('one'), arrival('two')])
    await before.close()
    const after = createArrivals(at)
    expect((await after.page(0, 10)).rows.map(({ id }) => id)).toEqual([1, 2])
    expect((await after.find(2))?.body).toBe('two')
    expect((await after.append([arrival('three')]))[0]?.id).toBe(3)
    expect((await after.page(1, 1)).more).toBe(true)
    await after.close()
  })

  it('keeps the newest where there are too many, and the oldest files go', async () => {
    const at = folder()
    const store = createArrivals(at, small)
    for (let i = 0; i < 63; i++) await store.append([arrival(`body ${i}`)])
    const { rows, first, last, count } = await store.page(0, 100)
    expect(count).toBeLessThanOrEqual(20)
    expect(count).toBeGreaterThan(14)
    expect([rows[0]?.id, rows.at(-1)?.id]).toEqual([first, last])
    expect(last).toBe(63)
    expect(await store.find(1)).toBeUndefined()
    expect((await store.find(63))?.body).toBe('body 62')
    expect(readdirSync(at).length).toBeLessThanOrEqual(5)
    await store.close()
  })

  it('is bounded in octets too', async () => {
    const at = folder()
    const store = createArrivals(at, { ...small, mostArrivals: 1000 })
    for (let i = 0; i < 60; i++) await store.append([arrival('x'.repeat(40_000))])
    const bytes = readdirSync(at).reduce((sum, name) => sum + statSync(join(at, name)).size, 0)
    expect(bytes).toBeLessThanOrEqual(small.mostBytes + small.bytesAFile)
    await store.close()
  })

  it('loses to a crash in the middle of a line that line alone', async () => {
    const at = folder()
    const before = createArrivals(at)
    await before.append([arrival('one'), arrival('two')])
    await before.close()
    const [name = ''] = readdirSync(at)
    appendFileSync(join(at, name), '{"id":3,"at":"2026')
    const after = createArrivals(at)
    expect((await after.page(0, 10)).rows).toHaveLength(2)
    await after.append([arrival('three')])
    expect((await after.page(0, 10)).rows.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(readFileSync(join(at, name), 'utf8').endsWith('\n')).toBe(true)
    await after.close()
  })

  it('loses to any cut of the last file what stood after the cut, and never more', async () => {
    const at = folder()
    const before = createArrivals(at)
    await before.append(Array.from({ length: 4 }, (_, i) => arrival(`body ${i}`)))
    await before.close()
    const [name = ''] = readdirSync(at)
    const whole = readFileSync(join(at, name))
    for (let length = 0; length <= whole.length; length += 7) {
      writeFileSync(join(at, name), whole.subarray(0, length))
      const { rows } = await createArrivals(at).page(0, 10)
      const lines = whole.subarray(0, length).filter((octet) => octet === 10).length
      expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4].slice(0, lines))
    }
  })

  it('goes on numbering after it was cleared', async () => {
    const store = createArrivals(folder())
    await store.append([arrival(), arrival()])
    await store.clear()
    expect(await store.page(0, 10)).toMatchObject({ rows: [], count: 0 })
    expect((await store.append([arrival()]))[0]?.id).toBe(3)
    await store.close()
  })

  it('is for its owner alone to read', async () => {
    const at = folder()
    const store = createArrivals(at)
    await store.append([arrival()])
    await store.close()
    const [name = ''] = readdirSync(at)
    expect(statSync(join(at, name)).mode & 0o077).toBe(0)
  })
})
