import { Radio } from '@mantine/core'
import type { IdentityPlan } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { useDesk } from '../desk.ts'
import { tabStop } from '../parts/roving.ts'
import { SecretLine, whereKept } from '../parts/SecretLine.tsx'
import { TokenPicker } from '../parts/tokens/TokenPicker.tsx'
import { TokenUnlock } from '../parts/tokens/TokenUnlock.tsx'
import { ChoiceCard } from './ChoiceCard.tsx'
import { answerToken } from './create-store.ts'
import classes from './Steps.module.css'

type KeyPlaceChoiceProps = {
  profile: Profile
  plan: IdentityPlan
  token: TokenChoice | null | undefined
  asked: boolean
}

const places = ['vault', 'token'] as const

/** Where the key is to be. In a token it is safe from copying, and from moving. */
export function KeyPlaceChoice({ profile, plan, token, asked }: KeyPlaceChoiceProps) {
  const vault = useDesk((state) => state.vault)
  if (plan.sameKey) return token === undefined ? <SecretLine /> : <TokenUnlock />
  const value = token === undefined ? 'vault' : 'token'
  const kept = whereKept(vault?.keptBy ?? 'keychain', vault?.keychain)
  const says = {
    vault: `It is ${kept}, never shown, and can be exported for the programs that use it.`,
    token: 'Smart card, security key or HSM. It is made there and never leaves it, so it cannot be exported or copied.',
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>Where the key is</legend>
      <Radio.Group
        label="Where the key is"
        labelProps={{ className: 'spoken' }}
        value={value}
        onChange={(place) => answerToken(place === 'vault' ? undefined : null)}
      >
        <div className={classes.choices}>
          {places.map((place) => (
            <ChoiceCard
              key={place}
              value={place}
              name={place === 'vault' ? 'In this computer’s vault' : 'In a token'}
              term={place === 'token' ? 'PKCS #11' : undefined}
              tabIndex={tabStop(place, value, places)}
              says={<span className="quiet">{says[place]}</span>}
            />
          ))}
        </div>
      </Radio.Group>
      {token !== undefined && (
        <div style={{ marginTop: 12 }}>
          <TokenPicker
            wanted={plan.key}
            allowed={profile.keys.allowed}
            chosen={token}
            onChoose={answerToken}
            asked={asked}
          />
        </div>
      )}
    </fieldset>
  )
}
