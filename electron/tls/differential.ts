import type { Attempt, ConnectionOptions, ProbeResult, ProbeRun, Verdict } from '../../shared/tls/attempt.ts'
import { type ProbeName, probesWorthMaking } from '../../shared/tls/probes.ts'
import type { ProbeOptions } from './probe-options.ts'
import type { Spare } from './spare-issuers.ts'

type Identity = NonNullable<ProbeOptions['identity']>

/** Another identity for the same host. Its key is opened only when its turn has come; null when it cannot be. */
export type Other = {
  name: string
  authority?: ProbeResult['authority']
  open(): Promise<Identity | null>
}

export type Differential = {
  /** How the refused attempt was made. */
  made: ProbeOptions
  attempt: Attempt
  verdict: Verdict
  /** Where further connections ask: a path without anything of the user's in it. */
  path: string
  spare: Spare
  others: readonly Other[]
  probe(options: ProbeOptions): Promise<Attempt>
  judge(attempt: Attempt): Verdict
  /** The running list, whenever a connection begins or ends. */
  onProbes?: ((probes: ProbeRun[]) => void) | undefined
  signal: AbortSignal
}

/** Each may take as long as this, however long the attempt itself may. */
const longestMs = 5000

type Plan = { probe: ProbeName; tried: string; other?: Other }

/**
 * Makes the further connections that can tell the causes of a refusal apart, one after the other, and answers what came
 * of each. They ask with GET and carry no header, body or query of the user's: a GET changes nothing at the server (RFC
 * 9110 section 9.2.1), and its answer has a body, without which nginx's pages look alike; HEAD has none. It goes to the
 * same path, because many servers ask for certificates path by path. Ends early when it is cancelled, and when the host
 * is twice not reached.
 */
export async function tellApart(given: Differential): Promise<ProbeResult[]> {
  const { made, attempt, verdict, spare, others, signal } = given
  const sentAbove = attempt.issuersSent ?? made.identity?.chainPem.length ?? 0
  const have = { sentAbove, spareIssuers: spare.pem.length > sentAbove, others: others.length }
  const plans = planned(probesWorthMaking(attempt, verdict, have), given)
  const runs: ProbeRun[] = plans.map(({ probe, tried }) => ({ probe, tried, state: 'waiting' }))
  const tell = (run: ProbeRun, state: ProbeRun['state'], result?: ProbeResult | null) => {
    Object.assign(run, { state, ...(result && { result }) })
    given.onProbes?.(runs.map((one) => ({ ...one })))
  }
  const results: ProbeResult[] = []
  let lost = 0
  for (const [at, run] of runs.entries()) {
    const plan = plans[at]
    if (signal.aborted || lost === 2 || !plan) break
    tell(run, 'running')
    const result = await oneProbe(plan, given)
    if (signal.aborted) break
    if (result) results.push(result)
    lost = result?.outcome === 'unreachable' ? lost + 1 : 0
    tell(run, 'done', result)
  }
  return results
}

function planned(names: readonly ProbeName[], { spare, others }: Differential): Plan[] {
  const left = [...others]
  return names.flatMap((probe): Plan[] => {
    if (probe !== 'other-identity')
      return [{ probe, tried: probe === 'with-intermediates' ? spare.named : words[probe] }]
    const other = left.shift()
    return other ? [{ probe, tried: other.name, other }] : []
  })
}

const words: Record<Exclude<ProbeName, 'other-identity' | 'with-intermediates'>, string> = {
  'without-certificate': 'no certificate',
  'without-intermediates': 'the certificate alone',
  'tls-1.2': 'TLS 1.2 only',
  'tls-1.3': 'TLS 1.3 only',
  'without-sni': 'no server name (SNI)',
}

async function oneProbe({ probe: name, tried, other }: Plan, given: Differential): Promise<ProbeResult | null> {
  const { made, path, signal } = given
  const identity = other ? await other.open() : made.identity
  // A vault that was locked meanwhile has no answer to give.
  if (other && !identity) return null
  const attempt = await given.probe({
    url: new URL(path, made.url).href,
    method: 'GET',
    headers: [],
    identity: identityOf(name, identity, given),
    trust: made.trust,
    timeoutMs: Math.min(made.timeoutMs, longestMs),
    options: optionsOf(name, made.options),
    proxy: made.proxy ?? null,
    signal,
  })
  const { outcome } = given.judge(attempt)
  return {
    probe: name,
    tried,
    outcome,
    saw: sawOf(attempt),
    ...(attempt.certificateAsked === undefined ? {} : { certificateAsked: attempt.certificateAsked }),
    ...(attempt.alert?.from === 'server' ? { alert: attempt.alert.number } : {}),
    ...(attempt.http ? { status: attempt.http.status } : {}),
    ...(other?.authority ? { authority: other.authority } : {}),
    tookMs: attempt.durationMs,
  }
}

function identityOf(name: ProbeName, identity: Identity | null, { spare }: Differential): Identity | null {
  if (name === 'without-certificate' || !identity) return null
  if (name === 'with-intermediates') return { ...identity, chainPem: spare.pem }
  return name === 'without-intermediates' ? { ...identity, chainPem: [] } : identity
}

function optionsOf(name: ProbeName, options: ConnectionOptions = {}): ConnectionOptions {
  switch (name) {
    case 'tls-1.2':
      return { ...options, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }
    case 'tls-1.3':
      return { ...options, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }
    case 'without-sni':
      return { ...options, serverName: null }
    default:
      return options
  }
}

function sawOf({ http, alert, failure }: Attempt): string {
  if (http) return `HTTP ${http.status}${http.statusText ? ` ${http.statusText}` : ''}`
  if (alert) return `${alert.name}, alert ${alert.number}`
  return failure?.text ?? 'no answer'
}
