import { describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../../electron/node-signatures.ts'
import { derOf } from '../../../shared/pki/der.ts'
import { alternativeName } from '../../../shared/pki/path/alternative-names.ts'
import { checkTrust } from '../../../shared/pki/path/check-trust.ts'
import { hostOf, isFor } from '../../../shared/pki/path/host.ts'
import { checkSignaturesBy } from '../../../shared/pki/verify.ts'
import { constraints, general, make, names } from '../../support/path-cast.ts'

checkSignaturesBy(nodeVerifies)

describe('a name of a certificate', () => {
  const fits = (name: string, host: string) => {
    const wanted = hostOf(host)
    return wanted !== null && isFor(alternativeName(derOf(general(name))), wanted)
  }

  it.each([
    ['DNS:api.example.com', 'api.example.com'],
    ['DNS:API.example.com', 'api.EXAMPLE.com'],
    ['DNS:api.example.com', 'api.example.com.'],
    ['DNS:*.example.com', 'api.example.com'],
    ['DNS:*.example.com', 'xn--bcher-kva.example.com'],
    ['DNS:xn--bcher-kva.example', 'bücher.example'],
    ['DNS:under_score.example.com', 'under_score.example.com'],
    ['DNS:localhost', 'localhost'],
    ['IP:192.0.2.1', '192.0.2.1'],
    ['hex:00000000000000000000000000000001', '::1'],
    ['hex:00000000000000000000000000000001', '[::1]'],
    ['hex:20010db8000000000000000000000010', '2001:DB8::10'],
  ])('%s is for %s', (name, host) => {
    expect(fits(name, host)).toBe(true)
  })

  it.each([
    ['DNS:example.com', 'api.example.com'],
    ['DNS:*.example.com', 'example.com'],
    ['DNS:*.example.com', 'a.b.example.com'],
    ['DNS:*.com', 'example.com'],
    ['DNS:*', 'localhost'],
    ['DNS:a*.example.com', 'api.example.com'],
    ['DNS:*a.example.com', 'ba.example.com'],
    ['DNS:api.*.com', 'api.example.com'],
    ['DNS:*.*.example.com', 'a.b.example.com'],
    ['DNS:*.example.com.', 'api.example.com'],
    ['DNS:192.0.2.1', '192.0.2.1'],
    ['IP:192.0.2.1', '192.0.2.2'],
    ['hex:00000000000000000000ffffc0000201', '192.0.2.1'],
    ['email:a@example.com', 'example.com'],
    ['URI:https://example.com/', 'example.com'],
    ['DNS:', 'example.com'],
  ])('%s is not for %s', (name, host) => {
    expect(fits(name, host)).toBe(false)
  })

  it.each([
    '',
    '.',
    'a b',
    'a/b',
    'é/b',
    '-a.example',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '::g',
    'a..b',
    'https://a',
    'a:443',
    '*.example.com',
  ])('is for no such host as “%s”', (host) => {
    expect(hostOf(host)).toBeNull()
  })
})

describe('name constraints', () => {
  const root = make({ name: 'Root', isCa: true })
  const at = new Date('2026-01-01T00:00:00Z')
  const judged = async (permitted: string[], excluded: string[], given: string[], cn = 'Leaf') => {
    const middle = make({ name: 'Middle', isCa: true, issuer: root, extensions: [constraints(permitted, excluded)] })
    const leaf = make({ name: cn, issuer: middle, extensions: given.length > 0 ? [names(...given)] : [] })
    return (await checkTrust({ leaf: leaf.der, pile: [middle.der], roots: [root.der], at })).reason
  }
  const no = 'path.name-not-permitted'

  it.each([
    [['DNS:example.com'], [], ['DNS:example.com', 'DNS:a.b.example.com'], 'ok'],
    [['DNS:example.com'], [], ['DNS:badexample.com'], no],
    [['DNS:.example.com'], [], ['DNS:a.example.com'], 'ok'],
    [['DNS:.example.com'], [], ['DNS:example.com'], no],
    [['DNS:'], [], ['DNS:anything.example'], 'ok'],
    [[], ['DNS:'], ['DNS:anything.example'], no],
    [[], ['DNS:example.com'], ['DNS:a.EXAMPLE.com'], no],
    [[], ['DNS:a.example.com'], ['DNS:*.example.com'], no],
    [[], ['DNS:b.a.example.com'], ['DNS:*.example.com'], 'ok'],
    [[], ['DNS:example.com'], ['DNS:example.com.'], no],
    [['DNS:a.example.com'], [], ['DNS:*.example.com'], no],
    [['DNS:example.com'], [], ['IP:192.0.2.1', 'email:a@b.example', 'URI:https://c.example/'], 'ok'],
    [['DNS:a.example', 'DNS:b.example'], [], ['DNS:b.example'], 'ok'],
    [['IP:192.0.2.0/255.255.255.0'], [], ['IP:192.0.2.77'], 'ok'],
    [['IP:192.0.2.0/255.255.255.0'], [], ['IP:192.0.3.1'], no],
    [['IP:192.0.2.0/255.255.255.0'], [], ['hex:00000000000000000000000000000001'], no],
    [
      [],
      ['hex:fe800000000000000000000000000000ffc00000000000000000000000000000'],
      ['hex:fe800000000000000000000000000009'],
      no,
    ],
    [['IP:192.0.2.0/255.0.255.0'], [], ['IP:192.0.2.1'], 'path.constraint-unknown'],
    [['IP:192.0.2.0'], [], ['IP:192.0.2.0'], 'path.constraint-unknown'],
    [['email:example.com'], [], ['email:a@example.com'], 'ok'],
    [['email:example.com'], [], ['email:a@sub.example.com'], no],
    [['email:.example.com'], [], ['email:a@sub.example.com'], 'ok'],
    [['email:Me@example.com'], [], ['email:Me@EXAMPLE.com'], 'ok'],
    [['email:Me@example.com'], [], ['email:me@example.com'], no],
    [[], ['email:example.com'], ['email:nobody'], no],
    [['URI:example.com'], [], ['URI:https://user@example.com:8443/x'], 'ok'],
    [['URI:example.com'], [], ['URI:https://a.example.com/'], no],
    [['URI:.example.com'], [], ['URI:ldap://a.example.com/'], 'ok'],
    [['URI:example.com'], [], ['URI:urn:a:b'], no],
    [[], ['URI:example.com'], ['URI:urn:a:b'], no],
    [[], ['URI:example.com'], ['URI:https://192.0.2.1/'], no],
    [['dir:Leaf'], [], [], 'ok'],
    [['dir:Other'], [], [], no],
    [[], ['dir:leaf'], [], no],
  ] as [string[], string[], string[], string][])(
    'permitted %j, excluded %j: %j is %s',
    async (permitted, excluded, given, reason) => {
      expect(await judged(permitted, excluded, given)).toBe(reason)
    },
  )

  it('hold for a common name that looks like a host, where there is no DNS name', async () => {
    expect(await judged(['DNS:example.com'], [], [], 'bad.example.net')).toBe(no)
    expect(await judged(['DNS:example.com'], [], [], 'good.example.com')).toBe('ok')
    expect(await judged(['DNS:example.com'], [], [], 'Not a host')).toBe('ok')
    expect(await judged(['DNS:example.com'], [], ['DNS:a.example.com'], 'bad.example.net')).toBe('ok')
  })
})
