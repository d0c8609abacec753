import { UnstyledButton } from '@mantine/core'
import type { IdentitySummary } from '../../shared/identity.ts'
import { stageOf } from '../../shared/renewal/renewal.ts'
import { useDesk } from '../desk.ts'
import { Lifeline } from '../parts/Lifeline.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { remindDaysOf, stateWords } from '../parts/state-words.ts'
import { go } from '../place.ts'
import classes from './IdentityList.module.css'
import { leftText } from './identity-order.ts'
import { RenewalChip } from './RenewalChip.tsx'
import { useRoomVirtual } from './use-room-virtual.ts'
import { walkRows } from './walk-rows.ts'

type IdentityListProps = { identities: IdentitySummary[]; chosen: string; today: Date }

const rowHeight = 72

/** The identities as a narrow list beside the one on show; only those in sight are drawn. */
export function IdentityList({ identities, chosen, today }: IdentityListProps) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const { start, virtual } = useRoomVirtual<HTMLUListElement>(identities.length, rowHeight)
  const margin = virtual.options.scrollMargin
  return (
    <ul
      className={classes.list}
      aria-label="Identities"
      onKeyDown={walkRows}
      ref={start}
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map(({ index, start: top }) => {
        const one = identities[index]
        if (!one) return null
        return (
          <li
            key={one.handle}
            style={{ top: top - margin, height: rowHeight }}
            aria-setsize={identities.length}
            aria-posinset={index + 1}
            className={classes.entry}
            data-drop-identity={one.handle}
          >
            <span className={classes.line}>
              {/* Named by the identity alone; it takes the mouse on the whole entry. */}
              <UnstyledButton
                className={classes.name}
                data-row
                title={one.name}
                aria-current={one.handle === chosen ? 'true' : undefined}
                onClick={() => go({ room: 'identities', identity: one.handle })}
              >
                {one.name}
              </UnstyledButton>
              <span className={classes.left}>{leftText(one, today)}</span>
            </span>
            <span className={classes.under}>
              <span className={classes.where}>
                {one.providerName}, {one.environmentName}
              </span>
              {one.renewal && stageOf(one.renewal) !== 'done' ? (
                <RenewalChip renewal={one.renewal} today={today} />
              ) : (
                <StateMark {...stateWords(one, today, remindDays)} />
              )}
            </span>
            <Lifeline identity={one} today={today} remindDays={remindDays} size="small" />
          </li>
        )
      })}
    </ul>
  )
}
