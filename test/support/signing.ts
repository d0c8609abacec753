import { encodeTbs } from '../../shared/authority/certificate-content.ts'
import { makeAuthority, type NewAuthority } from '../../shared/authority/new-authority.ts'
import type { PlanChoice } from '../../shared/authority/plan-row.ts'
import { type PlanAuthority, type PlanRules, planSigning, type SignPlan } from '../../shared/authority/sign-plan.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { signDer } from '../../shared/pki/sign-der.ts'

export const signingNow = new Date('2026-03-01T12:00:00.500Z')

export const apataRules: PlanRules = { providerName: 'Apata', purposes: ['clientAuth'], days: 365 }

/** A root of one's own, and what signs with it. */
export async function ownAuthority(change: { years?: number; defaults?: Partial<PlanAuthority['defaults']> } = {}) {
  const made = await makeAuthority(
    {
      name: 'Acme CA',
      commonName: 'Acme CA',
      organization: 'Acme Ltd',
      country: 'IE',
      key: 'ec-p256',
      years: change.years ?? 10,
      askEachTime: false,
    },
    signingNow,
  )
  const { root } = made!
  return { ...root, plan: planAuthority(root, change.defaults) }
}

export const planAuthority = (
  { certificateDer, key }: Pick<NewAuthority, 'certificateDer' | 'key'>,
  defaults: Partial<PlanAuthority['defaults']> = {},
): PlanAuthority => ({
  certificate: readCertificate(certificateDer)!,
  key,
  name: 'Acme CA',
  defaults: { days: 365, crlUrls: [], issuerUrls: [], ...defaults },
})

export async function planFor(
  authority: PlanAuthority,
  requestDer: Bytes,
  choices: PlanChoice[] = [],
  rules?: PlanRules,
): Promise<SignPlan> {
  const request = readRequest(requestDer)
  if (!request) throw new Error('not a request')
  const planned = await planSigning({ request, authority, choices, now: signingNow, ...(rules && { rules }) })
  if (!planned.ok) throw new Error(planned.problem.code)
  return planned.value
}

/** Signs what was planned; answers the certificate's DER. */
export const signPlan = (plan: SignPlan, signer: NewAuthority): Promise<Bytes> =>
  signDer(encodeTbs(plan.content, signer.key), signer)
