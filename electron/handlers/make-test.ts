import type { ConnectionTest } from '../../shared/calls/tests.ts'
import { blanksOf, fillCall } from '../../shared/providers/filled-call.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { blanksIn } from '../../shared/providers/template.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Attempt, ProbeRun, Step, Verdict } from '../../shared/tls/attempt.ts'
import type { Context } from '../../shared/tls/context.ts'
import { leavesOpen } from '../../shared/tls/probes.ts'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import type { TestingMeans } from '../means.ts'
import type { ProbeOptions } from '../tls/probe-options.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { cleanAttempt, cleanStep } from './clean-attempt.ts'
import { certificateFactsOf, findIdentity } from './identity-detail.ts'
import { openIdentity } from './open-identity.ts'
import { besides } from './other-identities.ts'
import { keepBlanks, rememberedBlanks } from './remembered-blanks.ts'
import { trustFor } from './test-trust.ts'

export type Follow = {
  /** Ends the attempt, and the further connections. */
  signal: AbortSignal
  onStep?: (step: Step) => void
  onProbes?: (probes: ProbeRun[]) => void
  /** Called once the attempt is there; false when nobody waits for it any more. */
  settle?: () => boolean
  /** Ends the further connections alone. */
  enough?: AbortSignal
}

export type MadeConnection = {
  /** As the page may see it. */
  attempt: Attempt
  verdict: Verdict
  /** What passed, secrets and all: for the main process only. */
  wire: RecordedWire | null
  /** What was trusted, where it was not this computer’s roots. */
  caPem?: string
}

/** One call to a server, with an identity's certificate or with none, and the further ones that explain a refusal. */
export async function makeTest(
  means: TestingMeans,
  test: ConnectionTest,
  follow: Follow,
): Promise<Result<MadeConnection>> {
  const found = test.identity === null ? ok(undefined) : await findIdentity(means, test.identity)
  if (!found.ok) return found
  const record = found.value
  const profile = record && (await means.providers.find(record.plan.provider))
  const remembered = record ? await rememberedBlanks(means, record) : ok({})
  if (!remembered.ok) return remembered
  const call = await connectionFor(means, test, record, profile, remembered.value)
  if (!call.ok) return call
  const made: ProbeOptions = {
    ...call.value,
    signal: follow.signal,
    onStep: (step) => follow.onStep?.(cleanStep(step, remembered.value)),
  }
  const { attempt: raw, wire } = await means.probe(made)
  if (follow.settle?.() === false || follow.signal.aborted) return refuse({ code: 'app.cancelled' })
  const attempt = cleanAttempt(raw, test.url, remembered.value)
  const { diagnose } = await import('../../shared/tls/diagnose.ts')
  const context = contextOf(record, profile, means.now())
  const first = diagnose(attempt, context)
  const probes =
    test.probe === 'none' || !leavesOpen(first)
      ? []
      : await furtherConnections(means, test, { made, raw, first, record }, follow)
  const verdict = probes.length === 0 ? first : { ...diagnose(attempt, { ...context, probes }), probes }
  return ok({ attempt, verdict, wire, ...('caPem' in made.trust ? { caPem: made.trust.caPem } : {}) })
}

/** All that one connection is made with, or why it cannot be. */
async function connectionFor(
  means: TestingMeans,
  test: ConnectionTest,
  record: IdentityRecord | undefined,
  profile: Profile | undefined,
  remembered: Record<string, string>,
): Promise<Result<ProbeOptions>> {
  const typed = Object.fromEntries(Object.entries(test.blanks).filter(([, value]) => value !== ''))
  const values = { ...remembered, ...typed }
  const missing = missingBlank(test, profile, values)
  if (missing) return refuse({ code: 'test.blank-missing', label: missing })
  const call = fillCall(test, values)
  if (!isHttps(call.url)) return refuse({ code: 'test.url-invalid', url: test.url.slice(0, 300) })
  const trust = trustFor(means, test.trust, record)
  if (!trust.ok) return trust
  const identity = record ? await openIdentity(means, record) : ok(null)
  if (!identity.ok) return identity
  if (record && test.remember) await keepBlanks(means, record, profile, typed)
  const settings = means.settings.read()
  const choice = test.options?.proxy ?? settings.proxy
  return ok({
    ...call,
    method: test.method,
    identity: identity.value,
    trust: trust.value,
    timeoutMs: test.timeoutMs ?? settings.test.timeoutMs,
    ...(test.options ? { options: test.options } : {}),
    proxy: await means.proxies.wayTo(call.url, choice, test.proxyLogin),
  })
}

/** Only blanks that the provider's first call knows are demanded: braces in a body of the user's own may mean braces. */
function missingBlank(test: ConnectionTest, profile: Profile | undefined, values: Record<string, string>) {
  const known = profile?.firstCall?.blanks ?? []
  const open = blanksOf(test).filter((id) => !Object.hasOwn(values, id))
  return known.find(({ id }) => open.includes(id))?.label
}

const isHttps = (url: string) =>
  URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '' && !/\s/.test(url)

function contextOf(record: IdentityRecord | undefined, profile: Profile | undefined, now: Date): Context {
  if (!record) return { now }
  return {
    certificate: record.certificatePem === undefined ? undefined : certificateFactsOf(record.certificatePem),
    chain: record.chainPem.flatMap((pem) => certificateFactsOf(pem) ?? []),
    profile,
    environment: record.plan.environment,
    now,
  }
}

type Refused = { made: ProbeOptions; raw: Attempt; first: Verdict; record: IdentityRecord | undefined }

async function furtherConnections(means: TestingMeans, test: ConnectionTest, refused: Refused, follow: Follow) {
  const { made, raw, first, record } = refused
  const [{ tellApart }, { diagnose }] = await Promise.all([
    import('../tls/differential.ts'),
    import('../../shared/tls/diagnose.ts'),
  ])
  const { others, spare } = record ? await besides(means, record) : { others: [], spare: { pem: [], named: '' } }
  // A value that was filled into the path is the user’s own: further connections leave it out.
  const filled = blanksIn(test.url.split('?')[0] ?? '').length > 0
  return tellApart({
    made,
    attempt: raw,
    verdict: first,
    path: filled ? '/' : new URL(made.url).pathname,
    spare,
    others,
    probe: async (options) => (await means.probe(options)).attempt,
    judge: (attempt) => diagnose(attempt, { now: means.now() }),
    onProbes: follow.onProbes,
    signal: follow.enough ? AbortSignal.any([follow.signal, follow.enough]) : follow.signal,
  })
}
