import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../../shared/providers/conformance.ts'
import { jsonFault } from '../../../shared/providers/json-fault.ts'
import { firstCallOf } from '../../../shared/providers/plan.ts'
import { builtInProfiles, maxProfileBytes, parseProfile } from '../../../shared/providers/registry.ts'

type Json = Record<string, unknown>

const example = () => {
  const guide = readFileSync(new URL('../../../docs/provider-files.md', import.meta.url), 'utf8')
  return /```json\n([\s\S]*?)```/.exec(guide)![1]!
}
const changed = (change: (file: never) => void) => {
  const file = JSON.parse(example()) as Json
  change(file as never)
  return parseProfile(JSON.stringify(file), '/home/me/bank.json')
}
const fault = (text: string) => {
  const result = parseProfile(text, 'bank.json')
  if (result.ok) throw new Error('accepted')
  return result.problem
}

describe('a provider file', () => {
  it('as shown whole in the guide is accepted, and carries a plan from answers to call', () => {
    const result = parseProfile(example(), 'bank.json')
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    const plan = {
      environment: 'sandbox',
      answers: { client: 'acme' },
      subject: { C: 'IE', O: 'Acme' },
      subjectAltNames: [],
      key: 'ec-p256' as const,
    }
    expect(checkPlan(result.value, plan)).toEqual([])
    expect(firstCallOf(result.value, 'sandbox', plan.answers)?.url).toBe(
      'https://acme.sandbox.bank.example:8443/v1/ping',
    )
  })

  it('may be a built-in profile under another id', () => {
    for (const profile of builtInProfiles) {
      const copy = JSON.stringify({ ...profile, id: `my-${profile.id}` })
      expect(parseProfile(copy, 'copy.json')).toEqual({ ok: true, value: { ...profile, id: `my-${profile.id}` } })
    }
  })

  it('may begin with the byte order mark that Windows editors write', () => {
    expect(parseProfile(`\ufeff${example()}`, 'bank.json').ok).toBe(true)
  })

  it('may not take the id of a built-in provider', () => {
    expect(changed((file: Json) => (file.id = 'truv'))).toMatchObject({
      ok: false,
      problem: { code: 'provider.id-taken', id: 'truv' },
    })
  })

  it.each<[string, (file: never) => void, string, string]>([
    [
      'a port out of range',
      (file: { environments: Json[] }) => (file.environments[0]!.port = 70_000),
      'environments[0].port',
      'must be a whole number from 1 to 65535',
    ],
    [
      'a port as text',
      (file: { environments: Json[] }) => (file.environments[0]!.port = '8443'),
      'environments[0].port',
      'must be a whole number from 1 to 65535',
    ],
    ['a missing name', (file: Json) => delete file.name, 'name', 'is missing; it must be a text of 1 to 80 characters'],
    ['another format', (file: Json) => (file.format = 2), 'format', 'must be 1'],
    [
      'an id in capitals',
      (file: Json) => (file.id = 'Bank'),
      'id',
      'must be lower-case letters, digits and hyphens, 40 at most',
    ],
    [
      'a misspelt field',
      (file: Json) => (file.enviroments = []),
      'enviroments',
      'is not known here; did you mean “environments”',
    ],
    ['an unknown field', (file: Json) => (file.colour = 'red'), 'colour', 'is not known here'],
    [
      'an unknown key algorithm',
      (file: { keys: Json }) => (file.keys.recommended = 'rsa-1024'),
      'keys.recommended',
      'must be one of “rsa-2048”, “rsa-3072”, “rsa-4096”, “ec-p256”, “ec-p384”, “ec-p521”, “ed25519”',
    ],
    [
      'a recommended key that is not allowed',
      (file: { keys: Json }) => (file.keys.recommended = 'ed25519'),
      'keys.recommended',
      'is “ed25519”, which is not under allowed',
    ],
    ['no environment', (file: Json) => (file.environments = []), 'environments', 'must be a list of 1 to 20 entries'],
    ['a list in place of an object', (file: Json) => (file.signing = []), 'signing', 'must be an object in { }'],
    [
      'a page without https',
      (file: Json) => (file.sources = { ...(file.sources as Json), plain: { title: 'x', url: 'http://bank.example' } }),
      'sources.plain.url',
      'must be a full https:// address',
    ],
    [
      'a page that runs a script',
      (file: { submit: Json }) => (file.submit.url = 'javascript:alert(1)'),
      'submit.url',
      'must be a full https:// address',
    ],
    [
      'a source nobody describes',
      (file: { keys: Json }) => (file.keys.source = 'nowhere'),
      'keys.source',
      'names “nowhere”, which is not under sources',
    ],
    [
      'a source key with a space',
      (file: Json) => (file.sources = { 'my page': { title: 'x', url: 'https://bank.example' } }),
      'sources["my page"]',
      'has a name that must be lower-case letters, digits and hyphens, 80 at most',
    ],
    [
      'two environments of one id',
      (file: { environments: Json[] }) => (file.environments[1]!.id = 'sandbox'),
      'environments[1].id',
      'is “sandbox” a second time',
    ],
    [
      'a host with a path',
      (file: { environments: Json[] }) => (file.environments[0]!.host = 'bank.example/api'),
      'environments[0].host',
      'holds a path',
    ],
    [
      'an unknown blank in a host',
      (file: { environments: Json[] }) => (file.environments[0]!.host = '{tenant}.bank.example'),
      'environments[0].host',
      'holds the blank {tenant}, which is not the id of a question',
    ],
    [
      'a lone brace',
      (file: { subject: Json[] }) => (file.subject[2]!.value = 'client-{client.bank.example'),
      'subject[2].value',
      'has a { or } that is not part of a {blank}',
    ],
    [
      'an unknown blank in a header',
      (file: { firstCall: { headers: Json[] } }) => (file.firstCall.headers[0]!.value = 'Bearer {token}'),
      'firstCall.headers[0].value',
      'holds the blank {token}, which is neither under blanks nor the id of a question',
    ],
    [
      'a header value with a line break',
      (file: { firstCall: { headers: Json[] } }) => (file.firstCall.headers[0]!.value = 'a\r\nHost: evil'),
      'firstCall.headers[0].value',
      'holds a line break or an accented letter',
    ],
    [
      'a header name with a colon',
      (file: { firstCall: { headers: Json[] } }) => (file.firstCall.headers[0]!.name = 'x-api-key:'),
      'firstCall.headers[0].name',
      'is not a header name',
    ],
    [
      'a path without its slash',
      (file: { firstCall: Json }) => (file.firstCall.path = 'v1/ping'),
      'firstCall.path',
      'must be a path that begins with /',
    ],
    [
      'a fixed country of three letters',
      (file: { subject: Json[] }) => (file.subject[0] = { field: 'C', rule: 'fixed', value: 'IRL' }),
      'subject[0].value',
      'cannot be used: Country (C) takes the two-letter ISO 3166-1 code, not “IRL”.',
    ],
    [
      'a fixed field without a value',
      (file: { subject: Json[] }) => (file.subject[0] = { field: 'C', rule: 'fixed' }),
      'subject[0].value',
      'is missing; a fixed field needs one',
    ],
    [
      'a derived field that misses an environment',
      (file: { subject: Json[] }) => (file.subject[2]!.value = { sandbox: '{client}.bank.example' }),
      'subject[2].value',
      'has no value for the environment “live”',
    ],
    [
      'a value for no environment',
      (file: { subject: Json[] }) => (file.subject[2]!.value = { moon: '{client}.bank.example' }),
      'subject[2].value.moon',
      'is not the id of an environment',
    ],
    [
      'a pattern that can run for ever',
      (file: { questions: Json[] }) => (file.questions[0]!.pattern = '(a+)+'),
      'questions[0].pattern',
      'repeats a group that has repetitions or alternatives of its own, which can take extreme effort to check; use one character class such as [a-z0-9.-]+ instead',
    ],
    [
      'a field twice',
      (file: { subject: Json[] }) => file.subject.push({ field: 'O', rule: 'optional' }),
      'subject[4].field',
      'is “O” a second time',
    ],
    [
      'an address that is none',
      (file: { environments: Json[] }) => (file.environments[0]!.allowList = ['192.0.2.1', 'bank.example']),
      'environments[0].allowList[1]',
      'is not an IP address or range',
    ],
  ])('with %s is refused by field', (_, change, field, why) => {
    expect(changed(change)).toEqual({
      ok: false,
      problem: { code: 'provider.file-wrong', name: 'bank.json', field, why },
    })
  })

  it.each([
    ['', { code: 'file.empty', name: 'bank.json' }],
    [' \n', { code: 'file.empty', name: 'bank.json' }],
    ['[]', { code: 'provider.file-wrong', name: 'bank.json', field: 'the file', why: 'must hold one object in { }' }],
    ['null', { code: 'provider.file-wrong', name: 'bank.json', field: 'the file', why: 'must hold one object in { }' }],
    [
      '-----BEGIN CERTIFICATE-----',
      {
        code: 'provider.file-wrong',
        name: 'bank.json',
        field: 'line 1, column 1',
        why: 'holds something that is not JSON',
      },
    ],
    [
      '{\n  "id": "a"\n  "name": "b"\n}',
      {
        code: 'provider.file-wrong',
        name: 'bank.json',
        field: 'line 3, column 3',
        why: 'lacks a comma or a closing }',
      },
    ],
    [
      '{"id": "a",}',
      {
        code: 'provider.file-wrong',
        name: 'bank.json',
        field: 'line 1, column 12',
        why: 'has a comma before the closing }',
      },
    ],
    [
      '{ // mine\n}',
      {
        code: 'provider.file-wrong',
        name: 'bank.json',
        field: 'line 1, column 3',
        why: 'lacks a name in double quotes',
      },
    ],
    [
      '{"__proto__": {"format": 1}}',
      { code: 'provider.file-wrong', name: 'bank.json', field: 'line 1, column 2', why: 'uses the name __proto__' },
    ],
    [
      '{"id": "a", "id": "b"}',
      {
        code: 'provider.file-wrong',
        name: 'bank.json',
        field: 'line 1, column 13',
        why: 'has the name “id” a second time',
      },
    ],
  ])('that is %j is refused', (text, problem) => {
    expect(fault(text)).toEqual(problem)
  })

  it('larger than 256 KiB is refused by its size', () => {
    expect(fault(' '.repeat(maxProfileBytes + 1))).toMatchObject({ code: 'file.too-large', limit: 262_144 })
    expect(fault('ü'.repeat(maxProfileBytes / 2 + 1))).toMatchObject({ code: 'file.too-large', bytes: 262_146 })
  })

  it('nested or stretched to the limit of its size is refused within a second', () => {
    const start = performance.now()
    for (const text of [
      '['.repeat(260_000),
      `{"a":${'{"a":'.repeat(50_000)}`,
      `"${'\\n'.repeat(130_000)}`,
      `{"a":"${'x'.repeat(260_000)}"}`,
    ])
      expect(fault(text).code).toBe('provider.file-wrong')
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('never makes the app throw, whatever it holds', () => {
    const file = JSON.parse(example()) as Json
    const paths = (value: unknown, at: (string | number)[] = []): (string | number)[][] =>
      typeof value === 'object' && value !== null
        ? [
            at,
            ...Object.entries(value).flatMap(([key, one]) =>
              paths(one, [...at, Array.isArray(value) ? Number(key) : key]),
            ),
          ]
        : [at]
    fc.assert(
      fc.property(fc.constantFrom(...paths(file)), fc.jsonValue(), (path, value) => {
        const copy = structuredClone(file) as never
        const last = path.at(-1)
        let target = copy as Json
        for (const part of path.slice(0, -1)) target = target[part] as Json
        if (last !== undefined) target[last] = value
        const result = parseProfile(JSON.stringify(last === undefined ? value : copy), 'bank.json')
        if (!result.ok && result.problem.code === 'provider.file-wrong') {
          expect(result.problem.why).toMatch(/^[a-z]/)
          expect(result.problem.why).not.toMatch(/undefined|Invalid|expected/)
        }
      }),
      { numRuns: 1500 },
    )
  })
})

describe('jsonFault', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    const text = fc.oneof(
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([json, at, noise]) => {
        const place = at % (json.length + 1)
        return json.slice(0, place) + noise + json.slice(place + (at % 3))
      }),
    )
    fc.assert(
      fc.property(text, (json) => {
        const found = jsonFault(json)
        if (found !== null && /second time|__proto__|nested/.test(found.why)) return
        expect(found === null).toBe(parses(json))
      }),
      { numRuns: 3000 },
    )
  })
})

function parses(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}
