import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { relativeDays } from '../parts/dates.ts'
import { readReminderDays } from '../parts/reminder-days.ts'
import { changeReminder } from './change-reminder.ts'
import classes from './ItemDetails.module.css'

type Props = { item: ExpiryItem; today: Date; usualDays: readonly number[] }

/** When one item reminds: as everything does, on days of its own, or never. */
export function ItemReminders({ item, today, usualDays }: Props) {
  const [own, setOwn] = useState(false)
  const [text, setText] = useState((item.remindDays.length > 0 ? item.remindDays : usualDays).join(', '))
  const [error, setError] = useState<string | null>(null)
  const chosen = own ? 'own' : item.reminders
  const choose = (value: string) => {
    setOwn(value === 'own')
    if (value === 'usual' || value === 'off') void changeReminder(item, { to: value })
  }
  const leave = () => {
    const days = readReminderDays(text)
    if (!days) return setError('Enter whole days from 1 to 365, eight at most, such as 60, 30, 7.')
    setError(null)
    if (item.reminders === 'own' && days.join() === item.remindDays.join()) return
    setOwn(false)
    void changeReminder(item, { to: 'own', days })
  }
  return (
    <section className={classes.reminders} aria-label="Reminders of this">
      <h3 className={classes.small}>Reminders</h3>
      <SegmentedControl
        aria-label="Reminders"
        size="xs"
        fullWidth
        value={chosen}
        onChange={choose}
        data={[
          { value: 'usual', label: 'Usual days' },
          { value: 'own', label: 'Its own' },
          { value: 'off', label: 'Off' },
        ]}
      />
      {chosen === 'own' && (
        <TextInput
          size="xs"
          aria-label="Days before expiry"
          value={text}
          error={error}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={(event) => event.key === 'Enter' && leave()}
        />
      )}
      <p className="quiet">{whenWords(item, today)}</p>
      {(item.done || item.snoozedUntil !== undefined) && (
        <Button size="xs" variant="default" onClick={() => void changeReminder(item, { to: 'again' })}>
          Remind again
        </Button>
      )}
    </section>
  )
}

function whenWords({ done, snoozedUntil, reminders, remindDays }: ExpiryItem, today: Date): string {
  if (done) return 'Seen to: no more reminders of this end.'
  if (snoozedUntil !== undefined) return `Snoozed: reminds again ${relativeDays(snoozedUntil, today)}.`
  if (reminders === 'off') return 'Reminds of nothing. It stays on the calendar.'
  if (remindDays.length === 0) return 'Too short-lived for reminders: it tells when it is over.'
  const days = remindDays.join(', ')
  return `${days} ${remindDays.length === 1 && remindDays[0] === 1 ? 'day' : 'days'} before expiry, and when it is over.`
}
