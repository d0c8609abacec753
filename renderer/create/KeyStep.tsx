import { Radio } from '@mantine/core'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { sourceOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { FieldRule } from '../parts/Field.tsx'
import { tabStop } from '../parts/roving.ts'
import { ChoiceCard } from './ChoiceCard.tsx'
import { answer } from './create-store.ts'
import { KeyPlaceChoice } from './KeyPlaceChoice.tsx'
import { RenewalKey } from './RenewalKey.tsx'
import { openerOf } from './rule-source.ts'
import classes from './Steps.module.css'

/** Strengths as NIST SP 800-57 part 1 compares them. */
const says: Record<KeyAlgorithm, string> = {
  'rsa-2048': 'Understood everywhere. 112-bit strength.',
  'rsa-3072': '128-bit strength; larger and slower than RSA 2048.',
  'rsa-4096': 'Larger still: takes seconds to make, and costs time in each connection.',
  'ec-p256': 'Small and fast. 128-bit strength.',
  'ec-p384': '192-bit strength; somewhat slower than P-256.',
  'ec-p521': '256-bit strength; not every system takes it.',
  ed25519: 'Small and fast; many TLS servers do not take it for clients yet.',
}

type KeyStepProps = { profile: Profile; plan: IdentityPlan; token: TokenChoice | null | undefined; asked: boolean }

/** One key is recommended, with the reason; the others the provider takes are offered. And where it is to be. */
export function KeyStep({ profile, plan, token, asked }: KeyStepProps) {
  const { allowed, recommended, reason, named, source } = profile.keys
  const offered = [recommended, ...allowed.filter((one) => one !== recommended)]
  const missing = (Object.keys(keyLabel) as KeyAlgorithm[]).filter((one) => !allowed.includes(one))
  return (
    <>
      {plan.renews && <RenewalKey profile={profile} plan={plan} />}
      {!plan.sameKey && (
        <Radio.Group
          label="Key"
          labelProps={{ className: 'spoken' }}
          value={plan.key}
          onChange={(key) => answer({ key: key as KeyAlgorithm })}
        >
          <div className={classes.choices}>
            {offered.map((one) => (
              <ChoiceCard
                key={one}
                value={one}
                name={keyLabel[one]}
                tag={one === recommended && 'recommended'}
                tabIndex={tabStop(one, plan.key, offered)}
                says={
                  <>
                    <span className="quiet">{one === recommended ? reason : says[one]}</span>
                    {named?.includes(one) && one !== recommended && (
                      <span className="quiet">Named by {profile.name}.</span>
                    )}
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {missing.length > 0 && !plan.sameKey && (
        <p className={classes.sentence}>
          <FieldRule
            rule={`Not taken by ${profile.name}: ${missing.map((one) => keyLabel[one]).join(', ')}.`}
            source={openerOf(profile, sourceOf(profile, source))}
          />
        </p>
      )}
      <KeyPlaceChoice profile={profile} plan={plan} token={token} asked={asked} />
    </>
  )
}
