import type { RevocationReason } from './revocation-reason.ts'

/** Reasons to revoke, in the order in which they are offered: plain words, and when each is meant. */
export const revocationReasons: { reason: RevocationReason; says: string; when: string }[] = [
  {
    reason: 'superseded',
    says: 'Another one took its place',
    when: 'It was renewed or replaced, and nothing is wrong with its key.',
  },
  {
    reason: 'keyCompromise',
    says: 'Its key got into other hands',
    when: 'A laptop was lost, a key was sent by mail, or somebody left with it.',
  },
  {
    reason: 'cessationOfOperation',
    says: 'It is not needed any more',
    when: 'The service or the contract has ended.',
  },
  {
    reason: 'affiliationChanged',
    says: 'Its owner’s details changed',
    when: 'The company or its name is another one now.',
  },
  {
    reason: 'CACompromise',
    says: 'The key of its authority got into other hands',
    when: 'Then all that this authority has issued has to be replaced.',
  },
  { reason: 'unspecified', says: 'No reason given', when: 'The list then names no reason at all.' },
]

export const reasonWords = (reason: RevocationReason): string =>
  revocationReasons.find((one) => one.reason === reason)?.says ?? reason

/** Reasons with which the day matters since which the key was unsafe: what it signed before stays good. */
export const hasInvalidity = (reason: RevocationReason): boolean =>
  reason === 'keyCompromise' || reason === 'CACompromise'
