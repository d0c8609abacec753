import { Radio } from '@mantine/core'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { tabStop } from '../parts/roving.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import { answer } from './create-store.ts'
import classes from './Steps.module.css'

const kinds = ['new', 'same'] as const

/** A renewal may keep its key. A new one is what is meant unless the provider or the user wants it otherwise. */
export function RenewalKey({ profile, plan }: { profile: Profile; plan: IdentityPlan }) {
  const old = useDesk((state) => state.identities.find(({ handle }) => handle === plan.renews))
  if (!old) return null
  const chosen = plan.sameKey ? 'same' : 'new'
  const wantsSame = profile.renewal.key === 'same'
  const choose = (kind: string) =>
    kind === 'same' ? answer({ sameKey: true, key: old.key }) : answer({ sameKey: undefined })
  const says = {
    new: 'A copy of the old key that nobody knows of becomes worthless with the old certificate, and both certificates can be told apart by their keys.',
    same: `Where the other side has pinned the public key, or the key cannot be changed where it is installed. Whoever has a copy of it keeps their access. It stays ${keyLabel[old.key]}.`,
  }
  return (
    <Radio.Group label="New key or the same" labelProps={{ className: 'spoken' }} value={chosen} onChange={choose}>
      <div className={classes.choices}>
        {kinds.map((kind) => (
          <ChoiceCard
            key={kind}
            value={kind}
            name={kind === 'new' ? 'A new key' : `The same key as “${old.name}”`}
            tag={(kind === 'same') === wantsSame && (wantsSame ? `wanted by ${profile.name}` : 'recommended')}
            tabIndex={tabStop(kind, chosen, kinds)}
            says={<span className="quiet">{says[kind]}</span>}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
