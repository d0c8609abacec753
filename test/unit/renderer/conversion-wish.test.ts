import { describe, expect, it } from 'vitest'
import { asksPassphrase, inOrderOfNeed, previewSays, wishFor } from '../../../renderer/inspect/conversion-wish.ts'
import type { ConversionRow, ConversionWish } from '../../../shared/calls/conversion.ts'
import { forms } from '../../../shared/pki/convert-forms.ts'
import { targets } from '../../../shared/pki/convert-how.ts'

const usual: ConversionWish = { to: 'pem', readers: 'fips', keys: 'leave-out', together: true }
const row = (file: string, state: ConversionRow['state'], secret = false): ConversionRow => ({
  file,
  state,
  becomes: state === 'ready' ? `${file}.pem` : '',
  holds: '',
  secret,
})

describe('what a conversion is wished for', () => {
  it('names every form once, in words', () => {
    expect(forms.map(({ to }) => to).sort()).toEqual([...targets].sort())
    expect(new Set(forms.map(({ plain, term }) => `${plain} ${term}`)).size).toBe(forms.length)
  })

  it.each<[ConversionWish['to'], Partial<ConversionWish>]>([
    ['pem', { keys: 'leave-out', readers: 'modern', together: true }],
    ['p12', { keys: 'protect', readers: 'fips', together: false }],
    ['jks', { keys: 'protect', readers: 'modern', together: false }],
    ['pkcs8', { keys: 'protect', together: false }],
    ['pkcs1', { keys: 'open', together: false }],
    ['truststore', { readers: 'fips', together: true }],
  ])('has for %s only what that form has a place for', (to, wish) => {
    expect(wishFor({ ...usual, to })).toMatchObject({ to, ...wish })
  })

  it('asks for a passphrase where something is written that has one', () => {
    const wish = (to: ConversionWish['to'], keys: ConversionWish['keys'] = 'protect') => wishFor({ ...usual, to, keys })
    const [open, secret, locked] = [row('a', 'ready'), row('b', 'ready', true), row('c', 'locked')]
    expect(asksPassphrase(wish('pem'), [open, secret])).toBe(true)
    expect(asksPassphrase(wish('pem', 'open'), [open, secret])).toBe(false)
    expect(asksPassphrase(wish('pem'), [open])).toBe(false)
    expect(asksPassphrase(wish('truststore'), [open])).toBe(true)
    expect(asksPassphrase(wish('p12'), [locked])).toBe(false)
  })
})

describe('what is said of it', () => {
  it.each<[ConversionRow[], boolean, string]>([
    [[row('a', 'ready'), row('b', 'ready', true)], false, '2 files would be written, 1 with a private key'],
    [[row('a', 'ready', true)], false, '1 file would be written, all with a private key'],
    [[row('a', 'ready'), row('b', 'ready')], true, 'One file would be written, out of 2 files'],
    [
      [row('a', 'locked'), row('b', 'refused'), row('c', 'refused')],
      false,
      'Nothing would be written; 1 file locked, 2 files left as they are',
    ],
  ])('counts in words', (rows, together, says) => {
    expect(previewSays(rows, together)).toBe(says)
  })

  it('stands first where something wants a look', () => {
    const along = { ...row('e', 'refused'), code: 'convert.nothing-for' }
    const rows = [along, row('a', 'ready'), row('b', 'refused'), row('c', 'locked'), row('d', 'ready')]
    expect(inOrderOfNeed(rows).map(({ file }) => file)).toEqual(['c', 'b', 'a', 'd', 'e'])
  })
})
