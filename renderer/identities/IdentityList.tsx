import { UnstyledButton } from '@mantine/core'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import { Lifeline } from '../parts/Lifeline.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { remindDaysOf, stateWords } from '../parts/state-words.ts'
import { go } from '../place.ts'
import classes from './IdentityList.module.css'
import { walkRows } from './IdentityTable.tsx'
import { leftText } from './identity-order.ts'

type IdentityListProps = { identities: IdentitySummary[]; chosen: string; today: Date }

/** The identities as a narrow list beside the one on show. */
export function IdentityList({ identities, chosen, today }: IdentityListProps) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  return (
    <ul className={classes.list} aria-label="Identities" onKeyDown={walkRows}>
      {identities.map((one) => (
        <li key={one.handle}>
          <UnstyledButton
            className={classes.entry}
            data-row
            data-drop-identity={one.handle}
            aria-current={one.handle === chosen ? 'true' : undefined}
            aria-label={one.name}
            onClick={() => go({ room: 'identities', identity: one.handle })}
          >
            <span className={classes.line}>
              <span className={classes.name}>{one.name}</span>
              <span className={classes.left}>{leftText(one, today)}</span>
            </span>
            <span className={classes.under}>
              <span className={classes.where}>
                {one.providerName}, {one.environmentName}
              </span>
              <StateMark {...stateWords(one, today, remindDays)} />
            </span>
            <Lifeline identity={one} today={today} remindDays={remindDays} size="small" />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
