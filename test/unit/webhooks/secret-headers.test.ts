import { describe, expect, it } from 'vitest'
import { isSecretHeader, withoutSecretHeaders } from '../../../shared/webhooks/secret-headers.ts'

describe('headers that look secret', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'X-Access-Secret',
    'x-api-key',
    'X-Auth-Token',
    'Api-Key',
  ])('are known: %s', (name) => expect(isSecretHeader(name)).toBe(true))

  it.each(['Host', 'Content-Type', 'X-WEBHOOK-SIGN', 'x-signature', 'X-Access-Client-Id', 'User-Agent'])(
    'are not those that everybody may see: %s',
    (name) => expect(isSecretHeader(name)).toBe(false),
  )

  it('keep their scheme and length, and nothing of their value', () => {
    const { headers, masked } = withoutSecretHeaders([
      ['Authorization', 'Bearer abcdefghij'],
      ['Host', 'localhost'],
      ['X-Access-Secret', 'x'],
    ])
    expect(headers).toEqual([
      ['Authorization', 'Bearer •••• (10 characters)'],
      ['Host', 'localhost'],
      ['X-Access-Secret', '•••• (1 character)'],
    ])
    expect(masked).toEqual(['Authorization', 'X-Access-Secret'])
  })
})
