import type { SigningWish } from '../../shared/authority/plan-row.ts'
import { planSigning, type SignPlan } from '../../shared/authority/sign-plan.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import type { Profile, ProviderCall } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Means } from '../means.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { compromisedKey, revokedAuthority } from './compromised-key.ts'

/** A plan with what is needed to sign it. */
export type ReadyPlan = {
  plan: SignPlan
  authority: AuthorityRecord
  requestDer: Uint8Array
  requestPem: string
  providerName?: string
  youSign?: NonNullable<ProviderCall['youSign']>
  entry: Pick<IssuedRecord, 'name' | 'provider' | 'callsYou'>
}

type Rules = { profile: Profile; call: ProviderCall; youSign: NonNullable<ProviderCall['youSign']> }

/** The profile's rules for the certificate of this way of calling you. */
export async function rulesFor(
  { providers }: Pick<Means, 'providers'>,
  { provider, callsYou }: NonNullable<SigningWish['profile']>,
): Promise<Result<Rules>> {
  const profile = await providers.find(provider)
  if (!profile) return refuse({ code: 'plan.provider-unknown', provider })
  const call = profile.callsYou.find(({ id }) => id === callsYou)
  if (!call?.youSign) return refuse({ code: 'sign.not-yours', provider: profile.name })
  return ok({ profile, call, youSign: call.youSign })
}

/** Plans the certificate for a request, by an authority of the vault and the rules of a provider. */
export async function planFor(
  means: Pick<Means, 'vault' | 'providers' | 'now'>,
  requestPem: string,
  wish: SigningWish,
): Promise<Result<ReadyPlan>> {
  const authority = await means.vault.authorities.find(wish.authority)
  if (!authority) return refuse({ code: 'authority.no-such' })
  const damaged = { code: 'file.damaged', name: 'the request', what: 'signing request' } as const
  const [block] = pemBlocks(requestPem)
  const request = block && readRequest(block.der)
  if (!request) return refuse(damaged)
  const certificate = readCertificate(pemBlocks(authority.certificatePem)[0]?.der ?? new Uint8Array())
  if (!certificate) return refuse({ code: 'issue.authority-unfit' })
  const rules = wish.profile ? await rulesFor(means, wish.profile) : null
  if (rules && !rules.ok) return rules
  const { profile, youSign } = rules?.value ?? {}
  const planned = await planSigning({
    request,
    authority: {
      certificate,
      ...(authority.key && { key: authority.key }),
      name: authority.name,
      defaults: authority.defaults,
    },
    ...(profile && youSign && { rules: { providerName: profile.name, ...youSign } }),
    choices: wish.choices,
    now: means.now(),
  })
  if (!planned.ok) return planned
  const revoked = await revokedAuthority(means, authority)
  const spent = revoked ?? (await compromisedKey(means, request.publicKey.facts.spkiSha256))
  return ok({
    plan: spent ? { ...planned.value, blocked: spent } : planned.value,
    authority,
    requestDer: request.der,
    requestPem,
    ...(profile && { providerName: profile.name }),
    ...(youSign && { youSign }),
    entry: { name: nameIn(planned.value), ...wish.profile },
  })
}

/** What people call it: the common name, or else the first name there is. */
function nameIn({ rows }: SignPlan): string {
  const of = (term: string) => rows.findLast((row) => row.term === term && row.value.length > 0)?.value[0]
  const first = rows.find(({ field, value }) => field.startsWith('subject.') && value.length > 0)?.value[0]
  return (of('CN') ?? of('subjectAltName') ?? first ?? 'without a name').slice(0, 200)
}
