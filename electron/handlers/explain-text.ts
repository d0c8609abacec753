import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { certificateFactsOf, findIdentity } from './identity-detail.ts'

/** What an error text of any program means, weighed against an identity and a test of it. Nothing of it is kept. */
export const explainText =
  (means: Means): Handlers['explainText'] =>
  async ({ text, identity, attempt }) => {
    const found = identity === null ? ok(undefined) : await findIdentity(means, identity)
    if (!found.ok) return found
    const read = attempt === undefined ? ok(undefined) : await means.history.read(attempt)
    if (!read.ok) return read
    const { explainText } = await import('../../shared/tls/explain/explain.ts')
    const { certificatePem, chainPem = [] } = found.value ?? {}
    const certificate = certificatePem === undefined ? undefined : certificateFactsOf(certificatePem)
    const chain = chainPem.flatMap((pem) => certificateFactsOf(pem) ?? [])
    const context = { certificate, chain, attempt: read.value?.attempt, now: means.now() }
    return ok({ rows: explainText(text, context) })
  }
