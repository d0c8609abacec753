import { Button } from '@mantine/core'
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react'
import type { Reminder } from '../../shared/contract.ts'
import { useDesk } from '../desk.ts'
import { dayText } from '../parts/dates.ts'
import { go } from '../place.ts'
import classes from './Note.module.css'

const most = 3

function when({ daysLeft, notAfter }: Reminder): string {
  if (daysLeft < 0) return `expired on ${dayText(notAfter)}`
  if (daysLeft === 0) return `expires within a day, on ${dayText(notAfter)}`
  return `expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${dayText(notAfter)}`
}

/** What needs renewing, most urgent first, with the way there. */
export function ReminderNote() {
  const reminders = useDesk((state) => state.reminders)
  if (reminders.length === 0) return null
  const shown = reminders.slice(0, most)
  const more = reminders.length - shown.length
  return (
    <section aria-label="Reminders" style={{ display: 'flex', flexDirection: 'column', gap: 4 }}>
      {shown.map((reminder) => {
        const over = reminder.daysLeft < 0
        const Glyph = over ? IconCircleXFilled : IconAlertTriangleFilled
        return (
          <div className={classes.note} data-tone={over ? 'broken' : 'soon'} key={reminder.identity}>
            <Glyph size={16} className={over ? classes.broken : classes.soon} aria-hidden />
            <span className={classes.words}>
              <strong>{reminder.name}</strong> {when(reminder)}
            </span>
            <Button
              size="xs"
              variant="default"
              aria-label={`Renew ${reminder.name}`}
              onClick={() => go({ room: 'create', renews: reminder.identity })}
            >
              Renew
            </Button>
          </div>
        )
      })}
      {more > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => go({ room: 'calendar' })}>
          {more} more in the calendar
        </Button>
      )}
    </section>
  )
}
