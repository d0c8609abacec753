import { dayOf } from '../../shared/renewal/renewal.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { certificateFactsOf, changeIdentity, findIdentity } from './identity-detail.ts'

/** Hands over what the real provider would be sent: the self-signed certificate where there is one, else the request. */
export const submitToPractice =
  (means: Means): Handlers['submitToPractice'] =>
  async ({ identity }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { certificatePem, requestPem } = found.value
    const ownSigned = certificatePem !== undefined && certificateFactsOf(certificatePem)?.selfSigned === true
    const submitted = await means.practice.submit(ownSigned ? certificatePem : requestPem)
    const sent = { to: 'the practice provider', on: dayOf(means.now()) }
    const renews = found.value.plan.renews !== undefined
    if (submitted.ok && (ownSigned || renews)) {
      await changeIdentity(means, identity, (record) => ({
        ...record,
        ...(ownSigned && { onPracticeFile: true }),
        ...(renews && { ticks: { ...record.ticks, sent: record.ticks?.sent ?? sent } }),
      }))
    }
    return submitted
  }
