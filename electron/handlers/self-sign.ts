import { selfSign as writeSelfSigned } from '../../shared/pki/x509.ts'
import { maySelfSign, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import { refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { certificateFactsOf, findIdentity } from './identity-detail.ts'
import { storeCertificate } from './store-certificate.ts'
import { withKeyOf } from './with-key-of.ts'

/** A certificate signed with its own key, where the provider takes one. */
export const selfSign =
  (means: Means): Handlers['selfSign'] =>
  async ({ identity, days }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan } = found.value
    const profile = await means.providers.find(plan.provider)
    if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
    if (!maySelfSign(profile)) {
      const first = `${profile.name} takes no self-signed certificate`
      return refuse({ code: 'plan.breaks-rules', findings: 1, first })
    }
    const subject = subjectOf(profile, plan)
    const wishes = { subject, subjectAltNames: sansOf(plan), days, now: means.now() }
    const signed = await withKeyOf(means, found.value, (signer) => writeSelfSigned({ ...signer, ...wishes }))
    if (!signed.ok) return signed
    const { pem } = signed.value
    const facts = certificateFactsOf(pem) ?? {}
    return storeCertificate(means, identity, {
      pem,
      facts,
      chainPem: [],
      practice: false,
      accepted: [],
      what: 'self-signed',
    })
  }
