import { IconLock } from '@tabler/icons-react'
import { type KeyboardEvent, memo } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { DateText } from '../parts/DateText.tsx'
import { Lifeline } from '../parts/Lifeline.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { stateWords } from '../parts/state-words.ts'
import { TestMarkText } from '../parts/TestMarkText.tsx'
import { go } from '../place.ts'
import chips from './Chip.module.css'
import { HandOverChip } from './HandOverChip.tsx'
import classes from './IdentityTable.module.css'
import { leftText } from './identity-order.ts'
import { RenewalChip } from './RenewalChip.tsx'

export const rowHeight = 48

const keptWords = (one: IdentitySummary): string =>
  one.keyPlace ? 'Token' : one.keptBy === 'keychain' ? 'Keychain' : 'Passphrase'

type IdentityRowProps = {
  identity: IdentitySummary
  at: number
  today: Date
  remindDays: number
  picked: boolean
  onPick: (range: boolean) => void
}

/** One identity in the list. Space ticks it, Enter opens it. */
export const IdentityRow = memo(
  function IdentityRow({ identity: one, at, today, remindDays, picked, onPick }: IdentityRowProps) {
    const open = () => go({ room: 'identities', identity: one.handle })
    // A request of a renewal: where that stands says more.
    const isWaiting = one.state === 'requested'
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== ' ') return
      event.preventDefault()
      onPick(event.shiftKey)
    }
    return (
      <tr
        onClick={open}
        data-drop-identity={one.handle}
        data-picked={picked || undefined}
        aria-rowindex={at + 2}
        style={{ height: rowHeight }}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box in it has the keys; this keeps a near miss from opening */}
        <td className={classes.pick} onClick={(event) => event.stopPropagation()}>
          {/* The browser's own box: dozens of rows are made anew while one scrolls. */}
          <input
            type="checkbox"
            className={classes.box}
            aria-label={`Choose ${one.name}`}
            checked={picked}
            onChange={() => {}}
            onClick={(event) => onPick(event.shiftKey)}
          />
        </td>
        <td className={classes.nameCell}>
          <button type="button" className={classes.name} onClick={open} onKeyDown={onKeyDown} data-row title={one.name}>
            {one.name}
          </button>
          <span className={classes.marks}>
            {!(isWaiting && one.renewal) && <StateMark {...stateWords(one, today, remindDays)} />}
            <RenewalChip renewal={one.renewal} today={today} />
            <HandOverChip identity={one} />
            {one.tags?.map((tag) => (
              <span key={tag} className={chips.chip} data-tone="tag" title={tag}>
                {tag}
              </span>
            ))}
          </span>
        </td>
        <td>
          <span className={classes.cut}>{one.providerName}</span>
          <span className={classes.under}>
            {one.environmentName}
            {one.practice && ', practice'}
          </span>
        </td>
        <td>
          <Lifeline identity={one} today={today} remindDays={remindDays} size="small" />
        </td>
        <td className={classes.number}>
          {leftText(one, today)}
          {one.notAfter && (
            <span className={classes.under}>
              <DateText iso={one.notAfter} />
            </span>
          )}
        </td>
        <td>
          <TestMarkText test={one.lastTest} />
        </td>
        <td>
          <span className={classes.kept}>
            <IconLock size={13} stroke={1.8} aria-hidden />
            {keptWords(one)}
          </span>
        </td>
      </tr>
    )
  },
  (a, b) =>
    a.identity === b.identity &&
    a.at === b.at &&
    a.picked === b.picked &&
    a.today === b.today &&
    a.remindDays === b.remindDays,
)
