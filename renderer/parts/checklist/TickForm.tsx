import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { dayOf } from '../../../shared/renewal/renewal.ts'
import classes from './Checklist.module.css'

type TickFormProps = {
  /** To whom it was sent, as far as it is known; absent for steps that send nothing. */
  to?: string
  today: Date
  /** The day that is proposed. */
  on?: string
  onTick: (on: string, to: string) => void
  onClose: () => void
}

/** When a step was done, and for what was sent to whom it went. */
export function TickForm({ to: known, today, on: proposed, onTick, onClose }: TickFormProps) {
  const [on, setOn] = useState(proposed ?? dayOf(today))
  const [to, setTo] = useState(known ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (on !== '') onTick(on, to.trim())
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      {known !== undefined && (
        <TextInput
          label="To whom"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          maxLength={120}
          className={classes.whom}
          data-autofocus
          autoFocus
        />
      )}
      <TextInput
        type="date"
        label="On"
        value={on}
        max={dayOf(today)}
        onChange={(event) => setOn(event.currentTarget.value)}
        autoFocus={known === undefined}
      />
      <Button type="submit" disabled={on === ''}>
        Tick off
      </Button>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
    </form>
  )
}
