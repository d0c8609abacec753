import { describe, expect, it } from 'vitest'
import { redirectOf } from '../../../shared/tls/redirect.ts'

const from = 'https://api.example.com/v1/orders?page=2'
const answer = (status: number, location?: string) => ({
  status,
  headers: location === undefined ? [] : ([['Location', location]] as [string, string][]),
})

describe('an answer that points elsewhere', () => {
  it('gives the whole address of a relative one', () => {
    expect(redirectOf(from, answer(308, '/v2/orders'))).toEqual({
      to: 'https://api.example.com/v2/orders',
      samePlace: true,
    })
  })

  it('notices another host, another port and a fall back to plain http', () => {
    for (const to of ['https://login.example.com/', 'https://api.example.com:8443/', 'http://api.example.com/']) {
      expect(redirectOf(from, answer(302, to))).toEqual({ to, samePlace: false })
    }
  })

  it('points nowhere without an address that can be read', () => {
    expect(redirectOf(from, answer(301))).toEqual({ to: null, samePlace: false })
    expect(redirectOf(from, answer(301, 'https://['))).toEqual({ to: null, samePlace: false })
  })

  it('is none of 200, 300 and 304', () => {
    for (const status of [200, 300, 304, 404]) expect(redirectOf(from, answer(status, '/x'))).toBeNull()
  })
})
