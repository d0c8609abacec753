import type { Input } from '../../../shared/contract.ts'
import type { Profile, ProviderCall } from '../../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { signatureFor } from '../../../shared/webhooks/signature.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { ProbeOptions } from '../../tls/probe-options.ts'
import { callOut } from '../../webhooks/call-out.ts'
import { issueByAuthority, issueByPractice, keyPemOf, type OwnWish } from '../../webhooks/issue-own.ts'

/** Long enough for a slow endpoint, and nothing that anybody could keep using. */
const days = 1

type Play = Input<'playProvider'>

/** Calls an endpoint as the provider would: its certificate, its webhook, its signature. */
export const playProvider =
  (means: Means): Handlers['playProvider'] =>
  async (play) => {
    const profile = await means.providers.find(play.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: play.provider })
    const call = profile.callsYou.find(({ id }) => id === play.call)
    if (!call) return refuse({ code: 'play.call-unknown', provider: profile.name })
    const headers = await signedHeaders(means, profile, play)
    if (!headers.ok) return headers
    const identity = await identityFor(means, profile, call, play)
    if (!identity.ok) return identity
    const { work, url, method, body, trust } = play
    return callOut(means, {
      ...{ work, url, method, trust, profile },
      headers: headers.value,
      ...(method !== 'GET' && method !== 'HEAD' && { body }),
      identity: identity.value,
    })
  }

async function identityFor(
  means: Means,
  profile: Profile,
  { id, presents }: ProviderCall,
  { certificate }: Play,
): Promise<Result<ProbeOptions['identity']>> {
  if (certificate.by === 'none') return ok(null)
  const subject = presents?.subject ?? [{ field: 'CN' as const, value: `webhooks.${profile.id}.example` }]
  const name = subject.find(({ field }) => field === 'CN')?.value
  const wish: OwnWish = {
    subject: subject.map(({ field, value }) => ({ type: field, value })),
    subjectAltNames: name !== undefined && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name) ? [`DNS:${name}`] : [],
    purpose: 'clientAuth',
    days,
    name: `Played ${profile.name} (${id})`,
    provider: profile.id,
  }
  if (certificate.by === 'practice') {
    const opened = await means.practice.opened(profile)
    if (!opened.ok) return opened
    const own = await issueByPractice(opened.value.clients, wish, means.now())
    return ok({ certificatePem: own.certificatePem, chainPem: own.chainPem, keyPem: keyPemOf(own) })
  }
  const authority = await means.vault.authorities.find(certificate.authority)
  if (!authority) return refuse({ code: 'listener.authority-gone' })
  const own = await issueByAuthority(means, authority, wish)
  if (!own.ok) return own
  means.news({ kind: 'authorities-changed' })
  const { certificatePem, chainPem } = own.value
  return ok({ certificatePem, chainPem, keyPem: keyPemOf(own.value) })
}

/** The headers as they are sent: with the signature of this very body, where one is wanted and can be made. */
async function signedHeaders(
  { vault }: Means,
  profile: Profile,
  { headers, body, sign }: Play,
): Promise<Result<Play['headers']>> {
  const rule = profile.webhooks?.signature
  if (!sign || !rule) return ok(headers)
  const kept = sign.with === 'kept' ? await vault.listeners.secret(profile.id, 'signatureSecret') : null
  if (kept && !kept.ok) return kept
  const secret = sign.with === 'secret' ? sign.secret : kept?.ok ? kept.value?.toString() : undefined
  if (secret === undefined) return ok(headers)
  const value = await signatureFor(rule, secret, new TextEncoder().encode(body))
  const others = headers.filter(({ name }) => name.toLowerCase() !== rule.header.toLowerCase())
  return ok([...others, { name: rule.header, value }])
}
