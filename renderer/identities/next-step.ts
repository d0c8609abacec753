import { stateOn } from '../../shared/expiry/lifeline.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { calledOf } from '../parts/called.ts'

export type NextStep = {
  /** What the situation is, in a sentence. */
  says: string
  label: string
  /** Nothing is pressing: the button is an offer, not a call. */
  calm?: true
  does: 'send' | 'self-sign' | 'test' | 'export' | 'renew' | 'open-successor'
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
  >,
  signing: Profile['signing']['by'],
  today: Date,
  remindDays: number,
): NextStep {
  if (identity.state === 'replaced' && identity.replacedBy)
    return { says: 'A newer identity has taken its place.', label: 'Open the newer one', does: 'open-successor' }
  if (identity.certificatePem === undefined) {
    return signing === 'self'
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
  if (identity.lastTest === undefined)
    return { says: 'The certificate is here. Prove that a call works.', label: 'Test the connection', does: 'test' }
  if (identity.lastTest.outcome !== 'accepted')
    return { says: `The last test failed: ${identity.lastTest.title}`, label: 'Test again', does: 'test' }
  if (!identity.history.some((event) => event.what === 'exported'))
    return { says: 'The call works. Hand key and certificate to your service.', label: 'Export', does: 'export' }
  return { says: 'Everything is done until renewal.', label: 'Test again', does: 'test', calm: true }
}
