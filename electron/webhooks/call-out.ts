import type { CallTrust, MadeCall } from '../../shared/calls/listener.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Context } from '../../shared/tls/context.ts'
import { isLoopback } from '../../shared/webhooks/setup.ts'
import { cleanAttempt } from '../handlers/clean-attempt.ts'
import type { Means } from '../means.ts'
import { chainLinks } from '../tls/chain-links.ts'
import type { ProbeOptions } from '../tls/probe-options.ts'
import type { Trust } from '../tls/trust.ts'
import { materialOf } from './demand.ts'

export type OutCall = Pick<ProbeOptions, 'url' | 'method' | 'headers' | 'body' | 'identity'> & {
  trust: CallTrust
  profile?: Context['profile']
  work: string
}

type CallMeans = Pick<Means, 'vault' | 'listening' | 'probe' | 'proxies' | 'settings' | 'now' | 'news' | 'works'>

/** One webhook sent by the app itself, judged like a test; nothing of it is kept in the history. */
export async function callOut(means: CallMeans, call: OutCall): Promise<Result<MadeCall>> {
  if (!isHttps(call.url)) return refuse({ code: 'test.url-invalid', url: call.url.slice(0, 300) })
  const trust = await trustOf(means, call.trust)
  if (!trust.ok) return trust
  const settings = means.settings.read()
  const local = isLoopback(new URL(call.url).hostname.replace(/^\[(.*)\]$/, '$1'))
  const proxy = local ? null : await means.proxies.wayTo(call.url, settings.proxy)
  return means.works.run(call.work, async (signal) => {
    const { url, method, headers, body, identity, profile } = call
    const made = await means.probe({
      ...{ url, method, headers, identity, proxy, signal },
      ...(body !== undefined && { body }),
      trust: trust.value,
      timeoutMs: settings.test.timeoutMs,
      onStep: (step) => means.news({ kind: 'step', work: call.work, step }),
    })
    if (signal.aborted) return refuse({ code: 'app.cancelled' })
    const attempt = cleanAttempt(made.attempt, url, {})
    const { diagnose } = await import('../../shared/tls/diagnose.ts')
    const ders = identity ? [identity.certificatePem, ...identity.chainPem].flatMap((pem) => pemBlocks(pem)) : []
    const [certificate, ...chain] = ders.flatMap(({ der }) => readCertificate(der)?.facts ?? [])
    const context = { ...(certificate && { certificate, chain }), ...(profile && { profile }), now: means.now() }
    const presented = chainLinks(ders.map(({ der }) => der))
    return ok({ attempt, verdict: diagnose(attempt, context), presented, headers: [...headers] })
  })
}

const isHttps = (url: string) =>
  URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '' && !/\s/.test(url)

/** Whom a call trusts at the other end, or why that cannot be. */
export async function trustOf(
  { listening, vault }: Pick<Means, 'listening' | 'vault'>,
  trust: CallTrust,
): Promise<Result<Trust>> {
  switch (trust.by) {
    case 'system':
      return ok({ system: true })
    case 'once':
      return ok({ onceSha256: trust.sha256 })
    case 'listener': {
      const { running } = listening.state()
      return running ? ok({ caPem: running.serverCaPem }) : refuse({ code: 'listener.not-running' })
    }
    case 'authority': {
      const authority = await vault.authorities.find(trust.authority)
      return authority
        ? ok({ caPem: [authority.certificatePem, ...authority.chainPem].join('') })
        : refuse({ code: 'listener.authority-gone' })
    }
    case 'pem':
      return materialOf(trust.pem).roots.length > 0
        ? ok({ caPem: trust.pem })
        : refuse({ code: 'test.trust-file-wrong', name: 'what was given' })
  }
}
