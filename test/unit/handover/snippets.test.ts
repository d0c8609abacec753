import { describe, expect, it } from 'vitest'
import { passphraseVariable, type SnippetCall, variableOf, variablesOf } from '../../../shared/handover/snippet.ts'
import { snippetKinds } from '../../../shared/handover/snippet-kinds.ts'
import { firstCallOf } from '../../../shared/providers/plan.ts'
import { builtInProfiles } from '../../../shared/providers/registry.ts'

const call: SnippetCall = {
  url: 'https://api.example.com:8443/v1/{clientId}',
  method: 'PUT',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-Access-Secret', value: '{accessKey}' },
  ],
  body: '{"a": "{notABlank}"}',
  blanks: ['clientId', 'accessKey'],
  files: { certificate: 'acme.crt', key: 'acme.key', bundle: 'acme.p12', serverCa: 'acme.server-ca.pem' },
  locked: true,
}

const wholeText = (kind: (typeof snippetKinds)[number], given: SnippetCall) =>
  [
    kind.write(given),
    ...(kind.beside?.(given) ?? []).map(({ text }) => text),
    ...(kind.notes?.(given) ?? []),
    kind.trust(given),
  ].join('\n')

describe('the variables that a snippet reads', () => {
  it('are the passphrase and each blank that stands in the call, in capitals', () => {
    expect(variablesOf(call)).toEqual([passphraseVariable, 'CLIENT_ID', 'ACCESS_KEY'])
    expect(variablesOf({ ...call, locked: false, headers: [], url: 'https://example.com/' })).toEqual([])
    expect(variableOf('partnerID2')).toBe('PARTNER_ID2')
  })
})

describe('snippets', () => {
  it('have ids of their own, and names for people', () => {
    const ids = snippetKinds.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(22)
  })

  it.each(snippetKinds)('$name names the certificate and how the server is checked', (kind) => {
    const text = wholeText(kind, call)
    expect(text).toMatch(/acme\.(crt|p12)/)
    expect(kind.trust(call)).toContain('acme.server-ca.pem')
    expect(kind.trust({ ...call, files: { ...call.files, serverCa: undefined } })).toMatch(/Trusts/)
    expect(kind.needs).not.toBe('')
    expect(text).toContain('api.example.com')
  })

  it.each(snippetKinds)('$name reads blanks by their variable, and leaves other braces alone', (kind) => {
    const code = kind.write(call)
    expect(code).toContain('CLIENT_ID')
    expect(code).toContain('ACCESS_KEY')
    expect(code).not.toContain('{clientId}')
    expect(code).toContain('notABlank')
  })

  it.each(snippetKinds)('$name never switches the check of the server off', (kind) => {
    const text = wholeText(kind, { ...call, files: { ...call.files, serverCa: undefined } })
    expect(text).not.toMatch(/insecure|verify\s*=\s*False|rejectUnauthorized|InsecureSkipVerify|SkipCertificateCheck/i)
  })

  it.each(
    builtInProfiles.flatMap((profile) => {
      const answers = { host: 'api.apata.io', name: 'acme', company: 'acme' }
      const environment = profile.environments[0]?.id ?? ''
      const first = firstCallOf(profile, environment, answers, 'https://api.example.com')
      return first ? [{ provider: profile.name, first }] : []
    }),
  )('are written for the first call of $provider by every program', ({ first }) => {
    const blanks = first.blanks.map(({ id }) => id)
    for (const kind of snippetKinds) {
      const code = kind.write({ ...first, blanks, files: call.files, locked: true })
      for (const blank of blanks) expect(code, kind.id).toContain(variableOf(blank))
    }
  })
})
