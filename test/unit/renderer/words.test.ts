import { describe, expect, it } from 'vitest'
import { daysText, relativeDays } from '../../../renderer/parts/dates.ts'
import { lifetimeWords } from '../../../renderer/parts/fact-words.ts'
import { matchingProviders } from '../../../renderer/parts/provider-search.ts'
import { readReminderDays } from '../../../renderer/parts/reminder-days.ts'
import { savedWords } from '../../../renderer/parts/saved-words.ts'
import { keyWords, spacedHex } from '../../../shared/pki/key-words.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

const today = new Date('2026-11-22T12:00:00Z')

describe('dates in words', () => {
  it.each([
    [0, '0 days'],
    [1, '1 day'],
    [29, '29 days'],
    [363, '363 days'],
    [365, '1 year'],
    [366, '1 year'],
    [395, '1 year 30 days'],
    [730, '2 years'],
    [1095, '3 years'],
    [3649, '9 years 364 days'],
    [3650, '10 years'],
    [3652, '10 years'],
  ])('%i days are %s', (days, text) => {
    expect(daysText(days)).toBe(text)
  })

  it.each([
    ['2026-12-21T13:00:00Z', 'in 29 days'],
    ['2026-11-22T18:00:00Z', 'within a day'],
    ['2026-11-22T06:00:00Z', 'less than a day ago'],
    ['2026-11-19T11:00:00Z', '3 days ago'],
  ])('%s is %s', (iso, text) => {
    expect(relativeDays(iso, today)).toBe(text)
  })

  it('a head start for slow clocks makes a year no longer', () => {
    expect(lifetimeWords('2026-01-01T00:00:00Z', '2027-01-01T00:05:00Z')).toBe('1 year')
  })
})

describe('facts in words', () => {
  it.each([
    [{ keyAlgorithm: 'RSA', keyBits: 2048 }, 'RSA 2048'],
    [{ keyAlgorithm: 'EC', keyBits: 256, curve: 'prime256v1' }, 'EC P-256'],
    [{ keyAlgorithm: 'EC', curve: 'secp256k1' }, 'EC secp256k1'],
    [{ keyAlgorithm: 'Ed25519', keyBits: 256 }, 'Ed25519'],
    [{}, ''],
  ])('%o is %s', (facts, text) => {
    expect(keyWords(facts)).toBe(text)
  })

  it('hex is spaced in fours', () => {
    expect(spacedHex('00ffab12cd')).toBe('00ff ab12 cd')
  })
})

describe('saved files in words', () => {
  it.each([
    [['/home/ann/acme.p12'], 'Saved acme.p12 in /home/ann'],
    [['C:\\keys\\a.crt', 'C:\\keys\\a.key'], 'Saved a.crt, a.key in C:\\keys'],
    [['acme.csr'], 'Saved acme.csr'],
  ])('%j', (paths, text) => {
    expect(savedWords(paths)).toBe(text)
  })
})

describe('reminder days', () => {
  it.each([
    ['30, 14, 7, 1', [30, 14, 7, 1]],
    ['1 7;14', [14, 7, 1]],
    ['7, 7', [7]],
  ])('%s is read', (text, days) => {
    expect(readReminderDays(text)).toEqual(days)
  })

  it.each(['', '0', '366', '7.5', 'a week', '-1', '1,2,3,4,5,6,7,8,9'])('%j is refused', (text) => {
    expect(readReminderDays(text)).toBeNull()
  })
})

describe('the search for a provider', () => {
  const entries = builtInProfiles.map((profile) => ({ profile, builtIn: true }))
  const found = (search: string) => matchingProviders(entries, search).map((entry) => entry.profile.id)

  it('finds by a part of the name', () => expect(found('pay')).toContain('payrails'))
  it('always offers the free one, and last', () => expect(found('no such provider')).toEqual(['other']))
  it('shows all without a search', () => expect(found('')).toHaveLength(builtInProfiles.length))
})
