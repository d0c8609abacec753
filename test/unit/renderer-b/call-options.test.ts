import { describe, expect, it } from 'vitest'
import {
  type CallOptions,
  connectionOptions,
  optionProblems,
  optionsFrom,
  placeIn,
  unusual,
  usualOptions,
} from '../../../renderer/connect/call-options.ts'

const chosen = (part: Partial<CallOptions>): CallOptions => ({ ...usualOptions, ...part })

describe('a place to connect to', () => {
  it.each([
    ['192.0.2.7', { host: '192.0.2.7' }],
    ['192.0.2.7:8443', { host: '192.0.2.7', port: 8443 }],
    ['gateway.example.com:443', { host: 'gateway.example.com', port: 443 }],
    [':8443', { host: 'api.example.com', port: 8443 }],
    ['[2001:db8::7]:443', { host: '2001:db8::7', port: 443 }],
    ['[::1]', { host: '::1' }],
    ['2001:db8::7', { host: '2001:db8::7' }],
  ])('%s is read', (text, place) => {
    expect(placeIn(text, 'api.example.com')).toEqual(place)
  })

  it.each(['', 'a b', 'host:0', 'host:70000', 'https://host', 'host:', 'host/path'])('“%s” is none', (text) => {
    expect(placeIn(text, '')).toBeNull()
  })
})

describe('what is sent of the choices', () => {
  it('is nothing when all is as usual', () => {
    expect(connectionOptions(usualOptions, 'api.example.com')).toBeUndefined()
    expect(unusual(usualOptions)).toEqual([])
  })

  it('is every choice, and each is named in the line of the form', () => {
    const options = chosen({
      connectTo: '192.0.2.7:8443',
      sni: 'none',
      versions: 'TLSv1.2',
      family: '4',
      http: 'both',
      proxy: 'address',
      proxyUrl: 'http://proxy.example.com:3128',
      timeoutS: '3',
      probes: false,
    })
    expect(connectionOptions(options, 'api.example.com')).toEqual({
      connectTo: { host: '192.0.2.7', port: 8443 },
      serverName: null,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      family: 4,
      alpn: ['h2', 'http/1.1'],
      proxy: { by: 'address', url: 'http://proxy.example.com:3128' },
    })
    expect(unusual(options)).toEqual([
      'to 192.0.2.7:8443',
      'no SNI',
      'only TLS 1.2',
      'IPv4',
      'HTTP/2 offered',
      'proxy proxy.example.com:3128',
      '3 s',
      'no further connections',
    ])
  })

  it('comes back from the history as it was chosen', () => {
    const options = chosen({
      connectTo: '[::1]:8443',
      sni: 'other',
      serverName: 'api.example.com',
      family: '6',
      http: 'h2',
    })
    expect(optionsFrom(connectionOptions(options, 'x'))).toEqual(options)
    expect(optionsFrom(undefined)).toEqual(usualOptions)
  })
})

describe('a wrong choice', () => {
  it.each<[keyof CallOptions, Partial<CallOptions>]>([
    ['connectTo', { connectTo: 'https://host' }],
    ['serverName', { sni: 'other', serverName: 'two words' }],
    ['proxyUrl', { proxy: 'address', proxyUrl: 'http://user:password@proxy:3128' }],
    ['proxyUrl', { proxy: 'address', proxyUrl: 'socks5://proxy' }],
    ['timeoutS', { timeoutS: '0' }],
    ['timeoutS', { timeoutS: 'soon' }],
  ])('is told at its field: %s', (field, part) => {
    expect(Object.keys(optionProblems(chosen(part)))).toEqual([field])
  })

  it('is no fault while its choice is not made', () => {
    expect(optionProblems(chosen({ serverName: 'two words', proxyUrl: 'nonsense' }))).toEqual({})
  })
})
