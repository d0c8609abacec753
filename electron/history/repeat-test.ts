import type { ConnectionTest } from '../../shared/calls/tests.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { plainAddress } from '../../shared/tls/without-secrets.ts'
import type { Means } from '../means.ts'
import type { EndpointFile } from './endpoint-file.ts'
import { type KeptCall, keptCall } from './sealed-call.ts'

type Needs = Pick<Means, 'vault' | 'providers'>

/**
 * The last test of an endpoint as one to make again: what was sent is known when it was remembered, or when it was the
 * provider’s own first call; otherwise the bare address is called, which still shows whether the certificate is taken.
 */
export async function testToRepeat(means: Needs, file: EndpointFile): Promise<Result<Omit<ConnectionTest, 'work'>>> {
  const trust = trustOf(file)
  if (!trust.ok) return trust
  const kept = file.identity === null ? ok(undefined) : await keptCall(means, file.identity, file.id)
  if (!kept.ok) return kept
  const call = kept.value ?? (await firstCallAt(means, file)) ?? { url: file.url, headers: [] }
  return ok({
    identity: file.identity,
    ...call,
    method: file.method as ConnectionTest['method'],
    blanks: {},
    remember: false,
    trust: trust.value,
    ...(file.options && { options: file.options }),
  })
}

function trustOf({ trust, caPem, host }: EndpointFile): Result<ConnectionTest['trust']> {
  if (trust === 'pem')
    return caPem === undefined ? refuse({ code: 'test.trust-file-wrong', name: host }) : ok({ by: 'pem', pem: caPem })
  // What was trusted once was trusted for that test only: somebody has to look at it again.
  return trust === 'once' ? refuse({ code: 'test.trusted-once', host }) : ok({ by: trust })
}

async function firstCallAt({ vault, providers }: Needs, file: EndpointFile): Promise<KeptCall | undefined> {
  const record = file.identity === null ? undefined : await vault.identities.find(file.identity)
  const profile = record && (await providers.find(record.plan.provider))
  if (!profile) return undefined
  const { environment, answers } = record.plan
  const { protocol, host } = new URL(file.url)
  const call = firstCallOf(profile, environment, answers, `${protocol}//${host}`)
  if (call?.method !== file.method || plainAddress(call.url) !== file.url) return undefined
  return { url: call.url, headers: call.headers, ...(call.body !== undefined && { body: call.body }) }
}
