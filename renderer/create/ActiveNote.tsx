import type { IdentityPlan } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { activeBeside } from '../../shared/renewal/side-by-side.ts'
import { useDesk } from '../desk.ts'
import { called } from '../parts/called.ts'
import { useToday } from '../parts/use-today.ts'
import classes from './Steps.module.css'

/** What the provider's limit means for one more certificate. Said before the key is made, while nothing is lost. */
export function ActiveNote({ profile, plan }: { profile: Profile; plan: IdentityPlan }) {
  const today = useToday()
  const identities = useDesk((state) => state.identities)
  const most = profile.signing.maxActive
  const old = identities.find(({ handle }) => handle === plan.renews)
  if (most === undefined) return null
  const like = { ...plan, handle: '', practice: old?.practice ?? false, state: 'ready' as const }
  const active = activeBeside(identities, like, today)
  const names = active.map(({ name }) => `“${name}”`).join(', ')
  if (active.length >= most) {
    return (
      <p className={classes.over} role="note">
        {called(profile)} takes {most} active certificates at a time, and {active.length} of yours are active already:{' '}
        {names}. Remove one there before you hand this one in.
      </p>
    )
  }
  if (!old) return null
  return (
    <p className={classes.sentence}>
      {called(profile)} takes {most} active certificates at a time: the new one works beside {names || 'none'} until you
      retire the old one.
    </p>
  )
}
