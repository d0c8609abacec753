import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { judgeByProfile } from '../../../shared/providers/judge-by-profile.ts'
import { issue, makeKey, type Wish } from '../../support/throwaway-pki.ts'
import { goodPlans, profileNamed } from './plans.ts'

const today = new Date()
const read = async (pem: string) => (await inspectBytes('-', new TextEncoder().encode(pem), [], today))[0]!

async function judged(id: string, wish: Partial<Wish> = {}): Promise<string[]> {
  const ca = issue({ subject: ['CN=Provider CA'], isCa: true })
  const certificate = issue({ subject: ['CN=acme'], issuer: ca, key: 'rsa', toDays: 365, ...wish })
  const { environment } = goodPlans.find((one) => one.id === id)!.plan
  const findings = judgeByProfile(await read(certificate.pem), profileNamed(id), environment, today)
  return findings.map(({ code, severity }) => `${code} ${severity}`)
}

describe('judging an inspected object by a provider’s rules', () => {
  it.each([
    [{ purposes: ['serverAuth' as const] }, 'certificate.no-client-auth refuses'],
    [{ toDays: -1, fromDays: -300 }, 'certificate.expired refuses'],
    [{ key: 'rsa1024' as const }, 'key.too-small refuses'],
    [{ isCa: true }, 'certificate.is-ca warns'],
  ])('tells of a certificate with %j: %s', async (wish, finding) => {
    for (const { id } of goodPlans) expect(await judged(id, wish)).toContain(finding)
  })

  it('tells of a self-signed certificate where the provider signs', async () => {
    expect(await judged('apata', { issuer: undefined })).toContain('certificate.self-signed refuses')
  })

  it('judges a key by its size, and says nothing of what it cannot judge', async () => {
    const profile = profileNamed('nuapay')
    const { environment } = goodPlans.find(({ id }) => id === 'nuapay')!.plan
    const small = await read(makeKey('rsa1024').export({ type: 'pkcs8', format: 'pem' }).toString())
    expect(judgeByProfile(small, profile, environment, today).map(({ code }) => code)).toContain('key.too-small')
    expect(judgeByProfile({ kind: 'private-key', facts: { encrypted: true } }, profile, environment, today)).toEqual([])
    expect(judgeByProfile({ kind: 'crl', facts: {} }, profile, environment, today)).toEqual([])
  })

  it('refuses an environment that the provider does not have', async () => {
    const object = await read(issue({ subject: ['CN=x'] }).pem)
    expect(judgeByProfile(object, profileNamed('apata'), 'moon', today).map(({ code }) => code)).toEqual([
      'plan.environment-unknown',
    ])
  })
})
