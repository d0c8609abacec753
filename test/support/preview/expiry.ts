import { type ExpiryItem, renewFromOf, usualDays } from '../../../shared/expiry/items.ts'
import type { IdentitySummary } from '../../../shared/identity.ts'

const lives = { requested: 'waiting', draft: 'waiting', replaced: 'replaced', revoked: 'revoked' } as const

/** Identities as rows of the calendar. */
export function expiryItems(people: readonly IdentitySummary[], days: readonly number[]): ExpiryItem[] {
  return people.map((one): ExpiryItem => {
    const { handle, name, provider, providerName, environment, environmentName, state, practice } = one
    const { createdAt, notBefore, notAfter } = one
    const remindDays = notAfter === undefined ? [] : usualDays(days, notBefore, notAfter)
    return {
      id: `identity:${handle}`,
      kind: 'identity',
      name,
      provider,
      providerName,
      environment,
      environmentName,
      life: state in lives ? lives[state as keyof typeof lives] : 'current',
      createdAt,
      ...(notBefore !== undefined && { notBefore }),
      ...(notAfter !== undefined && { notAfter, renewFrom: renewFromOf(remindDays, notBefore, notAfter) }),
      reminders: 'usual',
      remindDays,
      done: false,
      practice,
      handle,
      usedBy: [],
    }
  })
}
