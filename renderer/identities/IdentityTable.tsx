import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import { remindDaysOf } from '../parts/state-words.ts'
import { IdentityRow, rowHeight } from './IdentityRow.tsx'
import classes from './IdentityTable.module.css'
import type { SortKey } from './identity-order.ts'
import { useList } from './list-store.ts'
import { useRoomVirtual } from './use-room-virtual.ts'
import { walkRows } from './walk-rows.ts'

const columns: { key: SortKey; label: string; className?: string }[] = [
  { key: 'name', label: 'Name' },
  { key: 'provider', label: 'Provider', className: classes.providerColumn },
  { key: 'begun', label: 'Lifeline', className: classes.lineColumn },
  { key: 'left', label: 'Left', className: classes.leftColumn },
  { key: 'tested', label: 'Last test', className: classes.testColumn },
  { key: 'kept', label: 'Private key', className: classes.keyColumn },
]

function Heading({ column: { key, label } }: { column: (typeof columns)[number] }) {
  const { order, setOrder } = useList()
  const chosen = order.by === key
  const Arrow = order.descending ? IconChevronDown : IconChevronUp
  return (
    <th scope="col" aria-sort={chosen ? (order.descending ? 'descending' : 'ascending') : undefined}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => setOrder({ by: key, descending: chosen && !order.descending })}
      >
        {label}
        {chosen && <Arrow size={13} stroke={2} aria-hidden />}
      </UnstyledButton>
    </th>
  )
}

/** All identities with what matters of each, one line a piece; a thousand scroll like ten. */
export function IdentityTable({ identities, today }: { identities: IdentitySummary[]; today: Date }) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const { picked, pick, pickAll } = useList()
  const { start, virtual } = useRoomVirtual<HTMLTableSectionElement>(identities.length, rowHeight)
  const items = virtual.getVirtualItems()
  const handles = identities.map(({ handle }) => handle)
  // Rows are drawn anew only when they themselves change, and still choose a range of the list as it is then.
  const shown = useRef(handles)
  shown.current = handles
  const all = identities.length > 0 && identities.every(({ handle }) => picked.has(handle))
  const margin = virtual.options.scrollMargin
  const above = (items[0]?.start ?? margin) - margin
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      pickAll(handles, true)
    } else if (event.key === 'Escape' && picked.size > 0) pickAll([...picked], false)
    else walkRows(event)
  }
  return (
    <table
      className={classes.table}
      aria-label="Identities"
      aria-rowcount={identities.length + 1}
      onKeyDown={onKeyDown}
    >
      <colgroup>
        <col className={classes.pickColumn} />
        {columns.map(({ key, className }) => (
          <col key={key} className={className} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={classes.pick}>
            <Checkbox
              size="xs"
              aria-label="Choose all that are shown"
              checked={all}
              indeterminate={!all && handles.some((handle) => picked.has(handle))}
              onChange={() => pickAll(handles, !all)}
            />
          </th>
          {columns.map((column) => (
            <Heading key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody ref={start}>
        {above > 0 && <tr aria-hidden style={{ height: above }} />}
        {items.map(({ index }) => {
          const one = identities[index]
          return (
            one && (
              <IdentityRow
                key={one.handle}
                identity={one}
                at={index}
                today={today}
                remindDays={remindDays}
                picked={picked.has(one.handle)}
                onPick={(range) => pick(one.handle, shown.current, range)}
              />
            )
          )
        })}
        {below > 0 && <tr aria-hidden style={{ height: below }} />}
      </tbody>
    </table>
  )
}
