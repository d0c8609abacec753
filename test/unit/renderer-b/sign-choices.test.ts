import { describe, expect, it } from 'vitest'
import { consents, guessRules, rulesOffered, signing, withChoice } from '../../../renderer/authority/sign-choices.ts'
import type { PlanRow } from '../../../shared/authority/plan-row.ts'
import type { AuthoritySummary } from '../../../shared/calls/authority.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

const offered = rulesOffered(builtInProfiles.map((profile) => ({ profile, builtIn: true })))

const authority = (handle: string, more: Partial<AuthoritySummary> = {}): AuthoritySummary => ({
  handle,
  name: handle,
  kind: 'root',
  keyAt: 'vault',
  keptBy: 'keychain',
  subject: `CN=${handle}`,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
  askEachTime: false,
  issued: 0,
  ...more,
})

describe('whose request it is', () => {
  it('is offered for the providers that send one', () => {
    expect(offered.map(({ rules }) => `${rules.provider} ${rules.callsYou}`).sort()).toEqual([
      'apata outbound',
      'truv webhooks-signed',
    ])
  })

  it('follows from the file’s name, as the provider’s page calls it', () => {
    expect(guessRules({ name: 'apata.csr' }, offered)).toEqual({ provider: 'apata', callsYou: 'outbound' })
    expect(guessRules({ name: 'mail/Apata.CSR' }, offered)).toEqual({ provider: 'apata', callsYou: 'outbound' })
    expect(guessRules({ name: 'client.csr' }, offered)).toBeNull()
  })

  it('follows rather from what it was signed for before', () => {
    const before = { name: 'apata.csr', provider: 'truv', callsYou: 'webhooks-signed' }
    expect(guessRules(before, offered)).toEqual({ provider: 'truv', callsYou: 'webhooks-signed' })
  })
})

describe('authorities that sign', () => {
  it('are neither roots with an issuing one below them nor those that were followed', () => {
    const all = [authority('root'), authority('issuing', { parent: 'root' }), authority('old', { successor: 'alone' })]
    expect(signing([...all, authority('alone')]).map(({ handle }) => handle)).toEqual(['issuing', 'alone'])
  })
})

describe('a choice', () => {
  it('takes the place of the one before it', () => {
    const once = withChoice([], 'subject.0', 'set', ['a'])
    expect(withChoice(once, 'subject.0', 'drop')).toEqual([{ field: 'subject.0', choice: 'drop' }])
  })

  it('to leave out what was only added forgets it', () => {
    expect(withChoice(withChoice([], 'subject.+OU', 'set', ['x']), 'subject.+OU', 'drop')).toEqual([])
  })
})

describe('points that want a decision', () => {
  const point = (code: string, needsConsent: boolean) =>
    ({ code, needsConsent, severity: 'warns', message: code }) as const
  const row = (...issues: ReturnType<typeof point>[]): PlanRow => ({
    field: 'subject.0',
    label: 'Common name',
    group: 'name',
    asked: [],
    choice: 'drop',
    offers: ['drop'],
    edit: 'none',
    set: [],
    value: [],
    mark: 'same',
    issues,
  })

  it('are those of the request and of its rows, each once', () => {
    const issues = [point('sign.a', true), point('sign.b', false)]
    const rows = [row(point('sign.c', true), point('sign.a', true)), row(point('sign.d', false))]
    expect(consents({ issues, rows }).map(({ code }) => code)).toEqual(['sign.a', 'sign.c'])
  })
})
