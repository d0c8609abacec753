import { describe, expect, it } from 'vitest'
import { addressProblem, completeAddress } from '../../../renderer/connect/address.ts'
import {
  atPractice,
  blanksIn,
  callOf,
  emptyForm,
  formFor,
  isAtPractice,
  type KnownIdentity,
  missingIn,
} from '../../../renderer/connect/call-form.ts'
import { curlCallOf, fillForShow, leftBlank, looseCaFile } from '../../../renderer/connect/curl-call.ts'
import { ConnectionTest } from '../../../shared/calls/tests.ts'
import { formatted } from '../../../shared/formatted-body.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

const profile = builtInProfiles.find((one) => one.id === 'payrails')
const identity: KnownIdentity = {
  handle: 'aaaa0001',
  provider: 'payrails',
  environment: 'live',
  practice: false,
  plan: {
    provider: 'payrails',
    environment: 'live',
    name: 'Acme live',
    answers: { company: 'acme' },
    subject: {},
    subjectAltNames: [],
    key: 'rsa-4096',
  },
}
const practice = {
  provider: 'payrails',
  providerName: 'Payrails',
  environment: 'live',
  apiUrl: 'https://127.0.0.1:40123',
  portalUrl: 'https://127.0.0.1:40124',
  serverCaPem: 'x',
  clientCaPem: 'x',
}

describe('the form of a test', () => {
  it('starts with the provider’s first call and its blanks', () => {
    const form = formFor(identity, profile, null)
    expect(form).toMatchObject({ identity: 'aaaa0001', method: 'POST', trust: 'system' })
    expect(form.url).toMatch(/^https:\/\/api\.acme\..*\{clientId\}/)
    expect(blanksIn(form, profile).map((blank) => blank.id)).toEqual(['clientId', 'clientSecret'])
  })

  it('trusts the provider’s own CA where one is kept', () => {
    expect(formFor({ ...identity, serverCaPem: 'pem' }, profile, null).trust).toBe('provider')
  })

  it('sends what the practice provider signed to the practice provider', () => {
    const form = formFor({ ...identity, practice: true }, profile, practice)
    expect(form.url).toMatch(/^https:\/\/127\.0\.0\.1:40123\/.*\{clientId\}/)
    expect(form.trust).toBe('practice')
    expect(isAtPractice(form, practice)).toBe(true)
    expect(isAtPractice(formFor(identity, profile, practice), practice)).toBe(false)
  })

  it('keeps path and query when the call moves to the practice provider', () => {
    const moved = atPractice({ ...emptyForm, url: 'https://a.example:8443/x?y=1' }, practice, null, undefined)
    expect(moved.url).toBe('https://127.0.0.1:40123/x?y=1')
  })

  it('sends values for blanks the call still names, and what the contract takes', () => {
    const form = { ...formFor(identity, profile, null), blanks: { clientId: 'id', clientSecret: '', other: 'no' } }
    const call = callOf(form, blanksIn(form, profile), 'test-1', 10_000)
    expect(call.blanks).toEqual({ clientId: 'id' })
    expect(ConnectionTest.safeParse(call).success).toBe(true)
  })

  it('sends no body with a GET', () => {
    expect(callOf({ ...emptyForm, url: 'https://a.example', body: '{}' }, [], 'test-1', undefined)).not.toHaveProperty(
      'body',
    )
  })

  it('takes braces of a JSON body for text, not for blanks', () => {
    expect(blanksIn({ ...emptyForm, method: 'POST', body: '{"a":{x}}' }, undefined)).toEqual([])
    expect(blanksIn({ ...emptyForm, url: 'https://a.example/{tenant}' }, undefined)).toMatchObject([{ id: 'tenant' }])
  })

  it('misses what was neither typed nor kept', () => {
    const form = { ...formFor(identity, profile, null), blanks: {} }
    const blanks = blanksIn(form, profile)
    expect(missingIn(blanks, form, ['clientSecret']).map((blank) => blank.id)).toEqual(['clientId'])
  })
})

describe('an address', () => {
  it.each([
    ['https://api.example.com:8443/a/{b}?c=d', null],
    ['', /Enter the address/],
    ['http://api.example.com', /https, not http/],
    ['api.example.com/path', /starts with https/],
    ['https://a b', /no spaces/],
    ['https://user@a.example', /user name/],
    ['https://a.example:99999', /not an address/],
    ['https://', /not an address/],
  ])('of the form “%s” is judged in words', (typed, says) => {
    const problem = addressProblem(typed)
    if (says === null) expect(problem).toBeNull()
    else expect(problem).toMatch(says)
  })

  it('may be pasted without its scheme', () => {
    expect(completeAddress(' api.example.com:8443/x ')).toBe('https://api.example.com:8443/x')
    expect(completeAddress('http://api.example.com')).toBe('http://api.example.com')
    expect(completeAddress('some words')).toBe('some words')
  })
})

describe('the curl line', () => {
  it('holds no secret and nothing that only the vault knows', () => {
    const form = { ...formFor(identity, profile, null), blanks: { clientId: 'my-id', clientSecret: 'hush' } }
    const blanks = blanksIn(form, profile)
    expect(fillForShow(form.url, form, blanks)).toContain('my-id')
    expect(form.headers.map((one) => fillForShow(one.value, form, blanks)).join()).not.toContain('hush')
    expect(leftBlank(form, blanks).map((blank) => blank.id)).toEqual(['clientSecret'])
  })
})

describe('the files of the curl line', () => {
  const form = formFor({ ...identity, serverCaPem: 'pem' }, profile, null)
  const of = (more: Partial<typeof form>, kind: 'pem' | 'pkcs12' = 'pem', hasServerCa = true) =>
    curlCallOf({ ...form, ...more }, [], { kind, identity: 'Acme live', hasServerCa }).files

  it('are those that an export writes', () => {
    expect(of({})).toEqual({ certificate: 'acme-live.crt', key: 'acme-live.key', ca: 'acme-live.server-ca.pem' })
    expect(of({}, 'pkcs12')).toEqual({ pkcs12: 'acme-live.p12', ca: 'acme-live.server-ca.pem' })
  })

  it('name no CA where this computer’s roots are trusted, and no certificate where none is sent', () => {
    expect(of({ trust: 'system', identity: null })).toEqual({ ca: undefined })
  })

  it('leave a CA that is not kept for the user to save', () => {
    expect(of({ trust: 'pem' })).toMatchObject({ ca: looseCaFile })
    expect(of({ trust: 'practice' }, 'pem', false)).toMatchObject({ ca: looseCaFile })
  })
})

describe('the body of an answer', () => {
  it('is shown with line breaks when it is JSON, numbers as sent', () => {
    const text = '{"id":12345678901234567890,"a":[1.0,{}],"s":"x: [\\"y\\"], {z}"}'
    expect(formatted(text)).toBe(
      '{\n  "id": 12345678901234567890,\n  "a": [\n    1.0,\n    {}\n  ],\n  "s": "x: [\\"y\\"], {z}"\n}',
    )
  })

  it.each(['', '<html>', '{"a":', '"text"', '12'])('is left alone when it is %s', (text) => {
    expect(formatted(text)).toBeNull()
  })
})
