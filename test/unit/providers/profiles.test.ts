import { describe, expect, it } from 'vitest'
import type { CheckedPlan } from '../../../shared/providers/conformance.ts'
import { checkPlan } from '../../../shared/providers/conformance.ts'
import { firstCallOf, hostOf, sansOf, subjectFields, subjectOf, suggestedSans } from '../../../shared/providers/plan.ts'
import { profileFault } from '../../../shared/providers/profile-rules.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'
import { goodPlans, profileNamed } from './plans.ts'

const spelt = (id: string, plan: CheckedPlan) =>
  subjectOf(profileNamed(id), plan)
    .map((part) => `${part.type}=${part.value}`)
    .join(', ')

describe('built-in profiles', () => {
  it('are the four providers and Other, in this order', () => {
    expect(builtInProfiles.map((profile) => profile.id)).toEqual(['nuapay', 'truv', 'payrails', 'apata', 'other'])
  })

  it.each(builtInProfiles.map((profile) => [profile.id, profile] as const))('%s is sound', (_, profile) => {
    expect(profileFault(profile)).toBeNull()
    expect(profile.inShort.length).toBe(5)
  })

  it.each(builtInProfiles.filter((profile) => profile.id !== 'other').map((profile) => [profile.id, profile] as const))(
    '%s names a source for every rule that binds',
    (_, profile) => {
      const binding = profile.subject.filter((rule) => rule.rule !== 'optional')
      for (const rule of binding) expect(rule.source, rule.field).toBeDefined()
      for (const rule of [...profile.environments, ...profile.questions, ...profile.callsYou, ...profile.refusals])
        expect(rule.source, JSON.stringify(rule)).toBeDefined()
      for (const part of [profile.keys, profile.signing, profile.submit, profile.firstCall!, profile.renewal])
        expect(part.source).toBeDefined()
    },
  )

  it.each(goodPlans)('$id in $plan.environment passes a good plan', ({ id, plan }) => {
    expect(checkPlan(profileNamed(id), plan).filter((finding) => finding.severity !== 'notes')).toEqual([])
  })
})

describe('examples of the profiles', () => {
  it.each(builtInProfiles.map((profile) => [profile.id, profile] as const))(
    'make a plan that %s takes',
    (_, profile) => {
      const answers = Object.fromEntries(profile.questions.map((one) => [one.id, one.example!]))
      const examples = profile.subject.flatMap((rule) =>
        rule.example === undefined ? [] : [[rule.field, rule.example]],
      )
      const subject = Object.fromEntries(examples) as CheckedPlan['subject']
      for (const { id } of profile.environments) {
        const plan = { environment: id, answers, subject, subjectAltNames: [], key: profile.keys.recommended }
        expect(checkPlan(profile, plan)).toEqual([])
        if (profile.firstCall) expect(firstCallOf(profile, id, answers)).not.toBeNull()
      }
    },
  )
})

describe('the subject that is encoded', () => {
  it.each([
    ['nuapay', 'sandbox', 'C=IE, O=Example Payments Ltd, CN=payments.example.com'],
    ['truv', 'sandbox', 'C=US, ST=Florida, L=Miami, O=Truv Inc, CN=api-mtls.acme.truv.com'],
    ['payrails', 'staging', 'C=DE, ST=Berlin, O=Acme GmbH, CN=acme-api.staging.payrails.io'],
    ['payrails', 'live', 'C=DE, ST=Berlin, O=Acme GmbH, CN=api.acme.payrails.io'],
    ['apata', 'live', 'C=IE, O=My Company Inc., CN=api.apata.io'],
    ['other', 'test', 'O=Zürich AG, CN=client.example.com'],
  ])('for %s %s is %s', (id, environment, expected) => {
    const { plan } = goodPlans.find((one) => one.id === id)!
    expect(spelt(id, { ...plan, environment })).toBe(expected)
  })

  it('follows the one company answer of Payrails in both word orders', () => {
    const names = ['staging', 'live'].map((environment) => {
      const fields = subjectFields(profileNamed('payrails'), environment, { company: 'zeta' })
      return fields.find((field) => field.field === 'CN')!.value
    })
    expect(names).toEqual(['zeta-api.staging.payrails.io', 'api.zeta.payrails.io'])
  })

  it('takes fixed values from the profile whatever the plan says', () => {
    const { plan } = goodPlans.find((one) => one.id === 'truv')!
    expect(spelt('truv', { ...plan, subject: { O: 'Acme' } })).toContain('O=Truv Inc')
  })

  it('shows fixed and derived fields locked, with the page that says so', () => {
    const fields = subjectFields(profileNamed('truv'), 'sandbox', {})
    expect(fields.every((field) => field.locked)).toBe(true)
    expect(fields.find((field) => field.field === 'CN')).toMatchObject({ value: undefined, label: 'Common name' })
    expect(fields[0]!.source).toEqual({
      key: 'mtls',
      title: 'Truv: mTLS',
      url: 'https://truv.com/docs/api-reference/mtls',
    })
  })
})

describe('host and first call', () => {
  it.each([
    ['nuapay', 'sandbox', {}, 'https://sandbox.nuapay.com:8443/tpp/'],
    ['nuapay', 'live', {}, 'https://api.nuapay.com:8443/tpp/'],
    ['truv', 'sandbox', {}, 'https://api-sandbox-mtls.truv.com/v1/orders/'],
    ['truv', 'production', {}, 'https://api-mtls.truv.com/v1/orders/'],
    ['payrails', 'staging', { company: 'acme' }, 'https://acme-api.staging.payrails.io/auth/token/{clientId}'],
    ['payrails', 'live', { company: 'acme' }, 'https://api.acme.payrails.io/auth/token/{clientId}'],
    ['apata', 'live', {}, 'https://api.apata.io/'],
    ['apata', 'live', { host: 'Issuer.Apata.io' }, 'https://issuer.apata.io/'],
    ['other', 'live', { host: 'München.example' }, 'https://xn--mnchen-3ya.example/'],
  ])('of %s %s go to %s %s', (id, environment, answers, url) => {
    expect(firstCallOf(profileNamed(id), environment, answers)?.url).toBe(url)
  })

  it('are open while the answers that make the host are missing', () => {
    expect(hostOf(profileNamed('payrails'), 'live', {})).toBeUndefined()
    expect(firstCallOf(profileNamed('payrails'), 'live', {})).toBeNull()
    expect(hostOf(profileNamed('other'), 'live', {})).toBeUndefined()
  })

  it('go to another origin when one is given, host known or not', () => {
    const call = firstCallOf(profileNamed('payrails'), 'live', {}, 'https://127.0.0.1:4567')
    expect(call?.url).toBe('https://127.0.0.1:4567/auth/token/{clientId}')
    expect(call?.headers).toEqual([
      { name: 'accept', value: 'application/json' },
      { name: 'x-api-key', value: '{clientSecret}' },
    ])
    expect(call?.blanks.map((blank) => [blank.id, blank.secret])).toEqual([
      ['clientId', false],
      ['clientSecret', true],
    ])
  })

  it('never come from an answer that would smuggle another host in', () => {
    for (const host of ['evil.example/', 'a@evil.example', 'evil.example:1', 'a b', '*.example.com', '..'])
      expect(hostOf(profileNamed('apata'), 'live', { host }), host).toBeUndefined()
  })
})

describe('alternative names of a plan', () => {
  it('are normalised, each once, wrong ones left out', () => {
    const subjectAltNames = ['dns:München.example', 'DNS:xn--mnchen-3ya.example', 'IP:2001:DB8::0001', 'DNS:a..b']
    expect(sansOf({ subjectAltNames })).toEqual(['DNS:xn--mnchen-3ya.example', 'IP:2001:db8::1'])
  })

  it('are suggested only once their answers are there', () => {
    const profile = {
      ...profileNamed('payrails'),
      subjectAltNames: { allowed: true, suggest: ['DNS:{company}.example'] },
    }
    expect(suggestedSans(profile, { answers: {} })).toEqual([])
    expect(suggestedSans(profile, { answers: { company: 'acme' } })).toEqual(['DNS:acme.example'])
  })
})
