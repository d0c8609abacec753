import { describe, expect, it } from 'vitest'
import type { CheckedPlan } from '../../../shared/providers/conformance.ts'
import { checkPlan } from '../../../shared/providers/conformance.ts'
import { goodPlan, profileNamed } from './plans.ts'

type Change = Partial<CheckedPlan>

const checked = (id: string, change: Change) => checkPlan(profileNamed(id), { ...goodPlan(id), ...change })

/** Provider, what is changed in its good plan, the field that is marked, code, severity. */
const mistakes: [string, string, Change, string, string, string][] = [
  ['truv', 'no name', { answers: {} }, 'answers.name', 'answer.missing', 'refuses'],
  ['truv', 'a name with a dot', { answers: { name: 'ac.me' } }, 'answers.name', 'answer.pattern', 'refuses'],
  ['truv', 'a name in capitals', { answers: { name: 'ACME' } }, 'answers.name', 'answer.pattern', 'refuses'],
  ['truv', 'an own organisation', { subject: { O: 'Acme' } }, 'O', 'subject.fixed-differs', 'refuses'],
  ['truv', 'a lower-case fixed country', { subject: { C: 'us' } }, 'C', 'subject.fixed-differs', 'refuses'],
  ['truv', 'an own common name', { subject: { CN: 'acme.com' } }, 'CN', 'subject.derived-differs', 'refuses'],
  ['truv', 'a department', { subject: { OU: 'IT' } }, 'OU', 'subject.not-asked', 'notes'],
  ['truv', 'a name too long for CN', { answers: { name: 'a'.repeat(50) } }, 'CN', 'subject.too-long', 'refuses'],
  ['truv', 'Ed25519', { key: 'ed25519' }, 'key', 'key.not-allowed', 'refuses'],
  ['truv', 'EC P-384, signed with SHA-384', { key: 'ec-p384' }, 'key', 'key.not-documented', 'warns'],
  ['payrails', 'no state', { subject: { C: 'DE', O: 'Acme' } }, 'ST', 'subject.missing', 'refuses'],
  ['payrails', 'no country', { subject: { ST: 'Berlin', O: 'Acme' } }, 'C', 'subject.missing', 'refuses'],
  ['payrails', 'no organisation', { subject: { C: 'DE', ST: 'Berlin' } }, 'O', 'subject.missing', 'refuses'],
  ['payrails', 'C=DEU', { subject: { C: 'DEU', ST: 'B', O: 'A' } }, 'C', 'subject.country', 'refuses'],
  ['payrails', 'C=de', { subject: { C: 'de', ST: 'B', O: 'A' } }, 'C', 'subject.country', 'refuses'],
  [
    'payrails',
    'a company of two words',
    { answers: { company: 'ac me' } },
    'answers.company',
    'answer.pattern',
    'refuses',
  ],
  ['payrails', 'RSA 2048', { key: 'rsa-2048' }, 'key', 'key.not-documented', 'warns'],
  [
    'payrails',
    'a company of 49 letters',
    { answers: { company: 'a'.repeat(49) } },
    'CN',
    'subject.too-long',
    'refuses',
  ],
  ['apata', 'no country', { subject: { O: 'A' } }, 'C', 'subject.missing', 'refuses'],
  ['apata', 'no organisation', { subject: { C: 'IE' } }, 'O', 'subject.missing', 'refuses'],
  ['apata', 'an EC key', { key: 'ec-p256' }, 'key', 'key.not-allowed', 'refuses'],
  ['apata', 'another common name', { subject: { CN: 'x.com' } }, 'CN', 'subject.derived-differs', 'refuses'],
  [
    'apata',
    'a host with a scheme',
    { answers: { host: 'https://api.apata.io' } },
    'answers.host',
    'answer.host',
    'refuses',
  ],
  ['apata', 'a host with a port', { answers: { host: 'api.apata.io:443' } }, 'answers.host', 'answer.host', 'refuses'],
  ['apata', 'C=IRL', { subject: { C: 'IRL', O: 'A' } }, 'C', 'subject.country', 'refuses'],
  ['nuapay', 'an empty subject', { subject: {} }, 'CN', 'subject.empty', 'refuses'],
  ['nuapay', 'a lower-case country', { subject: { C: 'ie', CN: 'a' } }, 'C', 'subject.country', 'warns'],
  ['nuapay', 'a three-letter country', { subject: { C: 'IRL', CN: 'a' } }, 'C', 'subject.country', 'refuses'],
  ['nuapay', 'Ed25519', { key: 'ed25519' }, 'key', 'key.rarely-accepted', 'warns'],
  ['other', 'no common name', { subject: { O: 'A' } }, 'CN', 'subject.missing', 'refuses'],
  [
    'other',
    'a bare alternative name',
    { subjectAltNames: ['a.example'] },
    'subjectAltNames.0',
    'san.invalid',
    'refuses',
  ],
  ['other', 'a wildcard', { subjectAltNames: ['DNS:*.example.com'] }, 'subjectAltNames.0', 'san.wildcard', 'warns'],
  ['other', 'a name twice', { subjectAltNames: ['DNS:a.b', 'DNS:A.b'] }, 'subjectAltNames.1', 'san.repeated', 'notes'],
  ['other', 'a wrong host', { answers: { host: 'a_b.example' } }, 'answers.host', 'answer.host', 'refuses'],
  ['other', 'an unknown environment', { environment: 'moon' }, 'environment', 'plan.environment-unknown', 'refuses'],
]

describe('checkPlan', () => {
  it.each(mistakes)('tells %s about %s', (id, _, change, field, code, severity) => {
    const found = checked(id, change).filter((finding) => finding.code === code && finding.field === field)
    expect(found.map((finding) => finding.severity)).toEqual([severity])
  })

  it.each(mistakes.filter(([id, , , , , severity]) => severity === 'refuses' && !['other', 'nuapay'].includes(id)))(
    'sends the reader of %s about %s to a page',
    (id, _, change, field, code) => {
      const found = checked(id, change).find((finding) => finding.code === code && finding.field === field)!
      expect(found.source?.url).toMatch(/^https:\/\//)
      expect(found.next).toBeTruthy()
    },
  )

  it('tells an open answer once, not also as a missing common name', () => {
    expect(checked('truv', { answers: {} }).map((finding) => finding.code)).toEqual(['answer.missing'])
  })

  it('cites Apata’s own list of required fields', () => {
    const [finding] = checked('apata', { subject: { O: 'A' } })
    expect(finding).toMatchObject({
      message: 'Country (C) is missing; Apata requires it.',
      next: 'Fill it in, such as “IE”.',
      source: { title: 'Apata: Mutual TLS Setup', url: 'https://docs.apata.com/docs/mutual-tls-setup' },
    })
  })
})
