import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryCodes, countryMeant, countryName } from '../../../shared/providers/country.ts'
import type { SubjectFieldName } from '../../../shared/providers/profile.ts'
import { checkSubjectValue, longest, subjectOrder } from '../../../shared/providers/subject.ts'

const codes = (field: SubjectFieldName, value: string) => checkSubjectValue(field, value).map((finding) => finding.code)

describe('countries', () => {
  it('are the 249 that ISO 3166-1 assigns, each known by name to the platform', () => {
    expect(countryCodes.length).toBe(249)
    expect(new Set(countryCodes).size).toBe(249)
    for (const code of countryCodes) expect(countryName(code), code).not.toBe(code)
  })

  it.each([
    ['IRL', 'IE'],
    ['ie', 'IE'],
    [' IE ', 'IE'],
    ['UK', 'GB'],
    ['uk', 'GB'],
    ['EL', 'GR'],
    ['Ireland', 'IE'],
    ['united states', 'US'],
    ['USA', 'US'],
    ['XX', null],
    ['Atlantis', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
  ])('understands “%s” as %s', (typed, meant) => {
    expect(countryMeant(typed)).toBe(meant)
  })

  it.each([
    ['IRL', 'Country (C) takes the two-letter ISO 3166-1 code, not “IRL”.', 'Use IE (Ireland).'],
    ['ie', 'The country code “ie” is not in upper case.', 'Use IE (Ireland), upper case.'],
    ['UK', '“UK” is not an assigned ISO 3166-1 country code.', 'Use GB (United Kingdom).'],
    ['XQ', '“XQ” is not an assigned ISO 3166-1 country code.', 'Choose the country from the list.'],
    ['Ireland', 'Country (C) takes the two-letter ISO 3166-1 code, not “Ireland”.', 'Use IE (Ireland).'],
  ])('tells what to write instead of %s', (typed, message, next) => {
    expect(checkSubjectValue('C', typed)).toMatchObject([{ field: 'C', code: 'subject.country', message, next }])
  })
})

describe('subject values', () => {
  it.each(subjectOrder.filter((field) => field !== 'C' && field !== 'emailAddress'))(
    '%s may have exactly the characters that RFC 5280 allows, and not one more',
    (field) => {
      expect(codes(field, 'a'.repeat(longest[field]))).toEqual([])
      expect(codes(field, 'a'.repeat(longest[field] + 1))).toEqual(['subject.too-long'])
    },
  )

  it('count characters, not bytes and not halves of surrogate pairs', () => {
    expect(codes('O', 'ü'.repeat(64))).toEqual([])
    expect(codes('O', '🏦'.repeat(64))).toEqual([])
    expect(codes('O', '🏦'.repeat(65))).toEqual(['subject.too-long'])
  })

  it.each([
    ['O', 'Acme\n', 'subject.hidden-character'],
    ['O', 'Ac\u200bme', 'subject.hidden-character'],
    ['O', 'Ac\u202eme', 'subject.hidden-character'],
    ['CN', '\u0000', 'subject.hidden-character'],
    ['C', 'I\u0000', 'subject.hidden-character'],
    ['O', ' Acme', 'subject.outer-space'],
    ['O', 'Acme ', 'subject.outer-space'],
    ['O', '   ', 'subject.blank'],
    ['O', 'ZÃ¼rich AG', 'subject.garbled'],
    ['emailAddress', 'ops', 'subject.email'],
    ['emailAddress', 'ops@', 'subject.email'],
    ['emailAddress', 'ops@exa mple.com', 'subject.email'],
    ['emailAddress', 'öps@example.com', 'subject.email'],
    ['emailAddress', 'a@b@example.com', 'subject.email'],
    ['serialNumber', 'ü1', 'subject.characters'],
    ['CN', 'https://api.example.com', 'subject.common-name-is-address'],
    ['CN', 'münchen.example', 'subject.common-name-not-ascii'],
  ] as const)('%s = %j is told as %s', (field, value, code) => {
    expect(codes(field, value)).toEqual([code])
  })

  it.each([
    ['O', 'Zürich Versicherung AG'],
    ['O', "O'Neill & Söhne, Inc."],
    ['O', '株式会社'],
    ['L', 'São Paulo'],
    ['CN', 'Acme payments client 1'],
    ['CN', 'api-mtls.acme.truv.com'],
    ['emailAddress', 'ops+mtls@example.com'],
    ['serialNumber', 'HRB 12345/B'],
    ['C', 'IE'],
    ['O', ''],
  ] as const)('%s = %j is fine', (field, value) => {
    expect(codes(field, value)).toEqual([])
  })

  it('never throw, and every finding says what to do next', () => {
    fc.assert(
      fc.property(fc.constantFrom(...subjectOrder), fc.string({ unit: 'binary', maxLength: 400 }), (field, value) => {
        for (const finding of checkSubjectValue(field, value)) {
          expect(finding.field).toBe(field)
          expect(finding.next).toBeTruthy()
          expect(finding.code).toMatch(/^subject\.[a-z-]+$/)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
