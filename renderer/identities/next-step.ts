import { stateOn } from '../../shared/expiry/lifeline.ts'
import { checklistOf, progressOf } from '../../shared/handover/checklist.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { stageOf, stageWords, waitingDays } from '../../shared/renewal/renewal.ts'
import { called, calledOf } from '../parts/called.ts'
import { dayText } from '../parts/dates.ts'

export type NextStep = {
  /** What the situation is, in a sentence. */
  says: string
  label: string
  /** Nothing is pressing: the button is an offer, not a call. */
  calm?: true
  does: 'hand-over' | 'send' | 'self-sign' | 'test' | 'export' | 'renew' | 'open-successor' | 'open-new' | 'renewal'
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The one thing to do next with an identity. */
export function nextStep(
  identity: Pick<
    IdentityDetail,
    | 'state'
    | 'notAfter'
    | 'provider'
    | 'providerName'
    | 'lastTest'
    | 'replacedBy'
    | 'certificatePem'
    | 'history'
    | 'findings'
    | 'renewal'
    | 'environment'
    | 'handover'
  >,
  profile: Profile,
  today: Date,
  remindDays: number,
): NextStep {
  if (identity.state === 'replaced' && identity.replacedBy)
    return { says: 'A newer identity has taken its place.', label: 'Open the newer one', does: 'open-successor' }
  const renewing = renewalStep(identity, today)
  if (renewing) return renewing
  if (identity.certificatePem === undefined) {
    return profile.signing.by === 'self'
      ? {
          says: `${sentence(calledOf(identity))} accepts a certificate you sign yourself.`,
          label: 'Sign it yourself',
          does: 'self-sign',
        }
      : {
          says: `Send the request to ${calledOf(identity)}, then bring the certificate home.`,
          label: 'How to send it',
          does: 'send',
        }
  }
  const state = stateOn(identity, today, remindDays)
  if (state === 'expired')
    return { says: 'The certificate has expired: calls are refused.', label: 'Renew', does: 'renew' }
  if (state === 'revoked')
    return { says: 'The certificate was revoked: calls are refused.', label: 'Renew', does: 'renew' }
  if (state === 'expiring')
    return {
      says: 'The certificate expires soon. The provider may take days to sign a new one.',
      label: 'Renew',
      does: 'renew',
    }
  const first = beforeTheTest(identity, profile)
  if (first) return first
  if (identity.lastTest === undefined)
    return { says: 'The certificate is here. Prove that a call works.', label: 'Test the connection', does: 'test' }
  if (identity.lastTest.outcome !== 'accepted')
    return { says: `The last test failed: ${identity.lastTest.title}`, label: 'Test again', does: 'test' }
  if (!identity.history.some((event) => event.what === 'exported'))
    return { says: 'The call works. Hand key and certificate to your service.', label: 'Export', does: 'export' }
  const left = leftOver(identity, profile)
  if (left) return left
  return { says: 'Everything is done until renewal.', label: 'Test again', does: 'test', calm: true }
}

/** Where one signs the certificate oneself, no call works before it is handed in. */
function beforeTheTest(
  { environment, handover, lastTest }: Pick<IdentityDetail, 'environment' | 'handover' | 'lastTest'>,
  profile: Profile,
): NextStep | null {
  if (!handover || lastTest) return null
  const item = progressOf(checklistOf(profile, environment, handover)).next
  if (!item?.step.gives.includes('certificate')) return null
  const says = `The certificate is here. Hand it in at ${called(profile)}, then prove that a call works.`
  return { says, label: 'Show how', does: 'hand-over' }
}

/** Steps of the hand-over that are left when call and export are done, such as the provider’s calls to you. */
function leftOver(
  { environment, handover }: Pick<IdentityDetail, 'environment' | 'handover'>,
  profile: Profile,
): NextStep | null {
  const { done, of, next } = progressOf(checklistOf(profile, environment, handover ?? { marks: {}, selfSigned: false }))
  if (!next || !handover) return null
  const count = of - done
  const says = `The call works. ${count} ${count === 1 ? 'step is' : 'steps are'} left with ${called(profile)}.`
  return { says, label: 'Show the steps', does: 'hand-over', calm: true }
}

/** What a renewal asks for next; null where the identity by itself says it better. */
function renewalStep(
  identity: Pick<IdentityDetail, 'renewal' | 'provider' | 'providerName' | 'history'>,
  today: Date,
): NextStep | null {
  const { renewal } = identity
  const stage = renewal && stageOf(renewal)
  if (!renewal || stage === 'done') return null
  const provider = calledOf(identity)
  if (stage === 'to-retire') {
    const old = renewal.side === 'old' ? 'this certificate' : `the certificate of “${renewal.old?.name}”`
    return { says: `The new one is in use. Remove ${old} at ${provider}.`, label: 'Tick it off', does: 'renewal' }
  }
  if (renewal.side === 'old') {
    const says = `“${renewal.new.name}” is to take over; ${stageWords(renewal, today)}.`
    return { says, label: 'Open the new one', does: 'open-new' }
  }
  if (stage === 'waiting') {
    const days = waitingDays(renewal, today) ?? 0
    const since = `Waiting for ${provider} since ${dayText(renewal.sent?.on ?? renewal.startedOn)}, ${days} ${days === 1 ? 'day' : 'days'}.`
    return { says: `${since} Bring the certificate home when it comes.`, label: 'Attach the certificate', does: 'send' }
  }
  if (stage !== 'to-switch') return null
  return identity.history.some(({ what }) => what === 'exported')
    ? { says: 'The new one works. Tell when your service uses it.', label: 'Tick it off', does: 'renewal' }
    : { says: 'The new one works. Hand key and certificate to your service.', label: 'Export', does: 'export' }
}
