import { describe, expect, it } from 'vitest'
import {
  checkAnswered,
  exampleAnswers,
  likelyKind,
  partsOfName,
  refusedAt,
  splitNames,
  tidied,
  wholePlan,
} from '../../../renderer/create/plan-answers.ts'
import { IdentityPlan } from '../../../shared/identity.ts'
import { subjectOf } from '../../../shared/providers/plan.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { renewedName } from '../../../shared/renewal/renewed-name.ts'

const profile = (id: string) => builtInProfiles.find((one) => one.id === id)!

describe('a whole plan', () => {
  it('takes the first environment, a name and the recommended key where nothing was answered', () => {
    const plan = wholePlan(profile('truv'), { provider: 'truv' })
    expect(plan).toMatchObject({ environment: 'sandbox', name: 'Truv sandbox', key: 'ec-p256', subjectAltNames: [] })
  })

  it('keeps what was answered, an emptied name included', () => {
    const plan = wholePlan(profile('payrails'), { name: '', environment: 'live', key: 'rsa-2048', renews: 'abcdefgh' })
    expect(plan).toMatchObject({ name: '', environment: 'live', key: 'rsa-2048', renews: 'abcdefgh' })
  })

  it('leaves a key that the provider does not take for the recommended one', () => {
    expect(wholePlan(profile('apata'), { key: 'ed25519' }).key).toBe('rsa-2048')
  })

  it('answers a question that has a default with it', () => {
    expect(wholePlan(profile('apata'), {}).answers).toEqual({ host: 'api.apata.io' })
  })

  it('goes out without outer spaces and without names in which nothing was entered', () => {
    const plan = wholePlan(profile('payrails'), {
      name: ' Acme live ',
      answers: { company: ' acme ' },
      subject: { O: ' Acme GmbH ', L: '  ' },
      subjectAltNames: ['DNS:', ' DNS:api.example.com ', 'IP: '],
    })
    expect(tidied(plan)).toMatchObject({
      name: 'Acme live',
      answers: { company: 'acme' },
      subject: { O: 'Acme GmbH' },
      subjectAltNames: ['DNS:api.example.com'],
    })
    expect(tidied(plan).subject).not.toHaveProperty('L')
  })
})

describe('practice with examples', () => {
  it.each(builtInProfiles.map((one) => [one.id, one] as const))('makes a plan that %s would not refuse', (_, one) => {
    const plan = tidied(wholePlan(one, exampleAnswers(one)))
    expect(IdentityPlan.parse(plan)).toEqual(plan)
    expect(checkAnswered(one, plan).filter((finding) => finding.severity === 'refuses')).toEqual([])
    expect(subjectOf(one, plan).find((part) => part.type === 'CN')?.value).toBeTruthy()
  })
})

describe('faults of answers', () => {
  it('stay with the line on the screen when an empty line stands before it', () => {
    const plan = wholePlan(profile('truv'), {
      answers: { name: 'acme' },
      subjectAltNames: ['DNS:', 'IP:300.1.1.1'],
    })
    const refused = refusedAt('subject', checkAnswered(profile('truv'), plan))
    expect(refused.map((finding) => finding.field)).toEqual(['subjectAltNames.1'])
  })

  it('hold the wizard at the step of their field', () => {
    const plan = wholePlan(profile('truv'), {})
    const findings = checkAnswered(profile('truv'), plan)
    expect(refusedAt('subject', findings).map((finding) => finding.field)).toContain('answers.name')
    expect(refusedAt('key', findings)).toEqual([])
  })
})

describe('further names', () => {
  it.each([
    ['DNS:api.example.com', 'DNS', 'api.example.com'],
    ['dns:api.example.com', 'DNS', 'api.example.com'],
    ['URI:https://example.com/a:b', 'URI', 'https://example.com/a:b'],
    ['IP:2001:db8::1', 'IP', '2001:db8::1'],
    ['api.example.com', 'DNS', 'api.example.com'],
  ])('%s is taken apart', (entry, kind, value) => {
    expect(partsOfName(entry)).toEqual({ kind, value })
  })

  it.each([
    ['192.0.2.10', 'IP'],
    ['2001:db8::1', 'IP'],
    ['https://example.com', 'URI'],
    ['ops@example.com', 'email'],
    ['bücher.example', 'DNS'],
  ])('%s is most likely of kind %s', (value, kind) => {
    expect(likelyKind(value)).toBe(kind)
  })

  it('are split from a pasted list', () => {
    expect(splitNames('a.example, b.example;\nc.example\n')).toEqual(['a.example', 'b.example', 'c.example'])
  })
})

describe('the name of a renewal', () => {
  it.each([
    ['Acme live', 'Acme live 2027'],
    ['Acme live 2026', 'Acme live 2027'],
    ['Acme live 2027', 'Acme live 2027 (2)'],
    ['Port 8443', 'Port 8443 2027'],
  ])('is told apart from %s', (name, renewed) => {
    expect(renewedName(name, new Date(2027, 5, 1))).toBe(renewed)
  })
})
