import { describe, expect, it } from 'vitest'
import { isProxyAddress } from '../../../shared/tls/proxy-place.ts'

describe('the address of a proxy', () => {
  it.each(['http://proxy.example.com:3128', ' https://192.0.2.1:8443/ ', 'http://[2001:db8::1]:3128', 'HTTP://proxy'])(
    'is %s',
    (text) => expect(isProxyAddress(text)).toBe(true),
  )

  it.each([
    '',
    'proxy.example.com:3128',
    'socks5://proxy:1080',
    'http://user:secret@proxy:3128',
    'http://proxy:3128/path',
    'http://proxy:99999',
    'http://a b',
  ])('is not %s', (text) => expect(isProxyAddress(text)).toBe(false))
})
