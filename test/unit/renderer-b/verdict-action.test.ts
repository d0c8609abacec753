import { describe, expect, it } from 'vitest'
import { actionFor } from '../../../renderer/connect/verdict-action.ts'
import { catalogue } from '../../../shared/tls/failures.ts'

type Situation = Parameters<typeof actionFor>[0]
const given = (cause: string, more: Partial<Situation> = {}) =>
  actionFor({
    verdict: { cause },
    attempt: { http: null },
    form: { identity: 'aaaa0001', trust: 'system' },
    hasProviderCa: false,
    atPractice: false,
    ...more,
  })

describe('the next step under a verdict', () => {
  it('renews an expired certificate', () => {
    expect(given('client.expired')).toMatchObject({ does: 'renew', identity: 'aaaa0001' })
  })

  it('offers an identity where none was used', () => {
    expect(given('client.none-sent', { form: { identity: null, trust: 'system' } })?.does).toBe('choose-identity')
  })

  it('trusts the authority that is at hand, and asks for one where none is', () => {
    expect(given('server.untrusted', { atPractice: true })).toMatchObject({ does: 'trust', trust: 'practice' })
    expect(given('server.untrusted', { hasProviderCa: true })).toMatchObject({ does: 'trust', trust: 'provider' })
    expect(given('server.untrusted')?.does).toBe('paste-ca')
  })

  it('does not offer the trust that was tried already', () => {
    const form = { identity: 'aaaa0001', trust: 'provider' as const }
    expect(given('server.untrusted', { hasProviderCa: true, form })?.does).toBe('paste-ca')
  })

  it('shows the answer when there is one to read', () => {
    const http = { status: 401, statusText: '', headers: [], body: '', bodyBytes: 0, truncated: false }
    expect(given('http.refused', { attempt: { http } })?.does).toBe('show-answer')
    expect(given('http.unreadable')).toBeNull()
  })

  it('leads to the export once the call goes through', () => {
    expect(given('ok')?.label).toBe('Export for your service')
    expect(given('ok', { form: { identity: null, trust: 'system' } })).toBeNull()
  })

  it('asks for the login that a proxy wants, and leads to the proxy where another thing stands in the way', () => {
    const at = (code: string) =>
      given('net.proxy', { attempt: { http: null, failure: { during: 'connect', code, text: '' } } })?.does
    expect(at('ERR_PROXY_AUTH')).toBe('proxy-login')
    expect(at('ERR_PROXY_REFUSED')).toBe('change-proxy')
    expect(given('net.proxy')).toBeNull()
  })

  it('never names an identity where none was used', () => {
    for (const cause of Object.keys(catalogue)) {
      expect(given(cause, { form: { identity: null, trust: 'system' } }) ?? {}).not.toHaveProperty('identity')
    }
  })
})
