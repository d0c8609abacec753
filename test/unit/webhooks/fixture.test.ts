import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../../shared/webhooks/arrival.ts'
import { fixtureName, fixtureOf, headersAgain } from '../../../shared/webhooks/fixture.ts'

const arrival: Arrival = {
  id: 42,
  at: '2026-03-01T12:00:00.000Z',
  provider: 'truv',
  from: '127.0.0.1:50000',
  kind: 'request',
  outcome: 'accepted',
  code: 'ok',
  says: 'It is trusted.',
  method: 'POST',
  path: "/webhooks/it's?a=[1]",
  chain: [],
  headers: [
    ['Host', 'localhost:9443'],
    ['Content-Length', '14'],
    ['Content-Type', 'application/json'],
    ['X-Access-Secret', '•••• (6 characters)'],
    ['X-WEBHOOK-SIGN', 'v1=00'],
  ],
  masked: ['X-Access-Secret'],
  body: '{"a":"it’s"}',
  bodyForm: 'text',
  bodyCut: false,
}
const file = (one: Arrival, name: string) => {
  const found = fixtureOf(one).find((each) => each.name === name)?.content
  return typeof found === 'string' ? found : Buffer.from(found ?? '').toString()
}

describe('an arrival as a fixture', () => {
  it('has a name that sorts as it arrived, and is safe on every system', () => {
    expect(fixtureName(arrival)).toBe('0042-post-webhooks-it-s')
    expect(fixtureName({ ...arrival, path: '/../../etc/passwd' })).toBe('0042-post-etc-passwd')
    expect(fixtureName({ ...arrival, path: `/${'x'.repeat(500)}` }).length).toBeLessThanOrEqual(80)
  })

  it('leaves out what belongs to the connection, and what was not kept', () => {
    const { headers, leftOut } = headersAgain(arrival)
    expect(headers.map(({ name }) => name)).toEqual(['Content-Type', 'X-WEBHOOK-SIGN'])
    expect(leftOut).toEqual(['X-Access-Secret'])
    expect(file(arrival, 'headers.txt')).toBe('Content-Type: application/json\nX-WEBHOOK-SIGN: v1=00\n')
    expect(JSON.parse(file(arrival, 'request.json')).headersNotKept).toEqual(['X-Access-Secret'])
  })

  it('has the body octet for octet', () => {
    expect(file(arrival, 'body.json')).toBe(arrival.body)
    const octets = Uint8Array.of(0, 255, 128, 10)
    const binary = {
      ...arrival,
      headers: [],
      body: Buffer.from(octets).toString('base64'),
      bodyForm: 'base64' as const,
    }
    expect(fixtureOf(binary).find(({ name }) => name === 'body.bin')?.content).toEqual(octets)
  })

  it('has a curl line that any shell reads as it is meant', () => {
    const script = file(arrival, 'curl.sh')
    const shown = script.replace(/^curl /m, 'printf "%s\\n" ')
    const env = { CERT: 'c', KEY: 'k', CA: 'a' }
    const out = execFileSync('sh', ['-c', shown, '/fixtures/curl.sh', 'https://localhost:1'], { env }).toString()
    const words = out.trim().split('\n')
    expect(words).toContain("https://localhost:1/webhooks/it's?a=[1]")
    expect(words).toContain('@/fixtures/headers.txt')
    expect(words).toContain('@/fixtures/body.json')
  })
})
