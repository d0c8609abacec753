import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesPattern, patternFault } from '../../../shared/providers/pattern.ts'
import { blanksIn, fill, fillKnown, hasStrayBrace, templatePattern } from '../../../shared/providers/template.ts'

describe('patterns of provider files', () => {
  it.each([
    '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?',
    '[a-z]+\\.[a-z]+\\.[a-z]+',
    '(?:ab)+',
    '(?:sandbox|live)',
    '\\p{L}[\\p{L} ]*',
    '\\d{6,8}',
    'a[(+*?]b',
    '[^\\]]+',
    '',
  ])('%j is taken', (pattern) => {
    expect(patternFault(pattern)).toBeNull()
  })

  it.each([
    ['(a+)+', 'repeats a group'],
    ['(?:a*)*b', 'repeats a group'],
    ['(?:[a-z]+\\.)+[a-z]+', 'repeats a group'],
    ['(?:a|a)*b', 'repeats a group'],
    ['(?:a?){30}', 'repeats a group'],
    ['(?:(?:a{9}){9}){9}', 'repeats a group'],
    ['((a+))+', 'repeats a group'],
    ['(?:[)]+){2}', 'repeats a group'],
    ['a*a*a*a*b', 'has too many repetitions'],
    ['a?'.repeat(30) + 'a'.repeat(30), 'has too many repetitions'],
    ['(?:a|b)'.repeat(28), 'has too many repetitions'],
    ['a{1,1000}b{1,1000}c{1,1000}d{1,1000}', 'has too many repetitions'],
    ['a{5000}', 'repeats something more than 256 times'],
    ['(a)\\1', 'uses a back reference'],
    ['(?<n>a)\\k<n>', 'uses a'],
    ['(?=a)b', 'uses a group of the form (?…)'],
    ['(?<!a)b', 'uses a group of the form (?…)'],
    ['(', 'is not a valid regular expression'],
    ['[z-a]', 'is not a valid regular expression'],
    ['a{2', 'is not a valid regular expression'],
    ['a'.repeat(201), 'is longer than 200 characters'],
    ['('.repeat(30) + ')'.repeat(30), 'has brackets nested more than 20 deep'],
  ])('%j is refused', (pattern, why) => {
    expect(patternFault(pattern)).toContain(why)
  })

  it('that are taken never need long, even for the worst text', () => {
    const atom = fc.constantFrom(
      'a',
      '[ab]',
      'a*',
      'a+',
      'a?',
      '[ab]*',
      'a{0,9}',
      '(?:ab)*',
      '(?:a|b)',
      '(?:ab?)?',
      'b',
    )
    const pattern = fc.array(atom, { minLength: 1, maxLength: 12 }).map((parts) => `${parts.join('')}c`)
    fc.assert(
      fc.property(pattern, (source) => {
        fc.pre(patternFault(source) === null)
        const start = performance.now()
        matchesPattern(source, 'ab'.repeat(128))
        matchesPattern(source, 'a'.repeat(256))
        expect(performance.now() - start).toBeLessThan(1500)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  it('match whole texts only, and none beyond 256 characters', () => {
    expect(matchesPattern('a|b', 'b')).toBe(true)
    expect(matchesPattern('a|b', 'xb')).toBe(false)
    expect(matchesPattern('a', 'a\n')).toBe(false)
    expect(matchesPattern('a*', 'a'.repeat(256))).toBe(true)
    expect(matchesPattern('a*', 'a'.repeat(257))).toBe(false)
  })
})

describe('templates', () => {
  it('name their blanks once, in order', () => {
    expect(blanksIn('{b}-{a}-{b} {1} {}')).toEqual(['b', 'a'])
  })

  it('are filled only when every blank has a value', () => {
    expect(fill('api.{name}.io', { name: 'acme' })).toBe('api.acme.io')
    expect(fill('api.{name}.io', {})).toBeNull()
    expect(fill('api.{name}.io', { name: '' })).toBeNull()
    expect(fill('{constructor}', {})).toBeNull()
    expect(fillKnown('{a}/{b}', { a: 'x' })).toBe('x/{b}')
  })

  it('do not fill what a value brings along', () => {
    expect(fill('{a}{b}', { a: '{b}', b: '$&' })).toBe('{b}$&')
  })

  it('tell stray braces', () => {
    expect(hasStrayBrace('{a}')).toBe(false)
    for (const text of ['{', '}', '{a', '{ a }', '{a}}']) expect(hasStrayBrace(text), text).toBe(true)
  })

  it('match what they were filled with, and not a text in which a dot became a letter', () => {
    const pattern = templatePattern('api-mtls.{name}.truv.com', () => '[a-z]+')
    expect(matchesPattern(pattern, 'api-mtls.acme.truv.com')).toBe(true)
    expect(matchesPattern(pattern, 'api-mtls.acmextruv.com')).toBe(false)
    expect(matchesPattern(pattern, 'api-mtls.acme.truv.com.evil.example')).toBe(false)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const literal = text.replace(/[{}]/g, '')
        expect(
          matchesPattern(
            templatePattern(literal, () => ''),
            literal,
          ),
        ).toBe(true)
      }),
    )
  })
})
