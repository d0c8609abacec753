import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AttemptRead } from '../history/attempt-store.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { certificateFactsOf, findIdentity } from './identity-detail.ts'

/** What other programs would do with an identity, and with a server once it was tested. */
export const forecast =
  (means: Means): Handlers['forecast'] =>
  async ({ identity, attempt }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { certificatePem, chainPem, plan } = found.value
    const certificate = certificatePem === undefined ? undefined : certificateFactsOf(certificatePem)
    if (!certificate) return refuse({ code: 'test.no-certificate', name: plan.name })
    const read: Result<AttemptRead | undefined> =
      attempt === undefined ? ok(undefined) : await means.history.read(attempt)
    if (!read.ok) return read
    const { forecastFor } = await import('../../shared/tls/forecast/forecast.ts')
    const chain = chainPem.flatMap((pem) => certificateFactsOf(pem) ?? [])
    const tested = read.value && { attempt: read.value.attempt, cause: read.value.verdict.cause }
    return ok({ rows: forecastFor({ certificate, chain, ...tested, now: means.now() }) })
  }
