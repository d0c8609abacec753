import { describe, expect, it } from 'vitest'
import type { DoorCase, DoorRow, DoorSeen } from '../../../shared/door/door-report.ts'
import { orderOfTrying, plannedRows } from '../../../shared/door/door-rows.ts'
import { judgeRows } from '../../../shared/door/judge-door.ts'
import { doorMarkdown } from '../../../shared/door/report-text.ts'
import { summariseDoor } from '../../../shared/door/summarise-door.ts'

const answered = (status: number, more: Partial<DoorSeen> = {}): DoorSeen => ({
  kind: 'answered',
  says: `HTTP ${status}`,
  status,
  asked: true,
  blames: false,
  ...more,
})
const alert: DoorSeen = { kind: 'alert', says: 'unknown_ca, alert 48', alert: 48, asked: true }
const closed: DoorSeen = { kind: 'closed', says: 'closed', asked: true }

/** Verdicts of what was seen in TLS 1.3. */
function judged(seen: Partial<Record<DoorCase, DoorSeen>>): Partial<Record<DoorCase, string>> {
  const rows = plannedRows({}, true).map((row): DoorRow => {
    const one = row.version === 'TLSv1.3' ? seen[row.case] : undefined
    return one ? { ...row, state: 'done', seen: one } : row
  })
  const told = judgeRows(rows).filter(({ seen: one }) => one !== undefined)
  return Object.fromEntries(told.map((row) => [row.case, row.verdict]))
}

describe('a row of a door', () => {
  it.each<[string, Partial<Record<DoorCase, DoorSeen>>, Partial<Record<DoorCase, string>>]>([
    ['is shut by an alert', { none: alert, right: answered(200) }, { none: 'shut', right: 'lets-in' }],
    ['is shut by a page that blames the certificate', { none: answered(400, { blames: true }) }, { none: 'shut' }],
    ['is open where it is answered', { none: answered(204) }, { none: 'open' }],
    [
      'is open where the right one gets 404, and it too',
      { none: answered(404), right: answered(404) },
      { none: 'open' },
    ],
    [
      'is shut where it gets 404 and the right one 200',
      { none: answered(404), right: answered(200) },
      { none: 'shut' },
    ],
    ['is not judged by 404 alone', { none: answered(404) }, { none: 'cannot-tell' }],
    ['is shut by 403', { none: answered(403) }, { none: 'shut' }],
    [
      'is not judged by 403 that the right one gets too',
      { none: answered(403), right: answered(403) },
      { none: 'shut', right: 'cannot-tell' },
    ],
    [
      'is open where the right one is told to sign in, others than it before, and this one too',
      { none: alert, 'self-signed': answered(401), right: answered(401) },
      { none: 'shut', 'self-signed': 'open', right: 'lets-in' },
    ],
    [
      'is shut by a redirect that the right one does not get',
      { none: answered(302, { location: 'https://l.example/' }), right: answered(200) },
      { none: 'shut' },
    ],
    ['is not judged by a redirect alone', { none: answered(302) }, { none: 'cannot-tell' }],
    ['is not judged by a fault', { none: answered(502), right: answered(200) }, { none: 'cannot-tell' }],
    ['is not judged by a closed connection alone', { none: closed }, { none: 'cannot-tell' }],
    [
      'is shut by a closed connection where the right one is let in',
      { 'other-ca': closed, right: answered(200) },
      { 'other-ca': 'shut' },
    ],
    [
      'is shut by a closed connection where others are told in words',
      { 'other-ca': closed, none: alert },
      { 'other-ca': 'shut' },
    ],
    [
      'from the right authority says nothing while that is refused',
      { expired: alert, right: alert },
      { expired: 'cannot-tell', right: 'shuts-out' },
    ],
    ['is not judged by silence', { none: { kind: 'timed-out', says: 'late' } }, { none: 'cannot-tell' }],
    ['was not tried in a version that is not spoken', { none: { kind: 'version', says: '' } }, { none: 'not-tried' }],
  ])('%s', (_, seen, verdicts) => {
    expect(judged(seen)).toMatchObject(verdicts)
  })
})

describe('a check', () => {
  it('begins with the right one, so that the others are held against its answer', () => {
    const rows = plannedRows({}, true)
    expect(rows).toHaveLength(20)
    expect(
      orderOfTrying(rows)
        .slice(0, 4)
        .map((at) => rows[at]?.case),
    ).toEqual(['right', 'right', 'none', 'none'])
    expect(orderOfTrying(plannedRows({ right: 'none here' }, false))).toHaveLength(16)
  })

  it('is open as soon as one row is', () => {
    const rows = plannedRows({}, false).map(
      (row): DoorRow => ({ ...row, state: 'done', verdict: row.case === 'expired' ? 'open' : 'shut' }),
    )
    expect(summariseDoor(rows, false)).toMatchObject({ outcome: 'open', title: expect.stringContaining('expired') })
  })

  it('is not called shut when it was cancelled, or nothing was tried', () => {
    const rows = plannedRows({}, false).map((row): DoorRow => ({ ...row, state: 'done', verdict: 'shut' }))
    expect(summariseDoor(rows, true).outcome).toBe('cannot-tell')
    expect(summariseDoor([], false).outcome).toBe('cannot-tell')
  })

  it('names what was not tried', () => {
    const rows = judgeRows(plannedRows({ revoked: 'none given' }, false)).map(
      (row): DoorRow => ({
        ...row,
        state: 'done',
        verdict: row.verdict ?? (row.case === 'right' ? 'lets-in' : 'shut'),
      }),
    )
    const summary = summariseDoor(rows, false)
    expect(summary.title).toBe(
      'The door is shut to what must be refused, and lets the right one in; not tried: revoked',
    )
    expect(summary.next).toHaveLength(1)
  })

  it('is told in Markdown that nothing from the server can alter', () => {
    const [row] = plannedRows({}, false)
    const evil = 'x | y\n# z <img src=x> [a](javascript:b) `c` **d**'
    const rows: DoorRow[] = [
      { ...row!, state: 'done', verdict: 'open', because: evil, seen: answered(200, { says: evil }) },
    ]
    const report = {
      format: 1 as const,
      id: '00000000-0000-0000-0000-000000000000',
      url: 'https://a.example/',
      startedAt: '2026-01-01T00:00:00.000Z',
      ...{ durationMs: 1, connections: 1, cancelled: false },
      server: { subject: evil, sha256: 'ab', notAfter: '2027-01-01T00:00:00Z' },
      rows,
      ...summariseDoor(rows, false),
    }
    const text = doorMarkdown(report)
    expect(text).not.toMatch(/[^\\]<img|\n# z|[^\\]\]\(javascript/)
    const table = text.split('\n').filter((line) => line.startsWith('| No certificate'))
    expect(table).toHaveLength(1)
    expect(table[0]?.match(/(?<!\\)\|/g)).toHaveLength(6)
  })
})
