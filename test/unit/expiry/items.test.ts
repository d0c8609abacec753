import { describe, expect, it } from 'vitest'
import { byEnd, itemState, renewFromOf, usualDays } from '../../../shared/expiry/items.ts'
import { remindersOn } from '../../../shared/expiry/reminders.ts'
import { type SeenCertificate, serverChange, serverChangeWords } from '../../../shared/expiry/server-change.ts'
import { expiryItem } from '../../support/expiry-item.ts'

const today = new Date('2026-03-01T12:00:00Z')
const inDays = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString()
const days = [30, 14, 7, 1]

describe('the state of an item', () => {
  it.each([
    [40, 'valid'],
    [30.5, 'renew'],
    [0, 'renew'],
    [-0.1, 'expired'],
  ])('with %f days left and reminders from 30 days on is %s', (left, state) => {
    expect(itemState(expiryItem({ name: 'x', notAfter: inDays(left) }), today)).toBe(state)
  })

  it('stays what was made of it: waiting, replaced or revoked', () => {
    for (const life of ['waiting', 'replaced', 'revoked'] as const) {
      expect(itemState(expiryItem({ name: 'x', notAfter: inDays(-9), life }), today)).toBe(life)
    }
  })
})

describe('the usual days', () => {
  it.each([
    [365, 'identity', [30, 14, 7, 1]],
    [90, 'identity', [30, 14, 7, 1]],
    [30, 'identity', [7, 1]],
    [7, 'crl', [1]],
    [1, 'crl', []],
    [90, 'server', [14, 7, 1]],
    [398, 'server', [30, 14, 7, 1]],
  ] as const)(
    'of something that lasts %i days (%s) leave out what would be told of something new',
    (lasts, kind, left) => {
      expect(usualDays(days, inDays(0), inDays(lasts), kind)).toEqual(left)
    },
  )

  it('open the renewal window at the first of them, for short ones in their last third, never before the start', () => {
    expect(renewFromOf([30, 7], inDays(0), inDays(100))).toBe(inDays(70))
    expect(renewFromOf([], inDays(0), inDays(1.5))).toBe(inDays(1))
    expect(renewFromOf([90], inDays(0), inDays(60))).toBe(inDays(0))
  })
})

describe('reminders that are due', () => {
  const due = (...items: Parameters<typeof expiryItem>[0][]) =>
    remindersOn(items.map(expiryItem), today).map(({ name, threshold }) => [name, threshold])

  it('name the smallest threshold that was passed, expired ones first', () => {
    const items = [12, 3, 60, -2].map((left) => ({ name: `in ${left}`, notAfter: inDays(left) }))
    expect(due(...items)).toEqual([
      ['in -2', 0],
      ['in 3', 7],
      ['in 12', 14],
    ])
  })

  it('leave out what was replaced, seen to, switched off, or is long over and nobody’s to renew', () => {
    expect(
      due(
        { name: 'a', notAfter: inDays(2), life: 'replaced' },
        { name: 'b', notAfter: inDays(2), done: true },
        { name: 'c', notAfter: inDays(2), reminders: 'off', remindDays: [] },
        { name: 'd', notAfter: inDays(-60), kind: 'issued', id: 'issued:abcdefgh' },
        { name: 'e', notAfter: inDays(-60) },
      ),
    ).toEqual([['e', 0]])
  })

  it('tell of a short-lived thing once it is over', () => {
    expect(due({ name: 'list', notAfter: inDays(-0.1), remindDays: [] })).toEqual([['list', 0]])
  })
})

it('the nearest end comes first, then what waits, then what is over', () => {
  const items = [
    expiryItem({ name: 'gone', notAfter: inDays(1), life: 'replaced' }),
    expiryItem({ name: 'later', notAfter: inDays(90) }),
    { ...expiryItem({ name: 'waits', notAfter: inDays(1), life: 'waiting' }), notAfter: undefined },
    expiryItem({ name: 'soon', notAfter: inDays(2) }),
  ]
  expect(items.sort(byEnd).map(({ name }) => name)).toEqual(['soon', 'later', 'waits', 'gone'])
})

describe('a server between two looks', () => {
  const seen = (serial: string, key: string, issuer = 'CN=Example CA,O=Example'): SeenCertificate => ({
    subject: 'CN=api.example.com',
    issuer,
    notBefore: inDays(-1),
    notAfter: inDays(89),
    sha256: serial,
    spkiSha256: key,
  })
  const ca = (key: string): SeenCertificate => ({ ...seen(`ca ${key}`, key), subject: 'CN=Example CA,O=Example' })
  const kind = (before: SeenCertificate[], after: SeenCertificate[]) => serverChange(before, after, today)?.kind

  it('is told apart by what it breaks: certificate, key or CA', () => {
    expect(kind([seen('1', 'k')], [seen('1', 'k')])).toBeUndefined()
    expect(kind([seen('1', 'k')], [seen('2', 'k')])).toBe('renewed')
    expect(kind([seen('1', 'k')], [seen('2', 'l')])).toBe('new-key')
    expect(kind([seen('1', 'k')], [seen('2', 'k', 'CN=Other CA')])).toBe('new-issuer')
    expect(kind([seen('1', 'k'), ca('a')], [seen('2', 'l'), ca('b')])).toBe('new-issuer')
  })

  it('has not changed its CA when it only sends fewer certificates, or none', () => {
    expect(kind([seen('1', 'k'), ca('a')], [seen('2', 'k')])).toBe('renewed')
    expect(kind([seen('1', 'k')], [])).toBeUndefined()
    expect(kind([], [seen('1', 'k')])).toBeUndefined()
  })

  it('is told with who issued before and who does now', () => {
    const change = serverChange([seen('1', 'k')], [seen('2', 'k', 'O=Neu\\, GmbH')], today)
    expect(change && serverChangeWords(change, 'api.example.com').body).toContain(
      'Neu, GmbH issued it, before it was Example CA',
    )
  })
})
