import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconLock } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { Lifeline } from '../parts/Lifeline.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { remindDaysOf, stateWords } from '../parts/state-words.ts'
import { TestMarkText } from '../parts/TestMarkText.tsx'
import { go } from '../place.ts'
import classes from './IdentityTable.module.css'
import { leftText, type Order, type SortKey } from './identity-order.ts'

type IdentityTableProps = {
  identities: IdentitySummary[]
  order: Order
  onOrder: (order: Order) => void
  today: Date
}

const columns: { key: SortKey | null; label: string; className?: string }[] = [
  { key: 'name', label: 'Name' },
  { key: 'provider', label: 'Provider' },
  { key: null, label: 'Lifeline', className: 'wide' },
  { key: 'left', label: 'Left', className: 'number' },
  { key: 'tested', label: 'Last test', className: 'roomy' },
  { key: 'kept', label: 'Private key', className: 'roomy' },
]

/** Up and down walk through the rows, as in any desktop list. */
export function walkRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('[data-row]'))
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[event.key === 'ArrowDown' ? at + 1 : at - 1]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

/** All identities with what matters of each, one line a piece. */
export function IdentityTable({ identities, order, onOrder, today }: IdentityTableProps) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  return (
    <table className={classes.table} aria-label="Identities" onKeyDown={walkRows}>
      <thead>
        <tr>
          {columns.map(({ key, label, className }) => {
            const chosen = key !== null && order.by === key
            const Arrow = order.descending ? IconChevronDown : IconChevronUp
            return (
              <th
                key={label}
                scope="col"
                className={className && classes[className]}
                aria-sort={chosen ? (order.descending ? 'descending' : 'ascending') : undefined}
              >
                {key === null ? (
                  label
                ) : (
                  <UnstyledButton
                    className={classes.sort}
                    onClick={() => onOrder({ by: key, descending: chosen && !order.descending })}
                  >
                    {label}
                    {chosen && <Arrow size={13} stroke={2} aria-hidden />}
                  </UnstyledButton>
                )}
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {identities.map((one) => {
          const open = () => go({ room: 'identities', identity: one.handle })
          return (
            <tr key={one.handle} onClick={open} data-drop-identity={one.handle}>
              <td className={classes.nameCell}>
                <UnstyledButton className={classes.name} onClick={open} data-row title={one.name}>
                  {one.name}
                </UnstyledButton>
                <StateMark {...stateWords(one, today, remindDays)} />
              </td>
              <td>
                {one.providerName}
                <span className={classes.under}>
                  {one.environmentName}
                  {one.practice && ', practice'}
                </span>
              </td>
              <td className={classes.wide}>
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
              <td className={classes.roomy}>
                <TestMarkText test={one.lastTest} />
              </td>
              <td className={classes.roomy}>
                <span className={classes.kept}>
                  <IconLock size={13} stroke={1.8} aria-hidden />
                  {one.keptBy === 'keychain' ? 'Keychain' : 'Passphrase'}
                </span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
