import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { PracticeState } from '../../shared/practice-state.ts'
import { environmentOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { Result } from '../../shared/result.ts'
import { ok, refuse } from '../../shared/result.ts'
import { clientSigalgs } from '../tls/client-sigalgs.ts'
import { createCounter } from './counter.ts'
import { listenOnLoopback } from './loopback-server.ts'
import { practiceApi } from './practice-api.ts'
import type { PracticeAuthority } from './practice-authority.ts'
import { makeAuthority, openPracticeAuthority, serverCertificate } from './practice-authority.ts'
import { practicePortal } from './practice-portal.ts'
import { createRegister, type Register } from './register.ts'

/** New throw-away authorities for a provider; keep them sealed, and hand them to `startPractice` each time. */
export const createPracticeAuthority = (profile: Profile, now: Date): Promise<PracticeAuthority> =>
  makeAuthority(profile, now)

export type PracticeServer = {
  state: NonNullable<PracticeState['running']>
  /** Hands in a request, or a certificate where the provider keeps certificates on file. */
  submit(
    requestOrCertificatePem: string,
  ): Promise<Result<{ certificatePem: string; serverCaPem: string; says: string }>>
  /** Puts a certificate (PEM) on file again, or takes it off: it is refused from then on. */
  putOnFile(certificatePem: string, on: boolean): void
  close(): Promise<void>
}

export type PracticeStart = {
  profile: Profile
  environment: string
  authority: PracticeAuthority
  now?: () => Date
  /** Certificates (PEM) that were handed in earlier and are still on file. */
  onFile?: string[]
  /** Fixed ports for scripts; free ones otherwise. */
  apiPort?: number
  portalPort?: number
}

/**
 * Starts a provider to practise with, on this computer only: an API that demands a client certificate, and a portal
 * that takes requests. Works on plain Node and in Electron alike.
 */
export async function startPractice(start: PracticeStart): Promise<PracticeServer> {
  const { profile, authority: kept, now = () => new Date() } = start
  const environment = environmentOf(profile, start.environment)
  if (environment === undefined) throw new Error('the practice provider was asked for an unknown environment')
  const authority = openPracticeAuthority(kept)
  const register = createRegister()
  const beside = { most: profile.signing.maxActive ?? (start.onFile ?? []).length, now: now() }
  for (const pem of start.onFile ?? []) putOnFile(register, pem, beside)
  const own = await serverCertificate(authority, now())
  const counter = createCounter({ profile, environment, authority, register, now })
  const { serverCaPem, clientCaPem } = authority
  const api = await listenOnLoopback(
    {
      ...own,
      requestCert: true,
      // Judged in `practiceApi`, so that the answer can say what is wrong.
      rejectUnauthorized: false,
      // Named to the client as acceptable. A provider that keeps certificates on file names none.
      ...(profile.signing.by === 'self' ? {} : { ca: [clientCaPem] }),
      sigalgs: clientSigalgs,
    },
    practiceApi(profile, environment, register, now),
    { port: start.apiPort },
  )
  const portal = await listenOnLoopback(
    { ...own },
    practicePortal(profile, counter, register, { serverCaPem, clientCaPem }, now),
    { port: start.portalPort },
  ).catch(async (error) => {
    await api.close()
    throw error
  })
  return {
    state: {
      provider: profile.id,
      providerName: profile.name,
      environment: environment.id,
      apiUrl: `https://127.0.0.1:${api.port}`,
      portalUrl: `https://127.0.0.1:${portal.port}`,
      serverCaPem,
      clientCaPem,
    },
    async submit(pem) {
      const outcome = await counter.take(pem)
      if (outcome.ok) return ok({ certificatePem: outcome.certificatePem, serverCaPem, says: outcome.says })
      const { says, findings } = outcome
      const next = findings[0]?.next
      return refuse({ code: 'practice.refused', provider: profile.name, says, findings: findings.length, next })
    },
    putOnFile(pem, on) {
      if (on) putOnFile(register, pem, { most: profile.signing.maxActive ?? 1, now: now() })
      else for (const { der } of pemBlocks(pem).slice(0, 1)) register.turnAway(readCertificate(der)?.facts.sha256 ?? '')
    },
    async close() {
      await Promise.all([api.close(), portal.close()])
    },
  }
}

function putOnFile(register: Register, pem: string, beside: { most: number; now: Date }): void {
  for (const { der } of pemBlocks(pem).slice(0, 1)) {
    const facts = readCertificate(der)?.facts
    if (facts?.sha256 === undefined || facts.spkiSha256 === undefined) continue
    const { sha256, spkiSha256, subject = '', notAfter = '' } = facts
    register.add({ sha256, spkiSha256, subject, notAfter }, beside)
  }
}
