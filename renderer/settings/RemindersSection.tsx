import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { Settings } from '../../shared/settings.ts'
import { Field } from '../parts/Field.tsx'
import { readReminderDays } from '../parts/reminder-days.ts'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import { Section } from './Section.tsx'

/** When the app speaks up before a certificate expires. */
export function RemindersSection({ reminders }: { reminders: Settings['reminders'] }) {
  const [text, setText] = useState(reminders.days.join(', '))
  const [error, setError] = useState<string | null>(null)
  const leave = async () => {
    const days = readReminderDays(text)
    if (!days) return setError('Enter whole days from 1 to 365, eight at most, such as 30, 14, 7, 1.')
    setError(null)
    setText(days.join(', '))
    if (days.join() === reminders.days.join()) return
    if (await changeSettings({ reminders: { ...reminders, days } })) say('Reminders changed')
  }
  return (
    <Section title="Reminders" says="At start, and every hour while the app runs.">
      <Switch
        label="Notify before a certificate expires"
        checked={reminders.enabled}
        onChange={(event) => void changeSettings({ reminders: { ...reminders, enabled: event.currentTarget.checked } })}
      />
      <Field
        label="Days before expiry"
        value={text}
        onChange={setText}
        onLeave={() => void leave()}
        error={error}
        rule="The largest one also opens the renewal window in lists and lifelines."
      />
    </Section>
  )
}
