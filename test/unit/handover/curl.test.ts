import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { type CurlCall, curlLine } from '../../../shared/handover/curl.ts'

const pem = { certificate: 'acme.crt', key: 'acme.key', ca: 'ca.crt' }
const call = (change: Partial<CurlCall> = {}): CurlCall => ({
  url: 'https://api.example.com:8443/v1/orders',
  method: 'GET',
  headers: [],
  files: pem,
  ...change,
})

/** What a shell makes of the line: the words that curl would get. */
const words = (line: string) =>
  execFileSync('sh', ['-c', `${line.replace(/^curl/, "printf '%s\\0'")}`])
    .toString()
    .split('\0')
    .slice(0, -1)

describe('the curl line', () => {
  it('names certificate, key and authority, one option a line', () => {
    expect(curlLine(call())).toBe(
      'curl \\\n  --cert acme.crt \\\n  --key acme.key \\\n  --cacert ca.crt \\\n  https://api.example.com:8443/v1/orders',
    )
  })

  it('takes a bundle as PKCS#12 and leaves the passphrase to curl’s own question', () => {
    expect(words(curlLine(call({ files: { pkcs12: 'acme.p12' } })))).toEqual([
      '--cert-type',
      'P12',
      '--cert',
      'acme.p12',
      'https://api.example.com:8443/v1/orders',
    ])
  })

  it('gives a shell exactly the values meant, whatever quotes and signs they hold', () => {
    const value = `it's "$HOME" \`id\` \\ ; & | * ~ äß`
    const line = curlLine(call({ method: 'POST', headers: [{ name: 'x-note', value }], body: `{"a":'b'}\n` }))
    expect(words(line)).toContain(`x-note: ${value}`)
    expect(words(line)).toContain(`{"a":'b'}\n`)
    expect(words(line)).not.toContain('--request')
  })

  it('does without a client certificate, and without an authority', () => {
    expect(words(curlLine(call({ files: { ca: 'ca.crt' } })))).toEqual(['--cacert', 'ca.crt', call().url])
    expect(words(curlLine(call({ files: null })))).toEqual([call().url])
  })

  it('stops curl from calling a body a web form, unless a type is given', () => {
    expect(words(curlLine(call({ method: 'POST', body: 'x' })))).toContain('Content-Type:')
    const headers = [{ name: 'content-type', value: 'application/json' }]
    expect(words(curlLine(call({ method: 'POST', body: 'x', headers })))).not.toContain('Content-Type:')
  })

  it('keeps blanks in the address as they are and stops curl from expanding them', () => {
    const line = words(curlLine(call({ url: 'https://h/auth/token/{clientId}' })))
    expect(line[0]).toBe('--globoff')
    expect(line.at(-1)).toBe('https://h/auth/token/{clientId}')
  })

  it.each([
    ['GET', undefined, []],
    ['HEAD', undefined, ['--head']],
    ['DELETE', undefined, ['--request', 'DELETE']],
    ['PUT', 'x', ['--request', 'PUT']],
    ['GET', 'x', ['--request', 'GET']],
  ])('says %s with body %s as %j', (method, body, expected) => {
    const line = words(curlLine(call({ method, body })))
    expect(line.filter((_, i) => expected.includes(line[i] ?? ''))).toEqual(expected)
    expect(line.includes('--request')).toBe(expected.includes('--request'))
  })

  it('sends an empty header with the semicolon that curl wants, and a file named like an option as a file', () => {
    const line = words(curlLine(call({ headers: [{ name: 'x-empty', value: '' }], files: { ...pem, key: '-k.key' } })))
    expect(line).toContain('x-empty;')
    expect(line).toContain('./-k.key')
  })
})
