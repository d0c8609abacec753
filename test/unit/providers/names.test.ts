import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAlternativeName } from '../../../shared/providers/alternative-name.ts'
import { readHostName, readIp } from '../../../shared/providers/host-name.ts'

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'))
const hostName = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,10}$/))
  .map(([labels, top]) => [...labels, top].join('.'))

describe('host names', () => {
  it.each([
    ['api.example.com', 'api.example.com'],
    ['API.Example.COM', 'api.example.com'],
    ['München.example', 'xn--mnchen-3ya.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え.jp', 'xn--r8jz45g.jp'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['localhost', 'localhost'],
    ['*.example.com', '*.example.com'],
    ['*.münchen.example', '*.xn--mnchen-3ya.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('%s is encoded as %s', (typed, ascii) => {
    expect(readHostName(typed)).toMatchObject({ ok: true, ascii })
  })

  it.each([
    ['', 'is empty'],
    ['a b.example', 'holds a space'],
    ['https://api.example.com', 'begins with https://'],
    ['api.example.com/v1', 'holds a path'],
    ['api.example.com:8443', 'names a port'],
    ['ops@example.com', 'looks like an e-mail address'],
    ['10.0.0.1', 'is an IP address, not a host name'],
    ['::1', 'is an IP address, not a host name'],
    ['1.2', 'ends in a number, like a wrong IP address'],
    ['0x7f.0.0.1', 'ends in a number, like a wrong IP address'],
    ['example.com.', 'ends with a dot'],
    ['例え。', 'ends with a dot'],
    ['a..b', 'has two dots in a row'],
    ['-a.example', 'has a part that begins or ends with a hyphen (-a)'],
    ['a_b.example', 'has an underscore (a_b), which certificates do not allow'],
    [`${'a'.repeat(64)}.example`, 'has a part of 64 characters; 63 is the most'],
    ['xn--zzzzzz.example', 'is not a host name'],
    ['*', 'has * in a place where it stands for nothing'],
    ['a.*.example', 'has * in a place where it stands for nothing'],
    ['*.com', 'is a wildcard for a whole top-level domain'],
    ['ex%61mple.com', 'holds “%”, which no host name has'],
    ['exa\u00admple.com', 'holds an invisible character (U+00AD), which no host name has'],
    ['exa\u0000mple.com', 'holds a control character (U+0000), which no host name has'],
  ])('%j is refused: it %s', (typed, fault) => {
    expect(readHostName(typed)).toMatchObject({ ok: false, fault })
  })

  it('refuses names longer than 253 characters', () => {
    const long = `${'a'.repeat(49)}.`.repeat(5)
    expect(readHostName(`${long}abc`)).toMatchObject({ ok: true })
    expect(readHostName(`${long}abcd`)).toMatchObject({ ok: false })
  })

  it('leave plain names as they are', () => {
    fc.assert(
      fc.property(hostName, (name) => {
        expect(readHostName(name)).toEqual({ ok: true, ascii: name, wildcard: false })
      }),
    )
  })

  it('read the same the second time, and hold nothing but what certificates allow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const host = readHostName(text)
        if (!host.ok) {
          expect(host.next).toBeTruthy()
          return
        }
        expect(host.ascii).toMatch(/^(?:\*\.)?[a-z0-9.-]+$/)
        expect(readHostName(host.ascii)).toEqual(host)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('IP addresses', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['::1', '::1'],
    ['2001:DB8:0:0::0001', '2001:db8::1'],
    ['::ffff:1.2.3.4', '::ffff:102:304'],
  ])('%s is %s', (typed, canonical) => {
    expect(readIp(typed)?.canonical).toBe(canonical)
  })

  it.each([
    '010.0.0.1',
    '127.1',
    '1.2.3.256',
    '1.2.3',
    '1.2.3.4/24',
    ':::',
    '12345::',
    'fe80::1%eth0',
    '',
    '1:2',
    '::1.2.3',
  ])('%j is none', (typed) => {
    expect(readIp(typed)).toBeNull()
  })

  it('survive their canonical form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = readIp(text)
        expect(address).not.toBeNull()
        expect(readIp(address!.canonical)).toEqual(address)
      }),
    )
  })
})

describe('alternative names', () => {
  it.each([
    ['DNS:API.example.com', 'DNS:api.example.com'],
    [' dns: api.example.com ', 'DNS:api.example.com'],
    ['IP:10.0.0.1', 'IP:10.0.0.1'],
    ['IP:::1', 'IP:::1'],
    ['email:Ops@Example.com', 'email:Ops@example.com'],
    ['email:ops@münchen.example', 'email:ops@xn--mnchen-3ya.example'],
    ['URI:spiffe://example.com/pay', 'URI:spiffe://example.com/pay'],
    ['URI:urn:uuid:0b4e', 'URI:urn:uuid:0b4e'],
  ])('%j becomes %s', (typed, normal) => {
    expect(readAlternativeName(typed)).toMatchObject({ ok: true, normal })
  })

  it.each([
    ['api.example.com', 'Write DNS:api.example.com'],
    ['10.0.0.1', 'Write IP:10.0.0.1'],
    ['ops@example.com', 'Write email:ops@example.com'],
    ['https://example.com', 'Write URI:https://example.com'],
    ['DNS:', 'Enter a value, or remove the line.'],
    ['DNS:10.0.0.1', 'Enter it as an IP address (IP:…).'],
    ['IP:10.0.0.0/8', 'Enter single addresses; a certificate names no ranges.'],
    ['IP:fe80::1%eth0', 'Leave out the part from % on.'],
    ['IP:api.example.com', 'Enter four numbers from 0 to 255 without leading zeros, or an IPv6 address.'],
    ['email:ops', 'Enter one address, name@host.'],
    ['URI:/path', 'Begin with the scheme, such as https:// or urn:.'],
    ['URI:https://exa mple.com', 'Write them percent-encoded, such as %20 for a space.'],
    ['URI:https://[1', 'Check the part after the scheme.'],
  ])('%j is refused with “%s”', (typed, next) => {
    const name = readAlternativeName(typed)
    expect(name.ok).toBe(false)
    expect(name.findings).toMatchObject([{ code: 'san.invalid', severity: 'refuses', next }])
  })

  it('never throw, and what they accept is accepted again unchanged', () => {
    const entry = fc
      .tuple(fc.constantFrom('DNS:', 'IP:', 'email:', 'URI:', ''), fc.string({ unit: 'binary', maxLength: 60 }))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(entry, (text) => {
        const name = readAlternativeName(text)
        if (name.ok) expect(readAlternativeName(name.normal)).toMatchObject({ ok: true, normal: name.normal })
        else expect(name.findings[0]?.severity).toBe('refuses')
      }),
      { numRuns: 2000 },
    )
  })
})
