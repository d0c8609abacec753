import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconCalendarTime, IconPlus, IconSettings } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { byUrgency, remindDaysOf } from '../parts/state-words.ts'
import { useToday } from '../parts/use-today.ts'
import { go } from '../place.ts'
import classes from './CalendarRoom.module.css'
import { DateTable } from './DateTable.tsx'
import { NextThings } from './NextThings.tsx'
import { nextThings } from './next-things.ts'
import { Timeline } from './Timeline.tsx'

type View = 'lines' | 'table'
const everyone = 'all'

const remindersWords = (days: readonly number[], enabled: boolean): string =>
  enabled ? `Reminders ${[...days].sort((a, b) => b - a).join(', ')} days before expiry` : 'Reminders are off'

/** When everything expires, on one axis, and what to do about it first. */
export default function CalendarRoom() {
  const today = useToday()
  const identities = useDesk((state) => state.identities)
  const settings = useDesk((state) => state.settings)
  const [provider, setProvider] = useState(everyone)
  const [view, setView] = useState<View>('lines')
  const remindDays = remindDaysOf(settings)

  const providers = useMemo(() => [...new Map(identities.map((one) => [one.provider, one.providerName]))], [identities])
  const shown = useMemo(
    () => identities.filter((one) => provider === everyone || one.provider === provider).sort(byUrgency(today)),
    [identities, provider, today],
  )
  const things = useMemo(() => nextThings(shown, today, remindDays), [shown, today, remindDays])

  if (identities.length === 0) return <Empty />
  return (
    <div className={classes.room}>
      <RoomHeader
        title="Calendar"
        says="When each identity has to be renewed"
        actions={
          <Button
            variant="default"
            leftSection={<IconSettings size={16} stroke={1.6} aria-hidden />}
            onClick={() => go({ room: 'settings' })}
          >
            {settings ? remindersWords(settings.reminders.days, settings.reminders.enabled) : 'Reminders'}
          </Button>
        }
      />
      <div className={classes.body}>
        <NextThings things={things} />
        <div className={classes.bar}>
          <h2 className={classes.heading}>All lifelines</h2>
          {providers.length > 1 && (
            <Select
              aria-label="Provider"
              w={180}
              data={[
                { value: everyone, label: 'All providers' },
                ...providers.map(([value, label]) => ({ value, label })),
              ]}
              value={provider}
              onChange={(value) => setProvider(value ?? everyone)}
              allowDeselect={false}
            />
          )}
          <SegmentedControl
            aria-label="View"
            size="xs"
            value={view}
            onChange={(value) => setView(value as View)}
            data={[
              { value: 'lines', label: 'Lifelines' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </div>
        <Shown view={view} identities={shown} today={today} remindDays={remindDays} key={provider} />
      </div>
    </div>
  )
}

function Shown({ view, ...rest }: { view: View; identities: IdentitySummary[]; today: Date; remindDays: number }) {
  return view === 'lines' ? <Timeline {...rest} /> : <DateTable {...rest} />
}

function Empty() {
  return (
    <div className={classes.room}>
      <RoomHeader title="Calendar" says="When each identity has to be renewed" />
      <EmptyState
        icon={IconCalendarTime}
        title="No identities yet, so nothing can expire"
        says="Each identity you create appears here with its lifeline, and Countersign reminds you before it ends."
      >
        <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => go({ room: 'create' })}>
          New identity
        </Button>
      </EmptyState>
    </div>
  )
}
