import { describe, expect, it } from 'vitest'
import { droppedRoots, momentOf, purposeOf, rootsOf, startQuestion } from '../../../renderer/inspect/trust-question.ts'
import type { InspectedObject } from '../../../shared/pki/facts.ts'
import { listingOf, row, token } from '../../support/listing.ts'

const today = new Date('2026-11-22T12:00:00Z')
const object = (facts: InspectedObject['facts']): InspectedObject => ({
  id: '0',
  file: 'f',
  kind: 'certificate',
  facts,
  problem: null,
  findings: [],
})
const root = row('9', 'f', { facts: { selfSigned: true, isCa: true } })

describe('the question of trust', () => {
  it.each([
    [['clientAuth'], 'client'],
    [['clientAuth', 'serverAuth'], 'client'],
    [['serverAuth'], 'server'],
    [['codeSigning'], 'any'],
    [['anyExtendedKeyUsage'], 'client'],
    [undefined, 'client'],
  ])('for purposes %j is asked for a %s', (extendedKeyUsage, purpose) => {
    expect(purposeOf(object({ extendedKeyUsage }))).toBe(purpose)
  })

  it('starts with the first host name, today, and the roots that were dropped beside it', () => {
    const names = { subjectAltNames: ['DNS:*.acme.example', 'IP:::1', 'DNS:api.acme.example'] }
    expect(startQuestion(object(names), listingOf([row('0', 'f'), root]), today)).toEqual({
      purpose: 'client',
      host: 'api.acme.example',
      day: '2026-11-22',
      roots: 'dropped',
    })
  })

  it('starts with this computer’s roots where none was dropped', () => {
    expect(startQuestion(object({}), listingOf([row('0', 'f')]), today).roots).toBe('system')
    expect(startQuestion({ ...object({}), id: '9' }, listingOf([root]), today).roots).toBe('system')
  })

  it('knows the roots among what was dropped', () => {
    const broken = row('8', 'f', { facts: { selfSigned: true }, problem: { code: 'c', title: 't', next: 'n' } })
    expect(droppedRoots(listingOf([row('0', 'f'), root, broken])).map((one) => one.id)).toEqual(['9'])
  })
})

describe('the answer wanted', () => {
  it.each([
    ['system', { by: 'system' }],
    ['object:1.0', { by: 'object', object: { of: 'inspection', inspection: token, object: '1.0' } }],
    ['identity:aaaa0001', { by: 'identity', identity: 'aaaa0001' }],
    ['nobody:1', null],
  ])('%s are %j', (roots, expected) => {
    expect(rootsOf(roots, token)).toEqual(expected)
  })

  it('is for now on this day, for noon on others, and for none while a day is half typed', () => {
    expect(momentOf('2026-11-22', today)).toBe(today.toISOString())
    expect(momentOf('2030-02-01', today)).toBe('2030-02-01T12:00:00.000Z')
    expect(momentOf('', today)).toBeNull()
    expect(momentOf('2026-13-40', today)).toBeNull()
  })
})
