import { Button, SegmentedControl } from '@mantine/core'
import { IconCalendarTime, IconPlus, IconSettings } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useToday } from '../parts/use-today.ts'
import { go, useVisit } from '../place.ts'
import { AxisControls } from './AxisControls.tsx'
import { CalendarFilters } from './CalendarFilters.tsx'
import classes from './CalendarRoom.module.css'
import { calendarRows, type Filter, type Grouping, noFilter, passing } from './calendar-rows.ts'
import { DateTable } from './DateTable.tsx'
import { followExpiring, useExpiry } from './expiry-store.ts'
import { ItemDetails } from './ItemDetails.tsx'
import { NextThings } from './NextThings.tsx'
import { nextThings } from './next-things.ts'
import { OutsideMenu } from './OutsideMenu.tsx'
import { Timeline } from './Timeline.tsx'
import { useAxis } from './use-axis.ts'

const says = 'What expires when, and what to do'

/** When everything expires, on one axis, and what to do about it first. */
export default function CalendarRoom() {
  const items = useExpiry((state) => state.items)
  const problem = useExpiry((state) => state.problem)
  useEffect(followExpiring, [])
  if (items === null) return null
  if (problem) {
    return (
      <div className={classes.room}>
        <RoomHeader title="Calendar" says={says} />
        <div className={classes.body}>
          <ProblemNote problem={problem} />
        </div>
      </div>
    )
  }
  return items.length === 0 ? <Empty /> : <Calendar items={items} />
}

function RemindersButton() {
  const reminders = useDesk((state) => state.settings?.reminders)
  const days = [...(reminders?.days ?? [])].sort((a, b) => b - a).join(', ')
  return (
    <Button
      variant="default"
      leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}
      onClick={() => go({ room: 'settings' })}
    >
      {reminders?.enabled === false ? 'Reminders are off' : `Reminders: ${days} days`}
    </Button>
  )
}

function Calendar({ items }: { items: ExpiryItem[] }) {
  const today = useToday()
  const identities = useDesk((state) => state.identities)
  const usualDays = useDesk((state) => state.settings?.reminders.days) ?? []
  const { place, visit } = useVisit('calendar')
  const [filter, setFilter] = useState<Filter>(noFilter)
  const [grouping, setGrouping] = useState<Grouping>('none')
  const [view, setView] = useState<'lines' | 'table'>('lines')
  const [chosen, setChosen] = useState<string | null>(null)
  const axis = useAxis(items, today)

  const shown = useMemo(() => passing(items, filter), [items, filter])
  const rows = useMemo(() => calendarRows(shown, grouping, today), [shown, grouping, today])
  const things = useMemo(() => nextThings(items, identities, today), [items, identities, today])
  const open = items.find(({ id }) => id === chosen)

  const show = (item: string) => {
    setFilter(noFilter)
    setChosen(item)
  }
  const wanted = place?.item
  // biome-ignore lint/correctness/useExhaustiveDependencies: a click on a notification is a visit of its own
  useEffect(() => {
    if (wanted !== undefined) show(wanted)
  }, [visit, wanted])

  return (
    <div className={classes.room}>
      <RoomHeader
        title="Calendar"
        says={says}
        actions={
          <>
            <OutsideMenu shown={shown} all={shown.length === items.length} />
            <RemindersButton />
          </>
        }
      />
      <div className={classes.body}>
        <NextThings things={things} onShow={show} />
        <div className={classes.bar}>
          <CalendarFilters
            items={items}
            filter={filter}
            onFilter={setFilter}
            grouping={grouping}
            onGrouping={setGrouping}
          />
          <SegmentedControl
            aria-label="View"
            size="xs"
            className={classes.view}
            value={view}
            onChange={(value) => setView(value as typeof view)}
            data={[
              { value: 'lines', label: 'Lifelines' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </div>
        {view === 'lines' && (
          <div className={classes.axis}>
            <AxisControls axis={axis} />
          </div>
        )}
        <div className={classes.split} data-open={open !== undefined || undefined}>
          {shown.length === 0 ? (
            <Nothing onClear={() => setFilter(noFilter)} />
          ) : view === 'lines' ? (
            <Timeline
              rows={rows}
              today={today}
              axis={axis.axis}
              ticks={axis.ticks}
              chosen={chosen}
              onChoose={setChosen}
              onPan={axis.pan}
              onZoom={axis.zoomBy}
              onToday={axis.toToday}
            />
          ) : (
            <DateTable items={shown} today={today} chosen={chosen} onChoose={setChosen} />
          )}
          {open && <ItemDetails item={open} today={today} usualDays={usualDays} onClose={() => setChosen(null)} />}
        </div>
      </div>
    </div>
  )
}

function Nothing({ onClear }: { onClear: () => void }) {
  return (
    <div className={classes.none}>
      <p>Nothing on the calendar passes the filter.</p>
      <Button size="xs" variant="default" onClick={onClear}>
        Show everything
      </Button>
    </div>
  )
}

function Empty() {
  return (
    <div className={classes.room}>
      <RoomHeader title="Calendar" says={says} />
      <EmptyState
        icon={IconCalendarTime}
        title="Nothing here yet, so nothing can expire"
        says="Identities, authorities and what they issue, the providers’ CAs and watched servers appear here with their dates, and Countersign reminds you before they end."
      >
        <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => go({ room: 'create' })}>
          New identity
        </Button>
      </EmptyState>
    </div>
  )
}
