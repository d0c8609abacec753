import { describe, expect, it } from 'vitest'
import { fieldValues, fieldWord } from '../../../renderer/inspect/compare-fields.ts'
import { altNameWords, base64OfHex, extensionWords, withColons } from '../../../renderer/inspect/field-words.ts'
import { revokedFound } from '../../../renderer/inspect/revoked-search.ts'
import type { ComparedField } from '../../../shared/pki/inspect-calls.ts'

describe('field words', () => {
  it('split an alternative name into its kind and value', () => {
    expect(altNameWords('DNS:a.example')).toEqual({ kind: 'Host name', value: 'a.example' })
    expect(altNameWords('IP:2001:db8::1')).toEqual({ kind: 'IP address', value: '2001:db8::1' })
    expect(altNameWords('odd')).toEqual({ kind: 'Name', value: 'odd' })
  })

  it('write a fingerprint with colons, and in base64', () => {
    expect(withColons('0aff')).toBe('0A:FF')
    expect(base64OfHex('00ff10')).toBe('AP8Q')
  })

  it('say what an extension is for, and keep the name of one without words', () => {
    expect(extensionWords({ oid: '2.5.29.37', name: 'Extended Key Usage' })).toBe('Purposes')
    expect(extensionWords({ oid: '2.5.29.9', name: 'Subject Directory Attributes' })).toBe(
      'Subject Directory Attributes',
    )
    expect(extensionWords({ oid: '1.2.3', name: '1.2.3' })).toBe('Unknown extension')
  })
})

describe('compared fields', () => {
  const field = (group: ComparedField['group'], name: string, a: string[] = []): ComparedField => ({
    group,
    field: name,
    a,
    b: [],
    same: false,
  })

  it.each([
    [field('key', 'spkiSha256'), 'Fingerprint (SPKI)'],
    [field('validity', 'notAfter'), 'Valid to'],
    [field('subject', 'O'), 'Organisation'],
    [field('issuer', '1.2.3.4'), '1.2.3.4'],
    [field('extensions', 'Subject Alternative Name'), 'Names it stands for'],
  ])('%j is called %s', (one, word) => {
    expect(fieldWord(one)).toBe(word)
  })

  it('show kinds in words and times in the user’s way, but leave what is no time', () => {
    const kind = field('object', 'kind', ['request'])
    expect(fieldValues(kind, kind.a)).toEqual(['Signing request'])
    const when = field('validity', 'notAfter', ['2030-01-02T00:00:00Z', 'x'])
    const [time, odd] = fieldValues(when, when.a)
    expect(time).toMatch(/2030/)
    expect(odd).toBe('x')
  })
})

describe('the search among revoked certificates', () => {
  const entries = [
    { serialHex: '0A12FF', revokedAt: '2026-01-02T03:04:05Z', reason: 'keyCompromise' },
    { serialHex: '02', revokedAt: '2025-12-31T00:00:00Z' },
  ]
  it.each([
    ['', ['0A12FF', '02']],
    ['0a:12', ['0A12FF']],
    ['0x0a12ff', ['0A12FF']],
    ['660223', ['0A12FF']],
    ['2', ['0A12FF', '02']],
    ['2025-12', ['02']],
    ['compromise', ['0A12FF']],
    ['nothing', []],
  ])('%j finds %j', (search, serials) => {
    expect(revokedFound(entries, search).map((entry) => entry.serialHex)).toEqual(serials)
  })
})
