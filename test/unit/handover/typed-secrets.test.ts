import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formFor } from '../../../renderer/connect/call-form.ts'
import { curlCallOf } from '../../../renderer/connect/curl-call.ts'
import { snippetCallOf } from '../../../renderer/connect/snippet-call.ts'
import { curlLine } from '../../../shared/handover/curl.ts'
import { variablesOf } from '../../../shared/handover/snippet.ts'
import { snippetKinds } from '../../../shared/handover/snippet-kinds.ts'
import { withoutTypedSecrets } from '../../../shared/handover/typed-secrets.ts'
import type { Blank } from '../../../shared/providers/profile.ts'

const url = 'https://api.example.com/v1'
const header = (name: string, value: string) => withoutTypedSecrets({ url, headers: [{ name, value }] }, [])

describe('secrets that were typed into a call', () => {
  it.each([
    ['Authorization', 'Bearer abc.def', 'Bearer {authorization}', 'authorization'],
    ['X-Api-Key', 'k-123', '{xApiKey}', 'xApiKey'],
    ['Cookie', 'session=1', '{cookie}', 'cookie'],
    ['X-Anything', 'Basic dXNlcjpwYXNz', 'Basic {xAnything}', 'xAnything'],
  ])('in the header %s become a blank, and its scheme stays', (name, value, shown, blank) => {
    const open = header(name, value)
    expect(open.headers[0]?.value).toBe(shown)
    expect(open.blanks).toEqual([blank])
  })

  it.each([
    ['Accept', 'application/json'],
    ['X-Api-Key', '{clientSecret}'],
    ['Idempotency-Id', '4711'],
  ])('%s: %s stays as it is', (name, value) => {
    expect(header(name, value)).toMatchObject({ headers: [{ value }], blanks: [] })
  })

  it('in the address become blanks, other parameters stay, and a login goes', () => {
    const open = withoutTypedSecrets(
      { url: 'https://me:pw@a.example/x?page=2&api_key=k1&access_token=t2#f', headers: [] },
      [],
    )
    expect(open.url).toBe('https://a.example/x?page=2&api_key={apiKey}&access_token={accessToken}#f')
    expect(open.blanks).toEqual(['apiKey', 'accessToken'])
  })

  it('in a body of JSON or a web form become blanks', () => {
    const json = withoutTypedSecrets(
      { url, headers: [], body: '{"name": "a", "client_secret" : "s\\"1", "list": ["x"]}' },
      [],
    )
    expect(json.body).toBe('{"name": "a", "client_secret" : "{clientSecret}", "list": ["x"]}')
    const form = withoutTypedSecrets({ url, headers: [], body: 'grant_type=password&password=p%201&scope=a' }, [])
    expect(form.body).toBe('grant_type=password&password={password}&scope=a')
  })

  it('get names of their own beside blanks that are there', () => {
    const call = { url: `${url}?token=1`, headers: [{ name: 'token', value: '2' }], body: '{"token":"3"}' }
    expect(withoutTypedSecrets(call, ['token']).blanks).toEqual(['token', 'token2', 'token3', 'token4'])
  })

  it('are gone the first time; a second time changes nothing, whatever was typed', () => {
    const text = fc.string({ maxLength: 60 })
    const pairs = fc.array(fc.record({ name: fc.constantFrom('Authorization', 'token', 'x'), value: text }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(text, pairs, text, (query, headers, body) => {
        const once = withoutTypedSecrets({ url: `${url}?token=${query}`, headers, body }, [])
        expect(withoutTypedSecrets(once, once.blanks)).toEqual(once)
      }),
    )
  })

  it('are found in long bodies without long waiting', () => {
    const body = `{"a":"${'\\"'.repeat(200_000)}","token":"t"}`
    const begun = performance.now()
    expect(withoutTypedSecrets({ url, headers: [], body }, []).body).toContain('{token}')
    withoutTypedSecrets({ url, headers: [], body: `{${'"'.repeat(20_000)}` }, [])
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})

describe('the call of the Test room in other programs', () => {
  const plan = { provider: 'x', environment: 'live', name: 'Acme live', answers: {}, subject: {}, subjectAltNames: [] }
  const identity = { handle: 'aaaa0001', provider: 'x', environment: 'live', practice: false }
  const form = {
    ...formFor({ ...identity, plan: { ...plan, key: 'ec-p256' } }, undefined, null),
    url: 'https://api.example.com:8443/v1/{account}/pay?token=typed-1',
    method: 'PUT' as const,
    headers: [
      { name: 'Authorization', value: 'Bearer typed-2' },
      { name: 'X-Own', value: '{accessKey}' },
      { name: 'X-Trace', value: 'filled-9' },
    ],
    body: '{"secret":"typed-3","note":"filled-9","amount":{"value":1}}',
    blanks: { account: 'acme', accessKey: 'filled-9' },
    trust: 'pem' as const,
  }
  const blanks: Blank[] = [
    { id: 'account', label: 'Account', secret: false },
    { id: 'accessKey', label: 'Access key', secret: true },
  ]
  const call = snippetCallOf(form, blanks, { identity: 'Acme live', hasServerCa: false, locked: true })

  it.each(snippetKinds)('$name: its method, path, headers, body and files, and no secret', (kind) => {
    const beside = (kind.beside?.(call) ?? []).map((file) => file.text)
    const text = [kind.write(call), ...beside, ...(kind.notes?.(call) ?? []), kind.trust(call)].join('\n')
    expect(text).not.toMatch(/typed-\d|filled-9/)
    expect(text).toMatch(/put/i)
    for (const part of ['api.example.com', '/v1/acme/pay', 'X-Trace', 'amount']) expect(text, part).toContain(part)
    expect(text).toMatch(/acme-live\.(?:crt|p12)/)
    for (const variable of variablesOf(call).slice(1)) expect(text).toContain(variable)
  })

  it('reads every secret from the environment, and trusts the file that was pasted', () => {
    expect(variablesOf(call)).toEqual(['MTLS_PASSPHRASE', 'TOKEN', 'AUTHORIZATION', 'ACCESS_KEY', 'SECRET'])
    expect(call.files.serverCa).toBe('server-ca.pem')
  })

  it('has none in the plain curl line either', () => {
    const line = curlLine(curlCallOf(form, blanks, { kind: 'pem', identity: 'Acme live', hasServerCa: false }))
    expect(line).not.toMatch(/typed-\d/)
    expect(line).toContain('Bearer {authorization}')
  })
})
