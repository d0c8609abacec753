import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blanksFor, filledStep, preparedCall } from '../../../shared/handover/hand-texts.ts'
import { stepsOf } from '../../../shared/handover/usual-steps.ts'
import { parseProfile } from '../../../shared/providers/registry.ts'

type Step = Record<string, unknown> & { request: Record<string, unknown>; message: Record<string, unknown> }
type File = { handover: { steps: Step[]; contacts: Record<string, unknown>[] }; questions: { id: string }[] }

const example = () => {
  const guide = readFileSync(new URL('../../../docs/provider-files.md', import.meta.url), 'utf8')
  return JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)![1]!) as File
}
const changed = (change: (file: File) => void) => {
  const file = example()
  change(file)
  return parseProfile(JSON.stringify(file), 'bank.json')
}
const step = (id: string, change: (step: Step) => void) => (file: File) =>
  change(file.handover.steps.find((one) => one.id === id)!)

describe('the hand-over in a provider file', () => {
  it('as the guide shows it brings its own steps, texts and request', () => {
    const result = parseProfile(JSON.stringify(example()), 'bank.json')
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    const profile = result.value
    const plan = { environment: 'sandbox', name: 'Acme', answers: { client: 'acme' } }
    expect(stepsOf(profile, 'sandbox').map(({ id }) => id)).toContain('firewall')
    expect(stepsOf(profile, 'live').map(({ id }) => id)).not.toContain('firewall')
    const [send] = stepsOf(profile, 'live')
    expect(filledStep(send!, blanksFor(profile, { plan })).message?.body).toContain('acme.sandbox.bank.example')
    const register = stepsOf(profile, 'sandbox').find(({ id }) => id === 'register')!
    const call = preparedCall(register, profile, { plan, certificatePem: 'PEM\n' })
    expect(call?.url).toBe('https://acme.sandbox.bank.example:8443/v1/certificate')
    expect(JSON.parse(call?.body ?? '')).toEqual({ pem: 'PEM\n' })
    expect(call?.curl).toContain(`printf 'header = "x-api-key: %s"\\n' "$BANK_KEY"`)
  })

  it('may be left out, as in files of before: the usual steps are made then', () => {
    const result = changed((file) => delete (file as Partial<File>).handover)
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    expect(stepsOf(result.value, 'sandbox').map(({ id }) => id)).toEqual([
      'send',
      'bring-home',
      'firewall',
      'test',
      'export',
      'webhooks-trust',
      'server',
      'signature',
      'door',
      'arrived',
    ])
  })

  it.each<[string, (file: File) => void, string, RegExp]>([
    ['a step twice', step('test', (one) => (one.id = 'send')), 'handover.steps[4].id', /a second time/],
    [
      'a strange environment',
      step('firewall', (one) => (one.environments = ['beta'])),
      'handover.steps[3].environments[0]',
      /not the id/,
    ],
    [
      'a strange call',
      step('hooks-trust', (one) => (one.call = 'phone')),
      'handover.steps[6].call',
      /not an id under callsYou/,
    ],
    [
      'a call of yours that is theirs',
      step('hooks-trust', (one) => (one.direction = 'you-call')),
      'handover.steps[6].direction',
      /calls-you/,
    ],
    ['a strange room', step('test', (one) => (one.room = 'kitchen')), 'handover.steps[4].room', /must be one of/],
    ['a strange sight', step('test', (one) => (one.seen = ['felt'])), 'handover.steps[4].seen[0]', /must be one of/],
    [
      'a blank nobody fills',
      step('send', (one) => (one.message.body = '{nobody}')),
      'handover.steps[0].message.body',
      /nobody fills/,
    ],
    [
      'a blank of another call',
      step('register', (one) => (one.request.body = '{apiKey}')),
      'handover.steps[2].request.body',
      /nobody fills/,
    ],
    [
      'a path with a space',
      step('register', (one) => (one.request.path = '/a b')),
      'handover.steps[2].request.path',
      /percent-encoded/,
    ],
    [
      'a header that is none',
      step('register', (one) => (one.request.headers = [{ name: 'a b', value: '' }])),
      'handover.steps[2].request.headers[0].name',
      /not a header name/,
    ],
    [
      'a header of two lines',
      step('register', (one) => (one.request.headers = [{ name: 'a', value: 'b\r\nc: d' }])),
      'handover.steps[2].request.headers[0].value',
      /line break/,
    ],
    [
      'a strange source',
      (file) => (file.handover.contacts[0]!.source = 'hearsay'),
      'handover.contacts[0].source',
      /not under sources/,
    ],
    [
      'no e-mail address',
      (file) => (file.handover.contacts[0]!.email = 'Jane'),
      'handover.contacts[0].email',
      /e-mail address/,
    ],
    ['a misspelt field', step('test', (one) => (one.tittle = 'x')), 'handover.steps[4].tittle', /did you mean “title”/],
    [
      'a question with a name of the texts',
      (file) => (file.questions[0]!.id = 'fingerprint'),
      'environments[0].host',
      /\{client\}/,
    ],
  ])('is refused with %s, and told where', (_, change, field, why) => {
    const result = changed(change)
    if (result.ok) throw new Error('accepted')
    expect(result.problem).toMatchObject({ code: 'provider.file-wrong', field })
    expect((result.problem as { why: string }).why).toMatch(why)
  })

  it('may not have a question by the name of a fact that its texts use', () => {
    const text = JSON.stringify(example()).replaceAll('"client"', '"subject"').replaceAll('{client}', '{subject}')
    const result = parseProfile(text, 'bank.json')
    if (result.ok) throw new Error('accepted')
    expect(result.problem).toMatchObject({ field: 'handover.steps' })
  })
})
