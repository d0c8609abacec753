import { daysLeft } from '../expiry/lifeline.ts'
import type { IdentitySummary } from '../identity.ts'

type Counted = Pick<IdentitySummary, 'handle' | 'name' | 'provider' | 'environment' | 'practice' | 'state' | 'notAfter'>

/**
 * The identities whose certificates are active at one provider's environment as far as this vault knows: valid on that
 * day, neither retired nor revoked. The practice provider has a register of its own.
 */
export function activeBeside(all: readonly Counted[], one: Counted, today: Date): Counted[] {
  return all.filter(
    ({ provider, environment, practice, state, notAfter }) =>
      provider === one.provider &&
      environment === one.environment &&
      practice === one.practice &&
      state !== 'replaced' &&
      state !== 'revoked' &&
      notAfter !== undefined &&
      daysLeft(notAfter, today) >= 0,
  )
}
