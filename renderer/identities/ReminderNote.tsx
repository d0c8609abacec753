import { Button } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { ReminderList } from '../parts/ReminderList.tsx'
import { go } from '../place.ts'

const most = 3

/** What is due, whatever it is, most urgent first; more than a few are listed in the calendar. */
export function ReminderNote() {
  const reminders = useDesk((state) => state.reminders)
  if (reminders.length === 0) return null
  const more = reminders.length - most
  return (
    <section aria-label="Reminders" style={{ display: 'flex', flexDirection: 'column', gap: 4 }}>
      <ReminderList reminders={reminders.slice(0, most)} />
      {more > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => go({ room: 'calendar' })}>
          {more} more in the calendar
        </Button>
      )}
    </section>
  )
}
